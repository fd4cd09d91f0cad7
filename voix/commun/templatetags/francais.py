"""Template filters for dates as people say them."""

from datetime import date, datetime

from django import template

from voix.commun.francais import jour_en_mots, moment_en_mots

register = template.Library()


@register.filter
def jour(valeur: date | None) -> str:
    return jour_en_mots(valeur) if valeur else ""


@register.filter
def moment(valeur: datetime | None) -> str:
    return moment_en_mots(valeur) if valeur else ""
