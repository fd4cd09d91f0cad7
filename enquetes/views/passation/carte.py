"""A card opens the right questionnaire of the current wave. No account, no script needed."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from enquetes.actions.suivi.cartes import carte_de_code, passation_de
from enquetes.models import Carte, Cohorte, Mode, Vague
from enquetes.parcours.chemin import chemin

from . import langues, saisie
from .adresses import VERIFIER
from .code_de_carte import lire_code
from .porte import DOSSIER, Porte, Refus, montrer_refus, ouvrir, proteger
from .rendu import page_fixe, presentation


@csrf_exempt  # looks a card up and stores nothing: a phone that refuses cookies answers too
@require_http_methods(["GET", "HEAD", "POST"])
def carte(request: HttpRequest) -> HttpResponse:
    """Ask for the code of the card, then open its questionnaire."""
    if request.method != "POST":
        return _demander(request)
    lue = lire_code(request, carte_de_code)
    if lue.carte is None:
        dit = {"saisie": lue.tape, "erreur": lue.erreur, "absents": lue.absents}
        return _demander(request, statut=lue.statut, **dit)
    return _ouvrir(request, lue.carte)


def _demander(request: HttpRequest, *, statut: int = 200, **contexte: Any) -> HttpResponse:
    offertes = [code for code, _ in settings.LANGUAGES]
    langue = langues.choisir(request, offertes)
    commun = langues.contexte(langue, offertes) | {"saisie": "", "erreur": "", "absents": ""}
    if Cohorte.visibles_par(request.user).exists():
        choisie = saisie.facon(request.POST.get("mode", "")) or Mode.TABLETTE
        contexte |= {"facons": saisie.FACONS.items(), "choisie": choisie}
    with translation.override(langue):
        page = render(request, f"{DOSSIER}/carte.html", commun | contexte, status=statut)
    return proteger(page)


@dataclass(frozen=True, slots=True)
class _Moment:
    """The wave that is open now, or the day of the next one."""

    vague: Vague | None
    prochaine: date | None


def _moment(trouvee: Carte, jour: date) -> _Moment:
    vagues = list(trouvee.cohorte.vagues.select_related("collecte").order_by("rang"))
    ouverte = next((vague for vague in vagues if vague.est_ouverte(jour)), None)
    a_venir = [vague.collecte.ouvre_le for vague in vagues if vague.collecte.ouvre_le > jour]
    return _Moment(ouverte, min(a_venir, default=None))


def _ouvrir(request: HttpRequest, trouvee: Carte) -> HttpResponse:
    moment = _moment(trouvee, timezone.localdate())
    if moment.vague is None:
        return _attendre(request, moment.prochaine, repondu=False)
    identifiant = passation_de(trouvee, moment.vague)
    jeton = moment.vague.collecte.acces.get(principal=True).jeton
    try:
        porte = ouvrir(jeton, identifiant)
    except Refus as refus:
        return montrer_refus(request, refus)
    if porte.effacee:
        return montrer_refus(request, Refus("efface", 410, {"collecte": porte.collecte}))
    if porte.a_envoye:
        return _attendre(request, moment.prochaine, repondu=True)
    page = _accueillir(request, porte, identifiant)
    mode = saisie.facon(request.POST.get("mode", ""))
    if mode and Cohorte.visibles_par(request.user).filter(pk=trouvee.cohorte_id).exists():
        saisie.noter(page, request, identifiant, mode)
    return page


def _attendre(request: HttpRequest, prochaine: date | None, *, repondu: bool) -> HttpResponse:
    contexte = {"prochaine": prochaine, "repondu": repondu}
    return montrer_refus(request, Refus("carte_plus_tard", 200, contexte))


def _accueillir(request: HttpRequest, porte: Porte, identifiant: UUID) -> HttpResponse:
    """Show the usual welcome; its button opens this card's answers, where they were left."""
    langue = langues.choisir(request, porte.langues, porte.langue)
    reponses = porte.passation.reponses if porte.passation else {}
    suite = chemin(porte.definition, reponses)
    page = suite.reprise() if porte.passation else suite.pages[0]
    etape = page.code if page else VERIFIER
    adresse = reverse("enquetes:etape", args=[porte.acces.jeton, identifiant, etape])
    demandee = langues.demandee(request, porte.langues)
    if demandee:
        adresse += f"?{langues.PARAMETRE}={demandee}"
    html = page_fixe(
        f"{DOSSIER}/bienvenue.html",
        langue,
        (langue,),
        presentation(porte.collecte, porte.definition, langue),
        {"commencer": adresse},
    )
    return proteger(HttpResponse(html))
