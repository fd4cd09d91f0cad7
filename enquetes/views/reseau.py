"""Slow down who tries codes: counts in memory, and answers that leave at a beat.

A hall, or a whole mobile operator, may be one network: what is counted here slows, never bans.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic, sleep
from typing import Final

from django.core.cache import cache

PALIER: Final = 0.25
"""Seconds: an answer that must not tell how much work it took leaves at the next one of these."""


def compter(usage: str, duree: int) -> int:
    """Count one more ``usage`` and return how many there were in these ``duree`` seconds."""
    cle = f"frein:{usage}"
    cache.add(cle, 0, timeout=duree)
    try:
        return int(cache.incr(cle))
    except ValueError:  # it expired in between: this one is the first of the next period
        cache.set(cle, 1, timeout=duree)
        return 1


def deja_compte(usage: str) -> int:
    """Return how many were counted in the running period."""
    return int(cache.get(f"frein:{usage}", 0))


def prendre_le_tour(usage: str, duree: int) -> bool:
    """Return whether ``usage`` may try now: once every ``duree`` seconds, whoever asks and however often."""
    return bool(cache.add(f"frein:tour:{usage}", 1, timeout=duree))


@contextmanager
def au_palier() -> Iterator[None]:
    """Make what is inside last until the next ``PALIER``, whatever it found to do."""
    debut = monotonic()
    try:
        yield
    finally:
        sleep(PALIER - (monotonic() - debut) % PALIER)
