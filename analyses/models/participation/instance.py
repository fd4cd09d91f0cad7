"""Committees with their seats by college, and who came to their meetings.

The colleges are a closed list of four: a column each keeps a committee in one row, one form and
one line of a file (ADR 0060).
"""

from django.db import models

from analyses.indicateurs.registres import choix

from .socle import LigneDeRegistre, conserve, parmi

COLLEGES = tuple(code for code, _ in choix.COLLEGES)


class Instance(LigneDeRegistre):
    """A committee."""

    registre = "instances"
    classification = conserve("nom", "type", "creee_le", *(f"sieges_{c}" for c in COLLEGES))

    nom = models.CharField("nom", max_length=150)
    type = models.CharField("type", max_length=24, choices=choix.TYPES_INSTANCE)
    creee_le = models.DateField("créée le", null=True, blank=True)
    sieges_elus = models.PositiveSmallIntegerField("sièges\u00a0: élus", null=True, blank=True)
    sieges_techniciens = models.PositiveSmallIntegerField(
        "sièges\u00a0: techniciens et services", null=True, blank=True
    )
    sieges_associations = models.PositiveSmallIntegerField(
        "sièges\u00a0: associations", null=True, blank=True
    )
    sieges_personnes = models.PositiveSmallIntegerField(
        "sièges\u00a0: personnes concernées", null=True, blank=True
    )

    class Meta:
        verbose_name = "instance"
        verbose_name_plural = "instances"
        ordering = ["territoire", "nom"]
        constraints = [
            models.UniqueConstraint(fields=["territoire", "nom"], name="instance_nom_unique"),
            models.CheckConstraint(
                condition=parmi("type", choix.TYPES_INSTANCE), name="instance_type"
            ),
        ]

    def __str__(self) -> str:
        return self.nom

    @property
    def sieges(self) -> int:
        """Return how many seats it has, all colleges together."""
        return sum(getattr(self, f"sieges_{college}") or 0 for college in COLLEGES)


class Reunion(LigneDeRegistre):
    """A meeting, of a committee or not. Séances will feed it."""

    registre = "reunions"
    classification = conserve(
        "le", "intitule", "instance", "moment", "soutiens", *(f"presents_{c}" for c in COLLEGES)
    )

    le = models.DateField("tenue le")
    intitule = models.CharField("intitulé", max_length=150)
    instance = models.ForeignKey(
        Instance,
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="reunions",
        verbose_name="instance",
    )
    moment = models.CharField("moment du projet", max_length=16, choices=choix.MOMENTS, blank=True)
    presents_elus = models.PositiveSmallIntegerField("présents\u00a0: élus", null=True, blank=True)
    presents_techniciens = models.PositiveSmallIntegerField(
        "présents\u00a0: techniciens et services", null=True, blank=True
    )
    presents_associations = models.PositiveSmallIntegerField(
        "présents\u00a0: associations", null=True, blank=True
    )
    presents_personnes = models.PositiveSmallIntegerField(
        "présents\u00a0: personnes concernées", null=True, blank=True
    )
    soutiens = models.JSONField("proposé pour pouvoir venir", default=list, blank=True)

    class Meta:
        verbose_name = "réunion"
        verbose_name_plural = "réunions"
        ordering = ["territoire", "le", "intitule"]
        constraints = [
            models.UniqueConstraint(
                fields=["territoire", "le", "intitule"], name="reunion_unique"
            ),
            models.CheckConstraint(
                condition=parmi("moment", choix.MOMENTS, vide=True), name="reunion_moment"
            ),
        ]

    def __str__(self) -> str:
        return self.intitule
