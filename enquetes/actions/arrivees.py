"""How many have answered in a séance: the only figure told before it is closed (G1)."""

from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Q, Sum

from enquetes.models import EtatPassation, Mode, Passation, Seance

PAS: Final = 5
"""While it is open: one more answer after a person's press tells who pressed."""


@dataclass(frozen=True, slots=True)
class Arrivees:
    """Counts only, of those who sent; an erased one did take part, and the count does not go down."""

    recues: int
    tardives: int
    """After the closing: counted with everybody's answers, never on the wall (G7)."""
    papier: int
    attendues: int | None
    """How many are to answer, when whoever runs the séance said it."""
    corrigees: bool
    """Whether another number was said before."""

    @property
    def a_temps(self) -> int:
        """How many came before the closing: those of the wall."""
        return self.recues - self.tardives

    @property
    def phrase(self) -> str:
        """What is told while people answer (confidentialité §5): by steps of five, then everybody."""
        attendues = self.attendues
        if attendues is not None and self.recues >= attendues and not self.corrigees:
            return "Tout le monde a répondu."
        atteint = self.recues - self.recues % PAS
        if not atteint:
            return "Les réponses arrivent."
        sur = f" sur {attendues}" if attendues is not None and atteint <= attendues else ""
        return f"{atteint}\u00a0réponses ou plus{sur}."


def arrivees(seance: Seance) -> Arrivees:
    """Return what was received in a séance, in one statement."""
    comptes = (
        Passation.objects.filter(acces__seance=seance)
        .exclude(etat=EtatPassation.BROUILLON)
        .aggregate(
            recues=Count("pk"),
            tardives=Count("pk", filter=Q(tardive=True)),
            papier=Count("pk", filter=Q(mode=Mode.PAPIER)),
        )
    )
    return Arrivees(**comptes, attendues=seance.nb_attendues, corrigees=seance.attendues_corrigees)


def nb_gardees(seance: Seance) -> int:
    """Return how many answers the devices of a séance said that they still keep."""
    appareils = seance.appareils.filter(revoque_le__isnull=True)
    return appareils.aggregate(n=Sum("en_attente"))["n"] or 0
