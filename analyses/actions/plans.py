"""Write the analysis plan of a collecte: a closed list of groupings, before any result is seen."""

import json
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils import timezone

from analyses.models import PlanAnalyse
from analyses.models.plan import DIMENSIONS_AU_PLUS
from voix.commun.erreurs import SaisieInvalide
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

    Errors: ``SaisieInvalide`` for a crossing of too many dimensions, or of an unknown one.
    """
    voulus = _exiger_croisements(dimensions, croisements)
    contenu = json.dumps([list(dimensions), voulus], ensure_ascii=False, sort_keys=True)
    empreinte = sha256(contenu.encode()).hexdigest()
    dernier = PlanAnalyse.objects.filter(collecte_id=collecte_id).order_by("-numero").first()
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


def _exiger_croisements(
    dimensions: Sequence[dict[str, Any]], croisements: Sequence[Sequence[str]]
) -> list[list[str]]:
    connues = {str(dimension["nom"]) for dimension in dimensions}
    voulus: list[list[str]] = [[]]
    for croisement in croisements:
        noms = list(dict.fromkeys(croisement))
        if len(noms) > DIMENSIONS_AU_PLUS:
            raise SaisieInvalide(
                f"Un tableau croise au plus {DIMENSIONS_AU_PLUS} dimensions. "
                f"Retirez-en de «\u00a0{', '.join(noms)}\u00a0»."
            )
        inconnues = [nom for nom in noms if nom not in connues]
        if inconnues:
            raise SaisieInvalide(
                f"«\u00a0{inconnues[0]}\u00a0» n’est pas une dimension. "
                f"Choisissez parmi\u00a0: {', '.join(sorted(connues))}."
            )
        if noms not in voulus:
            voulus.append(noms)
    return voulus
