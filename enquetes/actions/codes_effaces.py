"""Codes typed on « Effacer mes réponses », kept for the answers that have not arrived yet (ADR 0117).

One row a code, whether something was found or not: nobody learns which from the table. Invented codes
cannot fill it: beyond ``GARDES_AU_PLUS`` the oldest leave. What arrives after that is erased by the
night's purge, from the journal of erasures (``effacements.rejouer_effacements``).
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from django.utils import timezone

from enquetes.models import Carte, CodeEfface
from voix.commun.cles import empreinte_de_campagne

GARDES_AU_PLUS: Final = 20_000
"""Bounds the table, and the odds that a code drawn by somebody else is one of them: 6 in a million."""
DUREE: Final = timedelta(days=120)
"""Twice as long as a device may send after the end of a séance."""


def retenir(*, empreintes: Iterable[str]) -> None:
    """Keep these codes; the oldest leave when there are too many."""
    jour = timezone.localdate()
    CodeEfface.objects.bulk_create(
        [CodeEfface(empreinte=une, le=jour) for une in sorted(set(empreintes))],
        update_conflicts=True,
        unique_fields=["empreinte"],
        update_fields=["le"],
    )
    de_trop = CodeEfface.objects.count() - GARDES_AU_PLUS
    if de_trop > 0:
        partent = CodeEfface.objects.order_by("le", "empreinte").values_list("pk", flat=True)
        CodeEfface.objects.filter(pk__in=list(partent[:de_trop])).delete()


def effaces_parmi(empreintes: Iterable[str | None]) -> set[str]:
    """Return which of these codes were typed to erase."""
    lues = {une for une in empreintes if une}
    if not lues:
        return set()
    return set(CodeEfface.objects.filter(pk__in=lues).values_list("pk", flat=True))


def empreinte_effacee(carte: Carte) -> str:
    """Return what is kept of a card: of its number, so that a replaced one is the same."""
    message = f"effacee|{carte.numero}"
    return empreinte_de_campagne(carte.cohorte.cle, message)[:16].hex()


def est_effacee(carte: Carte, ouvre_le: date) -> bool:
    """Return whether a wave of this card was erased; one that opened since then is a new one.

    One rule for a telephone, a shared device and the inbox, whatever was found (ADR 0135).
    """
    return CodeEfface.objects.filter(pk=empreinte_effacee(carte), le__gte=ouvre_le).exists()


def oublier(*, au: date) -> int:
    """Forget the codes of which nothing can arrive any more."""
    return CodeEfface.objects.filter(le__lt=au - DUREE).delete()[0]
