"""Séances as the person who runs them sees them: on a phone, one decision a screen."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from enquetes.actions.arrivees import arrivees, nb_gardees
from enquetes.actions.mains_levees import questions_a_main_levee
from enquetes.actions.rappels import rappels
from enquetes.actions.rapports import rapprocher
from enquetes.actions.seances import (
    a_des_reponses,
    a_eu_lieu,
    annuler_seance,
    attendre_reponses,
    clore_seance,
    creer_seance,
    deplacer_seance,
    ouvrir_seance,
    tablettes_qui_gardent,
)
from enquetes.echanges.papier.numeros import CORPS, langues_de_papier
from enquetes.echanges.qr import svg
from enquetes.forms.seances import DECISIONS, AttenduesForm, DeplacementForm, projet
from enquetes.models import Enveloppe, EtatSeance, MainLevee, Seance
from enquetes.signaux import seance_a_montrer
from voix.commun.erreurs import ErreurVoix, SaisieInvalide
from voix.comptes.roles import Droit
from voix.comptes.views.acces import RequeteEquipe, droit_requis

GESTES = {
    "ouvrir": (ouvrir_seance, "La séance est ouverte."),
    "clore": (clore_seance, "La séance est close. Plus personne ne peut la rejoindre."),
}


def seance_visible(request: RequeteEquipe, seance: int) -> Seance:
    return get_object_or_404(Seance.visibles_par(request.user), pk=seance)


def adresse_de_seance(request: HttpRequest, seance: Seance) -> str:
    """Return the whole address behind the QR of a séance; empty when nobody answers there."""
    if seance.collecte_id is None:
        return ""
    return request.build_absolute_uri(reverse("enquetes:bienvenue", args=[seance.acces.jeton]))


@droit_requis(Droit.ANIMER_SEANCE)
def seances(request: RequeteEquipe) -> HttpResponse:
    """List what comes, then what is over."""
    aujourdhui = timezone.localdate()
    toutes = list(Seance.visibles_par(request.user))
    a_venir = [s for s in toutes if timezone.localdate(s.prevue_le) >= aujourdhui]
    contexte = {
        "a_venir": list(reversed(a_venir)),
        "passees": [s for s in toutes if s not in a_venir],
        # To who ran it; when that account is gone, to coordination.
        "rappels": rappels(s for s in toutes if s.animateur_id in {request.user.pk, None}),
        "quarantaine": Enveloppe.visibles_par(request.user).a_examiner().count(),
    }
    return render(request, "enquetes/seances/liste.html", contexte)


@droit_requis(Droit.ANIMER_SEANCE)
def nouvelle_seance(request: RequeteEquipe) -> HttpResponse:
    """Ask one decision a screen. What was decided travels in the address: Back always works."""
    donnees = request.POST if request.method == "POST" else request.GET
    cle = _cle(donnees.get("cle", ""))
    decidees: dict[str, Any] = {}
    for rang, decision in enumerate(DECISIONS, start=1):
        if not decision.est_faite(donnees):
            return _demander(
                request, decision(compte=request.user, avant=decidees), rang, cle, donnees
            )
        formulaire = decision(donnees, compte=request.user, avant=decidees)
        if not formulaire.is_valid():
            return _demander(request, formulaire, rang, cle, donnees)
        decidees |= formulaire.cleaned_data
    if request.method != "POST":
        formulaire = DECISIONS[-1](compte=request.user, avant=decidees)
        return _demander(request, formulaire, len(DECISIONS), cle, donnees)
    seance = creer_seance(projet=projet(cle, decidees), par=request.user)
    return redirect("enquetes:seance", seance.pk)


def _cle(lue: str) -> UUID:
    """Return the key that the pages carry, drawn on the first one."""
    if not lue:
        return uuid4()
    try:
        return UUID(lue)
    except ValueError:
        raise SaisieInvalide("Cette page a expiré. Recommencez depuis vos séances.") from None


def _demander(
    request: RequeteEquipe, formulaire: Any, rang: int, cle: UUID, donnees: Any
) -> HttpResponse:
    gardes = [nom for decision in DECISIONS[: rang - 1] for nom in decision.base_fields]
    contexte = {
        "form": formulaire,
        "rang": rang,
        "total": len(DECISIONS),
        "gardees": [("cle", cle), *((nom, donnees.get(nom, "")) for nom in gardes)],
        "derniere": rang == len(DECISIONS),
    }
    return render(request, "enquetes/seances/nouvelle.html", contexte)


@droit_requis(Droit.ANIMER_SEANCE)
def seance(request: RequeteEquipe, seance: int) -> HttpResponse:
    return page_de_la_seance(request, seance_visible(request, seance))


def page_de_la_seance(request: RequeteEquipe, seance: Seance, *, refus: str = "") -> HttpResponse:
    """Render what can be done now, and nothing else; a refusal is said on it."""
    adresse = adresse_de_seance(request, seance)
    vues = arrivees(seance)
    contexte = {
        "seance": seance,
        "refus": refus,
        "adresse": adresse,
        "qr": svg(adresse, nom="QR code de la séance") if adresse else "",
        "arrivees": vues,
        "rapprochement": rapprocher(seance, vues),
        "rappels": rappels([seance]),
        "langues_papier": []
        if seance.collecte is None
        else langues_de_papier(seance.collecte.version.lue()),
        "corps_papier": CORPS,
        "rapport": getattr(seance, "rapport", None),
        "ouvrable": seance.code_depuis <= timezone.now() <= seance.code_jusqua,
        "a_recu": a_des_reponses(seance),
        "a_eu_lieu": seance.etat == EtatSeance.PREPARATION and a_eu_lieu(seance),
        "a_montrer": _a_montrer(seance),
        "en_attente": nb_gardees(seance),
        "mains_possibles": bool(questions_a_main_levee(seance)),
        "mains": MainLevee.de(seance).count(),
        "attendues": AttenduesForm(initial={"nombre": seance.nb_attendues}),
    }
    statut = 409 if refus else 200
    return render(request, "enquetes/seances/detail.html", contexte, status=statut)


def _a_montrer(seance: Seance) -> str:
    """Return what ``seance_a_montrer`` answers of a closed séance; nothing before."""
    if seance.etat != EtatSeance.CLOSE:
        return ""
    dits = seance_a_montrer.send(sender=Seance, seance_id=seance.pk)
    return next((dit for _, dit in dits if dit), "")


@droit_requis(Droit.ANIMER_SEANCE)
def attendre(request: RequeteEquipe, seance: int) -> HttpResponse:
    """Say how many are to answer; an empty field takes it back."""
    visible = seance_visible(request, seance)
    formulaire = AttenduesForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if not formulaire.is_valid():
            (faute,) = formulaire.errors["nombre"]
            return page_de_la_seance(request, visible, refus=str(faute))
        try:
            attendre_reponses(
                seance=visible, nombre=formulaire.cleaned_data["nombre"], par=request.user
            )
        except ErreurVoix as erreur:
            return page_de_la_seance(request, visible, refus=erreur.message)
    return redirect("enquetes:seance", seance)


@droit_requis(Droit.ANIMER_SEANCE)
def conduire(request: RequeteEquipe, seance: int, geste: str) -> HttpResponse:
    """Open or close: one POST, harmless when pressed twice."""
    visible = seance_visible(request, seance)
    if request.method == "POST":
        action, fait = GESTES[geste]
        try:
            action(seance=visible, par=request.user)
        except ErreurVoix as erreur:
            return page_de_la_seance(request, visible, refus=erreur.message)
        messages.success(request, fait)
    return redirect("enquetes:seance", seance)


@droit_requis(Droit.ANIMER_SEANCE)
def deplacer(request: RequeteEquipe, seance: int) -> HttpResponse:
    """Change the day, the hour or the room."""
    visible = seance_visible(request, seance)
    prevue = timezone.localtime(visible.prevue_le)
    depart = {"jour": prevue.date(), "heure": prevue.time(), "salle": visible.salle}
    formulaire = DeplacementForm(
        request.POST if request.method == "POST" else None, initial=depart
    )
    if request.method == "POST" and formulaire.is_valid():
        deplacer_seance(
            seance=visible,
            prevue_le=formulaire.prevue_le(),
            salle=formulaire.cleaned_data["salle"],
            par=request.user,
        )
        messages.success(request, "La séance est changée.")
        return redirect("enquetes:seance", seance)
    contexte = {"seance": visible, "form": formulaire}
    return render(request, "enquetes/seances/deplacer.html", contexte)


@droit_requis(Droit.ANIMER_SEANCE)
def annuler(request: RequeteEquipe, seance: int) -> HttpResponse:
    """Remove a séance that did not take place."""
    visible = seance_visible(request, seance)
    if request.method == "POST":
        try:
            annuler_seance(seance=visible, par=request.user)
        except ErreurVoix as erreur:
            return page_de_la_seance(request, visible, refus=erreur.message)
        messages.success(request, f"«\u00a0{visible.titre}\u00a0» est supprimée.")
        return redirect("enquetes:seances")
    return render(
        request,
        "enquetes/seances/annuler.html",
        {
            "seance": visible,
            "a_recu": a_des_reponses(visible),
            "tablettes": tablettes_qui_gardent(visible),
        },
    )
