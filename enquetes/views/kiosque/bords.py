"""Before and after a person's turn on a shared device, and the facilitator's corner."""

import re
from dataclasses import replace
from functools import partial
from typing import Final
from uuid import UUID

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.http import require_http_methods, require_safe

from enquetes.actions.arrivees import arrivees
from enquetes.actions.passations import code_effacement
from enquetes.actions.suivi.cartes import carte_de_cohorte, passation_de
from enquetes.actions.suivi.moment import etat_de, prochaine_vague
from enquetes.actions.tours import commencer_tour, oublier_tour, tour_en_cours
from enquetes.models import EtatPassation
from enquetes.parcours.chemin import chemin
from enquetes.views.passation import langues, preuve
from enquetes.views.passation.adresses import MERCI
from enquetes.views.passation.code_de_carte import Lecture, lire_code
from enquetes.views.passation.porte import (
    Porte,
    Refus,
    exiger_de_pouvoir_repondre,
    montrer_refus,
    ouvrir_a_tous,
    proteger,
)
from enquetes.views.passation.rendu import presentation
from enquetes.views.reseau import compter, deja_compte
from voix.commun.reseau import reseau

from . import appareil

DOSSIER: Final = "enquetes/kiosque"
CODE: Final = re.compile(r"[0-9]{4}")
FAUX_AU_PLUS: Final = 10
"""Wrong codes of one network in ten minutes: four digits are soon tried out otherwise."""


@require_http_methods(["GET", "HEAD", "POST"])
def debut(request: HttpRequest, jeton: str) -> HttpResponse:
    """Forget whoever was there, then say who asks and why (K1)."""
    if request.method == "HEAD":
        return proteger(HttpResponse())
    par_silence = appareil.PAR_SILENCE in request.GET
    oublier_tour(cle=appareil.cle_du_tour(request), par_silence=par_silence)
    if par_silence:  # Back must not lead there: it would say again that nobody asked
        return appareil.au_debut(jeton)
    try:
        porte = ouvrir_a_tous(jeton)
        exiger_de_pouvoir_repondre(porte)
    except Refus as refus:
        page = montrer_refus(request, refus)
        appareil.oter_le_tour(page, jeton)
        return page
    if request.user.is_authenticated:
        logout(request)  # the next hands on this device are not the team's
    langue = langues.choisir(request, porte.langues)
    if request.method == "POST" and not porte.par_carte:
        return _commencer(request, porte, langue)
    if request.method == "POST":
        return _lire_la_carte(request, porte, langue)
    rotate_token(request)
    return _accueillir(request, porte, langue, Lecture(""))


def _accueillir(request: HttpRequest, porte: Porte, langue: str, lue: Lecture) -> HttpResponse:
    jeton = porte.acces.jeton
    contexte = presentation(porte.collecte, porte.definition, langue) | {
        "jeton": jeton,
        "incompletes": porte.collecte.garde_incompletes,
        "animer": appareil.est_partage(request, jeton),
        "par_carte": porte.par_carte,
        "lue": lue,
    }
    page = _montrer(request, porte, "debut", contexte)
    page.status_code = lue.statut
    appareil.oter_le_tour(page, jeton)
    return appareil.retourner(page, jeton, appareil.SILENCE) if lue.erreur else page


def _lire_la_carte(request: HttpRequest, porte: Porte, langue: str) -> HttpResponse:
    """Begin anew with this card, whatever it began elsewhere; or say gently what is wrong with its code."""
    vague = porte.collecte.vague
    lue = lire_code(request, partial(carte_de_cohorte, vague.cohorte))
    if lue.carte is None:
        return _accueillir(request, porte, langue, lue)
    etat = etat_de(lue.carte, vague)
    if not etat:
        return _commencer(request, porte, langue, passation_de(lue.carte, vague))
    dire = preuve.effacee if etat == EtatPassation.EFFACEE else preuve.deja_repondu
    refus = dire(lue.carte)
    jeton = porte.acces.jeton
    page = montrer_refus(request, replace(refus, contexte=refus.contexte | {"partage": jeton}))
    return appareil.retourner(page, jeton, appareil.FIN)


def _commencer(
    request: HttpRequest, porte: Porte, langue: str, passation: UUID | None = None
) -> HttpResponse:
    etape = chemin(porte.definition, {}).pages[0].code
    cle = commencer_tour(acces=porte.acces, etape=etape, langue=langue, passation=passation)
    jeton = porte.acces.jeton
    page = proteger(appareil.Redirection(appareil.questions(jeton)))
    appareil.poser_le_tour(page, request, jeton, cle)
    return page


