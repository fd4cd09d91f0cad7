"""The dates of a follow-up as a calendar file (RFC 5545), for whoever wants it on their own phone."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from enquetes.models import Cohorte, Vague
from voix.commun.francais import jour_en_mots

LIGNE_MAX: Final = 73
"""Octets of a line before it is folded (RFC 5545 §3.1: 75 with the fold)."""


def _texte(texte: str) -> str:
    for signe in "\\;,":
        texte = texte.replace(signe, f"\\{signe}")
    return texte.replace("\n", "\\n")


def _plier(ligne: str) -> str:
    """Fold a line on whole characters: an accent is never cut in two."""
    morceaux, courant = [], ""
    for signe in ligne:
        if len((courant + signe).encode()) > LIGNE_MAX:
            morceaux.append(courant)
            courant = ""
        courant += signe
    return "\r\n ".join([*morceaux, courant])


def _jusqu_au(vague: Vague) -> str:
    jour = jour_en_mots(vague.collecte.ferme_le)
    return _("Jusqu’au %(jour)s. Gardez votre carte.") % {"jour": jour}


def calendrier(cohorte: Cohorte, vagues: Iterable[Vague]) -> str:
    """Return one event a wave, on its day, with a reminder two days before, in the language of the page.

    Nothing names a family, a card, or who asks: others may look at the calendar of a telephone.
    """
    sujet = _("Répondre avec ma carte")
    maintenant = timezone.now().strftime("%Y%m%dT000000Z")
    lignes = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Voix//Suivi//FR", "CALSCALE:GREGORIAN"]
    for vague in vagues:
        fin = vague.cible + timedelta(days=1)
        lignes += [
            "BEGIN:VEVENT",
            f"UID:{cohorte.cle.hex[:12]}-{vague.rang}@voix",
            f"DTSTAMP:{maintenant}",
            f"DTSTART;VALUE=DATE:{vague.cible:%Y%m%d}",
            f"DTEND;VALUE=DATE:{fin:%Y%m%d}",
            f"SUMMARY:{_texte(sujet)}",
            f"DESCRIPTION:{_texte(_jusqu_au(vague))}",
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            f"DESCRIPTION:{_texte(sujet)}",
            "TRIGGER:-P2D",
            "END:VALARM",
            "END:VEVENT",
        ]
    return "\r\n".join([*map(_plier, lignes), "END:VCALENDAR", ""])
