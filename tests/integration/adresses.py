"""Every address of the project, what it is about, and what became of a request."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, get_resolver, reverse

from tests import builders
from voix.comptes.models import Compte

API = "api:"
"""Addresses that a token opens, and no session."""


def adresses() -> Iterator[tuple[str, str]]:
    """Return the name of each address, and its pattern."""

    def visiter(resolveur: Any, espace: str, avant: str) -> Iterator[tuple[str, str]]:
        for motif in resolveur.url_patterns:
            if isinstance(motif, URLPattern):
                yield (
                    (f"{espace}:" if espace else "") + (motif.name or ""),
                    avant + str(motif.pattern),
                )
            else:
                yield from visiter(motif, motif.namespace or espace, avant + str(motif.pattern))

    return visiter(get_resolver(), "", "")


def est_d_allauth(nom: str) -> bool:
    return nom.startswith(("account_", "mfa_"))


def adresse_de(nom: str, objets: dict[str, Any]) -> str:
    motif = dict(adresses())[nom]
    if nom == "enquetes:lien_inconnu":
        return "/r/rien/du/tout/"
    if nom == "enquetes:kiosque_inconnu":
        return "/k/rien/du/tout/"
    if nom == "api:inconnue":
        return "/api/v1/rien"
    if nom == "api:mesures_du_territoire":
        return reverse(nom, args=["region-11"])
    voulues = {c: v for c, v in objets.items() if f":{c}>" in motif or f"<{c}>" in motif}
    if nom == "enquetes:ressource":
        return "/o/a/rien/document.js"
    return reverse(nom, kwargs=voulues)


def issue(page: Any) -> str:
    """Say in one word what became of a request."""
    if page.status_code == 302 and page["Location"].startswith("/compte/login/"):
        return "à la porte"
    if page.status_code == 401:
        return "à la porte"
    assert page.status_code < 500
    return "refusé" if page.status_code in {403, 404} else "ouvert"


def entrer(client: Any, compte: Compte, nom: str) -> None:
    """Sign in as a person does; as a program does where a token is what opens."""
    if nom.startswith(API):
        client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {builders.un_jeton(compte).valeur}"
    else:
        builders.entrer(client, compte)
