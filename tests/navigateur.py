"""A respondent without JavaScript, over Django's test client: follows what the pages offer."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin, urlsplit

import html5lib
from django.test import Client

HTML = "{http://www.w3.org/1999/xhtml}"


class Personne:
    """One phone: its own cookies, the page it looks at."""

    def __init__(self, **options: Any) -> None:
        self.client = Client(**options)
        self.page: Any = None
        self.adresse = ""

    def ouvrir(self, adresse: str) -> "Personne":
        """Go to an address; the server is told which page it was found on, as browsers do."""
        d_ou = {"referer": urljoin("http://testserver", self.adresse)} if self.adresse else {}
        self.page = self.client.get(adresse, follow=True, headers=d_ou)
        self._noter(adresse)
        return self

    def _noter(self, adresse: str) -> None:
        suites = getattr(self.page, "redirect_chain", [])
        self.adresse = urljoin(adresse, suites[-1][0]) if suites else adresse

    @property
    def arbre(self) -> Any:
        return html5lib.parse(self.page.content.decode())

    @property
    def texte(self) -> str:
        return " ".join("".join(self.arbre.find(f"{HTML}body").itertext()).split())

    @property
    def titre(self) -> str:
        return "".join(next(self.arbre.iter(f"{HTML}h1")).itertext()).strip()

    @property
    def etape(self) -> str:
        return urlsplit(self.adresse).path.rstrip("/").rsplit("/", 1)[-1]

    def lien(self, texte: str) -> str:
        for a in self.arbre.iter(f"{HTML}a"):
            if texte in " ".join("".join(a.itertext()).split()):
                return urljoin(self.adresse, a.attrib["href"])
        raise AssertionError(f"No link « {texte} » on {self.adresse}: {self.texte[:400]}")

    def suivre(self, texte: str, tape: Mapping[str, Any] | None = None) -> "Personne":
        """Press a link, or a button of the form that is drawn as one; ``tape`` was typed before."""
        for bouton in self.arbre.iter(f"{HTML}button"):
            if "name" in bouton.attrib and texte in " ".join("".join(bouton.itertext()).split()):
                geste = {bouton.attrib["name"]: bouton.attrib["value"]}
                return self.repondre(dict(tape or {}) | geste)
        return self.ouvrir(self.lien(texte))

    def saisie(self) -> dict[str, Any]:
        """Return what the form holds now, as a browser would send it."""
        champs: dict[str, Any] = {}
        formulaire = next(self.arbre.iter(f"{HTML}form"))
        for noeud in formulaire.iter():
            nom = noeud.attrib.get("name")
            genre = noeud.attrib.get("type", "text")
            if noeud.tag == f"{HTML}input" and nom:
                if genre in {"radio", "checkbox"}:
                    if "checked" in noeud.attrib:
                        valeur = noeud.attrib.get("value", "on")
                        champs.setdefault(nom, []).append(valeur)
                else:
                    champs[nom] = noeud.attrib.get("value", "")
            elif noeud.tag == f"{HTML}textarea":
                champs[nom] = (noeud.text or "").removeprefix("\n")
        return champs

    def repondre(self, reponses: Mapping[str, Any] | None = None) -> "Personne":
        """Fill in the form, press its button, follow the redirects."""
        self.page = self.client.post(
            self.adresse,
            self.saisie() | dict(reponses or {}),
            follow=True,
            headers={"referer": urljoin("http://testserver", self.adresse)},
        )
        self._noter(self.adresse)
        return self
