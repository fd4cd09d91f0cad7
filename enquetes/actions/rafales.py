"""More than 120 sealed answers of one link, or of one device, within an hour: flagged, never refused.

Counted where they are opened, so that taking in is never slowed, and only once they are stored: what
a failing database keeps for later is not counted at each try. What coordination tries again is not
counted: when it arrived is not known any more. The moments are in the memory of the process that
opens, for an hour: nearly always the opener. What another opens, before it counts a séance, is
counted apart: some of a flood may be missed, nobody is flagged for it (ADR 0072).
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import partial
from typing import Final

from django.core.cache import cache
from django.db import transaction

from enquetes.models import Enveloppe, Passation, Signe

PAR_HEURE: Final = 120
"""A hall gives fewer (collecte §6)."""
HEURE: Final = 3600


def signaler_les_rafales(arrivees: Iterable[tuple[Enveloppe, Passation]]) -> None:
    """Flag, before they are stored, the answers that come after 120 others of the same hour."""
    par_source: dict[str, list[tuple[float, Passation]]] = defaultdict(list)
    for ligne, passation in arrivees:
        retentee = bool(ligne.motif)
        if ligne.recue_a is not None and not ligne.importee and not retentee:
            qui = f"{ligne.acces_id}-{ligne.appareil_id or 0}"
            par_source[qui].append((ligne.recue_a.timestamp(), passation))
    for source, siennes in par_source.items():
        cle = f"rafales:{source}"
        moments: list[float] = cache.get(cle, [])
        for moment, passation in sorted(siennes, key=lambda une: une[0]):
            if len(moments) == PAR_HEURE and moment - moments[0] < HEURE:
                _signer(passation)
            moments = [*moments, moment][-PAR_HEURE:]
        transaction.on_commit(partial(cache.set, cle, moments, HEURE))


def _signer(passation: Passation) -> None:
    deja = set(passation.signes.split(",")) | {Signe.RAFALE.value}
    passation.signes = ",".join(signe.value for signe in Signe if signe.value in deja)
