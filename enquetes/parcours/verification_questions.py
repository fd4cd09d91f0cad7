"""The checks of one page and of its questions."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from .definition import Nature, Profil
from .verification_base import (
    MOTS_DE_YAML,
    Connue,
    Contexte,
    Defaut,
    Lieu,
    cles_inconnues,
    code_libre,
    ecrivez,
    est_slug,
    montrer,
    proche,
)
from .verification_choix import defauts_choix, defauts_pictogramme
from .verification_conditions import defauts_condition
from .verification_options import bornes_de, defauts_options
from .verification_possible import defauts_possible
from .verification_textes import defauts_texte

CLES_PAGE: Final = frozenset({"code", "si", "questions"})
CLES_QUESTION: Final = frozenset(
    {"code", "type", "texte", "aide", "profil", "pictogramme", "choix", "options"}
)
PAGES_RESERVEES: Final = frozenset({"verifier", "merci", "effacer", "fin"})
"""Words that the addresses of a passation use themselves."""
_DU_FORMULAIRE: Final = frozenset(
    {"csrfmiddlewaretoken", "errors", "fields", "helper", "media", "page", "titre_de_page"}
)
_DES_RESULTATS: Final = frozenset(
    # What tables are compared by: under the same name, the place or the month would be lost.
    {"territoire", "structure", "mois", "source", "vague", "collecte", "releve"}
    # Pages that stand beside those of the questions, at the same address.
    | {"preparer-les-tableaux", "plan-d-analyse", "autres-comparaisons", "profils-des-questions"}
)
QUESTIONS_RESERVEES: Final = _DU_FORMULAIRE | _DES_RESULTATS
"""Names that a form, its page or the results use themselves: a question cannot take them.

