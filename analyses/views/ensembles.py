"""Several cohorts told together, by structure and by territoire."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from analyses.changements.ensemble import Rapport, reunir
from analyses.changements.lecture import critere_lu
from analyses.changements.phrases import REGLES
from analyses.extraction.ensembles import ensemble_de, instrument_de
from analyses.figures.pentes import pentes
from analyses.models import Changement
from voix.comptes.roles import Droit
from voix.comptes.views.acces import RequeteEquipe, droit_requis

SORTIE = 3
"""Only the declared contrast is added up."""


@droit_requis(Droit.LIRE_CHANGEMENTS)
def ensemble(request: RequeteEquipe, par: str, lieu: int) -> HttpResponse:
    """Add up what the reports of a place display."""
    trouve = ensemble_de(request.user, par, lieu)
    if trouve is None:
        raise Http404
    faits = Changement.de_plusieurs([cohorte.pk for cohorte in trouve.cohortes], SORTIE)
    rapports = [
        Rapport(instrument_de(cohorte), faits[cohorte.pk].contenu, faits[cohorte.pk].nombre)
        for cohorte in trouve.cohortes
        if cohorte.pk in faits
    ]
    sommes = reunir(rapports)
    criteres = [
        (somme["cohortes"], lu, pentes(lu, somme["n"]))
        for somme in sommes
        for lu in [
            critere_lu(
                somme, somme["inscrites"], somme["n"], max(f.arrete_le for f in faits.values())
            )
        ]
    ]
    contexte = {
        "ensemble": trouve,
        "cohortes": [(cohorte, faits.get(cohorte.pk)) for cohorte in trouve.cohortes],
        "declares": [ligne for ligne in criteres if ligne[1].declaree],
        "autres": [ligne for ligne in criteres if not ligne[1].declaree],
        "regles": REGLES,
    }
    return render(request, "analyses/changements/ensemble.html", contexte)
