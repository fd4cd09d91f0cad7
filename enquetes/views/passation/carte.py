"""A card opens the right questionnaire of the current wave. No account, no script needed."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from enquetes.actions.suivi.cartes import carte_de_code
from enquetes.actions.suivi.moment import Moment, moment, seule_commencee, vagues_a_recopier
from enquetes.models import Carte, Cohorte, Mode, Rang, Vague
from enquetes.parcours.chemin import chemin

from . import code_redit, langues, preuve, saisie
from .adresses import VERIFIER
from .code_de_carte import ATTENTE, Lecture, lire_code
from .porte import (
    DOSSIER,
    Porte,
    Refus,
    dire_deja_envoye,
    exiger_de_pouvoir_repondre,
    montrer_refus,
    ouvrir,
    proteger,
)
from .rendu import page_fixe, presentation

DEMANDEE: Final = "vague_demandee"
"""Sent by the page that has asked of which wave the sheet is: left empty there, it is a mistake."""


@csrf_exempt  # looks a card up and stores nothing: a phone that refuses cookies answers too
@require_http_methods(["GET", "HEAD", "POST"])
def carte(request: HttpRequest) -> HttpResponse:
    """Ask for the code of the card, then open its questionnaire."""
    if request.method != "POST":
        return _redemander(request)
    lue = lire_code(request, carte_de_code)
    dit = _dit(lue)
    if lue.carte is None:
        if code_redit.se_redit(lue) and not _facons(request):
            return proteger(code_redit.renvoyer(request, lue))
        page = _demander(request, statut=lue.statut, **dit)
        if lue.erreur == "attente":
            page["Retry-After"] = str(ATTENTE)
        return page
    if _facons(request).get("sans_facon"):
        return _demander(request, statut=400, **dit)
    feuille = _feuille(request, lue.carte)
    if feuille.vagues and feuille.vague is None:
        oubliee = DEMANDEE in request.POST
        statut = 400 if oubliee else 200
        return _demander(request, statut=statut, **dit, vagues=feuille.vagues, sans_vague=oubliee)
    return _ouvrir(request, lue.carte, feuille.vague)


def _redemander(request: HttpRequest) -> HttpResponse:
    """Ask for a code; after a wrong one, say so."""
    lue = code_redit.relire(request)
    if lue is None:
        return _demander(request)
    page = _demander(request, statut=lue.statut, **_dit(lue))
    code_redit.oublier(page)
    return page


def _dit(lue: Lecture) -> dict[str, str]:
    return {"saisie": lue.tape, "erreur": lue.erreur, "absents": lue.absents}


@dataclass(frozen=True, slots=True)
class _Feuille:
    """A sheet that the team copies: the waves that it may be of, and the one that was chosen."""

    vagues: list[Vague]
    vague: Vague | None


def _feuille(request: HttpRequest, trouvee: Carte) -> _Feuille:
    """Return of which wave a sheet is: asked, since a late one is not of the wave of today."""
    suivies = Cohorte.visibles_par(request.user).filter(pk=trouvee.cohorte_id)
    if saisie.facon(request.POST.get("mode", "")) != Mode.PAPIER or not suivies.exists():
        return _Feuille([], None)
    vagues = vagues_a_recopier(trouvee, timezone.localdate())
    voulue = request.POST.get("vague", "")
    if seule_commencee(trouvee.cohorte, timezone.localdate()):
        voulue = str(Rang.ENTREE.value)
    return _Feuille(vagues, next((v for v in vagues if str(v.rang) == voulue), None))


def _facons(request: HttpRequest) -> dict[str, Any]:
    """Return how a family may answer, for the team only: nothing is chosen in its place."""
    if not Cohorte.visibles_par(request.user).exists():
        return {}
    choisie = saisie.facon(request.POST.get("mode", ""))
    sans_facon = request.method == "POST" and choisie is None
    return {"facons": saisie.FACONS.items(), "choisie": choisie, "sans_facon": sans_facon}


def _demander(request: HttpRequest, *, statut: int = 200, **contexte: Any) -> HttpResponse:
    offertes = [code for code, _ in settings.LANGUAGES]
    langue = langues.choisir(request, offertes)
    commun = langues.contexte(langue, offertes) | {"saisie": "", "erreur": "", "absents": ""}
    contexte |= _facons(request)
    with translation.override(langue):
        page = render(request, f"{DOSSIER}/carte.html", commun | contexte, status=statut)
    return proteger(page)


def _ouvrir(request: HttpRequest, trouvee: Carte, feuille: Vague | None) -> HttpResponse:
    ici = moment(trouvee, timezone.localdate())
    if feuille is not None:
        ici = Moment(feuille, ici.prochaine)
    if ici.vague is None and ici.efface:
        return montrer_refus(request, preuve.effacee(trouvee))
    if ici.vague is None:
        return _attendre(request, ici.prochaine, repondu=bool(ici.faite))
    jeton = ici.vague.collecte.acces.get(principal=True).jeton
    suivies = Cohorte.visibles_par(request.user).filter(pk=trouvee.cohorte_id)
    equipe = suivies.exists()
    try:
        identifiant, porte = _la_ou_elle_en_etait(request, jeton, None if equipe else trouvee)
    except Refus as refus:
        return montrer_refus(request, refus)
    page = proteger(redirect(_adresse_ouverte(request, porte, identifiant)))
    preuve.poser(page, request, identifiant, trouvee, equipe=equipe)
    mode = saisie.facon(request.POST.get("mode", ""))
    if equipe and mode:
        saisie.noter(page, request, identifiant, mode)
    return page


def _adresse_ouverte(request: HttpRequest, porte: Porte, identifiant: UUID) -> str:
    """Return the page that the code has opened: it can be come back to, and says nothing of the code."""
    adresse = reverse("enquetes:carte_ouverte", args=[porte.acces.jeton, identifiant])
    demandee = langues.demandee(request, porte.langues)
    return f"{adresse}?{langues.PARAMETRE}={demandee}" if demandee else adresse


@require_safe
def carte_ouverte(request: HttpRequest, jeton: str, identifiant: UUID) -> HttpResponse:
    """Welcome whoever has just typed the code here; without its proof the address opens nothing."""
    try:
        porte = ouvrir(jeton, identifiant)
        if porte.a_envoye:
            return dire_deja_envoye(request, porte)
        papier = saisie.de_papier(request, identifiant)
        exiger_de_pouvoir_repondre(porte, papier=papier)
        preuve.exiger_une_carte(request, porte, identifiant)
    except Refus as refus:
        return montrer_refus(request, refus)
    return _accueillir(request, porte, identifiant)


def _la_ou_elle_en_etait(
    request: HttpRequest, jeton: str, trouvee: Carte | None
) -> tuple[UUID, Porte]:
    """Return the draft begun with this card in this very browser; elsewhere, and for the team, a new one.

    Who replaces a card, or noted its code while printing, would otherwise read what its family began.
    """
    ancien = preuve.commence(request, trouvee) if trouvee else None
    porte = ouvrir(jeton, ancien)
    brouillon = porte.passation is not None and not (porte.a_envoye or porte.effacee)
    if ancien is not None and brouillon:
        return ancien, porte
    return uuid4(), ouvrir(jeton)


def _attendre(request: HttpRequest, prochaine: date | None, *, repondu: bool) -> HttpResponse:
    contexte = {"prochaine": prochaine, "repondu": repondu}
    return montrer_refus(request, Refus("carte_plus_tard", 200, contexte))


def _accueillir(request: HttpRequest, porte: Porte, identifiant: UUID) -> HttpResponse:
    """Show the usual welcome; its button opens the questions, where they were left in this browser."""
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
        tuple(porte.langues),
        presentation(porte.collecte, porte.definition, langue),
        {"commencer": adresse},
    )
    return proteger(HttpResponse(html))
