"""Dates and plurals as French says them; a builtin, so that « pluralize » is the French one."""

from datetime import date, datetime
from typing import Any, Final

from django import template
from django.template.defaultfilters import pluralize as pluralize_anglais

from voix.commun.francais import jour_en_mots, moment_en_mots
from voix.commun.francais import sens_visible as rendre_visible

register = template.Library()
DEUX: Final = 2


@register.filter(expects_localtime=True)
def jour(valeur: date | None) -> str:
    return jour_en_mots(valeur) if valeur else ""


@register.filter(is_safe=False)
def pluralize(valeur: Any, formes: str = "s") -> str:
    """Return the ending of a plural as French has it: nothing below two, zero included."""
    nombre = len(valeur) if hasattr(valeur, "__len__") and not isinstance(valeur, str) else valeur
    try:
        return str(pluralize_anglais(1 if abs(float(nombre)) < DEUX else DEUX, formes))
    except (TypeError, ValueError):
        return ""


@register.filter
def sens_visible(texte: str) -> str:
    return rendre_visible(texte)


@register.filter
def moment(valeur: datetime | None) -> str:
    return moment_en_mots(valeur) if valeur else ""
