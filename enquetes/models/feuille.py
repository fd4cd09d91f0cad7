"""A sheet of paper typed in, its second blind entry, and what was kept where they differ."""

from typing import ClassVar

from django.db import models

from voix.commun.modeles import Nature, auteur

from .passation import Passation
from .seance import Seance


class FeuilleSaisie(models.Model):
    """``numero`` is written on the sheet once it is typed: before that a sheet has none.

    Both entries stay as they were typed, until the answers themselves are erased; a third one holds
    what the sheet says where both were wrong.
    """

    classification: ClassVar[dict[str, Nature]] = {
        "id": Nature.TECHNIQUE,
        "seance": Nature.CONSERVE,
        "numero": Nature.IDENTIFIANT,
        "passation": Nature.IDENTIFIANT,
        "premiere": Nature.SENSIBLE,
        "saisie_le": Nature.TECHNIQUE,
        "saisie_par": Nature.IDENTIFIANT,
        "tiree": Nature.TECHNIQUE,
        "seconde": Nature.SENSIBLE,
        "seconde_le": Nature.TECHNIQUE,
        "seconde_par": Nature.IDENTIFIANT,
        "troisieme": Nature.SENSIBLE,
        "retenues": Nature.TECHNIQUE,
        "resolue_le": Nature.TECHNIQUE,
        "resolue_par": Nature.IDENTIFIANT,
    }

    seance = models.ForeignKey(
        Seance, models.CASCADE, related_name="feuilles", verbose_name="séance"
    )
    numero = models.PositiveSmallIntegerField("numéro")
    passation = models.OneToOneField(
        Passation, models.CASCADE, related_name="feuille", verbose_name="passation"
    )
    premiere = models.JSONField("première saisie", default=dict)
    saisie_le = models.DateField("saisie le")
    saisie_par = auteur("saisie par")
    tiree = models.BooleanField("tirée au sort", default=False)
    seconde = models.JSONField("seconde saisie", null=True, blank=True)
    seconde_le = models.DateField("saisie encore le", null=True, blank=True)
    seconde_par = auteur("saisie encore par")
    troisieme = models.JSONField("relue, feuille en main", null=True, blank=True)
    retenues = models.JSONField("saisies retenues", null=True, blank=True)
    resolue_le = models.DateField("écarts résolus le", null=True, blank=True)
    resolue_par = auteur("écarts résolus par")

    class Meta:
        verbose_name = "feuille saisie"
        verbose_name_plural = "feuilles saisies"
        ordering = ["seance", "numero"]
        constraints = [
            models.UniqueConstraint(fields=["seance", "numero"], name="feuille_numero_unique"),
            models.CheckConstraint(condition=models.Q(numero__gte=1), name="feuille_numero"),
            models.CheckConstraint(
                condition=models.Q(seconde__isnull=True) | models.Q(tiree=True),
                name="feuille_seconde_tiree",
            ),
            models.CheckConstraint(
                condition=models.Q(seconde_par__isnull=True)
                | models.Q(saisie_par__isnull=True)
                | ~models.Q(seconde_par=models.F("saisie_par")),
                name="feuille_deux_personnes",
            ),
            models.CheckConstraint(
                condition=models.Q(retenues__isnull=True) | models.Q(seconde__isnull=False),
                name="feuille_retenues_apres",
            ),
            models.CheckConstraint(
                condition=models.Q(troisieme__isnull=True) | models.Q(retenues__isnull=False),
                name="feuille_troisieme_retenue",
            ),
            models.CheckConstraint(
                condition=models.Q(seconde__isnull=True, seconde_le__isnull=True)
                | models.Q(seconde__isnull=False, seconde_le__isnull=False),
                name="feuille_seconde_datee",
            ),
        ]

    def __str__(self) -> str:
        return f"feuille {self.numero}"