def _montrer(
    request: HttpRequest, porte: Porte, gabarit: str, contexte: dict[str, object], langue: str = ""
) -> HttpResponse:
    langue = langue or langues.choisir(request, porte.langues)
    tout = langues.contexte(langue, porte.langues) | contexte
    with translation.override(langue):
        return proteger(render(request, f"{DOSSIER}/{gabarit}.html", tout))


@require_safe
def merci(request: HttpRequest, jeton: str) -> HttpResponse:
    """Thank, give the code that erases, and go away by itself; more time is one press away (K5)."""
    try:
        porte = ouvrir_a_tous(jeton)
    except Refus as refus:
        return montrer_refus(request, refus)
    tour = tour_en_cours(appareil.cle_du_tour(request), porte.acces)
    if tour is None or tour.etape != MERCI:
        return appareil.au_debut(jeton)
    passation = porte.acces.passations.get(pk=tour.passation)
    plus = "encore" in request.GET
    contexte = {"jeton": jeton, "code": code_effacement(passation), "plus": plus, "dates": ""}
    if porte.par_carte:
        prochaine = prochaine_vague(porte.collecte.vague.cohorte, timezone.localdate())
        contexte["prochaine"] = prochaine
    page = _montrer(request, porte, "merci", contexte, tour.langue)
    return appareil.retourner(page, jeton, appareil.FIN_PLUS if plus else appareil.FIN)


# --- the facilitator's corner -------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def preparer(request: HttpRequest, jeton: str) -> HttpResponse:
    """Make this device a shared one without JavaScript: one code of four digits (K7)."""
    try:
        porte = ouvrir_a_tous(jeton)
    except Refus as refus:
        return montrer_refus(request, refus)
    if appareil.est_partage(request, jeton):
        return appareil.au_debut(jeton)
    code = request.POST.get("code", "").strip()
    if request.method == "POST" and CODE.fullmatch(code):
        page = appareil.au_debut(jeton)
        appareil.marquer(page, request, jeton, code)
        if request.user.is_authenticated:
            logout(request)
        return page
    contexte = {
        "titre": porte.collecte.titre_dans("fr", porte.definition),
        "faux": request.method == "POST",
    }
    page = _montrer(request, porte, "preparer", contexte, "fr")
    page.status_code = 400 if contexte["faux"] else 200
    return page


@require_http_methods(["GET", "HEAD", "POST"])
def animation(request: HttpRequest, jeton: str) -> HttpResponse:
    """Show counts, never answers, to who knows the code; leave shared mode (K7, K8)."""
    try:
        porte = ouvrir_a_tous(jeton)
    except Refus as refus:
        return montrer_refus(request, refus)
    if not appareil.est_partage(request, jeton):
        return appareil.au_debut(jeton)
    contexte: dict[str, object] = {"jeton": jeton, "erreur": "", "ouvert": False}
    if request.method == "POST":
        code = request.POST.get("code", "").strip()
        contexte["erreur"] = _erreur(request, jeton, code)
        if not contexte["erreur"]:
            if "quitter" in request.POST:
                return _quitter(jeton)
            contexte |= {"ouvert": True, "code": code, "recues": _recues(porte)}
    page = _montrer(request, porte, "animation", contexte, "fr")
    page.status_code = {"": 200, "faux": 400, "trop": 429}[str(contexte["erreur"])]
    return appareil.retourner(page, jeton, appareil.SILENCE)


def _erreur(request: HttpRequest, jeton: str, code: str) -> str:
    usage = f"partage:{jeton}:{reseau(request)}"
    if deja_compte(usage) >= FAUX_AU_PLUS:
        return "trop"
    if appareil.est_le_code(request, jeton, code):
        return ""
    compter(usage, 600)
    return "faux"


def _recues(porte: Porte) -> str:
    """Return what is told of the count of a séance while it is open (G1)."""
    return arrivees(porte.acces.seance).phrase if porte.acces.seance is not None else ""


def _quitter(jeton: str) -> HttpResponse:
    page = proteger(appareil.Redirection("/"))
    appareil.demarquer(page)
    appareil.oter_le_tour(page, jeton)
    return page
