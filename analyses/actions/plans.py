"""Write the analysis plan of a collecte: a closed list of groupings, before any result is seen."""

import json
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils import timezone

from analyses.extraction.groupes import QUESTION, dimensions_possibles, motif_de_ne_pas_grouper
from analyses.extraction.lecture import Collecte, colonnes_de
from analyses.models import PlanAnalyse, Publication
from analyses.models.plan import DIMENSIONS_AU_PLUS
from voix.commun.erreurs import EtatIncompatible, SaisieInvalide
from voix.comptes.actions.traces import tracer
from voix.comptes.models import Compte


@transaction.atomic
def ecrire_plan(
    *,
    collecte_id: int,
    dimensions: Sequence[dict[str, Any]],
    croisements: Sequence[Sequence[str]],
    par: Compte | str,
) -> PlanAnalyse:
    """Add a version of the plan; the same plan again adds nothing.

    Errors: ``SaisieInvalide`` for a crossing of too many dimensions, of several questions, or of
    an unknown dimension.
    """
    voulus = croisements_valides(dimensions, croisements)
    contenu = json.dumps([list(dimensions), voulus], ensure_ascii=False, sort_keys=True)
    empreinte = sha256(contenu.encode()).hexdigest()
    dernier = PlanAnalyse.en_vigueur(collecte_id)
    if dernier is not None and dernier.empreinte == empreinte:
        return dernier
    plan = PlanAnalyse.objects.create(
        collecte_id=collecte_id,
        numero=dernier.numero + 1 if dernier else 1,
        dimensions=list(dimensions),
        croisements=voulus,
        empreinte=empreinte,
        ecrit_le=timezone.localdate(),
        ecrit_par=par if isinstance(par, Compte) else None,
    )
    tracer(par=par, verbe="ecrire_plan", objet=plan, croisements=voulus)
    return plan


PAR_DEFAUT = (("structure",), ("mois",))
"""The groupings of a collecte whose plan nobody wrote."""


def plan_en_vigueur(*, collecte: Collecte, par: Compte | str) -> PlanAnalyse:
    """Return the last version of the plan; write the default one when there is none."""
    plan = PlanAnalyse.en_vigueur(collecte.pk)
    if plan is not None:
        return plan
    dimensions = [d for d in dimensions_possibles(collecte) if (d["nom"],) in PAR_DEFAUT]
    return ecrire_plan(
        collecte_id=collecte.pk, dimensions=dimensions, croisements=PAR_DEFAUT, par=par
    )


@transaction.atomic
def choisir_plan(
    *, collecte: Collecte, croisements: Sequence[Sequence[str]], par: Compte | str
) -> PlanAnalyse:
    """Write the plan that an evaluator chose, while no result has been seen.

    Errors: ``EtatIncompatible`` once a publication exists: a grouping chosen after seeing results
    needs the data referent; ``SaisieInvalide`` for a sensitive question.
    """
    if Publication.a_montre(collecte.pk):
        raise EtatIncompatible(
            "Des résultats ont déjà été montrés\u00a0: le plan ne change plus. "
            "Demandez la ventilation à votre référent données."
        )
    voulues = {nom for croisement in croisements for nom in croisement}
    possibles = dimensions_possibles(collecte)
    exiger_groupables(collecte, voulues - {str(d["nom"]) for d in possibles})
    dimensions = [d for d in possibles if d["nom"] in voulues]
    return ecrire_plan(
        collecte_id=collecte.pk, dimensions=dimensions, croisements=croisements, par=par
    )


def exiger_groupables(collecte: Collecte, noms: Iterable[str]) -> None:
    """Say why a question that no plan may group by is not one of the dimensions."""
    colonnes = colonnes_de(collecte)
    for nom in sorted(noms):
        if motif := motif_de_ne_pas_grouper(colonnes, nom):
            raise SaisieInvalide(motif)


def croisements_valides(
    dimensions: Sequence[dict[str, Any]], croisements: Sequence[Sequence[str]]
) -> list[list[str]]:
    """Return the groupings of a plan, everybody first. Errors: as ``ecrire_plan``."""
    connues = {str(dimension["nom"]) for dimension in dimensions}
    questions = {str(d["nom"]) for d in dimensions if str(d["source"]).startswith(QUESTION)}
    voulus: list[list[str]] = [[]]
    for croisement in croisements:
        noms = list(dict.fromkeys(croisement))
        if len(noms) > DIMENSIONS_AU_PLUS:
            raise SaisieInvalide(
                f"Un tableau croise au plus {DIMENSIONS_AU_PLUS} dimensions. "
                f"Retirez-en de «\u00a0{', '.join(noms)}\u00a0»."
            )
        if len(questions.intersection(noms)) > 1:
            raise SaisieInvalide(
                "Un tableau croise une question avec une autre, pas davantage. "
                f"Retirez-en une de «\u00a0{', '.join(noms)}\u00a0»."
            )
        inconnues = [nom for nom in noms if nom not in connues]
        if inconnues:
            raise SaisieInvalide(
                f"«\u00a0{inconnues[0]}\u00a0» n’est pas une dimension. "
                f"Choisissez parmi\u00a0: {', '.join(sorted(connues))}."
            )
        if all(set(noms) != set(deja) for deja in voulus):
            voulus.append(noms)
    return voulus
