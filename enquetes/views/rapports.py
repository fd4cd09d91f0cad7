"""The facilitator's report: one part a screen, each stored when it is sent."""

from datetime import date, time
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from enquetes.actions.arrivees import arrivees
from enquetes.actions.mains_levees import mains_dites
from enquetes.actions.rapports import (
    completer_rapport,
    rapprocher,
    remarques,
    terminer_rapport,
)
from enquetes.forms.rapports import PARTIES, suivante
from enquetes.models import Rapport
from voix.commun.erreurs import ErreurVoix
from voix.commun.francais import heure_en_mots, jour_en_mots
from voix.comptes.roles import Droit
from voix.comptes.views.acces import RequeteEquipe, droit_requis

from .seances import page_de_la_seance, seance_visible


@droit_requis(Droit.ANIMER_SEANCE)
def rapport(request: RequeteEquipe, seance: int) -> HttpResponse:
    """Show what was told and what is missing; end it."""
    visible = seance_visible(request, seance)
    if request.method == "POST":
        try:
            terminer_rapport(seance=visible, par=request.user)
        except ErreurVoix as erreur:
            return page_de_la_seance(request, visible, refus=erreur.message)
        messages.success(request, "Merci. Le compte rendu est terminé.")
        return redirect("enquetes:seance", seance)
    deja = getattr(visible, "rapport", None) or Rapport(seance=visible)
    vues = arrivees(visible)
    contexte = {
        "seance": visible,
        "rapport": deja,
        "arrivees": vues,
        "rapprochement": rapprocher(visible, vues),
        "remarques": remarques(deja),
        "mains": mains_dites(visible),
        "parties": [(nom, partie.titre, _dites(deja, nom)) for nom, partie in PARTIES.items()],
    }
    return render(request, "enquetes/seances/rapport.html", contexte)


def _dites(rapport: Rapport, partie: str) -> list[tuple[str, str]]:
    """Return the label and the value of each thing already told in a part."""
    dites = []
    for nom, champ in PARTIES[partie].base_fields.items():
        valeur = getattr(rapport, nom)
        if valeur is None or valeur == "":
            continue
        choix = dict(getattr(champ, "choices", ()))
        dites.append((str(champ.label), _en_mots(choix.get(str(valeur), valeur))))
    return dites


def _en_mots(valeur: Any) -> str:
    """Return a value as French writes it: a day and an hour are said, not coded."""
    if isinstance(valeur, date):
        return jour_en_mots(valeur)
    return heure_en_mots(valeur) if isinstance(valeur, time) else str(valeur)


@droit_requis(Droit.ANIMER_SEANCE)
def partie(request: RequeteEquipe, seance: int, partie: str) -> HttpResponse:
    """Ask one part; « Continuer » stores it and goes to the next."""
    if partie not in PARTIES:
        raise Http404
    visible = seance_visible(request, seance)
    deja = getattr(visible, "rapport", None) or Rapport(seance=visible)
    champs = PARTIES[partie].base_fields
    formulaire = PARTIES[partie](
        request.POST if request.method == "POST" else None,
        initial={nom: getattr(deja, nom) for nom in champs},
    )
    if request.method == "POST" and formulaire.is_valid():
        completer_rapport(seance=visible, valeurs=formulaire.cleaned_data, par=request.user)
        apres = suivante(partie)
        if apres:
            return redirect("enquetes:partie_rapport", seance, apres)
        return redirect("enquetes:rapport", seance)
    contexte = {
        "seance": visible,
        "form": formulaire,
        "rang": list(PARTIES).index(partie) + 1,
        "total": len(PARTIES),
    }
    return render(request, "enquetes/seances/partie.html", contexte)
