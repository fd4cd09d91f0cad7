"""Figures of context, read elsewhere: poverty, unemployment. Never one without year and source."""

from django.db import models

from .socle import LigneDeRegistre, conserve


class Contexte(LigneDeRegistre):
    """One published figure about a place, as it is written where it was read."""

    registre = "contexte"
    classification = conserve("intitule", "valeur", "annee", "perimetre", "origine")

    intitule = models.CharField("repère", max_length=150)
    valeur = models.CharField("valeur", max_length=30)
    annee = models.PositiveSmallIntegerField("année")
    perimetre = models.CharField("périmètre", max_length=150)
    origine = models.CharField("source", max_length=200)

    class Meta:
        verbose_name = "repère de contexte"
        verbose_name_plural = "repères de contexte"
        ordering = ["territoire", "intitule", "-annee"]
        constraints = [
            models.UniqueConstraint(
                fields=["territoire", "intitule", "annee"], name="contexte_unique"
            ),
            models.CheckConstraint(
                condition=models.Q(annee__gte=1900, annee__lte=2100), name="contexte_annee"
            ),
            models.CheckConstraint(
                condition=~models.Q(origine="") & ~models.Q(perimetre="") & ~models.Q(valeur=""),
                name="contexte_complet",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.intitule}, {self.annee}"
