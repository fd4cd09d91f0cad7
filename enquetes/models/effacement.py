"""What a person asked to erase before it arrived: a fingerprint of her code, and the day."""

from typing import ClassVar, Final

from django.db import connection, models

from voix.commun.modeles import Nature

_VERROU: Final = 0x566F6978
"""One number for all erasures, among the advisory locks of PostgreSQL."""


class CodeEfface(models.Model):
    """Kept whether something was found or not, so that the table does not tell which."""

    classification: ClassVar[dict[str, Nature]] = {
        "empreinte": Nature.IDENTIFIANT,
        "le": Nature.TECHNIQUE,
    }

    empreinte = models.CharField("empreinte du code", max_length=32, primary_key=True)
    le = models.DateField("le")

    class Meta:
        verbose_name = "code effacé"
        verbose_name_plural = "codes effacés"
        ordering = ["empreinte"]
        indexes = [models.Index(fields=["le"], name="code_efface_le")]

    def __str__(self) -> str:
        return f"code effacé {self.empreinte[:6]}…"


def attendre_les_ouvertures() -> None:
    """Begin an erasure: wait for what is being opened, and let nothing be opened until it ends.

    Otherwise each could look before the other has written. SQLite writes one at a time by itself.
    """
    _verrouiller("pg_advisory_xact_lock")


def attendre_les_effacements() -> None:
    """Begin an opening: wait for an erasure under way; several openings go on together."""
    _verrouiller("pg_advisory_xact_lock_shared")


def _verrouiller(fonction: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as curseur:
            curseur.execute(f"SELECT {fonction}(%s)", [_VERROU])
