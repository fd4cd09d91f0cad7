"""Before the first question and after the last: welcome, thanks, starting over."""

from collections.abc import Hashable, Mapping
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from enquetes.actions.passations import abandonner_brouillon, code_effacement
from enquetes.actions.suivi.moment import prochaine_vague
from enquetes.models import Unite
from enquetes.parcours.chemin import chemin
from enquetes.views.kiosque import appareil
from enquetes.views.scripts import version

from . import langues, preuve, temoin
from .adresses import DEPUIS, VENUE_DE, VERIFIER, Adresses
from .attente import Attente
from .porte import (
    AUTRE,
    DOSSIER,
    Porte,
    Refus,
    dire_deja_envoye,
    exiger_de_pouvoir_repondre,
    exiger_une_feuille,
    montrer,
    montrer_refus,
    ouvrir,
    pour_une_autre,
    proteger,
)
from .rendu import page_fixe, presentation


@require_safe
def bienvenue(request: HttpRequest, jeton: str) -> HttpResponse:
    """Say who asks and why. Nothing is stored; the identifier is drawn here, on the page."""
    if appareil.est_partage(request, jeton):
        return appareil.au_debut(jeton)
    autre = AUTRE in request.GET
    garde = None if autre else temoin.lire(request)
    try:
        porte = ouvrir(jeton, garde)
        if porte.par_carte:  # only the code leads on, on the telephone where it began too
            exiger_de_pouvoir_repondre(porte)
            return proteger(redirect("enquetes:carte"))
        if porte.a_envoye:
            return dire_deja_envoye(request, porte)
        if porte.effacee:  # nothing is left to go on with: whoever comes back starts anew
            porte, autre = ouvrir(jeton), True
        exiger_de_pouvoir_repondre(porte)
        if porte.passation is None:
            exiger_une_feuille(request, porte)
    except Refus as refus:
        return montrer_refus(request, refus)
    langue = langues.choisir(request, porte.langues, porte.langue)
    laisse = None if autre else temoin.lire(request, temoin.DEBUT)
    suites = _suites(request, porte, laisse)
    une_autre = pour_une_autre(request, porte) if "reprendre" in suites else ""
    contexte = presentation(porte.collecte, porte.definition, langue) | _document(porte, langue)
    mots, contexte = {"autre": une_autre, **suites}, contexte | {"une_autre": bool(une_autre)}
    return _page("bienvenue", langue, porte, contexte, mots)


def _document(porte: Porte, langue: str) -> dict[str, Hashable]:
    """Tell where the whole questionnaire is, in a séance: no network wait between questions.

    What was begun page by page goes on page by page, unless the person asks for the document.
    """
    if porte.acces.seance_id is None:
        return {}
    document = reverse("enquetes:hors_ligne", args=[porte.acces.jeton, langue])
    script = reverse("enquetes:ressource", args=[version(), "accueil.js"])
    return {"document": f"{document}#c", "accueil_js": script}


def _page(
    gabarit: str,
    langue: str,
    porte: Porte,
    contexte: Mapping[str, Hashable],
    mots: Mapping[str, str],
) -> HttpResponse:
    offertes = tuple(porte.langues)
    html = page_fixe(f"{DOSSIER}/{gabarit}.html", langue, offertes, contexte, mots)
    return proteger(HttpResponse(html))


def _suites(request: HttpRequest, porte: Porte, laisse: UUID | None) -> dict[str, str]:
    """Return where « Commencer » leads, and « Continuer » when this phone kept something.

    ``laisse``: what was typed, and left before anything was stored, waits there.
    """
    demandee = langues.demandee(request, porte.langues)
    suite = f"?{langues.PARAMETRE}={demandee}" if demandee else ""

    def adresse(identifiant: UUID, etape: str) -> str:
        return reverse("enquetes:etape", args=[porte.acces.jeton, identifiant, etape]) + suite

    premiere = chemin(porte.definition, {}).pages[0].code
    suites = {"commencer": adresse(uuid4(), premiere)}
    if laisse:
        suites["reprendre"] = adresse(laisse, premiere)
    if porte.passation:
        page = chemin(porte.definition, porte.passation.reponses).reprise()
        suites["reprendre"] = adresse(porte.passation.pk, page.code if page else VERIFIER)
        document = reverse("enquetes:hors_ligne_langue", args=[porte.acces.jeton])
        suites["relais"] = f"{document}#r={porte.passation.pk}"
    return suites


