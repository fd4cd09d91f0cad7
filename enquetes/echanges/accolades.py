"""Slips between braces that YAML reads, as something else: « {code: no, texte: Non, c'est loin} ».

A comma inside a text, a comma or a colon that was forgotten, a space missing after a colon: YAML makes
strange keys of them. They are seen by the keys that a questionnaire knows, once each.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from enquetes.parcours.verification_base import LANGUES
from enquetes.parcours.verification_choix import CLES_CHOIX
from enquetes.parcours.verification_questions import CLES_QUESTION

from .oublis import CLES_CONDITION, CLES_OPTIONS, OUBLI, avec_deux_points

VIRGULE_DEDANS: Final = (
    "Entre accolades, un texte qui contient «\u00a0,\u00a0» se met entre guillemets droits\u00a0: "
    '"…".'
)
VIRGULE: Final = "Mettez une virgule avant chaque clé."
DEUX_POINTS: Final = "Mettez les deux points après chaque clé."
ESPACE: Final = "Mettez une espace après chaque «\u00a0:\u00a0»."

_FAMILLES: Final = (frozenset(LANGUES), CLES_CHOIX, CLES_CONDITION, CLES_OPTIONS, CLES_QUESTION)
_CLE: Final = re.compile(r"\s*([\w.-]+)\s*:(?:\s+|$)")
_COLLEE: Final = re.compile(r"\s*([\w.-]+)\s*:(?=\S)")
_OUBLIEE: Final = re.compile(r"\s*([\w.-]+)(?:\s*=\s*|\s+)(?=[^\s:=])")
_DEDANS: Final = re.compile(r"[\s;]\s*([\w.-]+)\s*:\s*(?=\S)")
_CITEE: Final = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'")
_OUVRE: Final = {"{": "}", "[": "]"}


@dataclass
class _Entree:
    """A key and its value, as they are written; ``change`` once they are not as the author's."""

    cle: str
    valeur: str
    ecrite: str
    change: bool = False

    def __str__(self) -> str:
        return f"{self.cle}: {self.valeur}" if self.change else self.ecrite


@dataclass
class _Accolades:
    """What stands between two braces, read entry after entry."""

    connues: frozenset[str]
    ecrites: frozenset[str]
    """The keys that have their colon: none of them was forgotten."""
    entrees: list[_Entree] = field(default_factory=list)
    raisons: list[str] = field(default_factory=list)

    def ajouter(self, morceau: str) -> None:
        """Take what stands between two commas: an entry, or the end of the text before."""
        for motif, raison in ((_CLE, ""), (_COLLEE, ESPACE), (_OUBLIEE, DEUX_POINTS)):
            lue = motif.match(morceau)
            sure = motif is not _OUBLIEE or lue is None or lue[1] not in LANGUES  # « en bus »
            if lue and sure and (not raison or self._attendue(lue[1])):
                self._entree(lue[1], morceau[lue.end() :].strip(), morceau.strip(), raison)
                return
        derniere = self.entrees[-1] if self.entrees else None
        if derniere is None or morceau.strip() in self.connues or not morceau.strip():
            self.entrees.append(_Entree("", "", morceau.strip()))
            return
        if derniere.valeur and derniere.valeur[0] not in _OUVRE:
            derniere.valeur = citer(f"{_nue(derniere.valeur)},{morceau.rstrip()}")
            derniere.change = True
            self.raisons.append(VIRGULE_DEDANS)
        else:
            self.entrees.append(_Entree("", "", morceau.strip()))

    def _attendue(self, cle: str) -> bool:
        deja = {entree.cle for entree in self.entrees}
        return cle in self.connues and cle not in deja | self.ecrites

    def _entree(self, cle: str, valeur: str, ecrite: str, raison: str) -> None:
        entree = _Entree(cle, valeur, ecrite, change=bool(raison))
        self.entrees.append(entree)
        self.raisons += [raison] * bool(raison)
        if valeur[:1] in {*_OUVRE}:
            dedans, raisons = redresser(valeur)
            entree.change |= bool(raisons)
            entree.valeur, self.raisons = dedans, [*self.raisons, *raisons]
            return
        for suite in _DEDANS.finditer(valeur):
            # The next key, whose comma was forgotten: not one that this text may speak of.
            if not _CITEE.match(valeur, 0, suite.end()) and self._attendue(suite[1]):
                entree.valeur, entree.change = valeur[: suite.start()].strip(), True
                self.raisons.append(VIRGULE)
                reste = f"{suite[1]}: {valeur[suite.end() :]}"
                self._entree(suite[1], reste[len(suite[1]) + 2 :].strip(), reste, VIRGULE)
                return


