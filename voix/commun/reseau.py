"""Whose network a request comes from, without keeping an address: a fingerprint for one day.

The key is drawn each day and held in memory only, so that a fingerprint says nothing afterwards.
A hall, or a whole mobile operator, may be one network: what is counted by it slows, never bans.
"""

import hmac
import secrets
from datetime import date
from functools import lru_cache
from hashlib import sha256
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

PREFIXE_IPV6: Final = 64
"""What one subscriber gets: inside it, an address may change at each request."""


def reseau(request: HttpRequest) -> str:
    """Return the fingerprint of the network, the same all day, unknown tomorrow."""
    cle = _cle(timezone.localdate())
    return hmac.new(cle, _origine(request).encode(), sha256).hexdigest()


@lru_cache(1)
def _cle(_jour: date) -> bytes:
    """Return the key of the day; that of the day before is forgotten."""
    return secrets.token_bytes(32)


def _origine(request: HttpRequest) -> str:
    """Return the address of who asks, or its network in IPv6.

    « X-Forwarded-For » is believed when a relay of ours wrote it, and of it the last address only:
    those before are what the person's own machine pretends.
    """
    adresse = _lue(request.META.get("REMOTE_ADDR", ""))
    if str(adresse) in settings.RELAIS_DE_CONFIANCE:
        dites = request.META.get("HTTP_X_FORWARDED_FOR", "")
        adresse = _lue(dites.rpartition(",")[2]) or adresse
    if isinstance(adresse, IPv6Address):
        return str(ip_network((adresse, PREFIXE_IPV6), strict=False))
    return str(adresse)


def _lue(texte: str) -> IPv4Address | IPv6Address | None:
    try:
        adresse = ip_address(texte.strip())
    except ValueError:
        return None
    return getattr(adresse, "ipv4_mapped", None) or adresse
