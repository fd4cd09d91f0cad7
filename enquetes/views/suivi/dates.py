"""Move the days of the waves."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from enquetes.actions.suivi.dates import changer_dates
from enquetes.forms.dates_de_suivi import DatesForm
from voix.commun.erreurs import ErreurVoix
from voix.comptes.roles import Droit
from voix.comptes.views.acces import RequeteEquipe, droit_requis

from .cohortes import cohorte_vivante

DITES = "Les dates sont changées."
A_REDIRE = "Dites-les aux familles\u00a0: les cartes, les agendas et les tablettes déjà préparées gardent les anciennes."


@droit_requis(Droit.SUIVRE_COHORTE)
def dates(request: RequeteEquipe, cohorte: int) -> HttpResponse:
    """Show every wave; those that no report has counted may move, all together."""
    suivie = cohorte_vivante(request, cohorte)
    vagues = list(suivie.vagues.select_related("collecte").order_by("rang"))
    form = DatesForm(request.POST if request.method == "POST" else None, vagues=vagues)
    donnees = suivie.cartes.exists()
    if request.method == "POST" and form.is_valid():
        try:
            changees = changer_dates(
                cohorte=suivie,
                dates=form.dates(),
                vues=form.cleaned_data["vues"],
                par=request.user,
            )
        except ErreurVoix as refus:
            form.add_error(None, refus.message)
        else:
            dit = f"{DITES} {A_REDIRE}" if donnees and changees else DITES
            messages.success(request, dit if changees else "Aucune date n’a changé.")
            return redirect("enquetes:cohorte", cohorte)
    contexte = {"cohorte": suivie, "form": form, "cartes": donnees}
    return render(request, "enquetes/suivi/dates.html", contexte)
