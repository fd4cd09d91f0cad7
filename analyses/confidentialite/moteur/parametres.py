"""The parameters of confidentialité §4.1, one set for each profile of a question."""

from dataclasses import dataclass
from typing import Final

PETIT_GROUPE: Final = 30
"""Below it (§4.3, §4.5): classes of a scale, half points, mean or distribution but not both."""


@dataclass(frozen=True, slots=True)
class Parametres:
    """How small is too small. All are counts of persons."""

    profil: str
    n_min: int
    """Fewest respondents of a group before any answer is told."""
    m: int
    """No count of 0 to m-1 may be known, on either side of a group."""
    w: int
    """Least width of the interval left around a protected count."""
    c: int
    """How many insiders may pool what they know."""

    def __post_init__(self) -> None:
        # A band is m-1 wide: it must be wide enough, and hide more than the insiders know.
        if not (1 <= self.c < self.m and 1 <= self.w <= self.m - 1 and 2 * self.m <= self.n_min):
            raise ValueError(f"{self.profil}: inconsistent parameters")


SENSIBLE: Final = Parametres("SENSIBLE", n_min=11, m=5, w=4, c=2)
ORDINAIRE: Final = Parametres("ORDINAIRE", n_min=8, m=3, w=2, c=1)
PROFILS: Final = {p.profil: p for p in (SENSIBLE, ORDINAIRE)}


def releves(base: Parametres, *, n_min: int = 0, m: int = 0, w: int = 0, c: int = 0) -> Parametres:
    """Return ``base`` with values raised for a project; a value below those of ``base`` is refused.

    Errors: ``ValueError`` when a value is lowered or the whole no longer holds together.
    """
    demandes = {"n_min": n_min, "m": m, "w": w, "c": c}
    for nom, valeur in demandes.items():
        if valeur and valeur < getattr(base, nom):
            raise ValueError(f"{nom}={valeur} lowers {base.profil}")
    valeurs = {nom: valeur or getattr(base, nom) for nom, valeur in demandes.items()}
    return Parametres(base.profil, **valeurs)
