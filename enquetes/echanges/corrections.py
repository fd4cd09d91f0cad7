"""What the author of a line that cannot be read may have meant: ways to write it, the surest first."""

import re
from collections.abc import Iterator
from typing import Final

from enquetes.parcours.verification_base import LANGUES
from enquetes.parcours.verification_choix import CLES_CHOIX

from .accolades import citer, fermetures, redresser
from .oublis import avec_deux_points
from .typographie import LUS

TEXTES: Final = LUS | {"source"}
"""The keys whose values are words for people."""
_CLE: Final = r"\s*(?:-\s+)*[\w.-]+"
_VALEUR: Final = re.compile(rf"({_CLE}\s*:[ ]+)([^\s\[{{|>].*)$")
_COLLEE: Final = re.compile(rf"({_CLE}):(?:[^\S \t]+(?=\S)|(?=[^\s:]))(.*)$")
_LISTE_COLLEE: Final = re.compile(rf"({_CLE}):(?=[\[{{])")
_SANS_ACCOLADE: Final = re.compile(r"(\s*(?:-\s+)+|\s*[\w.-]+\s*:\s+)(?=[\w.-]+\s*:\s)")
"""What stands before a brace that was forgotten: a dash, or a key."""
_AUTRE_CLE: Final = re.compile(rf",\s*(?:{'|'.join(sorted(CLES_CHOIX))})\s*:\s")
"""A second key of the same answer."""
TIRET_COLLE: Final = re.compile(r"\s*(?:-\s+)*-(?=[^\W\d_]|[{\[\"'])")
"""A dash stuck to what it lists."""
_ENTREE: Final = re.compile(r"(\s*(?:-\s+)+)([^\s\[{|>].*)$")
_ENTRE_ACCOLADES: Final = re.compile(
    r"([{,]\s*[\w.-]+\s*:\s+)([^\s\"'{}\[\]][^{}\[\]]*?)(?=\s*(?:\}|,\s*(?:[\w.-]+\s*:\s|$)))"
)
_GUILLEMET_OUVERT: Final = re.compile(
    r"([{,]\s*[\w.-]+\s*:\s+)((?:\"[^\"]*?|'(?:(?!,\s*[\w.-]+\s*:\s).)*?[^'}\]\s]))([}\]\s]*)$"
)
_CITATION: Final = re.compile(
    r"([{,]\s*[\w.-]+\s*:\s+)([\"'])((?:(?!,\s*[\w.-]+\s*:\s).)*)\2(?=\s*(?:[}\]]|,\s*[\w.-]+\s*:\s))"
)
"""A text between two marks, to the last of them: it may hold the same mark."""
_SEULE: Final = re.compile(r"\s*[\w.-]+\s*")
_DEVANT: Final = re.compile(r"^\s*(?:-\s+)*")
_RACCOURCI: Final = re.compile(
    rf"(?P<devant>(?:^{_CLE}|[{{,]\s*(?P<cle>[\w.-]+))\s*:\s+|^\s*(?:-\s+)+|[\[,]\s*)"
    r"(?P<signe>[*&!][^\s,{}\[\]]*)(?P<reste>\s*(?:[^{}\[\],]|,(?!\s*[\w.-]+\s*:\s))*)"
)
"""What YAML allows and a questionnaire does not, where it stands for a value or before one."""
NIVEAU: Final = 2
"""Spaces of a level, where a whole one was added or left out."""
REMARQUE: Final = re.compile(r"(?:\s{2,}|\t)#(?:\s.*)?$")
"""A remark after a text: two spaces before its sign, and one after."""


def sans_remarque(ligne: str) -> tuple[str, str]:
    """Return a line and the remark at its end, with its spaces: « titre: Avis », «   # lu »."""
    lue = REMARQUE.search(ligne)
    return (ligne[: lue.start()], lue[0]) if lue else (ligne, "")


