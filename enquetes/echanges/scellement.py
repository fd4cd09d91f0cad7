"""Open sealed envelopes; keep the private keys, in files outside the database.

AES-256-GCM under a key wrapped with RSA-OAEP (3072 bits, SHA-256), as cheap telephones can do it
(collecte §2.2: X25519 is too recent for them). Old keys stay: devices may hold answers sealed with
them for months. A lost key is a lost queue: the folder belongs in the backup.
"""

import base64
import binascii
import json
import os
import secrets
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from enquetes.parcours.enveloppe import Enveloppe

BITS: Final = 3072
REMPLISSAGE: Final = 512
"""Contents are padded to a multiple of it, so that their length does not say what was written."""
_OAEP: Final = padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None)


class Illisible(Exception):  # noqa: N818  (French names carry no English suffix)
    """The envelope does not open; ``motif`` says why in one word."""

    def __init__(self, motif: str) -> None:
        super().__init__(motif)
        self.motif = motif


@dataclass(frozen=True, slots=True)
class ClePublique:
    """What a document carries to seal answers: the name of the key, and the key."""

    kid: str
    spki: str


def dossier() -> Path:
    """Return the folder of the private keys."""
    return Path(settings.DOSSIER_DONNEES) / "cles"


def fichiers() -> list[Path]:
    """Return the private keys, the newest last."""
    return sorted(dossier().glob("boite-*.pem"))


def nouvelle_cle() -> Path:
    """Write a new private key; documents made from now on seal with it."""
    dossier().mkdir(parents=True, exist_ok=True, mode=0o700)
    rang = int(fichiers()[-1].name.split("-")[1]) + 1 if fichiers() else 1
    cle = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
    pem = cle.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    definitif = dossier() / f"boite-{rang:04d}-{_kid(cle.public_key())}.pem"
    neuf = definitif.with_suffix(f".{secrets.token_hex(4)}")
    descripteur = os.open(neuf, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descripteur, "wb") as sortie:
        sortie.write(pem)
        sortie.flush()
        os.fsync(sortie.fileno())
    neuf.rename(definitif)
    return definitif


def cle_courante() -> ClePublique:
    """Return the key that new documents carry, made at first use.

    Two processes that start together may make one each: both stay, so nothing is ever unreadable.
    """
    fichier = fichiers()[-1] if fichiers() else nouvelle_cle()
    return _publique(str(fichier))


@cache
def _lue(fichier: str) -> RSAPrivateKey:
    cle = serialization.load_pem_private_key(Path(fichier).read_bytes(), None)
    if not isinstance(cle, RSAPrivateKey):
        raise TypeError(f"{fichier} is not an RSA key")
    return cle


@cache
def _publique(fichier: str) -> ClePublique:
    publique = _lue(fichier).public_key()
    return ClePublique(_kid(publique), base64.b64encode(_spki(publique)).decode())


def _spki(publique: RSAPublicKey) -> bytes:
    return publique.public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def _kid(publique: RSAPublicKey) -> str:
    return sha256(_spki(publique)).hexdigest()[:8]


def _privee(kid: str) -> RSAPrivateKey:
    for fichier in fichiers():
        if fichier.stem.endswith(f"-{kid}"):
            return _lue(str(fichier))
    raise Illisible("cle")


def ouvrir(enveloppe: Enveloppe) -> Any:
    """Return the JSON inside. Errors: ``Illisible`` with ``cle``, ``sceau`` or ``contenu``."""
    privee = _privee(enveloppe.kid)
    try:
        cle = privee.decrypt(_octets(enveloppe.ek), _OAEP)
        clair = AESGCM(cle).decrypt(_octets(enveloppe.iv), _octets(enveloppe.ct), enveloppe.lien())
    except (ValueError, InvalidTag, OverflowError):
        raise Illisible("sceau") from None
    try:
        return json.loads(clair.decode().rstrip(" "))
    except (ValueError, RecursionError):
        raise Illisible("contenu") from None


def _octets(texte: str) -> bytes:
    try:
        return base64.b64decode(texte, validate=True)
    except binascii.Error as erreur:
        raise ValueError(str(erreur)) from None


def sceller(contenu: Any, *, q: str, v: str, identifiant: Any = None, kid: str = "") -> Enveloppe:
    """Seal as a device does: for the self-test of keys, and for tests and benchmarks."""
    kid = kid or cle_courante().kid
    cle, iv = AESGCM.generate_key(256), secrets.token_bytes(12)
    clair = json.dumps(contenu, ensure_ascii=True).encode()
    clair += b" " * (-len(clair) % REMPLISSAGE)
    vide = Enveloppe(identifiant or uuid4(), q, v, kid, "", "", "")
    chiffre = AESGCM(cle).encrypt(iv, clair, vide.lien())
    enveloppee = _privee(kid).public_key().encrypt(cle, _OAEP)
    ek, iv64, ct = (base64.b64encode(octets).decode() for octets in (enveloppee, iv, chiffre))
    return Enveloppe(vide.id, q, v, kid, ek, iv64, ct)


def defauts_des_cles() -> list[str]:
    """Seal and open one envelope with each key; return the names of those that fail.

    The files are read again: what a running process remembers says nothing of the disk.
    """
    _lue.cache_clear()
    _publique.cache_clear()
    fautifs = []
    for fichier in fichiers():
        kid = fichier.stem.rpartition("-")[2]
        try:
            scelle = sceller({"essai": 1}, q="essai", v="essai", kid=kid)
            bon = ouvrir(scelle) == {"essai": 1} and _publique(str(fichier)).kid == kid
        except (Illisible, ValueError, TypeError, OSError):
            bon = False
        if not bon:
            fautifs.append(fichier.name)
    return fautifs
