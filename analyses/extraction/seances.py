"""What facilitators tell of their séances: meetings and moments of involvement, never a person."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils import timezone

from enquetes.models import EtatSeance, Rapport

GENRES_DE_REUNION: Final = frozenset({"reunion", "comite_usagers", "comite_pilotage"})
_DITS: Final = {
    "transport": ("transport", "navette", "covoiturage", "bus"),
    "garde": ("garde", "enfants"),
    "horaire": ("horaire",),
    "defraiement": ("defrai", "rembours"),
    "traduction": ("tradu", "interpret", "falc"),
    "repas": ("repas", "gouter", "collation"),
}
"""Words by which a facilitator names one of the six supports of P17."""


@dataclass(frozen=True, slots=True)
class SeanceRacontee:
    """A closed séance whose report is complete."""

    territoire: int
    le: date
    titre: str
    est_une_reunion: bool
    moment: str
    niveau: int | None
    prouve: bool
    soutiens: tuple[str, ...]
    presents: dict[str, int | None]
    """Heads by college of the registers."""


def seances_racontees() -> Iterator[SeanceRacontee]:
    """Iterate over the séances that feed the indicators."""
    rapports = Rapport.objects.filter(
        termine_le__isnull=False, seance__etat=EtatSeance.CLOSE
    ).select_related("seance")
    for rapport in rapports.order_by("pk"):
        seance = rapport.seance
        yield SeanceRacontee(
            territoire=seance.territoire_id,
            le=timezone.localdate(seance.prevue_le),
            titre=seance.titre,
            est_une_reunion=seance.genre in GENRES_DE_REUNION,
            moment=rapport.moment,
            niveau=rapport.implication,
            prouve=bool(rapport.preuve and rapport.preuve_le),
            soutiens=soutiens_dits(rapport.supports),
            presents={
                "elus": rapport.presents_elus,
                "techniciens": rapport.presents_professionnels,
                "associations": rapport.presents_benevoles,
                "personnes": rapport.presents_beneficiaires,
            },
        )


def soutiens_dits(texte: str) -> tuple[str, ...]:
    """Return which of the six supports a facilitator's words name."""
    plat = unicodedata.normalize("NFD", texte.lower()).encode("ascii", "ignore").decode()
    return tuple(code for code, mots in _DITS.items() if any(mot in plat for mot in mots))