def lien_inconnu(request: HttpRequest) -> HttpResponse:
    """Say what to do with an address that looks like a link and is none."""
    return montrer_refus(request, Refus("lien_inconnu", 404))


@require_safe
def merci(request: HttpRequest, jeton: str, identifiant: UUID) -> HttpResponse:
    """Thank, and give the code that erases. Can be reloaded for ever."""
    try:
        porte = ouvrir(jeton, identifiant)
        if porte.passation is None:
            raise Refus("lien_inconnu", 404)
        if porte.effacee:
            raise Refus("efface", 410, {"collecte": porte.collecte})
    except Refus as refus:
        return montrer_refus(request, refus)
    if not porte.a_envoye:
        return proteger(redirect("enquetes:etape", jeton, identifiant, VERIFIER))
    langue = langues.choisir(request, porte.langues, porte.langue)
    retour = porte.collecte.nom if porte.collecte.rendue_le else ""
    par_personne = porte.collecte.unite == Unite.PERSONNE
    dit = {"retour": retour, "par_personne": par_personne, **_suite_du_suivi(porte)}
    if porte.par_carte:
        return _page("merci", langue, porte, dit, {})
    mots = {"code": code_effacement(porte.passation), "autre": pour_une_autre(request, porte)}
    dit["une_autre"] = bool(mots["autre"])
    return _page("merci", langue, porte, dit, mots)


def _suite_du_suivi(porte: Porte) -> dict[str, Hashable]:
    """Return what goes on after a wave: the card alone erases, so that no second code is given."""
    if not porte.par_carte:
        return {"par_carte": False}
    prochaine = prochaine_vague(porte.collecte.vague.cohorte, timezone.localdate())
    adresse = reverse("enquetes:dates", args=[porte.acces.jeton]) if prochaine else ""
    return {"par_carte": True, "prochaine": prochaine, "dates": adresse}


@require_http_methods(["GET", "HEAD", "POST"])
def abandonner(request: HttpRequest, jeton: str, identifiant: UUID) -> HttpResponse:
    """Erase a draft: one page to be sure, one button."""
    try:
        porte = ouvrir(jeton, identifiant)
        preuve.exiger_une_carte(request, porte, identifiant)
    except Refus as refus:
        return montrer_refus(request, refus)
    if porte.a_envoye:
        return dire_deja_envoye(request, porte)
    ici = Adresses(request.path, "effacer")
    if request.method != "POST":
        return montrer(request, porte, "abandonner", _non(request, porte, ici))
    abandonner_brouillon(passation_id=identifiant, acces=porte.acces)
    page = proteger(redirect(ici.bienvenue))
    temoin.oter(page, ici.bienvenue)
    Attente(request, ici.base).tout_oublier(page)
    if porte.passation is not None:
        temoin.poser(page, request, ici.base, identifiant, temoin.EFFACE)
    return page


def _non(request: HttpRequest, porte: Porte, ici: Adresses) -> dict[str, str]:
    """Return where « Non, garder mes réponses » leads: the page one comes from, else the next to answer."""
    venue = {nom: request.GET[nom] for nom in (VENUE_DE, DEPUIS) if nom in request.GET}
    ou = venue.get(VENUE_DE)
    if ou not in {VERIFIER, *(page.code for page in porte.definition.pages)}:
        reprise = chemin(porte.definition, porte.passation.reponses if porte.passation else {})
        page = reprise.reprise()
        ou = page.code if page else VERIFIER
    dite = langues.demandee(request, porte.langues)
    retour = ici.etape(
        ou, langue="" if dite == porte.langue else dite, depuis=venue.get(DEPUIS, "")
    )
    # The other languages of this page keep where it was opened from.
    return {"retour": retour, "langue_et": f"&{urlencode(venue)}" if venue else ""}
