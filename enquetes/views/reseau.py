"""Whose network a request comes from, without keeping an address: a fingerprint for one day.

The key is drawn each day and held in memory only, so that a fingerprint says nothing afterwards.
A hall, or a whole mobile operator, may be one network: what is counted here slows, never bans.
"""

import hmac
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from hashlib import sha256
from time import monotonic, sleep
from typing import Final

from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone

PALIER: Final = 0.25
"""Seconds: an answer that must not tell how much work it took leaves at the next one of these."""

_sel: tuple[date, bytes] = (date.min, b"")


def reseau(request: HttpRequest) -> str:
    """Return the fingerprint of the network, the same all day, unknown tomorrow."""
    global _sel  # noqa: PLW0603  (the key of the day, on purpose nowhere else)
    if _sel[0] != timezone.localdate():
        _sel = (timezone.localdate(), secrets.token_bytes(32))
    return hmac.new(_sel[1], request.META.get("REMOTE_ADDR", "").encode(), sha256).hexdigest()


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


@contextmanager
def au_palier() -> Iterator[None]:
    """Make what is inside last until the next ``PALIER``, whatever it found to do."""
    debut = monotonic()
    try:
        yield
    finally:
        sleep(PALIER - (monotonic() - debut) % PALIER)