def facons(ligne: str, dessus: list[str], dessous: list[str]) -> Iterator[Iterator[str]]:
    """Yield the ways to write a line as its author meant it, the surest first: its margin, its words.

    A key whose colon was forgotten comes before them: « aide Une phrase » hides the line below.
    """
    if "\t" in ligne:
        sans = list(sans_tabulation(ligne, dessus, dessous))
        yield iter(sans)
        yield (ecrire for une in sans for ecrire in _corrections(une))
    else:
        yield _deux_points(ligne)
        yield espaces(ligne, dessus, dessous)
        yield _corrections(ligne)


def _deux_points(ligne: str) -> Iterator[str]:
    corps, remarque = sans_remarque(ligne)
    for cle, valeur in avec_deux_points(corps):
        yield f"{cle}{valeur}{remarque}"
        yield f"{cle}{_citer(valeur)}{remarque}"


def _corrections(ligne: str) -> Iterator[str]:
    """Yield the words as they may have been meant; a remark at the end stays there."""
    corps, remarque = sans_remarque(ligne)
    if colle := TIRET_COLLE.match(corps):
        corps = f"{colle[0]} {corps[colle.end() :]}"
        yield f"{corps}{remarque}"
    elif corps.lstrip().startswith("{"):  # one more of a list, whose dash was forgotten
        yield f"{corps[: -len(corps.lstrip())]}- {corps.lstrip()}{remarque}"
    yield from (f"{ecrire}{remarque}" for ecrire in _sans_accolade(corps))
    reecrire = _entre_crochets if "{" in ligne or "[" in ligne else _reecrite
    yield from (f"{ecrire}{remarque}" for ecrire in reecrire(corps))


def _sans_accolade(ligne: str) -> Iterator[str]:
    """Yield the line with the brace that was not opened: several keys stand in it."""
    lue = _SANS_ACCOLADE.match(ligne)
    if lue and (ligne.count("}") > ligne.count("{") or _AUTRE_CLE.search(ligne)):
        ouverte = f"{lue[1]}{{{ligne[lue.end() :]}"
        yield ouverte
        yield f"{ouverte}{fermetures(ouverte)}"


def _entre_crochets(ligne: str) -> Iterator[str]:
    if lue := _GUILLEMET_OUVERT.search(ligne):
        yield f"{ligne[: lue.end(1)]}{_citer(lue[2])}{lue[3]}"
    dites = _CITATION.sub(_sans_la_meme, ligne)
    if dites != ligne:
        yield dites
    if lue := _LISTE_COLLEE.match(ligne):
        yield f"{lue[1]}: {ligne[lue.end() :]}"
    droite = redresser(ligne)[0]
    if droite != ligne:
        yield droite
    citee = _ENTRE_ACCOLADES.sub(_citer_au_besoin, ligne)
    if citee != ligne:
        yield citee
    for fin in ("}", "]"):
        yield redresser(ligne.rstrip() + fin)[0]
        yield citee.rstrip() + fin


def _reecrite(ligne: str) -> Iterator[str]:
    if lue := _VALEUR.match(ligne):
        yield lue[1] + _citer(lue[2])
    elif lue := _COLLEE.match(ligne):
        yield f"{lue[1]}: {lue[2]}"
        yield f"{lue[1]}: {_citer(lue[2])}"
    elif lue := _ENTREE.match(ligne):
        yield lue[1] + _citer(lue[2])
    elif _SEULE.fullmatch(ligne):
        yield f"{ligne.rstrip()}:"


def sans_raccourci(ligne: str) -> Iterator[str]:
    """Yield the line without what a questionnaire does not allow: words are kept, in quotes."""
    corps, remarque = sans_remarque(ligne)
    ecrite = _RACCOURCI.sub(_sans_raccourci, corps)
    if ecrite != corps:
        yield f"{ecrite}{remarque}"


