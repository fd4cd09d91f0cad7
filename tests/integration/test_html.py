"""The W3C's checker has nothing to say of any page of the site, whoever looks at it.

Respondents' pages are in tests/integration/enquetes/test_poids.py. Here: every address that the
project has, as coordination and as anonymous, and the pages shown when something goes wrong. An
address cannot be forgotten: they are read from the project itself.
"""

from typing import Any

import pytest
from django.db import transaction
from django.template.loader import render_to_string

from tests import builders
from tests.functional.verifications import verifier_html
from tests.integration.adresses import adresse_de, adresses
from tests.integration.test_matrice import DE_COMPTE, objets

__all__ = ["objets"]
pytestmark = pytest.mark.django_db

NOMS = sorted({nom for nom, _ in adresses()})
MOT_DE_PASSE = "une longue phrase facile"
ERREURS = ("400", "403", "403_csrf", "404", "405", "413", "414", "431", "500", "503")


def demander(client: Any, methode: str, adresse: str) -> Any:
    """Ask for a page and undo what asking changed, whoever was signed out or erased."""
    temoins = client.cookies.copy()
    with transaction.atomic():
        page = getattr(client, methode)(adresse)
        transaction.set_rollback(True)
    client.cookies = temoins
    return page


def vues_par(client: Any, methode: str, objets: dict[str, Any]) -> dict[str, str]:
    """Return the pages that a client gets at each address, by its name."""
    pages = {}
    for nom in NOMS:
        page = demander(
            client, methode, adresse_de(nom, objets | DE_COMPTE | {"pk": objets["pk"]})
        )
        if page.headers.get("Content-Type", "").startswith("text/html") and page.content:
            pages[f"{methode} {nom}"] = page.content.decode()
    return pages


def test_pages_of_anonymous(client, objets):
    pages = vues_par(client, "get", objets)
    assert {"get pages:accueil", "get account_login", "get enquetes:bienvenue"} <= set(pages)
    verifier_html(pages)


@pytest.fixture
def connectee(client):
    """Return a client that has just proved itself twice: the pages of its security open too."""
    compte = builders.un_compte()
    compte.set_password(MOT_DE_PASSE)
    compte.save()
    builders.verifie(compte)
    client.post("/compte/login/", {"login": compte.email, "password": MOT_DE_PASSE})
    client.post("/compte/reauthenticate/", {"password": MOT_DE_PASSE})
    return client


@pytest.mark.parametrize("methode", ["get", "post"])
def test_pages_of_coordination(connectee, objets, methode, tmp_path):
    """Posted empty, a form is shown again with its errors."""
    pages = vues_par(connectee, methode, objets)
    attendues = {"comptes:equipe", "analyses:question", "mfa_activate_totp", "mfa_add_webauthn"}
    if methode == "post":
        attendues = {"comptes:inviter", "enquetes:nouvelle_collecte", "mfa_activate_totp"}
    assert {f"{methode} {nom}" for nom in attendues} <= set(pages)
    verifier_html(pages)


def test_results_compared_with_each_grouping(connectee, objets, tmp_path):
    adresse = adresse_de("analyses:question", objets)
    pages = {par: connectee.get(adresse, {"par": par}) for par in ("territoire", "mois", "venu")}
    verifier_html({par: page.content.decode() for par, page in pages.items()})


def test_pages_of_errors(tmp_path):
    verifier_html(
        {
            f"{code} {equipe}": render_to_string(f"{code}.html", {"equipe": equipe})
            for code in ERREURS
            for equipe in (False, True)
        }
        | {f"{code} sans contexte": render_to_string(f"{code}.html") for code in ERREURS}
    )
