"""Helpers shared by all models: the classification of fields and paired moments."""

from enum import StrEnum


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
