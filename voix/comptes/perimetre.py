"""The single source of row scoping: which territoires and structures an account may see."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from .models import Compte, Habilitation
from .roles import DROITS, Droit, Role


@dataclass(frozen=True, slots=True)
class Perimetre:
    """Paths of territoires (with everything below) and ids of structures open to one account."""

    chemins: frozenset[str]
    structures: frozenset[int]

    @property
    def est_ouvert(self) -> bool:
        """Return whether there is any place at all in it."""
        return bool(self.chemins or self.structures)

    def filtre(self, *, territoire: str, structure: str) -> Q:
        """Return the condition on two field paths; empty perimeter selects nothing."""
        condition = Q(pk__in=[])
        for chemin in sorted(self.chemins):
            condition |= Q(**{f"{territoire}__chemin__startswith": chemin})
        if self.structures:
            condition |= Q(**{f"{structure}__in": sorted(self.structures)})
        return condition


def perimetre_de(compte: Compte | AnonymousUser, droit: Droit) -> Perimetre:
    """Return where ``compte`` holds ``droit``."""
    if not isinstance(compte, Compte) or not compte.is_active:
        return Perimetre(frozenset(), frozenset())
    roles = [role for role in Role if droit in DROITS[role]]
    lignes = (
        Habilitation.objects.actives()
        .filter(compte=compte, role__in=roles)
        .values_list("territoire__chemin", "structure_id")
    )
    return Perimetre(
        frozenset(chemin for chemin, _ in lignes if chemin),
        frozenset(structure for _, structure in lignes if structure),
    )


def droits_de(compte: Compte) -> frozenset[Droit]:
    """Return every droit that ``compte`` holds somewhere, in one statement."""
    roles = Habilitation.objects.actives().filter(compte=compte).values_list("role", flat=True)
    return frozenset().union(*(DROITS[Role(role)] for role in roles))
