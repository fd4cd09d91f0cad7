"""An access key as the database keeps it, made without a device: only the pages look at it."""

from hashlib import sha256
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import WebAuthn
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from voix.comptes.models import Compte

SITE = "http://localhost"


def une_cle(compte: Compte, nom: str = "Mon téléphone", *, seule: bool = True) -> Authenticator:
    """Give an account a key, which opens it alone or not."""
    numero = f"cle-{compte.pk}-{nom}".encode()
    publique = ES256.from_cryptography_key(ec.derive_private_key(7, ec.SECP256R1()).public_key())
    drapeaux = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV | AuthenticatorData.FLAG.AT
    preuve = AttestationObject.create(
        "none",
        AuthenticatorData.create(
            sha256(b"localhost").digest(),
            drapeaux,
            0,
            AttestedCredentialData.create(Aaguid.NONE, numero, publique),
        ),
        {},
    )
    reponse: dict[str, Any] = {
        "id": websafe_encode(numero),
        "rawId": websafe_encode(numero),
        "type": "public-key",
        "clientExtensionResults": {"credProps": {"rk": seule}},
        "response": {
            "clientDataJSON": websafe_encode(
                CollectedClientData.create("webauthn.create", b"d" * 16, SITE)
            ),
            "attestationObject": websafe_encode(preuve),
        },
    }
    return WebAuthn.add(compte, nom, reponse).instance
