"""Ask for a grouping after results, and what the data referent decides of it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from analyses.actions.demandes import profils_de
from analyses.actions.referent import abaisser_profil, decider_demande, demander_ventilation
from analyses.extraction.groupes import dimensions_possibles
from analyses.extraction.lecture import (
    Collecte,
    collectes_du_referent,
    collectes_lisibles,
    colonnes_de,
)
from analyses.models import Abaissement, Demande, PlanAnalyse
from voix.commun.erreurs import SaisieInvalide
from voix.commun.francais import TexteDroit
from voix.comptes.roles import Droit
from voix.comptes.views.acces import RequeteEquipe, droit_requis


class DemandeForm(forms.Form):
    """Up to three dimensions, and what the table is for."""

    use_required_attribute = False

    def __init__(self, *args: Any, dimensions: list[dict[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choix = [("", "—"), *((d["nom"], d["titre"]) for d in dimensions)]
        for place, libelle in enumerate(("Comparer selon", "puis", "et encore"), 1):
            self.fields[f"d{place}"] = forms.ChoiceField(
                label=libelle, choices=choix, required=place == 1
            )
        self.fields["d1"].error_messages["required"] = "Choisissez selon quoi comparer."
        self.fields["motif"] = TexteDroit(
            label="À quoi servira cette comparaison\u00a0?",
            help_text="Le ou la référent·e données lit cette phrase pour décider.",
            max_length=1000,
            widget=forms.Textarea(attrs={"rows": 3}),
            error_messages={"required": "Dites à quoi servira cette comparaison."},
        )

    def croisement(self) -> list[str]:
        """Return what was chosen, without blanks."""
        return [nom for place in (1, 2, 3) if (nom := self.cleaned_data[f"d{place}"])]


@droit_requis(Droit.LIRE_RESULTATS)
def demandes(request: RequeteEquipe, nom: str) -> HttpResponse:
    """Show what was asked and decided; let another grouping be asked for."""
    collecte = get_object_or_404(collectes_lisibles(request.user), nom=nom)
    dimensions = dimensions_possibles(collecte)
    # A page of results that lacks a comparison leads here with its name.
    initial = {"d1": request.GET.get("selon", "")}
    formulaire = DemandeForm(request.POST or None, dimensions=dimensions, initial=initial)
    if request.method == "POST" and formulaire.is_valid():
        try:
            demander_ventilation(
                collecte=collecte,
                croisement=formulaire.croisement(),
                motif=formulaire.cleaned_data["motif"],
                par=request.user,
            )
        except SaisieInvalide as refus:
            formulaire.add_error("d1", refus.message)
        else:
            messages.success(request, "Demande transmise au référent données.")
            return redirect("analyses:demandes", nom=nom)
    return render(
        request, "analyses/demandes.html", _contexte(request, collecte, dimensions, formulaire)
    )


def _contexte(
    request: RequeteEquipe,
    collecte: Collecte,
    dimensions: list[dict[str, Any]],
    formulaire: DemandeForm,
) -> dict[str, Any]:
    plan = PlanAnalyse.en_vigueur(collecte.pk)
    titres = {d["nom"]: d["titre"] for d in [*dimensions, *(plan.dimensions if plan else [])]}
    return {
        "collecte": collecte,
        "form": formulaire,
        "decide": collectes_du_referent(request.user).filter(pk=collecte.pk).exists(),
        "demandes": [
            {"demande": d, "titre": " × ".join(titres.get(n, n) for n in d.croisement)}
            for d in Demande.de(collecte.pk)
        ],
    }


@droit_requis(Droit.DECIDER_DONNEES)
def decider(request: RequeteEquipe, nom: str, demande: int) -> HttpResponse:
    """Accept or refuse, with a reason."""
    collecte = get_object_or_404(collectes_du_referent(request.user), nom=nom)
    voulue = get_object_or_404(Demande, pk=demande, collecte=collecte)
    if request.method == "POST":
        accepter = request.POST.get("decision") == "accepter"
        try:
            decider_demande(
                demande=voulue,
                accepter=accepter,
                raison=request.POST.get("raison", ""),
                par=request.user,
            )
        except SaisieInvalide as refus:
            dimensions = dimensions_possibles(collecte)
            contexte = _contexte(request, collecte, dimensions, DemandeForm(dimensions=dimensions))
            faute = {
                "faute": refus.message,
                "fautive": demande,
                "raison": request.POST.get("raison", ""),
            }
            return render(request, "analyses/demandes.html", contexte | faute)
        messages.success(request, f"Demande {'acceptée' if accepter else 'refusée'}.")
    return redirect("analyses:demandes", nom=nom)


@droit_requis(Droit.DECIDER_DONNEES)
def profils(request: RequeteEquipe, nom: str) -> HttpResponse:
    """Show the profile of each question; let the referent lower one, with a reason."""
    collecte = get_object_or_404(collectes_du_referent(request.user), nom=nom)
    faute = ""
    if request.method == "POST":
        try:
            abaisser_profil(
                collecte=collecte,
                question=request.POST.get("question", ""),
                raison=request.POST.get("raison", ""),
                par=request.user,
            )
        except SaisieInvalide as refus:
            faute = refus.message
        else:
            messages.success(request, "La question est ordinaire pour les prochaines clôtures.")
            return redirect("analyses:profils", nom=nom)
    colonnes = colonnes_de(collecte)
    profil = profils_de(collecte, colonnes)
    contexte = {
        "collecte": collecte,
        "sensibles": [c for c in colonnes if profil[c.question] == "sensible"],
        "ordinaires": [c for c in colonnes if profil[c.question] == "ordinaire"],
        "abaissements": [
            {"abaissement": a, "titre": {c.question: c.titre for c in colonnes}.get(a.question)}
            for a in Abaissement.de(collecte.pk)
        ],
        "question": request.POST.get("question", ""),
        "raison": request.POST.get("raison", ""),
        "faute": faute,
    }
    return render(request, "analyses/profils.html", contexte)
