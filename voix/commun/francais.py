"""Dates as people say them: French writes « 1er », Ukrainian has a month of its own inside a date."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language


def jour_en_mots(jour: date) -> str:
    """Return a day in the active language: « 1er septembre 2026 »."""
    if (get_language() or "fr") != "fr":
        return date_format(jour, "j E Y")
    en_mots = date_format(jour, "j F Y")
    return en_mots.replace("1 ", "1er ", 1) if jour.day == 1 else en_mots
