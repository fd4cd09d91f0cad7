"""A small browser without JavaScript: follows links, fills forms, keeps cookies.

It reads the pages as any browser would (no address is known beforehand), so that Voix and the bare
wizard are driven by the same code and pay the same price for it.
"""

import html
import http.client
import re
from dataclasses import dataclass, field
from urllib.parse import urlencode, urljoin, urlsplit

_FORMULAIRE = re.compile(r"<form\b[^>]*method=\"?post[^>]*>.*?</form>", re.DOTALL | re.IGNORECASE)
_BALISE = re.compile(r"<(input|button|textarea)\b([^>]*)>", re.IGNORECASE)
_ATTRIBUT = re.compile(r"([\w-]+)(?:=(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+)))?")
_LIEN = re.compile(r"<a\b([^>]*)>(.*?)</a>", re.DOTALL | re.IGNORECASE)


def _attributs(brut: str) -> dict[str, str]:
    return {nom.lower(): html.unescape(a or b or c) for nom, a, b, c in _ATTRIBUT.findall(brut)}


@dataclass
class Page:
    """What came back at the end of the redirects."""

    statut: int
    adresse: str
    texte: str

    def lien(self, mot: str) -> str | None:
        """Return the address of the first link whose text holds ``mot``."""
        for attributs, contenu in _LIEN.findall(self.texte):
            if mot in contenu:
                return urljoin(self.adresse, _attributs(attributs).get("href", ""))
        return None

    def saisie(self) -> tuple[str, list[tuple[str, str]]] | None:
        """Return the address and the fields of the page's form, its first choice ticked."""
        trouve = _FORMULAIRE.search(self.texte)
        if trouve is None:
            return None
        bloc = trouve.group(0)
        action = _attributs(bloc[5 : bloc.index(">")]).get("action", "")
        return urljoin(self.adresse, action.split("#")[0]) or self.adresse, _champs(bloc)


def _champs(bloc: str) -> list[tuple[str, str]]:
    champs: list[tuple[str, str]] = []
    for balise, brut in _BALISE.findall(bloc):
        attributs = _attributs(brut)
        nom, genre = attributs.get("name"), attributs.get("type", "text").lower()
        if not nom or balise.lower() == "button":
            continue
        if genre not in {"radio", "checkbox"}:
            champs.append((nom, attributs.get("value", "2")))
        # Who has answered does not tick « Je préfère ne pas répondre » beside it: it is refused.
        elif nom.removesuffix(".pnr") not in dict(champs):
            champs.append((nom, attributs.get("value", "on")))
    return champs


@dataclass
class Navigateur:
    """One person's phone: one kept connection, its own cookies."""

    hote: str
    port: int
    temoins: dict[str, str] = field(default_factory=dict)
    octets: int = 0
    requetes: int = 0

    def __post_init__(self) -> None:
        self._lien = http.client.HTTPConnection(self.hote, self.port, timeout=60)

    def close(self) -> None:
        self._lien.close()

    def _envoyer(
        self, methode: str, adresse: str, corps: str | None = None
    ) -> tuple[int, str, str]:
        entetes = {"Host": f"{self.hote}:{self.port}", "Accept-Language": "fr"}
        if self.temoins:
            entetes["Cookie"] = "; ".join(
                f"{nom}={valeur}" for nom, valeur in self.temoins.items()
            )
        if corps is not None:
            entetes["Content-Type"] = "application/x-www-form-urlencoded"
            entetes["Referer"] = f"http://{self.hote}:{self.port}{adresse}"
        self._lien.request(methode, adresse, body=corps, headers=entetes)
        recu = self._lien.getresponse()
        texte = recu.read()
        self.requetes += 1
        self.octets += len(texte)
        for nom, valeur in recu.getheaders():
            if nom.lower() == "set-cookie":
                cle, _, reste = valeur.partition("=")
                self.temoins[cle] = reste.partition(";")[0]
        return recu.status, recu.getheader("Location") or "", texte.decode()

    def _suivre(self, methode: str, adresse: str, corps: str | None = None) -> Page:
        for _ in range(5):
            statut, ailleurs, texte = self._envoyer(methode, adresse, corps)
            if statut not in {301, 302, 303}:
                return Page(statut, adresse, texte)
            suite = urlsplit(urljoin(adresse, ailleurs))
            adresse = suite.path + (f"?{suite.query}" if suite.query else "")
            methode, corps = "GET", None
        raise RuntimeError(f"Too many redirects at {adresse}")

    def ouvrir(self, adresse: str) -> Page:
        return self._suivre("GET", adresse)

    def continuer(self, page: Page) -> Page:
        """Fill the form of ``page`` and send it."""
        saisie = page.saisie()
        if saisie is None:
            raise RuntimeError(f"No form on {page.adresse}: {page.texte[:300]}")
        adresse, champs = saisie
        return self._suivre("POST", adresse, urlencode(champs))


def remplir(navigateur: Navigateur, depart: str, fin: str) -> int:
    """Complete one questionnaire from ``depart`` until the page holds ``fin``; return the pages."""
    page = navigateur.ouvrir(depart)
    commencer = page.lien("Commencer")
    if commencer is not None:
        page = navigateur.ouvrir(commencer)
    for nombre in range(1, 60):
        if page.statut != 200:
            raise RuntimeError(f"{page.statut} at {page.adresse}: {page.texte[:300]}")
        if fin in page.texte:
            return nombre
        page = navigateur.continuer(page)
    raise RuntimeError("The questionnaire never ended.")
