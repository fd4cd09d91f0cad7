"""Helpers shared by all models: the classification of fields and paired moments."""

from enum import StrEnum
from typing import Any

from django.conf import settings
from django.db import models


class Nature(StrEnum):
    """What a stored field says of a person, and so what becomes of it.

    Every model carries ``classification: dict[field name, Nature]``; a test refuses a field
    that is not in it.
    """

    IDENTIFIANT = "identifiant"
    """Names a person or leads to one (e-mail, code, token): erased with the person."""
    SENSIBLE = "sensible"
    """Says something of a person who cannot be named (answers): erased on request."""
    CONSERVE = "conserve"
    """Says nothing of a person (a questionnaire's text, a territoire): kept."""
    TECHNIQUE = "technique"
    """Needed to run (keys, states, dates of the organisation): kept as long as its row."""


def auteur(libelle: str, related_name: str = "+") -> "models.ForeignKey[Any, Any]":
    """Return the account that did something; nobody once the account is gone, what it did stays."""
    return _un_compte(libelle, related_name, models.SET_NULL)


def auteur_fige(libelle: str) -> "models.ForeignKey[Any, Any]":
    """Return the account that did something, on a row that nothing may change: its number stays."""
    return _un_compte(libelle, "+", models.DO_NOTHING, db_constraint=False)


def _un_compte(
    libelle: str, related_name: str, depart: Any, **options: Any
) -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        depart,
        null=True,
        blank=True,
        related_name=related_name,
        verbose_name=libelle,
        **options,
    )
