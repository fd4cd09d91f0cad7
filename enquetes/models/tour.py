"""One person's turn on a device that many share, answered page by page without JavaScript."""

from typing import ClassVar

from django.db import models

from voix.commun.modeles import Nature

from .collecte import Acces


class TourPartage(models.Model):
    """Where a turn stands: its address says nothing, so the server does. Gone at its end.

    The device holds a key whose fingerprint is here. The draft behind it has no other door: with
    the turn gone, nobody reaches it. ``perime_a`` stands beside a draft only, never beside an
    answer that was sent for more than ten minutes.
    """

    classification: ClassVar[dict[str, Nature]] = {
        "id": Nature.TECHNIQUE,
        "cle": Nature.TECHNIQUE,
        "acces": Nature.TECHNIQUE,
        "passation": Nature.TECHNIQUE,
        "etape": Nature.SENSIBLE,
        "depuis": Nature.SENSIBLE,
        "langue": Nature.SENSIBLE,
        "perime_a": Nature.TECHNIQUE,
    }

    cle = models.CharField("empreinte de la clé", max_length=64, unique=True)
    acces = models.ForeignKey(Acces, models.CASCADE, related_name="tours", verbose_name="accès")
    # Not a foreign key: the first stored answer makes the draft.
    passation = models.UUIDField("identifiant de la passation", unique=True)
    etape = models.CharField("étape", max_length=64)
    depuis = models.CharField("pages à demander ensuite", max_length=2000, blank=True)
    langue = models.CharField("langue", max_length=8)
    perime_a = models.DateTimeField("oublié à", db_index=True)

    class Meta:
        verbose_name = "tour sur un appareil partagé"
        verbose_name_plural = "tours sur un appareil partagé"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"tour {self.pk}"
