"""A line of YAML that cannot be read, written as its author meant it: the rest can then be checked.

Only slips that leave no doubt are mended: a text that needs quotation marks, a quotation mark or a
bracket that is not closed, a space missing after a colon, a tabulation, one space too many. Nothing
that was mended is ever published: it is shown, and what is right elsewhere is not asked again.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import yaml

from .corrections import corrections, sans_tabulation

ESSAIS_AU_PLUS: Final = 120
"""Readings of a whole file, for all its slips."""
POIDS_AU_PLUS: Final = 2_000_000
"""Signs read again, for all its slips: a long file is tried less often."""

Lire = Callable[[str], yaml.YAMLError | None]
"""Says what is wrong with a text, or nothing."""

PLUTOT_TABULEES: Final = 10
"""Lines with a tabulation beyond which they are the file's way of indenting: two spaces each."""


@dataclass(frozen=True, slots=True)
class Reparation:
    """A line, from 1, and how to write it."""

    ligne: int
    ecrire: str


class Reparateur:
    """Mends a text, slip after slip, until it can be read or nothing more is sure."""

    def __init__(self, texte: str, lire: Lire) -> None:
        self.lignes, self._lire = texte.split("\n"), lire
        self._tabule = sum("\t" in ligne for ligne in self.lignes) > PLUTOT_TABULEES
        self._essais = min(ESSAIS_AU_PLUS, POIDS_AU_PLUS // (len(texte) + 1))

    @property
    def texte(self) -> str:
        """Return the text as it is mended so far."""
        return "\n".join(self.lignes)

    def reparer(self, erreur: yaml.YAMLError) -> tuple[Reparation, yaml.YAMLError | None] | None:
        """Mend the slip of ``erreur``; return it with the next one, or nothing when it is not sure."""
        ici = _position(erreur)
        if ici is None:
            return None
        for rang in self._suspectes(erreur, ici[0]):
            # Of several readings of a line, the one that lets the most be read after it.
            mieux = max(self._essayer(erreur, rang), key=lambda lue: _ou(lue[1]), default=None)
            if mieux is not None:
                ecrire, suite = mieux
                self.lignes[rang] = ecrire
                return Reparation(rang + 1, ecrire), suite
        return None

    def _essayer(
        self, erreur: yaml.YAMLError, rang: int
    ) -> Iterator[tuple[str, yaml.YAMLError | None]]:
        """Yield the ways to write a line that let more be read; one is enough, but for tabulations."""
        avant = self.lignes[rang]
        dessus, dessous = self.lignes[:rang], self.lignes[rang + 1 :]
        tabulee = "\t" in avant
        for ecrire in (
            sans_tabulation(avant, dessus, dessous) if tabulee else corrections(avant, dessus)
        ):
            if self._essais <= 0:
                return
            self._essais -= 1
            self.lignes[rang] = ecrire
            suite = self._lire(self.texte)
            self.lignes[rang] = avant
            if suite is None or _plus_loin(suite, erreur, rang):
                yield ecrire, suite
                if suite is None or self._tabule or not tabulee:
                    return

    def _suspectes(self, erreur: yaml.YAMLError, rang: int) -> list[int]:
        """Return the lines that may hold the slip: YAML often sees it further down."""
        debut = getattr(erreur, "context_mark", None)
        guillemet = next(
            (r for r in range(min(rang, len(self.lignes) - 1), -1, -1) if _ouvre(self.lignes[r])),
            None,
        )
        avant = next((r for r in range(rang - 1, -1, -1) if self.lignes[r].strip()), None)
        suspectes = [guillemet, rang, debut.line if debut is not None else None, avant]
        return [r for r in dict.fromkeys(suspectes) if r is not None and r < len(self.lignes)]


def _position(erreur: yaml.YAMLError) -> tuple[int, int] | None:
    marque = getattr(erreur, "problem_mark", None)
    return None if marque is None else (marque.line, marque.column)


def _ou(erreur: yaml.YAMLError | None) -> tuple[float, float]:
    """Return how far a text could be read."""
    return (float("inf"), 0) if erreur is None else _position(erreur) or (0, 0)


def _plus_loin(suite: yaml.YAMLError, erreur: yaml.YAMLError, rang: int) -> bool:
    """Return whether the next fault is another one, further down: the line that was mended is right.

    A quotation mark that is not closed takes in all that follows: any fault below its line is further.
    """
    ici, la = _position(erreur), _position(suite)
    if ici is None or la is None or la[0] <= rang:
        return False
    debut = getattr(erreur, "context_mark", None)
    sans_fin = "end of stream" in str(erreur) and debut is not None and debut.line == rang
    return la > ici or (sans_fin and la != ici)


def _ouvre(ligne: str) -> bool:
    """Return whether a straight quotation mark is opened there and not closed."""
    return len(re.findall(r'(?<!\\)"', ligne)) % 2 == 1
