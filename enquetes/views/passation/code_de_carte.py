"""What a person typed as the code of a card: read once, the same way on every page that asks it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest

from enquetes.models import Carte
from enquetes.parcours import code_effacement as codes
from enquetes.views.reseau import compter, deja_compte, prendre_le_tour
from voix.commun.reseau import reseau

FAUX_PAR_HEURE: Final = 40
"""Wrong codes of one network, then slowed; a hall where seventy families answer shares one."""
ATTENTE: Final = 3
"""Seconds between two codes that a slowed network may try: told by the page."""
SAISIE_AU_PLUS: Final = 200
"""A scanner that types for a keyboard types the whole address of the card."""


@dataclass(frozen=True, slots=True)
class Lecture:
    """The card, or why there is none: « code » and « inconnue » are mistakes, « attente » is no fault of theirs."""

    tape: str
    carte: Carte | None = None
    erreur: str = ""
    statut: int = 200

    @property
    def absents(self) -> str:
        """Return the typed signs that no card has: the person sees what was read wrongly."""
        if self.erreur != "code":
            return ""
        lettres = dict.fromkeys(s for s in self.tape.upper() if s.isalnum())
        return " ".join(s for s in lettres if s not in codes.ALPHABET)


def _qui(request: HttpRequest) -> str:
    """Return who is counted: whoever is signed in by themselves, everybody else by their network.

    Wrong codes of one device slow its hall, never the team: it can still enter answers for a family.
    """
    if request.user.is_authenticated:
        return f"carte:compte:{request.user.pk}"
    return f"carte:{reseau(request)}"


def lire_code(request: HttpRequest, chercher: Callable[[str], Carte | None]) -> Lecture:
    """Return the card of the code that was sent; only well-formed codes of nobody count as tries.

    Beyond ``FAUX_PAR_HEURE`` one code at a time is tried: a hall is slowed, never shut out (ADR 0177).
    """
    tape = request.POST.get("code", "")[:SAISIE_AU_PLUS].rpartition("#")[2]
    if codes.lire(tape) is None:
        return Lecture(tape, erreur="code", statut=400)
    usage = _qui(request)
    if deja_compte(usage) >= FAUX_PAR_HEURE and not prendre_le_tour(usage, ATTENTE):
        return Lecture(tape, erreur="attente", statut=429)
    trouvee = chercher(tape)
    if trouvee is None:
        compter(usage, 3600)
        return Lecture(tape, erreur="inconnue", statut=404)
    return Lecture(tape, trouvee)
