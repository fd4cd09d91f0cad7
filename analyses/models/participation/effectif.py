"""Numbers of persons, never names: who is supported, who took part, ambassadors."""

from django.db import models

from .socle import LigneDeRegistre, au_plus, conserve, pas_avant


class Effectif(LigneDeRegistre):
    """The caseload of a territoire over a period, and how many took part."""

    registre = "effectifs"
    classification = conserve("du", "au", "accompagnees", "engagees", "regulieres", "origine")

    du = models.DateField("du")
    au = models.DateField("au")
    accompagnees = models.PositiveIntegerField("personnes accompagnées")
    engagees = models.PositiveIntegerField(
        "personnes différentes qui ont pris part", null=True, blank=True
    )
    regulieres = models.PositiveIntegerField("dont venues 3 fois ou plus", null=True, blank=True)
    origine = models.CharField("d’où vient ce nombre", max_length=200)

    class Meta:
        verbose_name = "effectif"
        verbose_name_plural = "effectifs"
        ordering = ["territoire", "du"]
        constraints = [
            models.UniqueConstraint(fields=["territoire", "du"], name="effectif_unique"),
            models.CheckConstraint(condition=pas_avant("au", "du"), name="effectif_periode"),
            models.CheckConstraint(
                condition=au_plus("engagees", "accompagnees"), name="effectif_engagees"
            ),
            models.CheckConstraint(
                condition=models.Q(regulieres__isnull=True)
                | models.Q(engagees__isnull=False, regulieres__lte=models.F("engagees")),
                name="effectif_regulieres",
            ),
        ]

    def __str__(self) -> str:
        return f"effectif depuis le {self.du}"


class Ambassadeurs(LigneDeRegistre):
    """How many ambassadors a territoire has on one day."""

    registre = "ambassadeurs"
    classification = conserve("arrete_le", "recrutes", "formes", "actifs", "evenements")

    arrete_le = models.DateField("compté le")
    recrutes = models.PositiveSmallIntegerField("recrutés")
    formes = models.PositiveSmallIntegerField("formés")
    actifs = models.PositiveSmallIntegerField("actifs ces 6 derniers mois")
    evenements = models.PositiveSmallIntegerField("événements organisés", null=True, blank=True)

    class Meta:
        verbose_name = "compte d’ambassadeurs"
        verbose_name_plural = "comptes d’ambassadeurs"
        ordering = ["territoire", "arrete_le"]
        constraints = [
            models.UniqueConstraint(
                fields=["territoire", "arrete_le"], name="ambassadeurs_unique"
            ),
            models.CheckConstraint(
                condition=au_plus("formes", "recrutes"), name="ambassadeurs_formes"
            ),
            models.CheckConstraint(
                condition=au_plus("actifs", "formes"), name="ambassadeurs_actifs"
            ),
        ]

    def __str__(self) -> str:
        return f"ambassadeurs au {self.arrete_le}"
