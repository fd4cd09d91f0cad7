"""Who took part against who is helped; and writing down who is helped."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from analyses.actions.registres import ecrire_composition, retirer_composition
from analyses.confidentialite.composition import Trait
from analyses.confidentialite.traits import trait as trait_de_code
from analyses.figures.diversite import parts_comparees
from analyses.forms.diversite import CompositionForm, OuEtQuoiForm
from analyses.forms.registres import territoires_tenus
from analyses.mesures import (
    Diversite,
    Perimetre,
    diversites,
    perimetre_du_programme,
    perimetre_du_territoire,
)
from analyses.mesures.diversite import UNITES_MAX, avec_composition
from analyses.models import Composition, Programme
from analyses.models.participation.lieux import territoires_lus
from voix.commun.erreurs import ErreurVoix
from voix.comptes.models import Territoire
from voix.comptes.perimetre import perimetre_de
from voix.comptes.roles import Droit
from voix.comptes.views.acces import RequeteEquipe, droit_requis


@droit_requis(Droit.LIRE_REGISTRES)
def diversite_programme(request: RequeteEquipe, programme: str) -> HttpResponse:
    """Compare in each territoire of a programme."""
    trouve = get_object_or_404(Programme.visibles_par(request.user), nom=programme)
    retour = reverse("analyses:programme", args=[trouve.nom])
    return _page(request, perimetre_du_programme(trouve), retour)


@droit_requis(Droit.LIRE_REGISTRES)
def diversite_territoire(request: RequeteEquipe, territoire: int) -> HttpResponse:
    """Compare in one territoire, or in each of those that it is made of."""
    trouve = get_object_or_404(territoires_lus(request.user), pk=territoire)
    retour = reverse("analyses:territoire", args=[trouve.pk])
    return _page(request, perimetre_du_territoire(trouve), retour)


def _page(request: RequeteEquipe, perimetre: Perimetre, retour: str) -> HttpResponse:
    dites = diversites(perimetre)
    contexte = {
        "perimetre": perimetre,
        "retour": retour,
        "rangs": [_rang(dite) for dite in dites],
        "premiers": UNITES_MAX if len(avec_composition(perimetre)) > UNITES_MAX else 0,
        "peut_ecrire": perimetre_de(request.user, Droit.TENIR_REGISTRES).est_ouvert,
    }
    return render(request, "analyses/indicateurs/diversite.html", contexte)


def _rang(dite: Diversite) -> dict[str, Any]:
    comparaisons = [(c, parts_comparees(c.parts)) for c in dite.comparaisons]
    return {"dite": dite, "comparaisons": comparaisons}


@droit_requis(Droit.TENIR_REGISTRES)
def ou_composer(request: RequeteEquipe) -> HttpResponse:
    """Ask where and on what; the address of the form says both."""
    formulaire = OuEtQuoiForm(request.GET or None, compte=request.user)
    if formulaire.is_valid():
        choisis = formulaire.cleaned_data
        return redirect("analyses:composer", choisis["territoire"].pk, choisis["trait"])
    contexte = {"form": formulaire}
    return render(request, "analyses/indicateurs/ou_composer.html", contexte)


@droit_requis(Droit.TENIR_REGISTRES)
def composer(request: RequeteEquipe, territoire: int, trait: str) -> HttpResponse:
    """Write down who is helped; what was written before stays, and is shown to who keeps it."""
    ou, sur = _ou_et_quoi(request, territoire, trait)
    formulaire = CompositionForm(request.POST if request.method == "POST" else None, trait=sur)
    if formulaire.is_valid():
        try:
            ecrire_composition(territoire=ou, ecrite=formulaire.ecrite(), par=request.user)
        except ErreurVoix as erreur:
            formulaire.add_error(None, erreur.message)
        else:
            messages.success(request, "C’est enregistré. Voici ce qui peut se dire.")
            return redirect("analyses:diversite_territoire", ou.pk)
    ecrites = Composition.des_territoires([ou.pk]).filter(trait=sur.code)
    contexte = {"form": formulaire, "territoire": ou, "trait": sur, "derniere": ecrites.last()}
    return render(request, "analyses/indicateurs/composer.html", contexte)


@droit_requis(Droit.TENIR_REGISTRES)
def decomposer(request: RequeteEquipe, territoire: int, trait: str) -> HttpResponse:
    """Ask, then tell nothing any more of who is helped there."""
    ou, sur = _ou_et_quoi(request, territoire, trait)
    if request.method == "POST":
        retirer_composition(territoire=ou, trait=sur.code, par=request.user)
        messages.success(request, "La composition n’est plus montrée.")
        return redirect("analyses:diversite_territoire", ou.pk)
    contexte = {"territoire": ou, "trait": sur}
    return render(request, "analyses/indicateurs/decomposer.html", contexte)


def _ou_et_quoi(request: RequeteEquipe, territoire: int, trait: str) -> tuple[Territoire, Trait]:
    ou: Territoire = get_object_or_404(territoires_tenus(request.user), pk=territoire)
    try:
        return ou, trait_de_code(trait)
    except KeyError as erreur:
        raise Http404 from erreur
