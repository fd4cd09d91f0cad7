"""The bundled indicators: the 13 of Tableau 1 and the 17 of involvement, as data."""

from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from .indicateur import Forme, Indicateur, Intervalle, MiseEnCommun, Sens, Suivi

FICHIERS: Final = ("tableau1.yaml", "implication.yaml")
_CODES: Final = {
    "forme": Forme,
    "sens": Sens,
    "mise_en_commun": MiseEnCommun,
    "intervalle": Intervalle,
    "suivi": Suivi,
}


@cache
def catalogue() -> tuple[Indicateur, ...]:
    """Return the bundled indicators, those of Tableau 1 first."""
    dossier = Path(__file__).parent
    return tuple(
        indicateur(donnees)
        for nom in FICHIERS
        for donnees in yaml.safe_load((dossier / nom).read_text("utf-8"))
    )


def indicateur(donnees: dict[str, Any]) -> Indicateur:
    """Return the indicator that plain data describe.

    Errors: ``IndicateurInvalide``, ``ErreurFormule``; ``TypeError`` on a key that does not exist.
    """
    lus: dict[str, Any] = {
        cle: _CODES[cle](v) if cle in _CODES else v for cle, v in donnees.items()
    }
    lus["details"] = tuple(dict(donnees.get("details", {})).items())
    return Indicateur(**lus)
