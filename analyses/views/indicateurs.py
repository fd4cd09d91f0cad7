"""Indicators: objective against result, with k and N; what the source left open; typed figures."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from analyses.actions.registres import (
    ajouter_mesure,
    creer_programme,
    definir_indicateur,
    retirer_indicateur,
)
from analyses.figures.courbes import courbe
from analyses.figures.objectifs import objectifs
from analyses.forms.indicateurs import (
    ChiffreForm,
    IndicateurForm,
    ProgrammeForm,
    VerifierForm,
    controle_de,
)
from analyses.indicateurs.catalogue import catalogue
from analyses.indicateurs.indicateur import Forme
from analyses.indicateurs.mesure import Mesure
from analyses.indicateurs.pourcentages import Controle
from analyses.indicateurs.registres import TABLES
from analyses.indicateurs.registres.choix import NIVEAUX
from analyses.mesures import (
    Evolution,
    MesureDite,
    Perimetre,
    entendus,
    evolutions,
    mesurer_tout,
    niveaux_par_moment,
    par_groupe,
    perimetre_du_programme,
    perimetre_du_territoire,
    reperes_de,
)
from analyses.models import IndicateurPropre, MesureSaisie, Programme
from analyses.models.participation.lieux import territoires_lus, territoires_suivis
from voix.commun.erreurs import ErreurVoix
from voix.comptes.perimetre import perimetre_de
from voix.comptes.roles import Droit
from voix.comptes.views.acces import RequeteEquipe, droit_requis


@dataclass(frozen=True, slots=True)
class ChiffreMontre:
    """A figure typed in by hand, with what its base makes of it."""

    saisi: MesureSaisie
    controle: Controle


@dataclass(frozen=True, slots=True)
class Rang(MesureDite):
    """One line of the table, with the figures typed in by hand beside it."""

    chiffres: tuple[ChiffreMontre, ...] = ()


def _groupes(
    mesures: list[Mesure], chiffres: dict[str, list[ChiffreMontre]]
) -> list[dict[str, Any]]:
    rangs = [Rang(m, tuple(chiffres.get(m.indicateur.code, ()))) for m in mesures]
    groupes = []
    for titre, liste in par_groupe(rangs).items():
        figure = objectifs([rang.mesure for rang in liste])
        groupes.append({"titre": titre, "rangs": liste, "figure": figure})
    return groupes


def _page(
    request: RequeteEquipe, perimetre: Perimetre, programme: Programme | None = None
) -> HttpResponse:
    chiffres: dict[str, list[ChiffreMontre]] = {}
    if programme is not None:
        for saisi in MesureSaisie.visibles_par(request.user).filter(programme=programme):
            controle = controle_de(saisi.pourcent, saisi.n, saisi.k)
            chiffres.setdefault(saisi.code, []).append(ChiffreMontre(saisi, controle))
    mesures = mesurer_tout(perimetre)
    contexte = {
        "perimetre": perimetre,
        "programme": programme,
        "groupes": _groupes(mesures, chiffres),
        "moments": niveaux_par_moment(perimetre),
        "niveaux": NIVEAUX,
        "reperes": reperes_de(perimetre),
        "entendus": entendus(perimetre),
        "suite": _adresse(request, programme, "evolution"),
        "diversite": _adresse(request, programme, "diversite"),
        "bilan": _adresse(request, programme, "bilan"),
        "fichiers": _adresse(request, programme, "fichiers"),
        "nb_atteints": sum(m.atteint is True for m in mesures),
        "nb_avec_objectif": sum(m.atteint is not None for m in mesures),
    }
    return render(request, "analyses/indicateurs/tableau.html", contexte)


def _adresse(request: RequeteEquipe, programme: Programme | None, quoi: str) -> str:
    if programme is not None:
        return reverse(f"analyses:{quoi}_programme", args=[programme.nom])
    return f"{request.path}{quoi}/"


def _page_d_evolution(request: RequeteEquipe, perimetre: Perimetre, retour: str) -> HttpResponse:
    suivis = [
        {"indicateur": e.indicateur, "figure": courbe(e.points), "rangs": _dates(e)}
        for e in evolutions(perimetre, timezone.localdate())
    ]
    contexte = {"perimetre": perimetre, "suivis": suivis, "retour": retour}
    return render(request, "analyses/indicateurs/evolution.html", contexte)


def _dates(evolution: Evolution) -> list[tuple[date, Rang]]:
    return [(jour, Rang(mesure)) for jour, mesure in evolution.points]


@droit_requis(Droit.LIRE_REGISTRES)
def evolution_programme(request: RequeteEquipe, programme: str) -> HttpResponse:
    """Show how the indicators of a programme moved."""
    trouve = get_object_or_404(Programme.visibles_par(request.user), nom=programme)
    retour = reverse("analyses:programme", args=[trouve.nom])
    return _page_d_evolution(request, perimetre_du_programme(trouve), retour)


@droit_requis(Droit.LIRE_REGISTRES)
def evolution_territoire(request: RequeteEquipe, territoire: int) -> HttpResponse:
    """Show how the indicators of a territoire moved."""
    trouve = get_object_or_404(territoires_lus(request.user), pk=territoire)
    retour = reverse("analyses:territoire", args=[trouve.pk])
    return _page_d_evolution(request, perimetre_du_territoire(trouve), retour)


@droit_requis(Droit.LIRE_REGISTRES)
def indicateurs(request: RequeteEquipe) -> HttpResponse:
    """List the programmes and territoires whose indicators this account may read."""
    programmes = Programme.visibles_par(request.user)
    contexte = {
        "programmes": programmes,
        "territoires": territoires_suivis(request.user),
        "peut_creer": perimetre_de(request.user, Droit.TENIR_REGISTRES).est_ouvert,
    }
    return render(request, "analyses/indicateurs/liste.html", contexte)


@droit_requis(Droit.LIRE_REGISTRES)
def programme(request: RequeteEquipe, programme: str) -> HttpResponse:
    """Show the table of a programme."""
    trouve = get_object_or_404(Programme.visibles_par(request.user), nom=programme)
    return _page(request, perimetre_du_programme(trouve), trouve)


@droit_requis(Droit.LIRE_REGISTRES)
def territoire(request: RequeteEquipe, territoire: int) -> HttpResponse:
    """Show the table of a territoire."""
    trouve = get_object_or_404(territoires_lus(request.user), pk=territoire)
    return _page(request, perimetre_du_territoire(trouve))


@droit_requis(Droit.LIRE_REGISTRES)
def definitions(request: RequeteEquipe) -> HttpResponse:
    """Show every definition, what sources left open, and how a formula is written."""
    contexte = {
        "indicateurs": catalogue(),
        "propres": IndicateurPropre.visibles_par(request.user),
        "tables": TABLES.values(),
    }
    return render(request, "analyses/indicateurs/definitions.html", contexte)


@droit_requis(Droit.LIRE_REGISTRES)
def verifier(request: RequeteEquipe) -> HttpResponse:
    """Say whether a percentage may come from its base."""
    formulaire = VerifierForm(request.GET or None)
    controle = formulaire.controle() if formulaire.is_valid() else None
    contexte = {"form": formulaire, "controle": controle}
    return render(request, "analyses/indicateurs/verifier.html", contexte)


@droit_requis(Droit.DEFINIR_INDICATEURS)
def ajouter_chiffre(request: RequeteEquipe, programme: str) -> HttpResponse:
    """Type a figure in; an impossible one is warned of before it is kept."""
    visibles = Programme.visibles_par(request.user, Droit.DEFINIR_INDICATEURS)
    trouve = get_object_or_404(visibles, nom=programme)
    codes = [(i.code, f"{i.code} {i.nom}") for i in catalogue() if i.forme == Forme.PART]
    formulaire = ChiffreForm(request.POST if request.method == "POST" else None, codes=codes)
    controle = None
    if formulaire.is_valid():
        chiffre = formulaire.chiffre()
        controle = controle_de(chiffre.pourcent, chiffre.n, chiffre.k)
        if controle.possible or "garder" in request.POST:
            ajouter_mesure(programme=trouve, chiffre=chiffre, par=request.user)
            messages.success(request, "Le chiffre est gardé.")
            return redirect("analyses:programme", programme=trouve.nom)
    contexte = {"form": formulaire, "programme": trouve, "controle": controle}
    return render(request, "analyses/indicateurs/chiffre.html", contexte)


@droit_requis(Droit.TENIR_REGISTRES)
def ajouter_programme(request: RequeteEquipe) -> HttpResponse:
    """Gather territoires in a programme."""
    formulaire = ProgrammeForm(
        request.POST if request.method == "POST" else None, compte=request.user
    )
    if formulaire.is_valid():
        try:
            cree = creer_programme(**formulaire.cleaned_data, par=request.user)
        except ErreurVoix as erreur:
            formulaire.add_error(None, erreur.message)
        else:
            messages.success(request, f"{cree} est prêt.")
            return redirect("analyses:programme", programme=cree.nom)
    contexte = {"form": formulaire, "titre": "Nouveau programme", "bouton": "Créer le programme"}
    return render(request, "analyses/indicateurs/formulaire.html", contexte)


@droit_requis(Droit.DEFINIR_INDICATEURS)
def ajouter_indicateur(request: RequeteEquipe) -> HttpResponse:
    """Write an indicator: a formula that is wrong is refused with its reason."""
    formulaire = IndicateurForm(
        request.POST if request.method == "POST" else None, compte=request.user
    )
    if formulaire.is_valid():
        try:
            propre = definir_indicateur(
                territoire=formulaire.cleaned_data["territoire"],
                projet=formulaire.projet(),
                par=request.user,
            )
        except ErreurVoix as erreur:
            formulaire.add_error("formule", erreur.message)
        else:
            messages.success(request, f"{propre} est dans vos indicateurs.")
            return redirect("analyses:definitions")
    contexte = {
        "form": formulaire,
        "titre": "Nouvel indicateur",
        "bouton": "Ajouter",
        "formule": True,
    }
    return render(request, "analyses/indicateurs/formulaire.html", contexte)


@droit_requis(Droit.DEFINIR_INDICATEURS)
def retirer_propre(request: RequeteEquipe, propre: int) -> HttpResponse:
    """Ask, then take an indicator of one's own away."""
    visibles = IndicateurPropre.visibles_par(request.user, Droit.DEFINIR_INDICATEURS)
    trouve = get_object_or_404(visibles, pk=propre)
    if request.method == "POST":
        retirer_indicateur(propre=trouve, par=request.user)
        messages.success(request, "L’indicateur est retiré.")
        return redirect("analyses:definitions")
    return render(request, "analyses/indicateurs/retirer.html", {"propre": trouve})
