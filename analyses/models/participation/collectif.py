"""The collective sessions of a programme: which territoires came, what they said afterwards."""

from django.db import models

from analyses.indicateurs.registres import choix

from .programme import Programme
from .socle import LigneDeRegistre, conserve, parmi


class PresenceCollective(LigneDeRegistre):
    """Whether a territoire was at a collective session."""

    registre = "presences"
    classification = conserve("programme", "numero", "tenu_le", "present", "poste_pourvu")

    programme = models.ForeignKey(
        Programme, models.CASCADE, related_name="presences", verbose_name="programme"
    )
    numero = models.PositiveSmallIntegerField("temps collectif no")
    tenu_le = models.DateField("tenu le")
    present = models.BooleanField("présent")
    poste_pourvu = models.BooleanField(
        "poste de chargé de mission pourvu ce jour-là", null=True, blank=True
    )

    class Meta:
        verbose_name = "présence collective"
        verbose_name_plural = "présences collectives"
        ordering = ["programme", "numero", "territoire"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "territoire", "numero"], name="presence_unique"
            ),
            models.CheckConstraint(condition=models.Q(numero__gte=1), name="presence_numero"),
        ]

    def __str__(self) -> str:
        return f"temps collectif {self.numero}"


class RetourCollectif(LigneDeRegistre):
    """One questionnaire given back after a session, in the name of a territoire."""

    registre = "retours"
    classification = conserve("programme", "numero", "repondant", "appris", "mise_en_oeuvre")

    programme = models.ForeignKey(
        Programme, models.CASCADE, related_name="retours", verbose_name="programme"
    )
    numero = models.PositiveSmallIntegerField("temps collectif no")
    repondant = models.PositiveSmallIntegerField("questionnaire no")
    appris = models.BooleanField("a appris quelque chose", null=True, blank=True)
    mise_en_oeuvre = models.CharField(
        "a mis en œuvre", max_length=16, choices=choix.MISES_EN_OEUVRE, blank=True
    )

    class Meta:
        verbose_name = "retour collectif"
        verbose_name_plural = "retours collectifs"
        ordering = ["programme", "numero", "territoire", "repondant"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "territoire", "numero", "repondant"], name="retour_unique"
            ),
            models.CheckConstraint(
                condition=models.Q(numero__gte=1, repondant__gte=1), name="retour_numeros"
            ),
            models.CheckConstraint(
                condition=parmi("mise_en_oeuvre", choix.MISES_EN_OEUVRE, vide=True),
                name="retour_mise_en_oeuvre",
            ),
        ]

    def __str__(self) -> str:
        return f"retour {self.repondant} du temps collectif {self.numero}"
