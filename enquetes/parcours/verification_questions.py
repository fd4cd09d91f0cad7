"""The checks of one page: its questions, their choices, their settings, its condition."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from .definition import Nature
from .verification_base import (
    LANGUES,
    PLUS_LONG_TEXTE,
    Defaut,
    Lieu,
    cle_inconnue,
    est_code,
    est_slug,
)
from .verification_conditions import Connue, defauts_condition

_CLES_PAGE: Final = frozenset({"code", "si", "questions"})
_CLES_QUESTION: Final = frozenset(
    {"code", "type", "texte", "aide", "profil", "pictogramme", "choix", "options"}
)
_CLES_CHOIX: Final = frozenset({"code", "texte", "pictogramme", "exclusif", "precision"})
_PAGES_RESERVEES: Final = frozenset({"verifier", "merci", "effacer"})
PLUS_DE_CHOIX: Final = 30


@dataclass
class Contexte:
    """What is known while the file is walked from top to bottom."""

    natures: Mapping[str, Nature]
    pictogrammes: frozenset[str] | None
    langues: tuple[str, ...]
    pages: set[str] = field(default_factory=set)
    questions: dict[str, Connue] = field(default_factory=dict)
    """Questions of earlier pages: the only ones that a condition may read."""
    repond: bool = False


def defauts_texte(
    texte: Any, lieu: Lieu, contexte: Contexte, *, obligatoire: bool = False, traduit: bool = True
) -> Iterator[Defaut]:
    """Check one text: a plain string (French) or ``{language: text}``."""
    if texte is None or texte in ("", {}):
        if obligatoire:
            yield Defaut(
                lieu, "texte_manque", "Il manque le texte.", "Écrivez-le en français au moins."
            )
        return
    if isinstance(texte, str):
        texte = {"fr": texte}
    if not isinstance(texte, Mapping):
        yield Defaut(
            lieu, "texte_forme", "Ce n’est pas un texte.", "Mettez le texte entre guillemets."
        )
        return
    for langue, contenu in texte.items():
        yield from _une_traduction(langue, contenu, (*lieu, str(langue)))
    if not texte.get("fr"):
        yield Defaut(lieu, "texte_francais", "Il manque le texte français.", "fr: votre texte")
    manquent = [
        langue
        for langue in contexte.langues
        if traduit and langue != "fr" and not texte.get(langue)
    ]
    if manquent:
        yield Defaut(
            lieu,
            "texte_traduction",
            f"Il manque la traduction\u00a0: {', '.join(manquent)}.",
            "Ajoutez-la, ou enlevez cette langue de «\u00a0langues\u00a0».",
        )


def _une_traduction(langue: Any, contenu: Any, lieu: Lieu) -> Iterator[Defaut]:
    if langue not in LANGUES:
        yield cle_inconnue(lieu, langue, frozenset(LANGUES))
    if not isinstance(contenu, str):
        yield Defaut(
            lieu, "texte_forme", "Ce n’est pas un texte.", "Mettez le texte entre guillemets."
        )
    elif len(contenu) > PLUS_LONG_TEXTE:
        yield Defaut(
            lieu,
            "texte_long",
            f"Ce texte a {len(contenu)} signes, c’est trop.",
            f"Gardez {PLUS_LONG_TEXTE} signes au plus. Une idée par phrase.",
        )


def defauts_page(page: Any, lieu: Lieu, contexte: Contexte) -> Iterator[Defaut]:
    """Check one page; its questions become known to the pages after it."""
    if not isinstance(page, Mapping):
        yield Defaut(
            lieu, "page_forme", "Cette page est mal écrite.", "- code: ma-page puis questions:"
        )
        return
    for cle in page:
        if cle not in _CLES_PAGE:
            yield cle_inconnue((*lieu, cle), cle, _CLES_PAGE)
    yield from _code_page(page.get("code"), (*lieu, "code"), contexte)
    if page.get("si") is not None:
        yield from defauts_condition(page["si"], (*lieu, "si"), contexte.questions)
    questions = page.get("questions")
    if not isinstance(questions, list) or not questions:
        yield Defaut(
            (*lieu, "questions"),
            "page_vide",
            "Cette page n’a pas de question.",
            "Ajoutez-en une, ou enlevez la page.",
        )
        return
    ici: dict[str, Connue] = {}
    for rang, question in enumerate(questions):
        yield from _question(question, (*lieu, "questions", rang), contexte, ici)
    contexte.questions.update(ici)


def _code_page(code: Any, lieu: Lieu, contexte: Contexte) -> Iterator[Defaut]:
    if not est_slug(code):
        yield Defaut(
            lieu,
            "page_code",
            "Le code de la page manque, ou ne convient pas.",
            "Des lettres minuscules sans accent, des chiffres, des tirets\u00a0: «\u00a0accueil\u00a0».",
        )
        return
    if code in _PAGES_RESERVEES:
        yield Defaut(
            lieu,
            "page_reservee",
            f"«\u00a0{code}\u00a0» est réservé.",
            f"Par exemple «\u00a0{code}-2\u00a0».",
        )
    if code in contexte.pages:
        yield Defaut(
            lieu,
            "page_double",
            f"Deux pages ont le code «\u00a0{code}\u00a0».",
            "Donnez un autre code.",
        )
    contexte.pages.add(code)


def _question(
    question: Any, lieu: Lieu, contexte: Contexte, ici: dict[str, Connue]
) -> Iterator[Defaut]:
    if not isinstance(question, Mapping):
        yield Defaut(
            lieu,
            "question_forme",
            "Cette question est mal écrite.",
            "- code: … puis type: et texte:",
        )
        return
    for cle in question:
        if cle not in _CLES_QUESTION:
            yield cle_inconnue((*lieu, cle), cle, _CLES_QUESTION)
    yield from defauts_texte(question.get("texte"), (*lieu, "texte"), contexte, obligatoire=True)
    yield from defauts_texte(question.get("aide"), (*lieu, "aide"), contexte)
    yield from _pictogramme(question, lieu, contexte)
    if question.get("profil", "sensible") not in ("sensible", "ordinaire"):
        yield Defaut(
            (*lieu, "profil"),
            "profil",
            "La protection n’est pas connue.",
            "sensible, ou ordinaire",
        )
    nature = contexte.natures.get(str(question.get("type")))
    if nature is None:
        yield _type_inconnu(question.get("type"), (*lieu, "type"), contexte)
    else:
        contexte.repond |= nature.repond
        yield from _choix(question, lieu, nature, contexte)
        yield from _options(question.get("options"), (*lieu, "options"), nature)
    yield from _code_question(question, (*lieu, "code"), nature, contexte, ici)


def _code_question(
    question: Mapping[str, Any],
    lieu: Lieu,
    nature: Nature | None,
    contexte: Contexte,
    ici: dict[str, Connue],
) -> Iterator[Defaut]:
    code = question.get("code")
    if not est_slug(code):
        yield Defaut(
            lieu,
            "question_code",
            "Le code de la question manque, ou ne convient pas.",
            "Des lettres minuscules sans accent, des chiffres, des tirets\u00a0: «\u00a0q1\u00a0».",
        )
        return
    if code in contexte.questions or code in ici:
        yield Defaut(
            lieu,
            "question_double",
            f"Deux questions ont le code «\u00a0{code}\u00a0».",
            "Donnez un autre code.",
        )
    choix = question.get("choix")
    codes = (
        [c.get("code") for c in choix if isinstance(c, Mapping)] if isinstance(choix, list) else []
    )
    ici[str(code)] = Connue(nature=nature, codes=tuple(str(c) for c in codes))


def _type_inconnu(type_: Any, lieu: Lieu, contexte: Contexte) -> Defaut:
    connus = ", ".join(sorted(contexte.natures))
    if type_ is None:
        return Defaut(lieu, "type", "Il manque le type de la question.", f"Un de\u00a0: {connus}.")
    suggestion = cle_inconnue(lieu, type_, frozenset(contexte.natures)).conseil
    conseil = f"Un de\u00a0: {connus}." if suggestion.startswith("Enlevez") else suggestion
    return Defaut(lieu, "type", f"Le type «\u00a0{type_}\u00a0» n’existe pas.", conseil)


def _pictogramme(porteur: Mapping[str, Any], lieu: Lieu, contexte: Contexte) -> Iterator[Defaut]:
    code = porteur.get("pictogramme")
    if code and contexte.pictogrammes is not None and code not in contexte.pictogrammes:
        proche = cle_inconnue(lieu, code, contexte.pictogrammes).conseil
        yield Defaut(
            (*lieu, "pictogramme"),
            "pictogramme",
            f"Le dessin «\u00a0{code}\u00a0» n’existe pas.",
            proche,
        )


def _choix(
    question: Mapping[str, Any], lieu: Lieu, nature: Nature, contexte: Contexte
) -> Iterator[Defaut]:
    choix, lieu = question.get("choix"), (*lieu, "choix")
    if nature.choix != "auteur":
        if choix:
            yield Defaut(
                lieu,
                "choix_de_trop",
                f"Le type «\u00a0{nature.type}\u00a0» a déjà ses réponses.",
                "Enlevez «\u00a0choix\u00a0».",
            )
        return
    if not isinstance(choix, list) or not 2 <= len(choix) <= PLUS_DE_CHOIX:  # noqa: PLR2004  (a choice needs two)
        yield Defaut(
            lieu,
            "choix_nombre",
            "Il faut une liste de 2 à 30 réponses.",
            "- {code: oui, texte: Oui}",
        )
        return
    vus: set[Any] = set()
    for rang, un in enumerate(choix):
        yield from _un_choix(un, (*lieu, rang), nature, contexte, vus)
    if sum(isinstance(un, Mapping) and bool(un.get("precision")) for un in choix) > 1:
        yield Defaut(
            lieu,
            "precision_double",
            "Deux réponses demandent une précision.",
            "Gardez «\u00a0precision\u00a0» sur une seule.",
        )


def _un_choix(
    un: Any, lieu: Lieu, nature: Nature, contexte: Contexte, vus: set[Any]
) -> Iterator[Defaut]:
    if not isinstance(un, Mapping):
        yield Defaut(
            lieu, "choix_forme", "Cette réponse est mal écrite.", "- {code: oui, texte: Oui}"
        )
        return
    for cle in un:
        if cle not in _CLES_CHOIX:
            yield cle_inconnue((*lieu, cle), cle, _CLES_CHOIX)
    code = un.get("code")
    if not est_code(code):
        # YAML reads « oui » as true and 1 as a number: the most frequent surprise of an author.
        yield Defaut(
            (*lieu, "code"),
            "choix_code",
            f"Le code «\u00a0{code}\u00a0» ne convient pas.",
            'Des lettres minuscules sans accent, entre guillemets si c’est un nombre\u00a0: "1".',
        )
    elif code in vus:
        yield Defaut(
            (*lieu, "code"),
            "choix_double",
            f"Deux réponses ont le code «\u00a0{code}\u00a0».",
            "Donnez un autre code.",
        )
    vus.add(str(code))
    yield from defauts_texte(un.get("texte"), (*lieu, "texte"), contexte, obligatoire=True)
    yield from _pictogramme(un, lieu, contexte)
    yield from _drapeaux(un, lieu, nature)


def _drapeaux(un: Mapping[str, Any], lieu: Lieu, nature: Nature) -> Iterator[Defaut]:
    for drapeau in ("exclusif", "precision"):
        if not isinstance(un.get(drapeau, False), bool):
            yield Defaut(
                (*lieu, drapeau),
                "drapeau",
                f"«\u00a0{drapeau}\u00a0» vaut true ou false.",
                f"{drapeau}: true",
            )
    if un.get("exclusif") and not nature.multiple:
        yield Defaut(
            (*lieu, "exclusif"),
            "exclusif",
            "«\u00a0exclusif\u00a0» ne sert que quand on peut cocher plusieurs réponses.",
            "Enlevez cette ligne.",
        )


_NOMBRES: Final = frozenset({"min", "max", "decimales"})


def _options(options: Any, lieu: Lieu, nature: Nature) -> Iterator[Defaut]:
    if options is None:
        return
    if not isinstance(options, Mapping):
        yield Defaut(
            lieu, "options_forme", "Les options sont mal écrites.", "options: {min: 0, max: 10}"
        )
        return
    for cle, valeur in options.items():
        if cle not in nature.options:
            yield cle_inconnue((*lieu, cle), cle, nature.options)
        elif cle in _NOMBRES and (isinstance(valeur, bool) or not isinstance(valeur, int | float)):
            yield Defaut(
                (*lieu, cle),
                "option_nombre",
                f"«\u00a0{cle}\u00a0» doit être un nombre.",
                f"{cle}: 10",
            )
    mini, maxi = options.get("min"), options.get("max")
    if isinstance(mini, int | float) and isinstance(maxi, int | float) and mini > maxi:
        yield Defaut(
            lieu,
            "option_bornes",
            "«\u00a0min\u00a0» est plus grand que «\u00a0max\u00a0».",
            "Échangez-les.",
        )