def redressee(ligne: str) -> tuple[str, list[str]]:
    """Return a line that YAML can read as it was meant, and why it has to change; itself if not."""
    for cle, valeur in avec_deux_points(ligne):
        return cle + citer(valeur.strip()), [OUBLI]
    return redresser(ligne)


def redresser(ligne: str) -> tuple[str, list[str]]:
    """Return a line with what stands between its braces as it was meant, and why; itself when it is right."""
    ecrite, ici = "", 0
    raisons: list[str] = []
    for debut, fin in _paires(ligne):
        dedans, dites = _redresse(ligne[debut + 1 : fin])
        ecrite += ligne[ici : debut + 1] + dedans
        raisons, ici = [*raisons, *dites], fin
    return ecrite + ligne[ici:], list(dict.fromkeys(raisons))


def _redresse(dedans: str) -> tuple[str, list[str]]:
    morceaux = list(_morceaux(dedans))
    premieres = {lue[1] for un in morceaux if (lue := re.match(r"\s*([\w.-]+)", un))}
    connues = max(_FAMILLES, key=lambda famille: len(famille & premieres))
    ecrites = frozenset(lue[1] for un in morceaux if (lue := _CLE.match(un)))
    lues = _Accolades(connues, ecrites)
    for morceau in morceaux:
        lues.ajouter(morceau)
    return (", ".join(map(str, lues.entrees)), lues.raisons) if lues.raisons else (dedans, [])


def _signes(texte: str) -> Iterator[tuple[int, str, int]]:
    """Yield each sign that is not between quotation marks, with its place and how deep it is."""
    ici, profondeur = 0, 0
    while ici < len(texte):
        citee = _CITEE.match(texte, ici)
        if citee and texte[:ici].rstrip()[-1:] in {"", "{", "[", ",", ":"}:
            ici = citee.end()
            continue
        profondeur -= texte[ici] in "]}"
        yield ici, texte[ici], profondeur
        profondeur += texte[ici] in _OUVRE
        ici += 1


def fermetures(texte: str) -> str:
    """Return what closes the braces and brackets that are left open, the innermost first."""
    ouvertes: list[str] = []
    for _ici, signe, _profondeur in _signes(texte):
        if signe in _OUVRE:
            ouvertes.append(_OUVRE[signe])
        elif ouvertes and signe == ouvertes[-1]:
            ouvertes.pop()
    return "".join(reversed(ouvertes))


def _paires(ligne: str) -> Iterator[tuple[int, int]]:
    """Yield where the outermost braces open and close; a list is looked into."""
    debut = -1
    niveau = 0
    for ici, signe, _profondeur in _signes(ligne):
        if signe == "{":
            debut = ici if niveau == 0 else debut
            niveau += 1
        elif signe == "}" and niveau:
            niveau -= 1
            if niveau == 0:
                yield debut, ici


def _morceaux(dedans: str) -> Iterator[str]:
    debut = 0
    for ici, signe, profondeur in _signes(dedans):
        if signe == "," and profondeur == 0:
            yield dedans[debut:ici]
            debut = ici + 1
    if dedans[debut:].strip():
        yield dedans[debut:]


def citer(texte: str) -> str:
    """Return a text between straight quotation marks."""
    return json.dumps(texte, ensure_ascii=False)


def _nue(valeur: str) -> str:
    """Return a text without the quotation marks that hold it whole."""
    if _CITEE.fullmatch(valeur):
        return valeur[1:-1].replace("''", "'") if valeur[0] == "'" else valeur[1:-1]
    return valeur
