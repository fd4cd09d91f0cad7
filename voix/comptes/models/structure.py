"""Which organisation, in which territoire."""

from typing import ClassVar

from django.db import models

from voix.commun.modeles import Nature

from .territoire import Territoire


class TypeStructure(models.TextChoices):
    EPICERIE = "epicerie", "épicerie solidaire"
    CCAS = "ccas", "CCAS ou CIAS"
    CENTRE_SOCIAL = "centre_social", "centre social"
    ASSOCIATION = "association", "association"
    COLLECTIVITE = "collectivite", "collectivité"
    AUTRE = "autre", "autre"


class Structure(models.Model):
    classification: ClassVar[dict[str, Nature]] = {
        "id": Nature.TECHNIQUE,
        "nom": Nature.CONSERVE,
        "type": Nature.CONSERVE,
        "territoire": Nature.CONSERVE,
    }

    nom = models.CharField("nom", max_length=150)
    type = models.CharField("type", max_length=16, choices=TypeStructure.choices)
    territoire = models.ForeignKey(
        Territoire, models.RESTRICT, related_name="structures", verbose_name="territoire"
    )

    class Meta:
        verbose_name = "structure"
        verbose_name_plural = "structures"
        ordering = ["nom"]
        constraints = [
            models.UniqueConstraint(fields=["territoire", "nom"], name="structure_nom_unique"),
            models.CheckConstraint(
                condition=models.Q(type__in=[t.value for t in TypeStructure]),
                name="structure_type",
            ),
        ]

    def __str__(self) -> str:
        return self.nom
