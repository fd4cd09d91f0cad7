"""Where: the tree of territoires, reference data with official codes."""

from typing import TYPE_CHECKING, ClassVar

from django.db import models

from voix.commun.modeles import Nature

if TYPE_CHECKING:
    from voix.comptes.perimetre import Perimetre


class Niveau(models.TextChoices):
    PAYS = "pays", "pays"
    REGION = "region", "région"
    DEPARTEMENT = "departement", "département"
    INTERCOMMUNAL = "intercommunal", "PAT ou intercommunalité"
    COMMUNE = "commune", "commune"


class TerritoireQuerySet(models.QuerySet["Territoire"]):
    def sous(self, territoire: "Territoire") -> "TerritoireQuerySet":
        """Return the territoire itself and everything below it."""
        return self.filter(chemin__startswith=territoire.chemin)

    def du_perimetre(self, perimetre: "Perimetre") -> "TerritoireQuerySet":
        """Return the territoires of a perimeter, with everything below them."""
        condition = models.Q(pk__in=[])
        for chemin in sorted(perimetre.chemins):
            condition |= models.Q(chemin__startswith=chemin)
        return self.filter(condition)


class Territoire(models.Model):
    """A node of the tree. ``chemin`` is the list of codes from the root: ``/11/93/93010/``."""

    classification: ClassVar[dict[str, Nature]] = {
        "id": Nature.TECHNIQUE,
        "code": Nature.CONSERVE,
        "nom": Nature.CONSERVE,
        "niveau": Nature.CONSERVE,
        "parent": Nature.CONSERVE,
        "chemin": Nature.CONSERVE,
    }

    code = models.CharField("code officiel", max_length=16)
    nom = models.CharField("nom", max_length=150)
    niveau = models.CharField("niveau", max_length=16, choices=Niveau.choices)
    parent = models.ForeignKey(
        "self",
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="enfants",
        verbose_name="parent",
    )
    chemin = models.CharField("chemin", max_length=120, unique=True, editable=False)

    objects = TerritoireQuerySet.as_manager()

    class Meta:
        verbose_name = "territoire"
        verbose_name_plural = "territoires"
        ordering = ["chemin"]
        constraints = [
            models.UniqueConstraint(fields=["niveau", "code"], name="territoire_code_unique"),
            models.CheckConstraint(
                condition=models.Q(niveau__in=[n.value for n in Niveau]), name="territoire_niveau"
            ),
        ]

    def __str__(self) -> str:
        return self.nom
