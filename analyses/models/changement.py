"""What was shown of a contrast of a cohort: written once, never changed (by trigger)."""

from collections.abc import Iterable
from typing import ClassVar

from django.db import models

from voix.commun.modeles import Nature


class Changement(models.Model):
    """Protected tables and sentences' figures of one contrast: entrée to a later wave."""

    classification: ClassVar[dict[str, Nature]] = {
        "id": Nature.TECHNIQUE,
        "cohorte": Nature.CONSERVE,
        "rang": Nature.CONSERVE,
        "arrete_le": Nature.CONSERVE,
        "nombre": Nature.CONSERVE,
        "contenu": Nature.CONSERVE,
        "moities": Nature.SENSIBLE,
        "empreinte": Nature.TECHNIQUE,
    }

    cohorte = models.ForeignKey(
        "enquetes.Cohorte", models.PROTECT, related_name="changements", verbose_name="cohorte"
    )
    rang = models.PositiveSmallIntegerField("vague comparée à l’entrée")
    arrete_le = models.DateField("arrêté le")
    nombre = models.PositiveIntegerField("familles appariées")
    contenu = models.JSONField("ce qui est montré")
    moities = models.JSONField(
        "cartes qui ont reçu plus que la médiane",
        null=True,
        blank=True,
        help_text="Par compte montré\u00a0: ce que la relecture des rapports suivants doit savoir.",
    )
    empreinte = models.CharField("empreinte SHA-256", max_length=64)

    class Meta:
        verbose_name = "changement"
        verbose_name_plural = "changements"
        ordering = ["cohorte", "rang"]
        constraints = [
            models.UniqueConstraint(fields=["cohorte", "rang"], name="changement_une_fois"),
            models.CheckConstraint(
                condition=models.Q(rang__gte=2, rang__lte=4), name="changement_rang"
            ),
        ]

    def __str__(self) -> str:
        return f"changement {self.rang} de la cohorte {self.cohorte_id}"

    @classmethod
    def de(cls, cohorte_id: int) -> "dict[int, Changement]":
        """Return what was shown of a cohort, by wave."""
        return {c.rang: c for c in cls.objects.filter(cohorte_id=cohorte_id)}

    @classmethod
    def de_plusieurs(cls, cohortes: "Iterable[int]", rang: int) -> "dict[int, Changement]":
        """Return what was shown of one contrast of several cohorts, by cohort."""
        return {c.cohorte_id: c for c in cls.objects.filter(cohorte_id__in=cohortes, rang=rang)}
