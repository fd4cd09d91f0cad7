"""Cards on the dietician's side: print, replace, note a departure, baskets and workshops."""

from collections.abc import Sequence
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from enquetes.actions.effacements import effacer_carte
from enquetes.actions.suivi.cartes import (
    CarteImprimee,
    declarer_rupture,
    emettre_cartes,
    noter_comptes,
    noter_depart,
    prochain_numero,
    remplacer_carte,
)
from enquetes.actions.suivi.cohortes import exiger_un_lien, exiger_une_liste
from enquetes.actions.suivi.tableau import suivi_de
from enquetes.echanges.cartes import cartes_pdf
from enquetes.echanges.qr import svg
from enquetes.forms.suivi import ComptesForm, EmissionForm
from enquetes.models import Carte, Cohorte
from voix.commun.erreurs import ErreurVoix, SaisieInvalide
from voix.comptes.roles import Droit
from voix.comptes.views.acces import RequeteEquipe, droit_requis

from .cohortes import cohorte_visible, cohorte_vivante

EFFACEES: Final = "S’il existait des réponses avec cette carte, elles sont effacées."
SIGNES: Final = 6
"""Digits of the longest number."""


def _carte(request: RequeteEquipe, cohorte: int, numero: int) -> Carte:
    suivie = cohorte_visible(request, cohorte)
    carte = Carte.de(suivie, numero)
    if carte is None:
        raise Http404
    carte.cohorte = suivie
    return carte


def _carte_de_la_liste(request: RequeteEquipe, cohorte: int, numero: int) -> Carte:
    """Return a card that the paper list gives; without a list, nobody knows whose it is."""
    carte = _carte_vivante(request, cohorte, numero)
    exiger_une_liste(carte.cohorte)
    return carte


def _carte_vivante(request: RequeteEquipe, cohorte: int, numero: int) -> Carte:
    carte = _carte(request, cohorte, numero)
    exiger_un_lien(carte.cohorte)
    return carte


def _feuilles(
    request: RequeteEquipe, cohorte: Cohorte, imprimees: Sequence[CarteImprimee]
) -> HttpResponse:
    """Render sheets to print now: the codes are stored nowhere and never shown again."""
    adresse = request.build_absolute_uri(reverse("enquetes:carte"))
    if request.POST.get("format") == "pdf":
        return _fichier(cohorte, imprimees, adresse)
    cartes = [
        (une, svg(f"{adresse}#{une.code}", nom=f"QR code de la carte {une.numero}"))
        for une in imprimees
    ]
    contexte = {
        "cohorte": cohorte,
        "cartes": cartes,
        "site": adresse.split("://", 1)[-1],
        "vagues": cohorte.vagues.select_related("collecte").order_by("rang"),
    }
    return render(request, "enquetes/suivi/feuilles.html", contexte)


def _fichier(cohorte: Cohorte, imprimees: Sequence[CarteImprimee], adresse: str) -> HttpResponse:
    """Send the same sheets as a file, for who prints elsewhere; it is made in memory."""
    cibles = cohorte.vagues.order_by("rang").values_list("cible", flat=True)
    pdf = cartes_pdf(
        cohorte,
        [(une.numero, une.code) for une in imprimees],
        adresse=adresse,
        dates=" · ".join(f"{cible:%m/%Y}" for cible in cibles),
    )
    nom = f"cartes-{imprimees[0].numero}-{imprimees[-1].numero}.pdf"
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{nom}"'},
    )


@droit_requis(Droit.SUIVRE_COHORTE)
def imprimer(request: RequeteEquipe, cohorte: int) -> HttpResponse:
    """Issue cards and show their sheets, once."""
    suivie = cohorte_visible(request, cohorte)
    if request.method != "POST":
        return redirect("enquetes:cohorte", cohorte)
    form = EmissionForm(request.POST)
    if not form.is_valid():
        raise SaisieInvalide("Écrivez combien de cartes imprimer, entre 1 et 200.")
    imprimees = emettre_cartes(cohorte=suivie, par=request.user, **form.cleaned_data)
    return _feuilles(request, suivie, imprimees)


