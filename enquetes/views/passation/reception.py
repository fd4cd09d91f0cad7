"""Has the whole form arrived? What has not been received is no answer, and never takes one back.

Django reads a body that is no form as an empty form, and one that was cut as a shorter one. On a
page where nothing ticked means « no answer any more », both would erase what is stored.
"""

from collections.abc import Iterable
from typing import Final

from django.http import HttpRequest, QueryDict

from enquetes.parcours.definition import Definition, Question

from .porte import Refus

ECRIT: Final = "application/x-www-form-urlencoded"
EN_MORCEAUX: Final = "multipart/form-data"
PREUVE: Final = "csrfmiddlewaretoken"
"""Every form of a page holds it, with or without an answer beside it."""
PROPRE: Final = "."
"""How the names that are no question's begin: a language, a gesture, the page of a shared device."""


def est_entier(request: HttpRequest) -> bool:
    """Return whether the body is a form and has come to its end.

    Errors: ``RequestDataTooBig`` and ``UnreadablePostError``, as reading it does.
    """
    if request.content_type == ECRIT:
        # Without a length, as by pieces, Django reads nothing of it at all.
        en_morceaux = "HTTP_TRANSFER_ENCODING" in request.META
        return not en_morceaux and len(request.body) >= int(
            request.META.get("CONTENT_LENGTH") or 0
        )
    if request.content_type == EN_MORCEAUX:
        limite = (request.content_params or {}).get("boundary", "")
        return request.body.rstrip().endswith(f"--{limite}--".encode())
    return False


def mal_recu(request: HttpRequest) -> Refus:
    """Return the page that says so, with the way back to the question."""
    return Refus("mal_recu", 400, {"retour": request.path, "code": False})


def vient_du_formulaire(donnees: QueryDict, questions: Iterable[Question]) -> bool:
    """Return whether something of the form is there: its proof, a gesture, or an answer."""
    debuts = (PREUVE, PROPRE, *(question.code for question in questions))
    return any(nom.startswith(debuts) for nom in donnees)


def exiger_le_formulaire(request: HttpRequest, definition: Definition, etape: str) -> None:
    """Raise ``Refus`` when what is sent to a question holds nothing of its form."""
    if request.method != "POST":
        return
    questions = [q for page in definition.pages if page.code == etape for q in page.questions]
    if questions and not vient_du_formulaire(request.POST, questions):
        raise mal_recu(request)
