"""The summary before sending: every question of the path, its answer in words, a way to change it."""

from collections.abc import Container, Iterator
from typing import Final

from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from enquetes.champs import champ
from enquetes.parcours.chemin import Chemin
from enquetes.parcours.definition import Page, Question
from enquetes.templatetags.passation import ecrire

from .adresses import VERIFIER, Adresses
from .rendu import page_fixe

LIGNE: Final = "_ligne"
SAUT: Final = mark_safe("<br>")


def lignes(
    chemin: Chemin, langue: str, dossier: str, ici: Adresses, en_attente: Container[str]
) -> SafeString:
    """Return what the summary shows of each question that can be answered, drawn.

    A line is drawn once for all, then filled in as a question is: the summary shows as many as
    the questionnaire asks. ``en_attente``: pages where something is typed that « Continuer » has
    not sent.
    """
    gabarit = f"{dossier}/{LIGNE}.html"

    def ligne(page: Page, question: Question) -> str:
        dites = champ(question.type).libelle(question, chemin.reponses, langue)
        contexte = {
            "question": question.texte.dans(langue),
            "page": page.code,
            "repondue": bool(dites),
            "attend": page.code in en_attente,
        }
        mots = {
            "reponses": format_html_join(SAUT, "{}", ([ecrire(dite, langue)] for dite in dites)),
            "changer": ici.etape(page.code, depuis=VERIFIER),
        }
        return page_fixe(gabarit, langue, (), contexte, mots)

    return mark_safe("".join(ligne(*posee) for posee in _posees(chemin)))  # noqa: S308  (drawn by our template)


def _posees(chemin: Chemin) -> Iterator[tuple[Page, Question]]:
    for page in chemin.pages:
        for question in page.questions:
            if champ(question.type).nature.repond:
                yield page, question
