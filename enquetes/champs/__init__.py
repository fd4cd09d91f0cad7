"""The registry of question types: one module a type, found here, never listed by hand.

A module of this package that holds a ``CHAMP`` adds a type. Nothing else has to change.
"""

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType
from typing import Final

from enquetes.parcours.definition import Nature

from .base import Champ


def _trouver() -> dict[str, Champ]:
    modules = (import_module(f"{__name__}.{info.name}") for info in iter_modules(__path__))
    champs = [module.CHAMP for module in modules if hasattr(module, "CHAMP")]
    return {champ.nature.type: champ for champ in champs}


_CHAMPS: Final = MappingProxyType(_trouver())

NATURES: Final[Mapping[str, Nature]] = MappingProxyType(
    {type_: champ.nature for type_, champ in _CHAMPS.items()}
)
"""What ``enquetes.parcours.verification`` must know of each type."""


def champ(type_: str) -> Champ:
    """Return the question type of that name; raise ``KeyError`` when there is none."""
    return _CHAMPS[type_]


def types() -> list[str]:
    """Return the names of the types, in alphabetical order."""
    return sorted(_CHAMPS)


__all__ = ["NATURES", "Champ", "champ", "types"]
