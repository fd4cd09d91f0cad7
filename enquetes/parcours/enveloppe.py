"""The sealed envelope that a device sends, version 1 (collecte §2.3): its form, never its contents.

``{"id": uuid4, "q": questionnaire, "v": version, "kid": key, "ek": wrapped key, "iv": …, "ct": …}``;
the last three are base64. Who it is for is bound to the contents by :func:`lien`, so that an
envelope under another label does not open.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

VERSION: Final = "voix1"
COMPTE_RENDU: Final = "-compte-rendu"
"""In place of a questionnaire, for a facilitator's report; no questionnaire can be called so."""
LONGUEUR_MAX: Final = 200_000
"""Signs of one envelope: forty times the longest questionnaire."""

_ETIQUETTE: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
_BASE64: Final = re.compile(r"[A-Za-z0-9+/]+={0,2}")
_CHAMPS: Final = ("q", "v", "kid", "ek", "iv", "ct")
_UUID4: Final = 4


@dataclass(frozen=True, slots=True)
class Enveloppe:
    """A well-formed envelope; nothing says yet that it opens."""

    id: UUID
    q: str
    v: str
    kid: str
    ek: str
    iv: str
    ct: str

    def brute(self) -> str:
        """Return its canonical JSON: the same envelope always gives the same text."""
        donnees = {champ: getattr(self, champ) for champ in _CHAMPS} | {"id": str(self.id)}
        return json.dumps(donnees, sort_keys=True, separators=(",", ":"))

    def empreinte(self) -> str:
        """Return the SHA-256 that tells a second copy from another content."""
        return sha256(self.brute().encode()).hexdigest()

    def lien(self) -> bytes:
        """Return the additional data bound to the contents by AES-GCM."""
        return f"{VERSION}|{self.id}|{self.q}|{self.v}|{self.kid}".encode()


def identifiant(donnees: Any) -> UUID | None:
    """Return the identifier of something received, when it has a random one."""
    brut = donnees.get("id") if isinstance(donnees, Mapping) else None
    try:
        lu = UUID(brut) if isinstance(brut, str) else None
    except ValueError:
        return None
    return lu if lu is not None and lu.version == _UUID4 and str(lu) == brut else None


def lire(donnees: Any) -> Enveloppe | None:
    """Return the envelope, or nothing when it is not one."""
    lu = identifiant(donnees)
    if lu is None:
        return None
    valeurs = {champ: donnees.get(champ) for champ in _CHAMPS}
    if not all(isinstance(valeur, str) for valeur in valeurs.values()):
        return None
    if sum(map(len, valeurs.values())) > LONGUEUR_MAX:
        return None
    formes = {"q": _ETIQUETTE, "v": _ETIQUETTE, "kid": _ETIQUETTE}
    if not all(formes.get(champ, _BASE64).fullmatch(valeur) for champ, valeur in valeurs.items()):
        return None
    return Enveloppe(id=lu, **valeurs)
