"""Fill in the real forms, page after page, as a phone does: same addresses, same checks."""

from urllib.parse import urlsplit

from django.test import Client
from django.urls import reverse

from enquetes.forms.passation import initial_de_page
from enquetes.models import Acces
from enquetes.parcours.definition import Definition
from enquetes.views.passation.etapes import MERCI, VERIFIER
from enquetes.views.passation.langues import PARAMETRE

from .personnes import Personne

TROUVE = 302


def remplir(acces: Acces, definition: Definition, personne: Personne) -> bool:
    """Answer every page that is offered, then send; return whether it was sent.

    Errors: ``RuntimeError`` when a form refuses an answer: the demonstration is then wrong.
    """
    telephone = Client(SERVER_NAME="localhost")
    premiere = definition.pages[0].code
    adresse = reverse("enquetes:etape", args=[acces.jeton, personne.id, premiere])
    adresse += f"?{PARAMETRE}={personne.langue}"
    pages = 0
    while (etape := _etape(adresse)) != MERCI:
        if pages == personne.quitte_apres:
            return False
        page = telephone.post(adresse, _saisie(definition, etape, personne))
        if page.status_code != TROUVE:
            raise RuntimeError(f"The form of {etape} refused {personne}: {page.status_code}")
        adresse = page["Location"]
        pages += 1
    return True


def _etape(adresse: str) -> str:
    return urlsplit(adresse).path.rstrip("/").rsplit("/", 1)[-1]


def _saisie(definition: Definition, etape: str, personne: Personne) -> dict[str, object]:
    """Return what the form of this page sends when the person has answered it."""
    if etape == VERIFIER:
        return {}
    return initial_de_page(definition.page(etape), personne.reponses)