What ``analyses`` uses is written here because nothing below it may import it; a test compares.
"""
_RESERVES: Final = {"page": (PAGES_RESERVEES, "page-"), "question": (QUESTIONS_RESERVEES, "q-")}
"""What a page and a question cannot be called, and what makes another code of it."""
_FORME_DU_CODE: Final = "Des lettres minuscules sans accent, des chiffres, des tirets. "


def defauts_page(page: Any, lieu: Lieu, contexte: Contexte) -> Iterator[Defaut]:
    """Check one page; its questions become known to the pages after it."""
    if not isinstance(page, Mapping):
        yield Defaut(
            lieu,
            "page_forme",
            "Cette page est mal écrite.",
            "Une page commence par «\u00a0- code\u00a0», puis «\u00a0questions\u00a0».",
        )
        return
    yield from cles_inconnues(page, lieu, CLES_PAGE)
    yield from _code_page(page.get("code"), (*lieu, "code"), contexte)
    si = page.get("si")
    if si is not None:
        mal_ecrite = list(defauts_condition(si, (*lieu, "si"), contexte.questions))
        yield from mal_ecrite or defauts_possible(si, (*lieu, "si"), contexte.questions)
        si = None if mal_ecrite else si
    questions = page.get("questions")
    if not isinstance(questions, list) or not questions:
        yield Defaut(
            (*lieu, "questions"),
            "page_vide",
            "Cette page n’a pas de question.",
            "Mettez un tiret devant la première ligne de la question\u00a0: - code."
            if isinstance(questions, Mapping)
            else "Ajoutez-en une, ou enlevez la page.",
        )
        return
    ici: dict[str, Connue] = {}
    for rang, question in enumerate(questions):
        yield from _question(question, (*lieu, "questions", rang), contexte, ici)
    if len(ici) > 1:
        yield from _informations(questions, lieu, contexte)
    contexte.questions |= {code: replace(une, si=si) for code, une in ici.items()}


def _informations(questions: list[Any], lieu: Lieu, contexte: Contexte) -> Iterator[Defaut]:
    """Refuse words to read beside a question: a page has one heading, which is its question."""
    for rang, question in enumerate(questions):
        type_ = question.get("type") if isinstance(question, Mapping) else None
        nature = contexte.natures.get(str(type_))
        if nature is not None and not nature.repond:
            yield Defaut(
                (*lieu, "questions", rang),
                "information_seule",
                f"Le type «\u00a0{nature.type}\u00a0» est seul sur sa page.",
                "Faites-en une page à part, ou mettez ce texte dans «\u00a0aide\u00a0».",
            )


def _code_page(code: Any, lieu: Lieu, contexte: Contexte) -> Iterator[Defaut]:
    if not est_slug(code):
        yield Defaut(
            lieu,
            "page_code",
            "Le code de la page manque, ou ne convient pas.",
            f"{_FORME_DU_CODE}{_code_propose(code, 'page', contexte)}",
        )
        return
    if code in PAGES_RESERVEES:
        yield Defaut(
            lieu,
            "page_reservee",
            f"Voix se sert déjà du code «\u00a0{code}\u00a0».",
            f"Donnez un autre code à la page. {_code_propose(code, 'page', contexte)}",
        )
    if code in contexte.pages:
        yield Defaut(
            lieu,
            "page_double",
            f"Deux pages ont le code «\u00a0{code}\u00a0».",
            f"Donnez un autre code. {_code_propose(code, 'page', contexte)}",
        )
    contexte.pages.add(code)


def _code_propose(code: Any, sinon: str, contexte: Contexte) -> str:
    """Return the remedy of a code: what was meant when it can be one, and that nothing has."""
    reserves, devant = _RESERVES[sinon]
    pris = contexte.pris | {propose for genre, propose in contexte.proposes if genre == sinon}
    libre = code_libre(code, sinon, pris)
    if libre in reserves | MOTS_DE_YAML:
        libre = code_libre(devant + libre, sinon, pris | reserves)
    if not est_slug(libre):
        libre = code_libre(None, sinon, pris)
    contexte.proposes.add((sinon, libre))
    return ecrivez(f"code: {libre}")


def _question(
    question: Any, lieu: Lieu, contexte: Contexte, ici: dict[str, Connue]
) -> Iterator[Defaut]:
    if not isinstance(question, Mapping):
        yield Defaut(
            lieu,
            "question_forme",
            "Cette question est mal écrite.",
            "Une question a «\u00a0code\u00a0», «\u00a0type\u00a0» et «\u00a0texte\u00a0».",
        )
        return
    yield from cles_inconnues(question, lieu, CLES_QUESTION)
    langues = contexte.langues
    yield from defauts_texte(question.get("texte"), (*lieu, "texte"), langues, obligatoire=True)
    yield from defauts_texte(question.get("aide"), (*lieu, "aide"), langues)
    yield from defauts_pictogramme(question, lieu, contexte)
    if question.get("profil", Profil.SENSIBLE) not in tuple(Profil):
        yield Defaut(
            (*lieu, "profil"),
            "profil",
            "La protection n’est pas connue.",
            ecrivez("profil: sensible") + " (ou ordinaire).",
        )
    nature = contexte.natures.get(str(question.get("type")))
    if nature is None:
        yield _type_inconnu(question.get("type"), (*lieu, "type"), contexte)
        yield from _choix_quand_meme(question, lieu, contexte)
        contexte.nb_questions += 1  # whatever its type was meant to be: it is there
    else:
        contexte.nb_questions += nature.repond
        yield from defauts_choix(question, lieu, nature, contexte)
        yield from defauts_options(question.get("options"), (*lieu, "options"), nature, contexte)
    yield from _code_question(question, (*lieu, "code"), nature, contexte, ici)


def _choix_quand_meme(
    question: Mapping[str, Any], lieu: Lieu, contexte: Contexte
) -> Iterator[Defaut]:
    """Check the answers of a question of an unknown type, as those of the type that takes the most."""
    natures = contexte.natures.values()
    large = next((n for n in natures if n.choix == "auteur" and n.multiple), None)
    if large is not None and question.get("choix"):
        yield from defauts_choix(question, lieu, large, contexte)


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
            f"{_FORME_DU_CODE}{_code_propose(code, 'question', contexte)}",
        )
        return
    if code in QUESTIONS_RESERVEES:
        yield Defaut(
            lieu,
            "question_reservee",
            f"Voix se sert déjà du code «\u00a0{code}\u00a0».",
            f"Donnez un autre code à la question. {_code_propose(code, 'question', contexte)}",
        )
    if code in contexte.questions or code in ici:
        yield Defaut(
            lieu,
            "question_double",
            f"Deux questions ont le code «\u00a0{code}\u00a0».",
            f"Donnez un autre code. {_code_propose(code, 'question', contexte)}",
        )
    ici[str(code)] = _connue(question, nature)


def _connue(question: Mapping[str, Any], nature: Nature | None) -> Connue:
    if nature is None:
        return Connue(None, ())
    choix = question.get("choix") if nature.choix == "auteur" else None
    lus = [un for un in choix if isinstance(un, Mapping)] if isinstance(choix, list) else []
    return Connue(
        nature,
        _codes(question, nature),
        frozenset(str(un.get("code")) for un in lus if un.get("exclusif")),
        bornes_de(question.get("options"), nature),
    )


def _codes(question: Mapping[str, Any], nature: Nature | None) -> tuple[str, ...]:
    if nature is None or nature.choix != "auteur":
        return nature.codes if nature else ()
    choix = question.get("choix")
    lus = choix if isinstance(choix, list) else []
    return tuple(str(un.get("code")) for un in lus if isinstance(un, Mapping))


def _type_inconnu(type_: Any, lieu: Lieu, contexte: Contexte) -> Defaut:
    connus = f"Prenez l’un de\u00a0: {', '.join(sorted(contexte.natures))}."
    if type_ is None:
        return Defaut(lieu, "type", "Il manque le type de la question.", connus)
    message = f"Le type «\u00a0{montrer(type_)}\u00a0» n’existe pas."
    return Defaut(lieu, "type", message, proche(type_, contexte.natures) or connus)
