"""The thresholds of confidentialité §4.1, frozen and passed as an argument."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Seuils:
    """How small is too small. All are counts of persons."""

    n_min: int
    """Fewest respondents of a group that is shown; in this issue also of a cell."""
    m: int
    """No count of 0 to m-1 on either side of a group may be known."""
    w: int
    """Least width of the interval left around a protected count."""
    c: int
    """How many insiders may pool what they know."""

    @property
    def protege(self) -> bool:
        """Return whether there is anything to protect."""
        return self.n_min > 0


SENSIBLE: Final = Seuils(n_min=11, m=5, w=4, c=2)
ORDINAIRE: Final = Seuils(n_min=8, m=3, w=2, c=1)
OUVERT: Final = Seuils(n_min=0, m=0, w=0, c=0)
"""Respondents are organisations or territoires, declared so when the collecte was opened."""


def seuils_de(*, personnes: bool, profils: tuple[str, ...]) -> Seuils:
    """Return the strictest thresholds among the profiles involved (collecte and questions).

    One « sensible » is enough: a question is never less protected than it asks for.
    """
    if not personnes:
        return OUVERT
    return ORDINAIRE if profils and all(p == "ordinaire" for p in profils) else SENSIBLE


def plus_strict(a: Seuils, b: Seuils) -> Seuils:
    """Return the stricter of two sets of thresholds."""
    return a if a.n_min >= b.n_min else b
