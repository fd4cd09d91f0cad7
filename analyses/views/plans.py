"""The analysis plan: what results will be broken down by, chosen before any is seen."""

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from analyses.actions.plans import PAR_DEFAUT, choisir_plan
from analyses.extraction.groupes import dimensions_possibles
from analyses.extraction.lecture import Collecte, collectes_lisibles
from analyses.models import PlanAnalyse, Publication
from voix.commun.erreurs import ErreurVoix, SaisieInvalide
from voix.comptes.roles import Droit
from voix.comptes.views.acces import RequeteEquipe, droit_requis

CROISEMENTS: Final = 3
"""How many crossings the form offers; each is of two or three dimensions."""


class PlanForm(forms.Form):
    """Groupings to tick, then a few crossings to compose."""

    use_required_attribute = False
    seules = forms.MultipleChoiceField(
        label="Comparer selon",
        help_text="Moins vous en cochez, plus les tableaux sont précis.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, dimensions: list[dict[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choix = [(d["nom"], d["titre"]) for d in dimensions]
        self.fields["seules"].choices = choix  # type: ignore[attr-defined]  # a field of choices
        for rang in range(1, CROISEMENTS + 1):
            for place, libelle in enumerate(("d’abord", "puis", "et encore"), 1):
                self.fields[f"c{rang}_{place}"] = forms.ChoiceField(
                    label=f"Croisement {rang}, {libelle}",
                    choices=[("", "—"), *choix],
                    required=False,
                )

    def croisements(self) -> list[list[str]]:
        """Return what was chosen, crossings of one dimension left out."""
        seules = [[nom] for nom in self.cleaned_data["seules"]]
        composes = [
            [nom for place in (1, 2, 3) if (nom := self.cleaned_data.get(f"c{rang}_{place}"))]
            for rang in range(1, CROISEMENTS + 1)
        ]
        return seules + [noms for noms in composes if noms]


@droit_requis(Droit.LIRE_RESULTATS)
def plan(request: RequeteEquipe, nom: str) -> HttpResponse:
    """Show the plan; let it be chosen while no result has been published."""
    collecte = get_object_or_404(collectes_lisibles(request.user), nom=nom)
    dimensions = dimensions_possibles(collecte)
    en_vigueur = PlanAnalyse.en_vigueur(collecte.pk)
    croisements = en_vigueur.croisements if en_vigueur else [list(c) for c in PAR_DEFAUT]
    formulaire = PlanForm(
        request.POST if request.method == "POST" else None,
        dimensions=dimensions,
        initial=_initial(croisements),
    )
    envoye = request.method == "POST" and formulaire.is_valid()
    if envoye and _ecrire(request, collecte, formulaire):
        return redirect("analyses:plan", nom=nom)
    titres = {d["nom"]: d["titre"] for d in dimensions}
    contexte = {
        "collecte": collecte,
        "form": formulaire,
        "choisis": [" × ".join(titres.get(n, n) for n in c) for c in croisements if c],
        "fige": Publication.a_montre(collecte.pk),
    }
    return render(request, "analyses/plan.html", contexte)


def _initial(croisements: list[list[str]]) -> dict[str, Any]:
    composes = [c for c in croisements if len(c) > 1]
    initial: dict[str, Any] = {"seules": [c[0] for c in croisements if len(c) == 1]}
    for rang, noms in enumerate(composes[:CROISEMENTS], 1):
        initial |= {f"c{rang}_{place}": nom for place, nom in enumerate(noms, 1)}
    return initial


def _ecrire(request: RequeteEquipe, collecte: Collecte, formulaire: PlanForm) -> bool:
    try:
        choisir_plan(collecte=collecte, croisements=formulaire.croisements(), par=request.user)
    except SaisieInvalide as refus:
        formulaire.add_error("seules", refus.message)
        return False
    except ErreurVoix as refus:
        messages.error(request, refus.message)
        return True
    messages.success(request, "Le plan d’analyse est enregistré.")
    return True
