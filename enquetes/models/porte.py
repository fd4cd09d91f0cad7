"""What is behind the address of a respondent's page, in one statement.

Every page of every person asks the same thing. Measured: Django spent 2 ms making the text of
this query again, more than the rest of the page together. The text is made once a process here,
from the models' own fields, and the rows become the same model instances.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any, Final, TypeVar
from uuid import UUID

from django.db import models
from django.db.models.base import ModelState

from . import prepare
from .collecte import Acces, Collecte
from .passation import Passation
from .questionnaire import VersionQuestionnaire

M = TypeVar("M", bound=models.Model)

_LUS: Final = (
    (Acces, "a", ()),
    (Collecte, "c", ("creee_le", "creee_par", "close_le", "close_par")),
    (
        VersionQuestionnaire,
        "v",
        ("definition", "publiee_le", "publiee_par", "retiree_par", "raison_retrait"),
    ),
    (Passation, "p", ()),
)
"""Models, their alias, and the fields that no page of a respondent shows."""

_DEPUIS: Final = (
    "{a} a INNER JOIN {c} c ON c.id = a.collecte_id INNER JOIN {v} v ON v.id = c.version_id "
    "LEFT JOIN {p} p ON p.acces_id = a.id AND p.id = %s WHERE a.jeton = %s"
)


def _champs(modele: type[models.Model], sauf: Sequence[str]) -> list[models.Field[Any, Any]]:
    return [champ for champ in modele._meta.concrete_fields if champ.name not in sauf]


@cache
def _requete() -> str:
    colonnes = ", ".join(
        f'{alias}."{champ.column}"'
        for modele, alias, sauf in _LUS
        for champ in _champs(modele, sauf)
    )
    tables = {alias: f'"{modele._meta.db_table}"' for modele, alias, _ in _LUS}
    return f"SELECT {colonnes} FROM {_DEPUIS.format(**tables)}"  # noqa: S608  (names of our models)


@cache
def _lecture(_vendeur: str) -> list[tuple[int, list[Callable[..., Any]]]]:
    """Return how the columns that this database does not give ready are read."""
    connection = prepare.connexion()
    champs = [champ for modele, _, sauf in _LUS for champ in _champs(modele, sauf)]
    lectures = []
    for rang, champ in enumerate(champs):
        colonne = champ.get_col(champ.model._meta.db_table)
        conversions = [
            *connection.ops.get_db_converters(colonne),
            *colonne.get_db_converters(connection),
        ]
        if conversions:
            lectures.append((rang, conversions))
    return lectures


def _instance(modele: type[M], sauf: tuple[str, ...], valeurs: Iterator[Any], base: str) -> M:
    """Return what ``from_db`` returns; it sets each attribute through a descriptor, at 0.4 µs each."""
    instance = modele.__new__(modele)
    instance._state = ModelState()
    instance._state.adding, instance._state.db = False, base
    # A field left out has no attribute: reading it asks the database, as everywhere in Django.
    instance.__dict__.update(zip(_champs_de(modele, sauf), valeurs, strict=False))
    return instance


@cache
def _champs_de(modele: type[models.Model], sauf: tuple[str, ...]) -> list[str]:
    return [str(champ.attname) for champ in _champs(modele, sauf)]


def derriere(jeton: str, identifiant: UUID | None) -> tuple[Acces, Passation | None] | None:
    """Return the link of that token and, on it, the passation of that identifier, if they exist."""
    connection = prepare.connexion()
    cle = Passation._meta.pk.get_db_prep_value(identifiant, connection)
    with prepare.curseur() as curseur:
        curseur.execute(_requete(), [cle, jeton])
        ligne = curseur.fetchone()
    if ligne is None:
        return None
    lue = list(ligne)
    for rang, conversions in _lecture(connection.vendor):
        for convertir in conversions:
            lue[rang] = convertir(lue[rang], None, connection)
    valeurs = iter(lue)
    acces, collecte, version, passation = (
        _instance(modele, sauf, valeurs, connection.alias) for modele, _, sauf in _LUS
    )
    return _relier(acces, collecte, version, passation)


def _relier(
    acces: Any, collecte: Any, version: Any, passation: Any
) -> tuple[Acces, Passation | None]:
    collecte.version = version
    acces.collecte = collecte
    if passation.pk is None:
        return acces, None
    passation.acces, passation.collecte = acces, collecte
    if passation.version_id == version.pk:
        passation.version = version
    return acces, passation
