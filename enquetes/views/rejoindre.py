"""Join a séance with its eight digits, typed on the home page (collecte §4.1).

Nobody is ever shut out: when wrong codes pour in, everybody waits two seconds, and a network that
already waits is served one code every two seconds. No thread sleeps: the page asks again.
"""

from typing import Any, Final

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from enquetes.models import Acces
from enquetes.parcours.code_seance import lire
from voix.commun.reseau import reseau

from .passation import langues
from .passation.porte import DOSSIER, proteger
from .reseau import compter, deja_compte, prendre_le_tour

FAUX_PAR_MINUTE: Final = 30
"""Wrong codes of the whole instance before everybody is slowed."""
ESSAIS_PAR_RESEAU: Final = 60
DUREE_RESEAU: Final = 600
ATTENTE: Final = 2
TICKET_AU_PLUS: Final = 120
SEL: Final = "voix.rejoindre"


@csrf_exempt  # looks a code up and stores nothing: a phone that refuses cookies joins too
@require_http_methods(["GET", "HEAD", "POST"])
def rejoindre(request: HttpRequest) -> HttpResponse:
    """Ask for the code, then lead to the séance."""
    if request.method == "POST":
        return _essayer(request, request.POST.get("code", "")[:40])
    ticket = request.GET.get("attente", "")
    if not ticket:
        return _page(request)
    try:
        code = str(signing.loads(ticket, salt=SEL, max_age=TICKET_AU_PLUS))
    except signing.BadSignature:
        return _page(request)
    return _apres_attente(request, code, ticket)


def _essayer(request: HttpRequest, saisie: str) -> HttpResponse:
    code = lire(saisie)
    if code is None:
        return _page(request, statut=400, saisie=saisie, erreur="forme")
    trop = compter(f"rejoindre:{reseau(request)}", DUREE_RESEAU) > ESSAIS_PAR_RESEAU
    if trop or deja_compte("faux") >= FAUX_PAR_MINUTE:
        return _faire_attendre(request, code)
    return _chercher(request, code)


def _apres_attente(request: HttpRequest, code: str, ticket: str) -> HttpResponse:
    """Serve one code every two seconds to a network that waits, and no ticket too early."""
    if _a_attendu(ticket) and prendre_le_tour(f"rejoindre:{reseau(request)}", ATTENTE):
        return _chercher(request, code)
    return _faire_attendre(request, code)


def _a_attendu(ticket: str) -> bool:
    try:
        signing.loads(ticket, salt=SEL, max_age=ATTENTE)
    except signing.SignatureExpired:
        return True
    return False


def _faire_attendre(request: HttpRequest, code: str) -> HttpResponse:
    ticket = signing.dumps(code, salt=SEL)
    suite = f"{reverse('enquetes:rejoindre')}?{urlencode({'attente': ticket, **_langue(request)})}"
    page = _page(request, suite=suite)
    page["Retry-After"] = str(ATTENTE + 1)
    return page


def _langue(request: HttpRequest) -> dict[str, str]:
    demandee = langues.demandee(request, [code for code, _nom in settings.LANGUAGES])
    return {langues.PARAMETRE: demandee} if demandee else {}


def _chercher(request: HttpRequest, code: str) -> HttpResponse:
    jeton = Acces.jeton_de_seance(code)
    if jeton is None:
        compter("faux", 60)
        return _page(request, statut=404, saisie=code, erreur="inconnu")
    adresse = reverse("enquetes:bienvenue", args=[jeton])
    parametres = urlencode(_langue(request))
    return proteger(redirect(f"{adresse}?{parametres}" if parametres else adresse))


def _page(request: HttpRequest, *, statut: int = 200, **contexte: Any) -> HttpResponse:
    offertes = [code for code, _nom in settings.LANGUAGES]
    langue = langues.choisir(request, offertes)
    with translation.override(langue):
        page = render(
            request,
            f"{DOSSIER}/rejoindre.html",
            langues.contexte(langue, offertes) | {"saisie": ""} | contexte,
            status=statut,
        )
    return proteger(page)
