"""More than 120 sealed answers of one link, or of one device, within an hour: flagged, never refused.

Counted where they are opened: one process does that, so the count is exact, and taking in is never
slowed. The moments are in memory only, for an hour (ADR 0072).
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.core.cache import cache

from enquetes.models import Enveloppe, Passation, Signe

PAR_HEURE: Final = 120
"""A hall gives fewer (collecte §6)."""
HEURE: Final = 3600


def signaler_les_rafales(arrivees: Iterable[tuple[Enveloppe, Passation]]) -> None:
    """Flag, before they are stored, the answers that come after 120 others of the same hour."""
    par_source: dict[str, list[tuple[float, Passation]]] = defaultdict(list)
    for ligne, passation in arrivees:
        if ligne.recue_a is not None and not ligne.importee:
            qui = f"{ligne.acces_id}-{ligne.appareil_id or 0}"
            par_source[qui].append((_secondes(ligne.recue_a), passation))
    for source, siennes in par_source.items():
        cle = f"rafales:{source}"
        moments: list[float] = cache.get(cle, [])
        for moment, passation in sorted(siennes, key=lambda une: une[0]):
            if len(moments) == PAR_HEURE and moment - moments[0] < HEURE:
                _signer(passation)
            moments = [*moments, moment][-PAR_HEURE:]
        cache.set(cle, moments, HEURE)


def _secondes(moment: datetime) -> float:
    return moment.timestamp()


def _signer(passation: Passation) -> None:
    deja = set(passation.signes.split(",")) | {Signe.RAFALE.value}
    passation.signes = ",".join(signe.value for signe in Signe if signe.value in deja)
