"""Identifiers of passations that come from a file, not from a phone."""

from hashlib import sha256
from uuid import UUID


def identifiant_stable(*cles: str) -> UUID:
    """Return the UUIDv4-shaped identifier of a row: reading the file again files nothing twice."""
    return UUID(bytes=sha256("\x1f".join(cles).encode()).digest()[:16], version=4)
