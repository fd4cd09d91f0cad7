"""A program that calls the API, for its tests."""

from dataclasses import dataclass
from typing import Any

from django.test import Client

from tests import builders
from voix.comptes.models import Compte, Portee
from voix.comptes.roles import Role


@dataclass
class Programme:
    """Calls with the token of an account, and reads JSON only."""

    valeur: str

    def appeler(self, chemin: str, **entetes: str) -> Any:
        entetes = {"authorization": f"Bearer {self.valeur}"} | entetes
        return Client().get(f"/api/v1/{chemin}", headers=entetes)

    def lire(self, chemin: str) -> Any:
        page = self.appeler(chemin)
        assert page.status_code == 200, page.content.decode()
        return page.json()

    def refus(self, chemin: str, statut: int, **entetes: str) -> dict[str, str]:
        """Return a refusal: JSON, a code, a sentence in French."""
        page = self.appeler(chemin, **entetes)
        assert page.status_code == statut, page.content.decode()
        assert page["Content-Type"] == "application/json; charset=utf-8"
        lu: dict[str, str] = page.json()
        assert set(lu) == {"code", "message"}
        assert lu["message"].endswith((".", ")"))
        return lu


def un_programme(compte: Compte | None = None, *portees: Portee, **champs: Any) -> Programme:
    """Return a program of an evaluator, or of ``compte``."""
    compte = compte or builders.un_compte(role=Role.EVALUATION, email="eva@exemple.fr")
    return Programme(builders.un_jeton(compte, *portees, **champs).valeur)
