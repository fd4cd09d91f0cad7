"""Published scales, as templates without a sentence: how many texts, which answers, whose they are.

Their wording belongs to its owners (domaine §2.1). A person pastes the official text; the score
exists only if every text is there and its source is confirmed. Otherwise the same questions are a
« module Voix, non comparable ».
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from enquetes.parcours.definition import (
    FORMAT,
    REFUS,
    Definition,
    Page,
    Question,
    Reponses,
    degeler,
)

NON_COMPARABLE: Final = "module Voix, non comparable"
_DOSSIER: Final = Path(__file__).parent
_OUI_NON: Final = {"oui": 1, "non": 0}


@dataclass(frozen=True, slots=True)
class Emplacement:
    """One text to paste."""

    code: str
    repere: str
    """What goes there, in words of Voix: never the sentence."""


@dataclass(frozen=True, slots=True)
class Gabarit:
    """One scale without its sentences."""

    code: str
    nom: str
    titre: str
    titulaire: str
    lien: str
    duree_minutes: int
    reponse: str
    """``oui_non``, ``jours`` (0 to 7), ``etiquettes`` (labels to paste), or ``frequence`` (yes or
    no, then labels)."""
    reperes: tuple[str, ...]
    etiquettes: tuple[str, ...] = ()
    """Values of the answers whose label is to be pasted, in the order of the scale."""

    @property
    def questions(self) -> tuple[Emplacement, ...]:
        return tuple(
            Emplacement(f"{self.code}_{n}", repere) for n, repere in enumerate(self.reperes, 1)
        )

    @property
    def reponses(self) -> tuple[Emplacement, ...]:
        """Return what is common to all questions: their answers, and HFIAS's second question."""
        demande = [Emplacement("frequence", "question de fréquence, la même après chaque oui")]
        return (
            *(demande if self.reponse == "frequence" else ()),
            *(Emplacement(f"reponse_{v}", f"réponse qui vaut {v}") for v in self.etiquettes),
        )

    @property
    def emplacements(self) -> tuple[Emplacement, ...]:
        return (*self.questions, *self.reponses)


def _gabarit(donnees: dict[str, Any]) -> Gabarit:
    figees: dict[str, Any] = {
        cle: tuple(valeur) if isinstance(valeur, list) else valeur
        for cle, valeur in donnees.items()
    }
    return Gabarit(**figees)


@cache
def gabarits() -> Mapping[str, Gabarit]:
    """Return the templates by code, in the order of their names."""
    tous = [
        _gabarit(yaml.safe_load(fichier.read_text(encoding="utf-8")))
        for fichier in _DOSSIER.glob("*.yaml")
    ]
    return {gabarit.code: gabarit for gabarit in sorted(tous, key=lambda g: g.nom.casefold())}


def definition_de(
    gabarit: Gabarit, textes: Mapping[str, str], *, source: str, langue: str = "fr"
) -> dict[str, Any]:
    """Return the questionnaire made of the texts that were pasted, as data.

    ``textes``: by code of emplacement. ``source``: where the official text comes from, confirmed by
    the person; empty if they did not. It is the scale only with every text and a source.
    """
    remplis = {code: texte for code, texte in textes.items() if texte.strip()}
    complete = bool(source) and all(e.code in remplis for e in gabarit.emplacements)
    nom = f"{gabarit.nom} ({gabarit.titulaire})"
    return {
        "format": FORMAT,
        "code": f"echelle-{gabarit.code}",
        "titre": gabarit.titre,
        "duree_minutes": gabarit.duree_minutes,
        "langues": [langue],
        "module": nom if complete else NON_COMPARABLE,
        **({"echelle": gabarit.code, "source": source} if complete else {}),
        "pages": [
            page
            for question in gabarit.questions
            if question.code in remplis
            for page in _pages(gabarit, question.code, remplis)
        ],
    }


def _pages(gabarit: Gabarit, code: str, textes: Mapping[str, str]) -> list[dict[str, Any]]:
    choix = [{"code": v, "texte": textes.get(f"reponse_{v}", "")} for v in gabarit.etiquettes]
    page = code.replace("_", "-")
    simple: dict[str, Any] = {"code": code, "type": gabarit.reponse, "texte": textes[code]}
    if gabarit.reponse == "etiquettes":
        simple |= {"type": "choix_unique", "choix": choix}
    if gabarit.reponse != "frequence":
        return [{"code": page, "questions": [simple]}]
    frequence = {"code": f"{code}_f", "type": "choix_unique", "texte": textes.get("frequence", "")}
    return [
        {"code": page, "questions": [simple | {"type": "oui_non"}]},
        {
            "code": f"{page}-f",
            "si": {"q": code, "eq": "oui"},
            "questions": [frequence | {"choix": choix}],
        },
    ]


def echelle_de(definition: Definition) -> Gabarit | None:
    """Return the scale that this questionnaire asks in full, or nothing.

    What the definition says of itself is not believed: every question must be there, answered as
    the scale is, and nothing may be skipped but what the scale skips.
    """
    gabarit = gabarits().get(definition.echelle)
    if gabarit is None or not definition.source:
        return None
    modele = definition_de(
        gabarit, {e.code: e.code for e in gabarit.emplacements}, source=definition.source
    )
    attendues = [
        (question["code"], _forme_attendue(page, question))
        for page in modele["pages"]
        for question in page["questions"]
    ]
    posees = [
        (question.code, _forme(page, question))
        for page in definition.pages
        for question in page.questions
    ]
    return gabarit if posees == attendues else None


def _forme(page: Page, question: Question) -> tuple[Any, ...]:
    condition = degeler(page.condition.arbre) if page.condition else None
    return question.type, [choix.code for choix in question.choix], condition


def _forme_attendue(page: Mapping[str, Any], question: Mapping[str, Any]) -> tuple[Any, ...]:
    choix = [un["code"] for un in question.get("choix", ())]
    return question["type"], choix, page.get("si")


def etiquette(definition: Definition) -> str:
    """Return how a report names this questionnaire: the scale, or a module that is not one."""
    gabarit = echelle_de(definition)
    if gabarit is None:
        return definition.module or NON_COMPARABLE
    return f"{gabarit.nom} ({gabarit.titulaire}). Texte\u00a0: {definition.source}"


def valeurs(gabarit: Gabarit, reponses: Reponses) -> list[int | None]:
    """Return one person's answers as the scorer takes them; ``None`` where there is none.

    « Je ne sais pas », « pas concerné » and « je préfère ne pas répondre » are no answers.
    """
    return [_valeur(gabarit, question.code, reponses) for question in gabarit.questions]


def _valeur(gabarit: Gabarit, code: str, reponses: Reponses) -> int | None:
    reponse = reponses.get(code)
    if not isinstance(reponse, str) or reponse == REFUS:
        return None
    if gabarit.reponse in ("oui_non", "frequence"):
        oui = _OUI_NON.get(reponse)
        if gabarit.reponse == "oui_non" or not oui:
            return oui
        reponse = str(reponses.get(f"{code}_f", ""))
    permises = gabarit.etiquettes or tuple("01234567")
    return int(reponse) if reponse in permises else None
