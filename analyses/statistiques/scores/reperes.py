"""Module ALIM: which public benchmarks of food (PNNS, HCSP) one person's answers reach.

The benchmarks are facts; the questions are Voix's own. What is told is « repères atteints sur
repères évaluables », never a PNNS-GS2 score, which needs grams and energy. A benchmark is not
evaluated when an answer is missing, or when « 4 ou plus » leaves it open.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

Codes = Mapping[str, object]
"""One person's answers to ALIM: code of question, then code of answer as stored."""

_FOIS_PLUS: Final = 4
"""The highest answer of FOIS is « 4 ou plus »."""
_VERRES: Final = MappingProxyType(
    {"aucun": True, "moins_un": True, "un": True, "deux": False, "trois_plus": False}
)
_PORTION_DE_CHARCUTERIE: Final = 50
_CHARCUTERIE_MAX: Final = 150
"""Grams a day with charcuterie (one portion), and a week at most."""


@dataclass(frozen=True, slots=True)
class ReperesAtteints:
    """What was reached, benchmark by benchmark."""

    reperes: Mapping[str, bool | None]
    """``None``: not to be evaluated for this person."""

    @property
    def evaluables(self) -> int:
        """Return how many could be evaluated."""
        return sum(atteint is not None for atteint in self.reperes.values())

    @property
    def atteints(self) -> int:
        """Return how many are reached."""
        return sum(atteint is True for atteint in self.reperes.values())


def reperes(reponses: Codes) -> ReperesAtteints:
    """Return the eight benchmarks of ALIM for one person (domaine §2.1 and §2.2)."""
    return ReperesAtteints(
        MappingProxyType({nom: regle(reponses) for nom, regle in _REGLES.items()})
    )


def _entier(reponses: Codes, code: str, maximum: int) -> int | None:
    valeur = reponses.get(code)
    if not isinstance(valeur, str) or len(valeur) != 1 or valeur not in "01234567":
        return None
    return int(valeur) if int(valeur) <= maximum else None


def _fois(reponses: Codes, code: str) -> int | None:
    return _entier(reponses, code, _FOIS_PLUS)


def _jours(reponses: Codes, code: str) -> int | None:
    return _entier(reponses, code, 7)


def _au_moins(nombre: int | None, seuil: int) -> bool | None:
    return None if nombre is None else nombre >= seuil


def _fruits_et_legumes(reponses: Codes) -> bool | None:
    """Five a day, fruit (a1) and vegetables (a2)."""
    fruits, legumes = _fois(reponses, "a1"), _fois(reponses, "a2")
    if fruits is None or legumes is None:
        return None
    if fruits + legumes >= 5:  # noqa: PLR2004  (the benchmark itself)
        return True
    return None if _FOIS_PLUS in (fruits, legumes) else False


def _poisson(reponses: Codes) -> bool | None:
    """Two days a week (a5), one of them with oily fish (a6, asked only from one day on)."""
    jours, gras = _jours(reponses, "a5"), _jours(reponses, "a6")
    if jours is None or jours < 2:  # noqa: PLR2004  (the benchmark itself)
        return _au_moins(jours, 2)
    return _au_moins(gras, 1)


def _charcuterie(reponses: Codes) -> bool | None:
    """At most 150 g a week, a portion of 50 g each day with some (a7)."""
    jours = _jours(reponses, "a7")
    return None if jours is None else jours * _PORTION_DE_CHARCUTERIE <= _CHARCUTERIE_MAX


def _boissons_sucrees(reponses: Codes) -> bool | None:
    """At most one glass a day (a8)."""
    return _VERRES.get(str(reponses.get("a8")))


_REGLES: Final[Mapping[str, Callable[[Codes], bool | None]]] = MappingProxyType(
    {
        "fruits_et_legumes": _fruits_et_legumes,
        "legumes_secs": lambda r: _au_moins(_jours(r, "a3"), 2),
        "cereales_completes": lambda r: _au_moins(_jours(r, "a4"), 7),
        "poisson": _poisson,
        "charcuterie": _charcuterie,
        "boissons_sucrees": _boissons_sucrees,
        "laitages": lambda r: _au_moins(_fois(r, "a9"), 2),
        "fruits_a_coque": lambda r: _au_moins(_jours(r, "a10"), 7),
    }
)
