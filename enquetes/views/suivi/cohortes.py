"""Cohorts as the dietician sees them: set up, follow, print the next list."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from enquetes.actions.suivi.cartes import noter_presences, prochain_numero
from enquetes.actions.suivi.cohortes import (
    creer_cohorte,
    criteres_verrouilles,
    declarer_criteres,
    exiger_un_lien,
)
from enquetes.actions.suivi.coupure import couper_lien
from enquetes.actions.suivi.tableau import suivi_de
from enquetes.echanges.calendrier import calendrier
from enquetes.echanges.papier.numeros import langues_de_papier
from enquetes.forms.suivi import (
    FENETRE,
    CohorteForm,
    CriteresForm,
    EmissionForm,
    PresencesForm,
    criteres_de,
    projet_de,
)
from enquetes.models import Cohorte, EtatCollecte, Rang, Vague
from enquetes.signaux import ce_que_montre
from voix.commun.erreurs import ErreurVoix, SaisieInvalide
from voix.comptes.roles import Droit
from voix.comptes.views.acces import RequeteEquipe, droit_requis


def cohorte_visible(request: RequeteEquipe, cohorte: int) -> Cohorte:
    return get_object_or_404(Cohorte.visibles_par(request.user), pk=cohorte)


def cohorte_vivante(request: RequeteEquipe, cohorte: int) -> Cohorte:
    """Return a cohort whose cards still serve; its other pages offer nothing after the cut."""
    suivie = cohorte_visible(request, cohorte)
    exiger_un_lien(suivie)
    return suivie


@droit_requis(Droit.SUIVRE_COHORTE)
def cohortes(request: RequeteEquipe) -> HttpResponse:
    visibles = Cohorte.visibles_par(request.user)
    return render(request, "enquetes/suivi/liste.html", {"cohortes": visibles})


@droit_requis(Droit.SUIVRE_COHORTE)
def nouvelle_cohorte(request: RequeteEquipe) -> HttpResponse:
    """Ask in two screens. What was decided travels in the address: Back always works."""
    donnees = request.POST if request.method == "POST" else request.GET
    cle = _cle(donnees.get("cle", ""))
    if "titre" not in donnees:
        premier = CohorteForm(compte=request.user, cle=cle, initial={"fenetre": FENETRE})
        return _ecran(request, "nouvelle", {"form": premier, "cle": cle})
    premier = CohorteForm(donnees, compte=request.user, cle=cle)
    if not premier.is_valid():
        return _ecran(request, "nouvelle", {"form": premier, "cle": cle})
    lues = premier.cleaned_data
    envoye = request.POST if request.method == "POST" else None
    second = CriteresForm(envoye, entree=lues["version_1"], sortie=lues["version_3"])
    contexte = {
        "form": second,
        "cle": cle,
        "gardees": [(nom, donnees.get(nom, "")) for nom in premier.fields],
        "annonce": _annonce(lues["effectif"]),
    }
    if request.method != "POST" or not second.is_valid():
        return _ecran(request, "criteres", contexte)
    try:
        cohorte = creer_cohorte(projet=projet_de(cle, premier, second), par=request.user)
    except ErreurVoix as refus:
        second.add_error(None, refus.message)
        return _ecran(request, "criteres", contexte)
    messages.success(request, "Le suivi est créé. Imprimez maintenant les cartes.")
    return redirect("enquetes:cohorte", cohorte.pk)


def _ecran(request: RequeteEquipe, gabarit: str, contexte: dict[str, Any]) -> HttpResponse:
    return render(request, f"enquetes/suivi/{gabarit}.html", contexte)


def _cle(lue: str) -> UUID:
    if not lue:
        return uuid4()
    try:
        return UUID(lue)
    except ValueError:
        raise SaisieInvalide("Cette page a expiré. Recommencez depuis vos suivis.") from None


def _annonce(familles: int) -> list[Any]:
    """Return what this number of families can show, told by the room that computes it."""
    return [dit for _, dit in ce_que_montre.send(sender=Cohorte, familles=familles) if dit]


@droit_requis(Droit.SUIVRE_COHORTE)
def cohorte(request: RequeteEquipe, cohorte: int) -> HttpResponse:
    """Show card numbers and waves: who has answered, who is expected, late, gone. Never what."""
    suivie = cohorte_visible(request, cohorte)
    prochain = prochain_numero(suivie)
    reste = max(1, suivie.effectif - prochain + 1)
    contexte = {
        "cohorte": suivie,
        "suivi": suivi_de(suivie, timezone.localdate()),
        "criteres": suivie.criteres.order_by("rang"),
        "verrouilles": criteres_verrouilles(suivie),
        "feuilles": _feuilles(suivie),
        "prochain": prochain,
        "emission": EmissionForm(initial={"a_partir": prochain, "nombre": min(reste, 200)}),
    }
    return render(request, "enquetes/suivi/cohorte.html", contexte)


def _feuilles(cohorte: Cohorte) -> list[tuple[Vague, list[tuple[str, str]]]]:
    """Return the waves that paper can still answer, late as long as no report is made (ADR 0146)."""
    restent = cohorte.vagues.exclude(collecte__etat=EtatCollecte.CLOSE)
    vagues = restent.select_related("collecte__version").order_by("rang")
    return [(vague, langues_de_papier(vague.collecte.version.lue())) for vague in vagues]


@droit_requis(Droit.SUIVRE_COHORTE)
def prochaine_liste(request: RequeteEquipe, cohorte: int) -> HttpResponse:
    """Render the cards to see at the next distribution, to print."""
    suivie = cohorte_vivante(request, cohorte)
    suivi = suivi_de(suivie, timezone.localdate())
    contexte = {"cohorte": suivie, "suivi": suivi, "jour": timezone.localdate()}
    return render(request, "enquetes/suivi/prochaine.html", contexte)


@droit_requis(Droit.SUIVRE_COHORTE)
def presences(request: RequeteEquipe, cohorte: int) -> HttpResponse:
    """Add a basket or a workshop to several cards at once: counts only."""
    suivie = cohorte_vivante(request, cohorte)
    form = PresencesForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            nombre = noter_presences(
                cohorte=suivie,
                numeros=form.cleaned_data["numeros"],
                quoi=form.cleaned_data["quoi"],
                par=request.user,
            )
        except ErreurVoix as refus:
            form.add_error("numeros", refus.message)
        else:
            cartes = "carte" if nombre == 1 else "cartes"
            messages.success(request, f"C’est noté pour {nombre}\u00a0{cartes}.")
            return redirect("enquetes:cohorte", cohorte)
    return render(request, "enquetes/suivi/presences.html", {"cohorte": suivie, "form": form})


@droit_requis(Droit.SUIVRE_COHORTE)
def criteres(request: RequeteEquipe, cohorte: int) -> HttpResponse:
    """Change what will be judged, until the first exit answer."""
    suivie = cohorte_visible(request, cohorte)
    versions = {
        v.rang: v.collecte.version for v in suivie.vagues.select_related("collecte__version")
    }
    form = CriteresForm(
        request.POST if request.method == "POST" else None,
        initial=criteres_de(suivie),
        entree=versions[Rang.ENTREE],
        sortie=versions[Rang.SORTIE],
    )
    if request.method == "POST" and form.is_valid():
        try:
            declarer_criteres(cohorte=suivie, criteres=form.criteres(), par=request.user)
        except ErreurVoix as refus:
            form.add_error(None, refus.message)
        else:
            messages.success(request, "Les critères sont changés.")
            return redirect("enquetes:cohorte", cohorte)
    if pourquoi := criteres_verrouilles(suivie):
        messages.error(request, pourquoi)
        return redirect("enquetes:cohorte", cohorte)
    contexte = {
        "form": form,
        "cohorte": suivie,
        "annonce": _annonce(suivie.effectif),
    }
    return render(request, "enquetes/suivi/criteres.html", contexte)


@droit_requis(Droit.SUIVRE_COHORTE)
def couper(request: RequeteEquipe, cohorte: int) -> HttpResponse:
    """Cut the link before its day: one page to be sure, one button."""
    suivie = cohorte_visible(request, cohorte)
    if request.method == "POST":
        couper_lien(cohorte=suivie, par=request.user)
        messages.success(request, "Le lien est coupé. Les cartes n’ouvrent plus rien.")
        return redirect("enquetes:cohorte", cohorte)
    exiger_un_lien(suivie)
    return render(request, "enquetes/suivi/couper.html", {"cohorte": suivie})


@droit_requis(Droit.SUIVRE_COHORTE)
def rappels(request: RequeteEquipe, cohorte: int) -> HttpResponse:
    """Send the dates as a calendar file for one's own phone: no contact is stored."""
    suivie = cohorte_vivante(request, cohorte)
    restent = suivie.vagues.filter(collecte__ferme_le__gte=timezone.localdate())
    vagues = restent.select_related("collecte").order_by("rang")
    return HttpResponse(
        calendrier(suivie, vagues),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="suivi-{suivie.pk}.ics"'},
    )
