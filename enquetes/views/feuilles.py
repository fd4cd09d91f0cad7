"""Slips that serve once: printed by coordination, ten a page."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from enquetes.actions.feuilles import donner_feuilles
from enquetes.echanges.qr import svg
from enquetes.forms.abus import FeuillesForm
from enquetes.models import Acces, Feuille
from voix.comptes.roles import Droit
from voix.comptes.views.acces import RequeteEquipe, droit_requis

from .collectes import collecte_a_mener


@droit_requis(Droit.OUVRIR_COLLECTE)
def feuilles(request: RequeteEquipe, nom: str, lien: int) -> HttpResponse:
    """Say how many were given and used; print more. A slip is shown once."""
    collecte = collecte_a_mener(request, nom)
    acces: Acces = get_object_or_404(collecte.acces.des_lieux().avec_son_lieu(), pk=lien)
    formulaire = FeuillesForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and formulaire.is_valid():
        nombre = formulaire.cleaned_data["nombre"]
        _, jetons = donner_feuilles(acces=acces, nombre=nombre, par=request.user)
        adresses = [
            request.build_absolute_uri(reverse("enquetes:feuille", args=[j])) for j in jetons
        ]
        dessins = [svg(adresse, nom="QR code d’une feuille") for adresse in adresses]
        contexte = {"collecte": collecte, "acces": acces, "dessins": dessins}
        return render(request, "enquetes/collectes/feuilles_a_imprimer.html", contexte)
    donnees = Feuille.du_lieu(acces)
    contexte = {
        "collecte": collecte,
        "acces": acces,
        "form": formulaire,
        "nb_donnees": donnees.count(),
        "nb_utilisees": donnees.filter(utilisee=True).count(),
    }
    return render(request, "enquetes/collectes/feuilles.html", contexte)
