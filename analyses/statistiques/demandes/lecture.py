"""Reading a request: every value is what it should be, or the request is refused by its name.

A request comes from someone else's tool. ``true`` is not 1, ``"3"`` is not 3, NaN is nothing: a
figure computed on a misread value would be a wrong figure.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from analyses.statistiques.proportions import verifier_confiance
from analyses.statistiques.refus import CalculImpossible

EFFECTIF_MAX: Final = 10**9
VALEUR_MAX: Final = 10**15
LISTE_MAX: Final = 5000
"""More people than any cohort; a longer list would only wear the machine out."""

TABLEAU_MAX: Final = 50_000
"""As many people and ten waves."""

CONFIANCE: Final = 0.95
_ABSENT: Final = object()


@dataclass(frozen=True, slots=True)
class Demande:
    """One request. Every method reads one of its values or raises ``CalculImpossible``."""

    contenu: Mapping[str, Any]

    def _valeur(self, nom: str) -> Any:
        valeur = self.contenu.get(nom, _ABSENT)
        if valeur is _ABSENT:
            raise CalculImpossible(f"Il manque «\u00a0{nom}\u00a0».")
        return valeur

    def a(self, nom: str) -> bool:
        """Return whether the request gives that value."""
        return nom in self.contenu

    def mot(self, nom: str) -> str:
        """Return a word."""
        valeur = self._valeur(nom)
        if not isinstance(valeur, str):
            raise CalculImpossible(f"«\u00a0{nom}\u00a0» doit être un mot.")
        return valeur

    def nombre(self, nom: str) -> int | float:
        """Return a finite number."""
        return _nombre(self._valeur(nom), nom)

    def effectif(self, nom: str) -> int:
        """Return a whole number of people."""
        entier = _entier(self._valeur(nom), nom)
        if not 0 <= entier <= EFFECTIF_MAX:
            raise CalculImpossible(
                f"«\u00a0{nom}\u00a0» doit être compris entre 0 et un milliard."
            )
        return entier

    def confiance(self) -> float:
        """Return the confidence level, 0.95 if the request does not choose one."""
        niveau = float(self.nombre("confiance")) if self.a("confiance") else CONFIANCE
        verifier_confiance(niveau)
        return niveau

    def nombres(self, nom: str) -> list[int | float]:
        """Return a list of finite numbers."""
        return [_nombre(valeur, nom) for valeur in _liste(self._valeur(nom), nom)]

    def nombres_ou_rien(self, nom: str) -> list[int | float | None]:
        """Return a list of finite numbers, ``None`` where there is none."""
        return [
            None if valeur is None else _nombre(valeur, nom)
            for valeur in _liste(self._valeur(nom), nom)
        ]

    def entiers_ou_rien(self, nom: str) -> list[int | None]:
        """Return a list of whole numbers, ``None`` where there is none."""
        return [
            None if valeur is None else _entier(valeur, nom)
            for valeur in _liste(self._valeur(nom), nom)
        ]

    def lignes(self, nom: str) -> list[list[int | float]]:
        """Return a list of lists of finite numbers."""
        lignes = [_liste(ligne, nom) for ligne in _liste(self._valeur(nom), nom)]
        if sum(map(len, lignes)) > TABLEAU_MAX:
            raise CalculImpossible(f"«\u00a0{nom}\u00a0» dépasse {TABLEAU_MAX} valeurs en tout.")
        return [[_nombre(valeur, nom) for valeur in ligne] for ligne in lignes]

    def lignes_d_entiers(self, nom: str) -> list[list[int]]:
        """Return a list of lists of whole numbers."""
        return [[_entier(valeur, nom) for valeur in ligne] for ligne in self.lignes(nom)]


def _liste(valeur: Any, nom: str) -> list[Any]:
    if not isinstance(valeur, list):
        raise CalculImpossible(f"«\u00a0{nom}\u00a0» doit être une liste.")
    if len(valeur) > LISTE_MAX:
        raise CalculImpossible(f"«\u00a0{nom}\u00a0» dépasse {LISTE_MAX} valeurs.")
    return valeur


def _nombre(valeur: Any, nom: str) -> int | float:
    if isinstance(valeur, bool) or not isinstance(valeur, int | float):
        raise CalculImpossible(f"«\u00a0{nom}\u00a0» doit être fait de nombres.")
    if isinstance(valeur, float) and not math.isfinite(valeur):
        raise CalculImpossible(f"«\u00a0{nom}\u00a0» contient une valeur qui n’est pas un nombre.")
    if abs(valeur) > VALEUR_MAX:
        raise CalculImpossible(f"«\u00a0{nom}\u00a0» contient une valeur trop grande.")
    return valeur


def _entier(valeur: Any, nom: str) -> int:
    nombre = _nombre(valeur, nom)
    if nombre != int(nombre):
        raise CalculImpossible(f"«\u00a0{nom}\u00a0» doit être fait de nombres entiers.")
    return int(nombre)
