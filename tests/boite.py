"""A device's side of the inbox, for tests: one key for all of them, envelopes sealed in Python."""

import json
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.test import override_settings
from django.urls import reverse

from enquetes.echanges import scellement
from enquetes.echanges.correspondance import cle_de
from enquetes.models import Acces


@cache
def _cle() -> tuple[str, bytes]:
    """Return the name and the contents of a key: making one takes half a second."""
    with TemporaryDirectory() as dossier, override_settings(DOSSIER_DONNEES=Path(dossier)):
        fichier = scellement.nouvelle_cle()
        return fichier.name, fichier.read_bytes()


def poser_la_cle() -> Path:
    """Put the key in the data folder of the running test."""
    nom, contenu = _cle()
    dossier = Path(settings.DOSSIER_DONNEES) / "cles"
    dossier.mkdir(exist_ok=True)
    (dossier / nom).write_bytes(contenu)
    return dossier / nom


def enveloppe(acces: Acces, champs: dict[str, Any] | None = None, **options: Any) -> dict:
    """Return an envelope as a device sends it; ``contenu`` replaces what is inside."""
    version = acces.collecte.version
    contenu = options.pop("contenu", {"champs": champs or {}, "langue": "fr"})
    scelle = scellement.sceller(
        contenu,
        q=options.pop("q", version.questionnaire.code),
        v=options.pop("v", version.empreinte[:12]),
        identifiant=options.pop("identifiant", uuid4()),
    )
    assert not options
    return json.loads(scelle.brute())


def envoyer(client, items: Any, jeton: str, **entetes: Any) -> Any:
    """Send a batch; a string is sent as it is."""
    corps = items if isinstance(items, str | bytes) else json.dumps({"items": items})
    return client.post(
        reverse("enquetes:envois"),
        corps,
        content_type="application/json",
        headers={"Authorization": f"Bearer {jeton}", **entetes},
    )


def issues(page: Any) -> dict[UUID, str]:
    assert page.status_code == 202, page.content
    assert page.json()["voix"] == 1
    return {UUID(cle): issue for cle, issue in page.json()["items"].items()}


REPONSES = {"venu": ["oui"], "manque": ["pain", "autre"], "manque.precision": ["Du riz"]}
CANONIQUES = {"venu": "oui", "manque": ["pain", "autre"], "manque.precision": "Du riz"}


def une(seance, champs=None, **options):
    return enveloppe(seance.acces, champs or REPONSES, **options)


def rangee(scellee: dict[str, Any]) -> UUID:
    """Return under what the database keeps this envelope, and what it holds."""
    return cle_de(UUID(scellee["id"]))


def seule_issue(page):
    (issue,) = issues(page).values()
    return issue
