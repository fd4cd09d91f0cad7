"""The library: what each questionnaire asks, and how a telephone shows it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from enquetes.actions.questionnaires import remettre_version, retirer_version
from enquetes.droits import peut_sur_lieu
from enquetes.echanges.papier.numeros import CORPS, langues_de_papier
from enquetes.forms.abus import RetraitForm
from enquetes.models import VersionQuestionnaire
from voix.comptes.roles import Droit
from voix.comptes.views.acces import RequeteEquipe, droit_requis

from .fiches import Fiche, fiche


@droit_requis(Droit.OUVRIR_COLLECTE)
def bibliotheque(request: RequeteEquipe) -> HttpResponse:
    """List the newest version of every questionnaire: Voix's, then those of the territoires."""
    versions = VersionQuestionnaire.visibles_par(request.user).dernieres()
    fiches = [fiche(version) for version in versions.order_by("questionnaire__titre")]
    retirees = VersionQuestionnaire.visibles_par(request.user).filter(retiree_le__isnull=False)
    contexte = {
        "retirees": retirees.order_by("questionnaire__titre", "numero"),
        "de_voix": [une for une in fiches if not une.est_locale],
        "locales": [une for une in fiches if une.est_locale],
    }
    return render(request, "enquetes/questionnaires/bibliotheque.html", contexte)


def _fiche(request: RequeteEquipe, version: int) -> Fiche:
    return fiche(get_object_or_404(VersionQuestionnaire.visibles_par(request.user), pk=version))


@droit_requis(Droit.OUVRIR_COLLECTE)
def questionnaire(request: RequeteEquipe, version: int) -> HttpResponse:
    """Show one questionnaire: its pages in words, and one page as a telephone shows it."""
    une = _fiche(request, version)
    langue = request.GET.get("langue", "fr")
    if langue not in une.definition.langues:
        langue = une.definition.langues[0]
    pages = une.pages
    codes = [page.code for page in pages]
    etape = request.GET.get("page", "")
    rang = codes.index(etape) if etape in codes else 0
    contexte = {
        "fiche": une,
        "version": une.version,
        "autres": _autres(request, version),
        "peut_retirer": _peut_retirer(request, version),
        "langue": langue,
        "langues_papier": langues_de_papier(une.definition),
        "corps_papier": CORPS,
        "pages": pages,
        "page": pages[rang] if pages else None,
        "precedente": pages[rang - 1] if rang else None,
        "suivante": pages[rang + 1] if rang + 1 < len(pages) else None,
    }
    return render(request, "enquetes/questionnaires/detail.html", contexte)


def _autres(request: RequeteEquipe, version: int) -> list[VersionQuestionnaire]:
    """Return the other versions of the same questionnaire, the newest first."""
    visibles = VersionQuestionnaire.visibles_par(request.user)
    memes = visibles.filter(questionnaire__versions=version).exclude(pk=version)
    return list(memes.order_by("-numero"))


def _peut_retirer(request: RequeteEquipe, version: int) -> bool:
    une = get_object_or_404(VersionQuestionnaire.visibles_par(request.user), pk=version)
    territoire = une.questionnaire.territoire
    droit = Droit.IMPORTER_QUESTIONNAIRE
    return territoire is not None and peut_sur_lieu(
        request.user, droit, territoire=territoire, structure=None
    )


@droit_requis(Droit.IMPORTER_QUESTIONNAIRE)
def retirer(request: RequeteEquipe, version: int) -> HttpResponse:
    """Say what withdrawing a version does, then do it with its reason; or take it back."""
    une = get_object_or_404(VersionQuestionnaire.visibles_par(request.user), pk=version)
    formulaire = RetraitForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and "remettre" in request.POST:
        remettre_version(version=une, par=request.user)
        messages.success(request, "Cette version peut de nouveau servir.")
        return redirect("enquetes:questionnaire", version=version)
    if request.method == "POST" and formulaire.is_valid():
        retirer_version(version=une, raison=formulaire.cleaned_data["raison"], par=request.user)
        messages.success(request, "Cette version est retirée. Personne ne la commence plus.")
        return redirect("enquetes:questionnaire", version=version)
    contexte = {
        "version": une,
        "form": formulaire,
        "peut_retirer": _peut_retirer(request, version),
        "collectes": une.collectes.filter(etat__in=["ouverte", "en_pause"]).order_by("titre"),
    }
    return render(request, "enquetes/questionnaires/retirer.html", contexte)
