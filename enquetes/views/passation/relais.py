"""From the document to page by page and back: one row behind both, so that no answer is lost.

The document names it as a device does (``correspondance.cle_de``), and page by page as the database does.

No session and no proof against forgery: the document holds none. The origin of the request takes
their place, as in the inbox; who knows the identifier of a draft may read it, as with its pages:
of a wave, only with the proof of its card.
"""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from enquetes.actions.passations import cles_de, enregistrer_page
from enquetes.echanges.correspondance import cle_de, identifiant_de
from enquetes.forms.passation import formulaire_de_page, initial_de_page
from enquetes.parcours.chemin import chemin
from voix.commun.origine import vient_d_ici

from . import langues, preuve, saisie, temoin
from .adresses import VERIFIER
from .attente import Attente, oublier_a
from .porte import (
    Porte,
    Refus,
    exiger_de_pouvoir_repondre,
    ouvrir,
    proteger,
)
from .reception import vient_du_formulaire


@csrf_exempt  # the document holds no proof; the origin is asked for instead
@require_http_methods(["GET", "POST"])
def relais(request: HttpRequest, jeton: str, identifiant: UUID) -> HttpResponse:
    """Give the document what was answered page by page, or store what it holds and say where to go on."""
    if _veut_une_page(request):
        return proteger(_mener_a_la_suite(request, jeton, identifiant))
    if not _vient_d_ici(request):
        return _dire(403)
    # What the document hands over; what it asks for has the address of its pages.
    cle = cle_de(identifiant) if request.method == "POST" else identifiant
    return _repondre(request, jeton, cle)


def _repondre(request: HttpRequest, jeton: str, identifiant: UUID) -> HttpResponse:
    try:
        porte = ouvrir(jeton, identifiant)
        exiger_de_pouvoir_repondre(porte, papier=saisie.de_papier(request, identifiant))
        preuve.exiger_une_carte(request, porte, identifiant)
    except Refus as refus:
        return _dire(refus.statut)
    if porte.a_envoye:
        return _dire(409)
    if request.method == "POST":
        if request.POST and not vient_du_formulaire(request.POST, porte.definition.questions()):
            return _dire(400)
        return _garder(request, porte, identifiant)
    if porte.passation is None:
        return _dire(404)
    champs = _champs(porte) | _en_attente(request, porte)
    lu = str(identifiant_de(identifiant))
    return _dire(200, champs=champs, langue=porte.langue, id=lu)


def _veut_une_page(request: HttpRequest) -> bool:
    """Tell a person who opens this address from the document, which takes what it is given."""
    genres = ["application/json", "text/html"]
    return request.method == "GET" and request.get_preferred_type(genres) == "text/html"


def _mener_a_la_suite(request: HttpRequest, jeton: str, identifiant: UUID) -> HttpResponse:
    """Lead to the page where this person stopped, or to the door, which says what there is to say."""
    try:
        porte = ouvrir(jeton, identifiant)
        exiger_de_pouvoir_repondre(porte, papier=saisie.de_papier(request, identifiant))
        preuve.exiger_une_carte(request, porte, identifiant)
    except Refus:
        return redirect("enquetes:bienvenue", jeton)
    if porte.passation is None or porte.a_envoye:
        return redirect("enquetes:bienvenue", jeton)
    reprise = chemin(porte.definition, porte.passation.reponses).reprise()
    return redirect("enquetes:etape", jeton, identifiant, reprise.code if reprise else VERIFIER)


def _vient_d_ici(request: HttpRequest) -> bool:
    """Refuse another site's page: it could hand somebody a draft that is not theirs."""
    dit = vient_d_ici(request)
    return request.method == "GET" if dit is None else dit


def _dire(statut: int, **contenu: Any) -> HttpResponse:
    return proteger(JsonResponse({"voix": 1, **contenu}, status=statut))


def _champs(porte: Porte) -> dict[str, list[str]]:
    """Return the answers as a form sends them."""
    champs: dict[str, list[str]] = {}
    reponses = porte.passation.reponses if porte.passation else {}
    for page in porte.definition.pages:
        for nom, valeur in initial_de_page(page, reponses).items():
            valeurs = valeur if isinstance(valeur, list) else ["on" if valeur is True else valeur]
            champs[nom] = [str(une) for une in valeurs]
    return champs


def _en_attente(request: HttpRequest, porte: Porte) -> dict[str, list[str]]:
    """Return what is typed page by page and not stored: it is newer than what is stored."""
    attente = Attente(request, request.path)
    laisses: dict[str, list[str]] = {}
    for page in porte.definition.pages:
        tape = attente.lire(page.code)
        if tape is not None:
            noms = formulaire_de_page(page, porte.langue).base_fields
            laisses |= {nom: tape.getlist(nom) for nom in noms}
    return laisses


def _garder(request: HttpRequest, porte: Porte, identifiant: UUID) -> HttpResponse:
    langue = langues.choisir(request, porte.langues, porte.langue)
    gardees, fautives = _enregistrer(request.POST, porte, identifiant, langue)
    ici = chemin(porte.definition, gardees)
    reprise = next((page for page in ici.pages if page.code in fautives), ici.reprise())
    etape = reprise.code if reprise else VERIFIER
    jeton = porte.acces.jeton
    suite = reverse("enquetes:etape", args=[jeton, identifiant, etape])
    page = _dire(200, suite=f"{suite}?{langues.PARAMETRE}={langue}")
    # What waited is older than what has just come, right or wrong.
    oublier_a(page, reverse("enquetes:relais", args=[jeton, identifiant]))
    if gardees and not porte.par_carte:
        temoin.poser(page, request, reverse("enquetes:bienvenue", args=[jeton]), identifiant)
    return page


def _enregistrer(
    donnees: QueryDict, porte: Porte, identifiant: UUID, langue: str
) -> tuple[dict[str, Any], set[str]]:
    """Store each page that is right, by the action of the wizard.

    Return all that is answered, and the pages that are wrong.
    """
    fautives: set[str] = set()
    gardees: dict[str, Any] = dict(porte.passation.reponses) if porte.passation else {}
    for page in porte.definition.pages:
        form = formulaire_de_page(page, langue)(donnees)
        if not form.is_valid():
            fautives.add(page.code)
            continue
        valeurs = form.valeurs()
        enregistrer_page(
            passation_id=identifiant, acces=porte.acces, page=page, valeurs=valeurs, langue=langue
        )
        for cle in cles_de(page):  # unticked here: no longer an answer there
            gardees.pop(cle, None)
        gardees |= valeurs
    return gardees, fautives
