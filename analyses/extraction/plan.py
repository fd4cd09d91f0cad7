"""Which columns of codes a questionnaire gives. Free text gives none: it never comes through."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from enquetes.champs import champ
from enquetes.parcours.definition import REFUS, Choix, Definition, Question

SANS_REPONSE: Final = "_sr"
LIBELLES: Final = {
    SANS_REPONSE: "Sans réponse",
    REFUS: "Préfère ne pas répondre",
}
POINTS: Final = 4
"""Fewest points of a scale whose means are protected (A6)."""


Situation = tuple[str | frozenset[str], ...]
"""What was answered to each question that decides: a code, or which codes of those that matter."""


@dataclass(frozen=True, slots=True)
class Aiguillage:
    """Which answers decide that a question is asked."""

    meres: tuple[str, ...]
    """Counted questions that decide, in the order of the questionnaire."""
    situations: Mapping[Situation, bool]
    """Every possible situation, and whether the question may be asked in it."""
    entier: bool = True
    """Whether all of them could be read."""

    def ou_est_posee(self, autre: "Aiguillage") -> frozenset[Situation]:
        """Return in which situations another question may be asked; none if they do not tell.

        Only the answers that both depend on count: who was asked the other gave some of them.
        """
        communes = [
            (self.meres.index(mere), rang)
            for rang, mere in enumerate(autre.meres)
            if mere in self.meres
        ]
        codes = [self._codes(ici) & autre._codes(la) for ici, la in communes]

        def dite(situation: Situation, rangs: Sequence[int]) -> Situation:
            lues = zip((situation[rang] for rang in rangs), codes, strict=True)
            return tuple(lu & c if isinstance(lu, frozenset) else lu for lu, c in lues)

        la = [rang for _, rang in communes]
        demandees = {dite(s, la) for s, posee in autre.situations.items() if posee}
        ici = [rang for rang, _ in communes]
        posees = frozenset(s for s in self.situations if dite(s, ici) in demandees)
        return posees if len(posees) < len(self.situations) else frozenset()

    def _codes(self, rang: int) -> frozenset[str]:
        """Return the codes told apart of a question with several answers."""
        lues = (situation[rang] for situation in self.situations)
        return frozenset().union(*(lu for lu in lues if isinstance(lu, frozenset)))


@dataclass(frozen=True, slots=True)
class Colonne:
    """One question as codes: what is stored is the rank of an answer in ``modalites``."""

    question: str
    titre: str
    profil: str
    modalites: tuple[tuple[str, str], ...]
    """Code and French label, in the order of the questionnaire; refusal then silence at the end."""
    multiple: bool
    coder: Callable[[Any], int]
    """From the stored value (as the database's JSON text) to a rank, or to a mask of ranks."""
    mesure: bool = False
    """Whether its answers are classes of what was typed, in their order."""
    seules: frozenset[str] = frozenset()
    """Of several answers, those that go with no other: « none of these », refusal, silence."""
    aiguillage: Aiguillage | None = None
    """What decides that it is asked; nothing when everybody is asked."""

    @property
    def ordonnees(self) -> tuple[str, ...]:
        """Return the answers that have an order, the least first; none for a list without one."""
        dites = tuple(code for code, _ in self.modalites if code not in LIBELLES)
        if self.valeurs:
            return tuple(sorted(dites, key=float))
        return dites if self.mesure else ()

    @property
    def valeurs(self) -> tuple[float | None, ...]:
        """Return the value of each answer of a scale, none for refusal and silence; empty elsewhere.

        A scale is a single choice whose codes are all numbers, four at least: on fewer points a mean
        is always known within one.
        """
        codes = [code for code, _ in self.modalites]
        dites = [code for code in codes if code not in LIBELLES]
        if self.multiple or len(dites) < POINTS or not all(c.isdecimal() for c in dites):
            return ()
        return tuple(None if code in LIBELLES else float(code) for code in codes)


def colonnes(definition: Definition, ouverture: date) -> list[Colonne]:
    """Return the columns of a questionnaire, in its order; questions of free text are left out.

    ``ouverture``: first day of the collecte, from which some months are counted back.
    """
    trouvees = (_colonne(question, ouverture) for question in definition.questions())
    return [colonne for colonne in trouvees if colonne is not None]


@dataclass(frozen=True, slots=True)
class SansTableau:
    """A question that people answer and that is not counted."""

    question: str
    titre: str
    raison: str
    se_lit: bool = False
    """People write freely in it: its answers are read, not counted."""


def sans_tableau(
    definition: Definition, rubriques: Collection[str] = frozenset()
) -> list[SansTableau]:
    """Return the questions without a table and why, in the questionnaire's order.

    ``rubriques``: columns of an imported file that group the others.
    """
    return [
        SansTableau(question.code, question.texte.dans("fr").texte, raison, nature.libre)
        for question in definition.questions()
        if (nature := champ(question.type).nature).repond
        and (raison := _raison(question, sert_a_grouper=question.code in rubriques))
    ]


def _raison(question: Question, *, sert_a_grouper: bool) -> str:
    type_ = champ(question.type)
    if sert_a_grouper:
        return "Elle sert à comparer les réponses aux autres questions."
    if type_.nature.libre:
        return "Ses réponses sont des phrases\u00a0: elles se lisent, elles ne se comptent pas."
    if type_.modalites(question) or type_.classes(question):
        return ""
    return (
        "Son questionnaire ne dit pas en quelles classes compter les réponses, et des classes "
        "ne se choisissent pas après coup. Écrivez-les dans une nouvelle version."
    )


def sans_refus(colonne: Colonne) -> Colonne:
    """Return a column of a file of answers, where nobody could refuse: a structural zero."""
    rang = [code for code, _ in colonne.modalites].index(REFUS)
    coder = colonne.coder

    def coder_sans(valeur: Any) -> int:
        code = coder(valeur)
        if colonne.multiple:
            return (code & ((1 << rang) - 1)) | ((code >> (rang + 1)) << rang)
        return code - (code > rang)

    modalites = tuple(m for m in colonne.modalites if m[0] != REFUS)
    return replace(colonne, modalites=modalites, coder=coder_sans)


def _colonne(question: Question, ouverture: date) -> Colonne | None:
    type_ = champ(question.type)
    if classes := type_.classes(question, ouverture):
        coder = _codeur_classes(len(classes), type_.rang_de_classe(question, ouverture))
        return replace(_fabriquer(question, classes, multiple=False, coder=coder), mesure=True)
    modalites = type_.modalites(question)
    if not modalites:
        return None
    multiple = type_.nature.multiple
    coder = _codeur_liste(modalites) if multiple else _codeur_code(modalites)
    return _fabriquer(question, modalites, multiple=multiple, coder=coder)


def _fabriquer(
    question: Question,
    modalites: tuple[Choix, ...],
    *,
    multiple: bool,
    coder: Callable[[Any], int],
) -> Colonne:
    libelles = [(choix.code, choix.texte.dans("fr").texte) for choix in modalites]
    return Colonne(
        question=question.code,
        titre=question.texte.dans("fr").texte,
        profil=question.profil.value,
        modalites=(*libelles, (REFUS, LIBELLES[REFUS]), (SANS_REPONSE, LIBELLES[SANS_REPONSE])),
        multiple=multiple,
        coder=coder,
        seules=frozenset({c.code for c in modalites if c.exclusif} | {*LIBELLES})
        if multiple
        else frozenset(),
    )


def _codeur_code(modalites: tuple[Choix, ...]) -> Callable[[Any], int]:
    rangs = {choix.code: rang for rang, choix in enumerate(modalites)}
    rangs[REFUS] = len(modalites)
    silence = len(modalites) + 1
    return lambda valeur: rangs.get(valeur, silence)


def _codeur_liste(modalites: tuple[Choix, ...]) -> Callable[[Any], int]:
    """Return a mask: bit r for the answer of rank r, refusal and silence having theirs."""
    rangs = {choix.code: rang for rang, choix in enumerate(modalites)}
    refus, silence = 1 << len(modalites), 1 << (len(modalites) + 1)

    def coder(valeur: Any) -> int:
        if valeur == REFUS:
            return refus
        codes = json.loads(valeur) if valeur else []
        return sum(1 << rangs[code] for code in codes if code in rangs) or silence

    return coder


def _codeur_classes(nombre: int, rang_de: Callable[[Any], int]) -> Callable[[Any], int]:
    """Return the rank of a class, those of refusal and silence being after the classes."""

    def coder(valeur: Any) -> int:
        if valeur is None:
            return nombre + 1
        return nombre if valeur == REFUS else rang_de(valeur)

    return coder
