"""Collectes as their coordination sees them: list, prepare, correct, follow."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet, Sum, Window
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from enquetes.actions.collectes import (
    bilan_de_cloture,
    modifier_collecte,
    nb_min_releve,
    preparer_collecte,
)
from enquetes.droits import exiger_sur_collecte, peut_sur_collecte
from enquetes.forms.collecte import CollecteForm, DernierJourForm, depart, depuis_collecte
from enquetes.models import Acces, Collecte, EtatCollecte, Releve, Unite, VersionQuestionnaire
from voix.commun.erreurs import ErreurVoix
from voix.comptes.perimetre import perimetre_de
from voix.comptes.roles import Droit
from voix.comptes.views.acces import RequeteEquipe, droit_requis

from .fiches import fiche
from .situations import situation


def collecte_visible(request: RequeteEquipe, nom: str) -> Collecte:
    return get_object_or_404(Collecte.visibles_par(request.user), nom=nom)


def collecte_a_mener(request: RequeteEquipe, nom: str) -> Collecte:
    """Return a collecte that this account may change; who only sees it is told so."""
    collecte = collecte_visible(request, nom)
    exiger_sur_collecte(request.user, Droit.OUVRIR_COLLECTE, collecte)
    return collecte


def adresse_du_lien(request: HttpRequest, acces: Acces) -> str:
    """Return the whole address: the one that is copied, printed and scanned."""
    return request.build_absolute_uri(reverse("enquetes:bienvenue", args=[acces.jeton]))


def saisie(request: HttpRequest) -> QueryDict | None:
    """Return what was sent, even when it is empty: an empty form sent is not a blank one."""
    return request.POST if request.method == "POST" else None


@droit_requis(Droit.VOIR_COLLECTES)
def collectes(request: RequeteEquipe) -> HttpResponse:
    aujourdhui = timezone.localdate()
    visibles = Collecte.visibles_par(request.user).select_related("vague").avec_nb_reponses()
    return render(
        request,
        "enquetes/collectes/liste.html",
        {
            "collectes": [(collecte, situation(collecte, aujourdhui)) for collecte in visibles],
            "peut_ouvrir": perimetre_de(request.user, Droit.OUVRIR_COLLECTE).est_ouvert,
        },
    )


@droit_requis(Droit.OUVRIR_COLLECTE)
def nouvelle_collecte(request: RequeteEquipe, version: int) -> HttpResponse:
    """Prepare a collecte; nobody can answer before it has been read again and opened."""
    choisie = get_object_or_404(VersionQuestionnaire.visibles_par(request.user), pk=version)
    definition = fiche(choisie).definition
    formulaire = CollecteForm(
        saisie(request),
        initial=depart(definition),
        compte=request.user,
        definition=definition,
    )
    if request.method == "POST" and formulaire.is_valid():
        try:
            projet = formulaire.projet(choisie)
            collecte = preparer_collecte(projet=projet, par=request.user)
        except ErreurVoix as refus:
            formulaire.add_error(None, refus.message)
        else:
            return redirect("enquetes:collecte", nom=collecte.nom)
    contexte = {"form": formulaire, "fiche": fiche(choisie), "collecte": None}
    return render(request, "enquetes/collectes/formulaire.html", contexte)


@droit_requis(Droit.OUVRIR_COLLECTE)
def modifier(request: RequeteEquipe, nom: str) -> HttpResponse:
    """Correct a collecte that is not open yet."""
    collecte = collecte_a_mener(request, nom)
    if request.method != "POST" and collecte.etat != EtatCollecte.PREPARATION:
        return redirect("enquetes:collecte", nom=nom)  # nothing of it can be corrected any more
    definition = fiche(collecte.version).definition
    formulaire = CollecteForm(
        saisie(request),
        initial=depuis_collecte(collecte),
        compte=request.user,
        definition=definition,
    )
    if request.method == "POST" and formulaire.is_valid():
        try:
            projet = formulaire.projet(collecte.version, nom=collecte.nom)
            modifier_collecte(collecte=collecte, projet=projet, par=request.user)
        except ErreurVoix as refus:
            formulaire.add_error(None, refus.message)
        else:
            messages.success(request, "Vos corrections sont enregistrées.")
            return redirect("enquetes:collecte", nom=collecte.nom)
    contexte = {"form": formulaire, "fiche": fiche(collecte.version), "collecte": collecte}
    return render(request, "enquetes/collectes/formulaire.html", contexte)


@droit_requis(Droit.VOIR_COLLECTES)
def collecte(request: RequeteEquipe, nom: str) -> HttpResponse:
    return page_de_la_collecte(request, collecte_visible(request, nom))


def _releves(collecte: Collecte) -> QuerySet[Releve]:
    """Return the relevés with how many answers each has in all, those of before included."""
    return collecte.releves.annotate(en_tout=Window(Sum("nb_passations"), order_by="numero"))


def page_de_la_collecte(
    request: RequeteEquipe, collecte: Collecte, *, refus: str = "", **formulaires: Any
) -> HttpResponse:
    """Render the page of one collecte; a refusal is said on it, where the person stands."""
    une_fiche = fiche(collecte.version)
    bilan = bilan_de_cloture(collecte)
    nouvelles = bilan.nb_a_compter + bilan.nb_non_comptees
    minimum = nb_min_releve(collecte)
    liens = collecte.acces.des_lieux().avec_son_lieu()
    # Beside persons, a count by place would show who came: only the total is told (ADR 0020).
    par_lien = collecte.unite == Unite.ORGANISATION
    avec_adresse = [
        (lien, adresse_du_lien(request, lien))
        for lien in (liens.avec_nb_reponses() if par_lien else liens)
    ]
    contexte = {
        "collecte": collecte,
        "situation": situation(collecte, timezone.localdate()),
        "fiche": une_fiche,
        "langues": [langue for langue in une_fiche.langues if langue.code in collecte.langues],
        "langue": request.GET.get("langue", ""),
        "refus": refus,
        "peut_mener": peut_sur_collecte(request.user, Droit.OUVRIR_COLLECTE, collecte),
        "peut_lire": peut_sur_collecte(request.user, Droit.LIRE_RESULTATS, collecte),
        "lit_le_suivi": collecte.est_vague
        and peut_sur_collecte(request.user, Droit.LIRE_CHANGEMENTS, collecte),
        "nb_reponses": bilan.nb_deja_comptees + nouvelles,
        "nouvelles": nouvelles,
        "manquantes": max(0, minimum - nouvelles),
        "minimum": minimum,
        "prochain_releve": collecte.releves.count() + 1,
        "releves": _releves(collecte),
        "par_lien": par_lien,
        "principal": avec_adresse[0],
        "autres": avec_adresse[1:],
        "form_fin": DernierJourForm(initial={"ferme_le": collecte.ferme_le}),
    } | formulaires
    return render(
        request, "enquetes/collectes/detail.html", contexte, status=409 if refus else 200
    )
