"""What is typed for one question of a sheet: the number of a box, several, a text, or a sign."""

import re
from dataclasses import dataclass, field
from typing import Final

from django.core.exceptions import ValidationError
from django.http import QueryDict

from enquetes.champs import NATURES, champ
from enquetes.champs.base import SUFFIXE_REFUS
from enquetes.parcours.definition import REFUS, SUFFIXE_PRECISION, Question, Valeur

from .numeros import cases

VIDE: Final = "-"
ILLISIBLE: Final = "?"
AUCUNE: Final = "0"
REFUS_TAPE: Final = "r"
"""Typed for the box « R » beside a written answer."""


class FrappeFausse(Exception):  # noqa: N818  (French names carry no English suffix)
    """What was typed is not on the sheet; the message says what to type."""


@dataclass(frozen=True, slots=True)
class Lue:
    """What one question holds; ``illisible`` is another thing than blank."""

    valeurs: dict[str, Valeur] = field(default_factory=dict)
    illisible: bool = False


def lire_frappe(question: Question, frappe: str, precision: str = "") -> Lue:
    """Return what was typed as stored answers. Errors: ``FrappeFausse``."""
    frappe = frappe.strip()
    if frappe == ILLISIBLE:
        return Lue(illisible=True)
    if frappe in {"", VIDE}:
        return Lue()
    donnees = QueryDict(mutable=True)
    if champ(question.type).modalites(question):
        donnees.setlist(question.code, _codes(question, frappe))
        donnees[question.code + SUFFIXE_PRECISION] = precision
    elif frappe.lower() == REFUS_TAPE:
        donnees[question.code + SUFFIXE_REFUS] = "on"
    else:
        donnees[question.code] = frappe
    return Lue(_lire(question, donnees))


def _codes(question: Question, frappe: str) -> list[str]:
    numerotees = cases(question)
    multiple = NATURES[question.type].multiple
    if multiple and frappe == AUCUNE and AUCUNE not in numerotees:
        return []
    large = max(len(numero) for numero in numerotees) > 1
    morceaux = re.findall(r"\d+" if large else r"\d", frappe) if multiple else [frappe]
    reste = re.sub(r"[\d\s,;.]", "", frappe) if multiple else ""
    if reste or any(un not in numerotees for un in morceaux) or not morceaux:
        raise FrappeFausse(
            f"Tapez un numéro de case, de {next(iter(numerotees))} à {list(numerotees)[-1]}. "
            "Case vide\u00a0: «\u00a0-\u00a0». Illisible\u00a0: «\u00a0?\u00a0»."
        )
    return [numerotees[un].code for un in dict.fromkeys(morceaux)]


def _lire(question: Question, donnees: QueryDict) -> dict[str, Valeur]:
    type_ = champ(question.type)
    propres = {}
    for nom, saisi in type_.formulaire(question, "fr").items():
        try:
            propres[nom] = saisi.clean(saisi.widget.value_from_datadict(donnees, {}, nom))
        except ValidationError as erreur:
            raise FrappeFausse(" ".join(erreur.messages)) from None
    return type_.lire(question, propres)


def retaper(question: Question, valeur: Valeur | None) -> str:
    """Return what would be typed for a stored answer: what a discrepancy shows."""
    if valeur is None:
        return VIDE
    if not champ(question.type).modalites(question):
        return REFUS_TAPE.upper() if valeur == REFUS else str(valeur)
    codes = valeur if isinstance(valeur, list) else [valeur]
    return " ".join(numero for numero, un in cases(question).items() if un.code in codes)
