"""« À vérifier »: what looks odd, how many, and what was decided. Never an answer."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from enquetes.actions.ecarts import ecarter, lever_ecart, lots_a_verifier, nb_ecartees
from enquetes.forms.abus import EcartForm
from voix.comptes.roles import Droit
from voix.comptes.views.acces import RequeteEquipe, droit_requis

from .collectes import collecte_a_mener


@droit_requis(Droit.OUVRIR_COLLECTE)
def a_verifier(request: RequeteEquipe, nom: str) -> HttpResponse:
    collecte = collecte_a_mener(request, nom)
    formulaire = EcartForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and formulaire.is_valid():
        lues = formulaire.cleaned_data
        ecarter(collecte=collecte, cle=lues["lot"], raison=lues["raison"], par=request.user)
        messages.success(
            request, "Ces réponses ne seront pas comptées. Vous pouvez revenir dessus."
        )
        return redirect("enquetes:a_verifier", nom=nom)
    contexte = {
        "collecte": collecte,
        "lots": lots_a_verifier(collecte),
        "ecarts": collecte.ecarts.select_related("decide_par").order_by("-pk"),
        "nb_ecartees": nb_ecartees(collecte),
        "form": formulaire,
        "choisi": request.POST.get("lot", ""),
    }
    return render(request, "enquetes/collectes/a_verifier.html", contexte)


@droit_requis(Droit.OUVRIR_COLLECTE)
def lever(request: RequeteEquipe, nom: str, ecart: int) -> HttpResponse:
    collecte = collecte_a_mener(request, nom)
    trouve = get_object_or_404(collecte.ecarts, pk=ecart)
    if request.method == "POST":
        lever_ecart(ecart=trouve, par=request.user)
        messages.success(request, "Ces réponses seront comptées avec les prochaines.")
    return redirect("enquetes:a_verifier", nom=nom)
