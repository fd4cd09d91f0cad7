"""Why a comparison that somebody asked for is not shown, and where to ask for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from analyses.extraction.groupes import dimensions_possibles, motif_de_ne_pas_grouper
from analyses.extraction.lecture import Collecte, colonnes_de
from analyses.models import PlanAnalyse

_ELLE_MEME: Final = "Une question ne se compare pas avec elle-même."
_INCONNUE: Final = "Cette comparaison n’existe pas dans cette collecte."

GROUPE_ABSENT: Final = (
    "Ce groupe n’est pas montré seul pour cette question\u00a0: il est trop petit, ou réuni avec un "
    "autre."
)


@dataclass(frozen=True, slots=True)
class Refus:
    """What is told instead of a cross-table."""

    phrase: str
    demandable: str = ""
    """The dimension that the data referent may be asked for; empty when it can never be."""


def refus_de_comparer(collecte: Collecte, code: str, par: str, *, personnes: bool) -> Refus:
    """Return why a question is not crossed by ``par`` (dimensions, separated by commas).

    Nothing but the questionnaire and the plan is read: the answers play no part in it.
    """
    noms = par.split(",")
    if code in noms:
        return Refus(_ELLE_MEME)
    possibles = {str(d["nom"]): str(d["titre"]) for d in dimensions_possibles(collecte)}
    autres = [nom for nom in noms if nom not in possibles]
    if autres:
        return Refus(_impossible(collecte, autres[0], personnes=personnes))
    if not personnes:  # one thing at a time, and all of them are offered
        return Refus(_INCONNUE)
    return _hors_du_plan(collecte, noms, possibles)


def _impossible(collecte: Collecte, nom: str, *, personnes: bool) -> str:
    """Return why something can never group the answers."""
    colonne = next((c for c in colonnes_de(collecte) if c.question == nom), None)
    if colonne is None or not (personnes or colonne.multiple):
        return _INCONNUE
    return motif_de_ne_pas_grouper((colonne,), nom)


def _hors_du_plan(collecte: Collecte, noms: Sequence[str], titres: Mapping[str, str]) -> Refus:
    dite = f"«\u00a0{' × '.join(titres[nom] for nom in noms)}\u00a0»"
    plan = PlanAnalyse.en_vigueur(collecte.pk)
    if plan is not None and set(noms) in [set(croisement) for croisement in plan.croisements]:
        return Refus(
            f"La comparaison {dite} est dans le plan, mais ses tableaux ne sont pas publiés."
        )
    phrase = f"Le plan d’analyse, écrit avant les résultats, ne prévoit pas la comparaison {dite}."
    return Refus(phrase, demandable=noms[0])
