"""What the nightly check of the register found."""

from datetime import timedelta
from typing import ClassVar, Final

from django.db import models
from django.utils import timezone

from voix.commun.modeles import Nature

RETARD: Final = timedelta(days=2)
"""Older than this, a check says nothing of today's register."""


class Verification(models.Model):
    """One check of the whole register. Rows are only added."""

    classification: ClassVar[dict[str, Nature]] = {
        "id": Nature.TECHNIQUE,
        "jour": Nature.CONSERVE,
        "publications": Nature.CONSERVE,
        "questions": Nature.CONSERVE,
        "fautes": Nature.CONSERVE,
    }

    jour = models.DateField("jour")
    publications = models.PositiveIntegerField("publications relues")
    questions = models.PositiveIntegerField("questions attaquées")
    fautes = models.JSONField("ce qui ne va pas", default=list, blank=True)
    """Sentences in French, for coordination; empty when all is well."""

    class Meta:
        verbose_name = "vérification du registre"
        verbose_name_plural = "vérifications du registre"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"vérification du {self.jour:%d/%m/%Y}"

    @property
    def en_retard(self) -> bool:
        """Return whether the check that should run each night has not run lately."""
        return timezone.localdate() - self.jour > RETARD

    @classmethod
    def derniere(cls) -> "Verification | None":
        """Return the latest check, if one was ever made."""
        return cls.objects.order_by("-pk").first()
