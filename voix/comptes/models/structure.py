"""Which organisation, in which territoire."""

from typing import TYPE_CHECKING, ClassVar

from django.db import models

from voix.commun.modeles import Nature
from voix.comptes.roles import Droit

from .territoire import Territoire

if TYPE_CHECKING:
    from voix.comptes.perimetre import Perimetre

    from .compte import Compte


class TypeStructure(models.TextChoices):
    EPICERIE = "epicerie", "épicerie solidaire"
    CCAS = "ccas", "CCAS ou CIAS"
    CENTRE_SOCIAL = "centre_social", "centre social"
    ASSOCIATION = "association", "association"
    COLLECTIVITE = "collectivite", "collectivité"
    AUTRE = "autre", "autre"


class StructureQuerySet(models.QuerySet["Structure"]):
    def du_perimetre(self, perimetre: "Perimetre") -> "StructureQuerySet":
        """Return the structures of a perimeter, with their territoire."""
        condition = perimetre.filtre(territoire="territoire", structure="pk")
        return self.filter(condition).select_related("territoire")


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

    objects = StructureQuerySet.as_manager()

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

    @classmethod
    def gerees_par(cls, compte: "Compte") -> "StructureQuerySet":
        """Return the structures whose team ``compte`` manages."""
        from voix.comptes.perimetre import perimetre_de

        return cls.objects.du_perimetre(perimetre_de(compte, Droit.GERER_EQUIPE))
