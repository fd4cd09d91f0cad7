"""A line of YAML that cannot be read, written as its author meant it: the rest can then be checked.

Only slips that leave no doubt are mended: a text that needs quotation marks, a quotation mark or a
bracket that is not closed, a space missing after a colon or a dash, a tabulation, one space too many,
a shortcut that a questionnaire does not allow, a second document. A line with several of them, or with
none that is known, is read without its words (ADR 0178). Nothing that was mended is ever published: it
is shown, and what is right elsewhere is not asked again.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

import yaml

from .accolades import fermetures
from .corrections import NIVEAU, TIRET_COLLE, espaces, facons, sans_raccourci, sans_remarque
from .neutres import neutres
from .oublis import sans_deux_points

ESSAIS_AU_PLUS: Final = 200
"""Readings of a whole file, for all its slips."""
POIDS_AU_PLUS: Final = 2_000_000
"""Signs read again, for all its slips: a long file is tried less often."""

Lire = Callable[[str], yaml.YAMLError | None]
"""Says what is wrong with a text, or nothing."""
Compter = Callable[[str], int]
"""Says how many errors a text has that can be read."""
DEUX_FAUTES_AU_PLUS: Final = 20
"""Readings for a line that may hold two slips: what is left over tells where it can be read without it."""
_FIN_DE_LIGNE: Final = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
"""What YAML takes for the end of a line."""
_APOSTROPHE: Final = re.compile(r"(?:^\s*(?:-\s+)+|:\s+)'(?:[^']|'')*$")
"""A value that begins with an apostrophe which nothing closes."""
_Essai = tuple[str, yaml.YAMLError | None]
"""How a line is written, and what is wrong further down."""
_Assez = Callable[[yaml.YAMLError, yaml.YAMLError, int], bool]
"""Says of the fault that is left, of that before and of the line between, whether it may be so."""


@dataclass(frozen=True, slots=True)
class Reparation:
    """A line, from 1, and how to write it; nothing when it and all below it are left out."""

    ligne: int
    ecrire: str | None
    laissee: bool = False
    """Whether its words were left out: they are nobody's, and neither is what is wrong with them."""


