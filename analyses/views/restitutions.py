"""Where coordination writes what those who answered will read, publishes it, and prints it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation

from analyses.actions.restitutions import (
    ajouter_suite,
    ecrire_restitution,
    publier_restitution,
    retirer_restitution,
    retirer_suite,
)
from analyses.extraction.lecture import colonnes_de, releves_de
from analyses.extraction.repondants import LANGUE_SOURCE, LANGUES, collectes_a_rendre
from analyses.forms.restitutions import RestitutionForm, SuiteForm
from analyses.models import Proposition, Restitution
from analyses.rapports.affiche import affiche_pdf
from voix.commun.erreurs import ErreurVoix
from voix.comptes.roles import Droit
from voix.comptes.views.acces import RequeteEquipe, droit_requis

from .retours import contenu, montrer


@droit_requis(Droit.RENDRE_COMPTE)
def liste(request: RequeteEquipe) -> HttpResponse:
    """List the collectes, each with where its return is."""
    faites = {r.collecte_id: r for r in Restitution.visibles_par(request.user)}
    lignes = [(c, faites.get(c.pk)) for c in collectes_a_rendre(request.user)]
    return render(request, "analyses/retours/liste.html", {"lignes": lignes})


def _collecte(request: RequeteEquipe, nom: str) -> Any:
    for collecte in collectes_a_rendre(request.user):
        if collecte.nom == nom:
            return collecte
    raise Http404


def _restitution(request: RequeteEquipe, nom: str) -> Restitution:
    return get_object_or_404(Restitution.visibles_par(request.user), collecte__nom=nom)


def _questions(collecte: Any) -> list[tuple[str, str]]:
    return [(colonne.question, colonne.titre) for colonne in colonnes_de(collecte)]


@droit_requis(Droit.RENDRE_COMPTE)
def ecrire(request: RequeteEquipe, nom: str) -> HttpResponse:
    """Write the words and choose the questions; below, what was done."""
    collecte = _collecte(request, nom)
    deja = Restitution.visibles_par(request.user).filter(collecte=collecte).first()
    formulaire = RestitutionForm(
        request.POST if request.method == "POST" else None,
        langues=collecte.langues,
        questions=_questions(collecte),
        mot=deja.mot if deja else {},
        choisies=deja.questions if deja else [],
    )
    if formulaire.is_valid():
        try:
            ecrire_restitution(
                collecte=collecte,
                questions=formulaire.cleaned_data["questions"],
                mot=formulaire.textes("mot"),
                par=request.user,
            )
        except ErreurVoix as erreur:
            formulaire.add_error(None, erreur.message)
        else:
            messages.success(request, "Le retour est gardé.")
            return redirect("analyses:ecrire_retour", nom)
    contexte = {
        "collecte": collecte,
        "restitution": deja,
        "form": formulaire,
        "a_un_releve": bool(releves_de(collecte)),
        "langues": [(code, LANGUES[code]) for code in collecte.langues],
    }
    return render(request, "analyses/retours/ecrire.html", contexte)


@droit_requis(Droit.RENDRE_COMPTE)
def ajouter(request: RequeteEquipe, nom: str) -> HttpResponse:
    """Say what was said and what was done of it."""
    restitution = _restitution(request, nom)
    collecte = restitution.collecte
    formulaire = SuiteForm(
        request.POST if request.method == "POST" else None,
        langues=collecte.langues,
        questions=_questions(collecte),
        propositions=Proposition.des_territoires([collecte.territoire_id]),
    )
    if formulaire.is_valid():
        try:
            ajouter_suite(restitution=restitution, projet=formulaire.projet(), par=request.user)
        except ErreurVoix as erreur:
            formulaire.add_error(None, erreur.message)
        else:
            messages.success(request, "La suite est ajoutée.")
            return redirect("analyses:ecrire_retour", nom)
    contexte = {"form": formulaire, "collecte": collecte}
    return render(request, "analyses/retours/suite.html", contexte)


@droit_requis(Droit.RENDRE_COMPTE)
def retirer(request: RequeteEquipe, nom: str, suite: int) -> HttpResponse:
    """Take one thing away from a return: one button, no other page."""
    trouvee = get_object_or_404(_restitution(request, nom).suites.all(), pk=suite)
    if request.method == "POST":
        retirer_suite(suite=trouvee, par=request.user)
        messages.success(request, "La suite est retirée.")
    return redirect("analyses:ecrire_retour", nom)


@droit_requis(Droit.RENDRE_COMPTE)
def conduire(request: RequeteEquipe, nom: str, geste: str) -> HttpResponse:
    """Publish a return, or take it away."""
    restitution = _restitution(request, nom)
    if request.method == "POST":
        gestes = {"publier": publier_restitution, "retirer": retirer_restitution}
        try:
            gestes[geste](restitution=restitution, par=request.user)
        except ErreurVoix as erreur:
            messages.error(request, erreur.message)
    return redirect("analyses:ecrire_retour", nom)


@droit_requis(Droit.RENDRE_COMPTE)
def apercu(request: RequeteEquipe, nom: str) -> HttpResponse:
    """Show the page as it will be read, before it is published."""
    return montrer(request, _restitution(request, nom))


@droit_requis(Droit.RENDRE_COMPTE)
def affiche(request: RequeteEquipe, nom: str) -> HttpResponse:
    """Send the return as an A4 poster, in one of the languages of the collecte."""
    restitution = _restitution(request, nom)
    demandee = request.GET.get("langue", "")
    langue = demandee if demandee in restitution.collecte.langues else LANGUE_SOURCE
    adresse = request.build_absolute_uri(reverse("analyses:retour", args=[nom]))
    with translation.override(langue):
        pdf = affiche_pdf(contenu(restitution, langue), langue=langue, adresse=adresse)
    nom_du_fichier = f"retour-{nom}-{langue}.pdf"
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{nom_du_fichier}"'},
    )
