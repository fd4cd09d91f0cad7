"""Fill in the real forms, page after page, as a phone does: same addresses, same checks."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode, urlsplit

import django
from django.test import Client
from django.urls import reverse

from enquetes.forms.passation import initial_de_page
from enquetes.models import Acces
from enquetes.parcours.definition import Definition
from enquetes.views.passation.etapes import MERCI, VERIFIER
from enquetes.views.passation.langues import PARAMETRE
from enquetes.views.passation.reception import PREUVE
from voix.commun.equipe import repartir

from .personnes import Personne

TROUVE = 302
FORMULAIRE = "application/x-www-form-urlencoded"
PAR_TACHE = 50
"""How many people a process takes at once; fewer do not pay for starting a second one."""


def remplir_tous(gens: Sequence[tuple[Acces, Personne]], *, ensemble: bool) -> None:
    """Answer for each of these people, through the link of each.

    ``ensemble``: with a process a core. They see what is committed in the database of the settings:
    never from within a transaction, nor from a test.
    """
    taches = [gens[n : n + PAR_TACHE] for n in range(0, len(gens), PAR_TACHE)]
    repartir(django.setup, (), _remplir, [(tache,) for tache in taches], ensemble=ensemble)


def _remplir(_place: None, gens: Sequence[tuple[Acces, Personne]]) -> None:
    for acces, personne in gens:
        remplir(acces, acces.collecte.version.lue(), personne)


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
        page = telephone.post(adresse, _saisie(definition, etape, personne), FORMULAIRE)
        if page.status_code != TROUVE:
            raise RuntimeError(f"The form of {etape} refused {personne}: {page.status_code}")
        adresse = page["Location"]
        pages += 1
    return True


def _etape(adresse: str) -> str:
    return urlsplit(adresse).path.rstrip("/").rsplit("/", 1)[-1]


def _saisie(definition: Definition, etape: str, personne: Personne) -> str:
    """Return what the form of this page sends when the person has answered it."""
    saisie: dict[str, Any] = {PREUVE: ""}
    if etape != VERIFIER:
        saisie |= initial_de_page(definition.page(etape), personne.reponses)
    return urlencode(saisie, doseq=True)