@droit_requis(Droit.SUIVRE_COHORTE)
def carte_suivie(request: RequeteEquipe, cohorte: int, numero: int) -> HttpResponse:
    """Show one card: its waves, its baskets and workshops. No answer, ever."""
    carte = _carte(request, cohorte, numero)
    form = ComptesForm(
        request.POST if request.method == "POST" else None,
        initial={"paniers": carte.paniers, "ateliers": carte.ateliers},
    )
    if request.method == "POST" and form.is_valid():
        noter_comptes(carte=carte, par=request.user, **form.cleaned_data)
        messages.success(request, "C’est noté.")
        return redirect("enquetes:carte_suivie", cohorte, numero)
    suivi = suivi_de(carte.cohorte, timezone.localdate())
    rangee = next((r for r in suivi.rangees if r.carte.numero == numero), None)
    situations = zip(suivi.vagues, rangee.situations, strict=True) if rangee else ()
    contexte = {"carte": carte, "situations": list(situations), "form": form}
    return render(request, "enquetes/suivi/carte.html", contexte)


@droit_requis(Droit.SUIVRE_COHORTE)
def depart(request: RequeteEquipe, cohorte: int, numero: int) -> HttpResponse:
    """Say that a family left, or came back."""
    carte = _carte_vivante(request, cohorte, numero)
    if request.method == "POST":
        noter_depart(carte=carte, partie=request.POST.get("partie") == "1", par=request.user)
        messages.success(request, "C’est noté.")
    return redirect("enquetes:carte_suivie", cohorte, numero)


@droit_requis(Droit.SUIVRE_COHORTE)
def remplacer(request: RequeteEquipe, cohorte: int, numero: int) -> HttpResponse:
    """Draw a new code for a lost card whose number the paper list gives."""
    carte = _carte_de_la_liste(request, cohorte, numero)
    if request.method != "POST":
        return render(request, "enquetes/suivi/remplacer.html", {"carte": carte})
    vue = request.POST.get("remplacee", "")
    imprimee = remplacer_carte(carte=carte, remplacee=_numero(vue, sinon=-1), par=request.user)
    return _feuilles(request, carte.cohorte, [imprimee])


@droit_requis(Droit.SUIVRE_COHORTE)
def effacer(request: RequeteEquipe, cohorte: int, numero: int) -> HttpResponse:
    """Erase what was sent with a lost card; the page says the same whether there was something."""
    carte = _carte_de_la_liste(request, cohorte, numero)
    contexte: dict[str, object] = {"carte": carte, "refus": ""}
    if request.method == "POST":
        tape = request.POST.get("numero", "").strip()
        voulu = _numero(tape, sinon=0)
        try:
            effacer_carte(carte=carte, numero=voulu, par=request.user)
        except ErreurVoix as erreur:
            contexte["refus"] = erreur.message
        else:
            messages.success(request, EFFACEES)
            return redirect("enquetes:carte_suivie", cohorte, numero)
    statut = 409 if contexte["refus"] else 200
    return render(request, "enquetes/suivi/effacer.html", contexte, status=statut)


def _numero(ecrit: str, *, sinon: int) -> int:
    """Return the number of a card as it was typed; ``sinon`` for what cannot be one."""
    lisible = ecrit.isascii() and ecrit.isdecimal() and len(ecrit) <= SIGNES
    return int(ecrit) if lisible else sinon


@droit_requis(Droit.SUIVRE_COHORTE)
def rupture(request: RequeteEquipe, cohorte: int) -> HttpResponse:
    """Give a new card where nobody knows the number of the lost one: the pairing is broken."""
    suivie = cohorte_vivante(request, cohorte)
    prochain = prochain_numero(suivie)
    refus = ""
    if request.method == "POST":
        vu = request.POST.get("a_partir", "")
        try:
            imprimee = declarer_rupture(
                cohorte=suivie, a_partir=_numero(vu, sinon=0), par=request.user
            )
            return _feuilles(request, suivie, [imprimee])
        except ErreurVoix as erreur:
            refus = erreur.message
    contexte = {"cohorte": suivie, "prochain": prochain, "refus": refus}
    return render(request, "enquetes/suivi/rupture.html", contexte)