class Reparateur:
    """Mends a text, slip after slip, until it can be read or nothing more is sure."""

    def __init__(self, texte: str, lire: Lire, compter: Compter, part: int = 1) -> None:
        """``part``: in how many texts the work is shared."""
        self.lignes, self._lire, self._compter = _FIN_DE_LIGNE.split(texte), lire, compter
        self._laissees: set[int] = set()
        self._essais = min(ESSAIS_AU_PLUS, POIDS_AU_PLUS // (len(texte) + 1)) // part

    @property
    def texte(self) -> str:
        """Return the text as it is mended so far."""
        return "\n".join(self.lignes)

    def reparer(self, erreur: yaml.YAMLError) -> tuple[Reparation, yaml.YAMLError | None] | None:
        """Mend the slip of ``erreur``; return it with the next one, or nothing when it is not sure."""
        ici = _position(erreur)
        if ici is None:
            return None
        if est_un_second_document(erreur):
            return self._couper(ici[0])
        suspectes = self._suspectes(erreur, ici[0])
        # A whole level comes late: nearly any line can be read somewhere else. Nothing of it comes last.
        for facons_de, assez in (
            (self._facons, _plus_loin),
            (self._niveaux, _plus_loin),
            (self._fermees, _plus_bas),
            (self._deux_fautes, _plus_loin),
            (self._neutres, _plus_loin),
        ):
            for rang in suspectes:
                if essais := list(self._essayer(erreur, rang, facons_de(erreur, rang), assez)):
                    ecrire, suite = self._meilleur(rang, essais)
                    self.lignes[rang] = ecrire
                    laissee = facons_de == self._neutres
                    self._laissees |= {rang} if laissee else set()
                    return Reparation(rang + 1, ecrire, laissee), suite
        return None

    def _couper(self, rang: int) -> tuple[Reparation, yaml.YAMLError | None] | None:
        """Take off the line that begins a second document, and all of it when it is a questionnaire."""
        if self._essais <= 0:
            return None
        self._essais -= 1
        second = any(ligne.startswith("format:") for ligne in self.lignes[rang:])
        self.lignes[rang:] = ["", *([] if second else self.lignes[rang + 1 :])]
        return Reparation(rang + 1, None if second else ""), self._lire(self.texte)

    def _meilleur(self, rang: int, essais: list[_Essai]) -> _Essai:
        """Return the reading that lets the most be read below; of several, that with the fewest errors."""
        loin = max(jusqu_ou(suite) for _ecrire, suite in essais)
        restent = [essai for essai in essais if jusqu_ou(essai[1]) == loin]
        if len(restent) == 1:
            return restent[0]
        self._essais -= len(restent)
        fin = int(min(loin[0], len(self.lignes)))
        return min(
            restent,
            key=lambda essai: self._compter(
                "\n".join([*self.lignes[:rang], essai[0], *self.lignes[rang + 1 : fin]])
            ),
        )

    def _essayer(
        self,
        erreur: yaml.YAMLError,
        rang: int,
        facons_de: Iterator[Iterator[str]],
        assez: _Assez,
    ) -> Iterator[_Essai]:
        """Yield the ways to write a line that let enough be read; one will do, but for its margin."""
        avant, trouvee = self.lignes[rang], False
        for facons_de_faire in facons_de:
            for ecrire in facons_de_faire:
                if self._essais <= 0 or (trouvee and _devant(ecrire) == _devant(avant)):
                    return
                self._essais -= 1
                self.lignes[rang] = ecrire
                suite = self._lire(self.texte)
                self.lignes[rang] = avant
                if suite is None or assez(suite, erreur, rang):
                    yield ecrire, suite
                    trouvee = True
            if trouvee:
                return

    def _facons(self, erreur: yaml.YAMLError, rang: int) -> Iterator[Iterator[str]]:
        if est_defendue(erreur):
            yield sans_raccourci(self.lignes[rang])
        else:
            yield self._fermee(erreur, rang)
            yield from facons(self.lignes[rang], self.lignes[:rang], self.lignes[rang + 1 :])

    def _niveaux(self, _erreur: yaml.YAMLError, rang: int) -> Iterator[Iterator[str]]:
        yield espaces(self.lignes[rang], self.lignes[:rang], self.lignes[rang + 1 :], NIVEAU)

    def _fermees(self, erreur: yaml.YAMLError, rang: int) -> Iterator[Iterator[str]]:
        """Yield a text that was not closed, closed: what it took in is then read, slips and all."""
        if _ouvre(self.lignes[rang]):
            for ecrites in self._facons(erreur, rang):
                yield (ecrire for ecrire in ecrites if not _ouvre(ecrire))

    def _deux_fautes(self, erreur: yaml.YAMLError, rang: int) -> Iterator[Iterator[str]]:
        """Yield each way to write a line, written once more: two slips may stand in one line."""
        autour = self.lignes[:rang], self.lignes[rang + 1 :]
        unes = dict.fromkeys(f for ecrites in self._facons(erreur, rang) for f in ecrites)
        deux = (f for une in unes for ecrites in facons(une, *autour) for f in ecrites)
        yield islice(dict.fromkeys(deux), DEUX_FAUTES_AU_PLUS)

    def _neutres(self, erreur: yaml.YAMLError, rang: int) -> Iterator[Iterator[str]]:
        """Yield the line without its words; two that touch are one slip, and it is further up."""
        if "unhashable" in dit(erreur) or self._laissees & {rang - 2, rang - 1, rang, rang + 1}:
            return
        yield neutres(self.lignes[rang], self.lignes[:rang], self.lignes[rang + 1 :])

    def _fermee(self, erreur: yaml.YAMLError, rang: int) -> Iterator[str]:
        """Yield the last line of what was opened higher up, with what closes it."""
        debut = _ouverture(erreur)
        if debut is None:
            return
        # What is opened inside of a line that is open already belongs to it.
        while debut and self.lignes[debut - 1].rstrip().endswith((",", "{", "[")):
            debut -= 1
        manque = fermetures("\n".join(self.lignes[debut : rang + 1])) if debut < rang else ""
        corps, remarque = sans_remarque(self.lignes[rang])
        if manque:
            yield f"{corps.rstrip().removesuffix(',')}{manque}{remarque}"

    def _fin_de_l_ouverture(self, erreur: yaml.YAMLError) -> int | None:
        """Return the last line that is further in than the one where a brace was opened."""
        debut = _ouverture(erreur)
        if debut is None:
            return None
        marge, fin = len(_devant(self.lignes[debut])), debut
        for rang, ligne in enumerate(self.lignes[debut + 1 :], debut + 1):
            if ligne.strip() and len(_devant(ligne)) <= marge:
                break
            fin = rang if ligne.strip() else fin
        return fin

    def _suspectes(self, erreur: yaml.YAMLError, rang: int) -> list[int]:
        """Return the lines that may hold the slip: YAML often sees it further down."""
        debut = getattr(erreur, "context_mark", None)
        # Two that are not closed make one text for YAML, from the first to the second.
        guillemets = [r for r, ligne in enumerate(self.lignes[: rang + 1]) if _ouvre(ligne)][
            :-3:-1
        ]
        avant = next((r for r in range(rang - 1, -1, -1) if self.lignes[r].strip()), None)
        toutes = [*guillemets, rang, debut.line if debut is not None else None, avant]
        if (fin := self._fin_de_l_ouverture(erreur)) is not None:
            toutes.insert(0, fin)
        suspectes = [r for r in dict.fromkeys(toutes) if r is not None and r < len(self.lignes)]
        return sorted(suspectes, key=self._surete)

    def _surete(self, rang: int) -> tuple[bool, bool, bool]:
        """Return how sure a slip is: a dash stuck to its word, a forgotten colon, an odd margin."""
        ligne = self.lignes[rang]
        return (
            TIRET_COLLE.match(ligne) is None,
            not sans_deux_points(ligne),
            not self._a_part(rang),
        )

    def _a_part(self, rang: int) -> bool:
        """Return whether a line is alone in the file with its margin."""
        marge = _devant(self.lignes[rang])
        return sum(_devant(ligne) == marge for ligne in self.lignes if ligne.strip()) == 1


def dit(erreur: yaml.YAMLError) -> str:
    """Return what YAML says of a fault, without the words of the author that it quotes."""
    return f"{getattr(erreur, 'context', None) or ''} {getattr(erreur, 'problem', None) or ''}"


def est_defendue(erreur: yaml.YAMLError) -> bool:
    """Return whether YAML has a meaning for it that a questionnaire does not allow."""
    return any(signe in dit(erreur) for signe in ("alias", "anchor", "constructor", "a tag"))


def est_un_second_document(erreur: yaml.YAMLError) -> bool:
    """Return whether a line of dashes begins another document."""
    return "a single document" in dit(erreur)


def _ouverture(erreur: yaml.YAMLError) -> int | None:
    """Return the line of the brace or bracket inside which YAML got lost."""
    debut = getattr(erreur, "context_mark", None)
    return debut.line if debut is not None and "flow" in dit(erreur) else None


def _position(erreur: yaml.YAMLError) -> tuple[int, int] | None:
    marque = getattr(erreur, "problem_mark", None)
    return None if marque is None else (marque.line, marque.column)


def jusqu_ou(erreur: yaml.YAMLError | None) -> tuple[float, float]:
    """Return how far a text could be read."""
    return (float("inf"), 0) if erreur is None else _position(erreur) or (0, 0)


def _plus_loin(suite: yaml.YAMLError, erreur: yaml.YAMLError, rang: int) -> bool:
    """Return whether the next fault is another one, further down: the line that was mended is right.

    A quotation mark that is not closed takes in all that follows: any fault below its line is further.
    """
    ici, la = _position(erreur), _position(suite)
    if ici is None or la is None or la[0] <= rang:
        return False
    debut, ensuite = (getattr(e, "context_mark", None) for e in (erreur, suite))
    a_ce_rang = debut is not None and debut.line == rang
    sans_fin = "end of stream" in dit(erreur) and a_ce_rang
    # Two colons forgotten in a row are one fault for YAML, seen at the same place below them.
    moins = "a simple key" in dit(suite) and a_ce_rang and ensuite and ensuite.line > rang
    return la > ici or (sans_fin and la != ici) or (bool(moins) and la == ici)


def _plus_bas(suite: yaml.YAMLError, _erreur: yaml.YAMLError, rang: int) -> bool:
    """Return whether the line itself is right: what comes below was taken in by its text."""
    la = _position(suite)
    return la is not None and la[0] > rang


def _ouvre(ligne: str) -> bool:
    """Return whether a quotation mark is opened there and not closed."""
    return len(re.findall(r'(?<!\\)"', ligne)) % 2 == 1 or _APOSTROPHE.search(ligne) is not None


def _devant(ligne: str) -> str:
    return ligne[: len(ligne) - len(ligne.lstrip())]