def _sans_raccourci(lu: re.Match[str]) -> str:
    reste = lu["reste"].rstrip()
    espaces = lu["reste"][len(reste) :]
    cle = re.findall(r"[\w.-]+", lu["devant"])
    lu_par_tous = bool(cle) and cle[-1] in {*TEXTES, *LANGUES}
    if not lu_par_tous and reste.strip() and lu["signe"][0] in "&!":
        return f"{lu['devant']}{reste.lstrip()}{espaces}"
    if not lu_par_tous and lu["signe"][0] in "&!" and _suivi(lu):
        return f"{lu['devant']}{lu['reste'].lstrip()}"
    return f"{lu['devant']}{_citer(lu['signe'] + reste)}{espaces}"


def _suivi(lu: re.Match[str]) -> bool:
    """Return whether a list or several keys follow: what stood before them is only taken off."""
    return lu.string[lu.end() : lu.end() + 1] in {"[", "{"} or lu.end() == len(lu.string)


def sans_insecables(ligne: str) -> str:
    """Return the line with ordinary spaces in its margin and after its dash."""
    return _DEVANT.sub(lambda devant: re.sub(r"[^\S \t\r]", " ", devant[0]), ligne, count=1)


def espaces(ligne: str, dessus: list[str], dessous: list[str], pas: int = 1) -> Iterator[str]:
    """Yield the line with the margin of one around it, ``pas`` spaces further or nearer."""
    autour = [*dessus, *(une for une in dessous[:1] if une.strip())]
    nu = ligne.lstrip(" ")
    marge = len(ligne) - len(nu)
    for autre in (marge + pas, marge - pas):
        # A key may stand under the dash of its list, or under the key that follows the dash.
        if any(une.strip() and autre in _marges(une) for une in autour):
            yield " " * autre + nu


def sans_tabulation(ligne: str, avant: list[str], apres: list[str]) -> Iterator[str]:
    """Yield the line with spaces for its tabulations: at its start, as many as make a known level."""
    marge = ligne[: len(ligne) - len(ligne.lstrip(" \t"))]
    nu = re.sub(r"[ ]*\t[ \t]*", " ", ligne[len(marge) :]).rstrip()
    if "\t" not in marge:
        yield marge + nu
        return
    largeurs = [len(marge.replace("\t", " " * largeur)) for largeur in (2, 4, 0)]
    for voisines, decale in ((reversed(avant), 2), (apres, -2)):
        proche = next((une for une in voisines if une.strip() and "\t" not in une), None)
        if proche is not None:
            if decale > 0 and nu.startswith("- ") and proche.lstrip().startswith("- "):
                largeurs.insert(0, _marges(proche)[0])  # one more of the same list
            elif decale > 0 and proche.rstrip().endswith(":"):
                largeurs.insert(0, _marges(proche)[1] + decale)  # what that key holds
            largeurs += [*_marges(proche), _marges(proche)[decale > 0] + decale]
    yield from (" " * largeur + nu for largeur in dict.fromkeys(largeurs) if largeur >= 0)


def _marges(ligne: str) -> tuple[int, int]:
    return len(ligne) - len(ligne.lstrip(" ")), len(ligne) - len(ligne.lstrip(" -"))


def _citer_au_besoin(lue: re.Match[str]) -> str:
    return lue[0] if re.fullmatch(r"[\w\s’-]+", lue[2]) else lue[1] + _citer(lue[2])


def _sans_la_meme(lue: re.Match[str]) -> str:
    return lue[1] + _citer(f'"{lue[3]}"') if lue[2] in lue[3] else lue[0]


def _citer(valeur: str) -> str:
    """Return a text between straight quotation marks, those it had at its ends taken off."""
    nu = valeur.strip()
    for marque in ('"', "'"):
        # « "Ici" on écoute »: the first one is closed, and belongs to its word.
        if nu.startswith(marque) and (nu.endswith(marque) or marque == "'" or nu.count('"') % 2):
            nu = nu[1:].removesuffix(marque)
            break
    return citer(nu)
