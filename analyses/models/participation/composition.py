"""Who is helped, tranche by tranche: counts of persons, written once and never changed."""

from collections.abc import Iterable
from typing import ClassVar

from django.db import models

from analyses.confidentialite.composition import Compte
from analyses.confidentialite.traits import TRAITS
from voix.commun.modeles import Nature, auteur_fige
from voix.comptes.models import Territoire

from .socle import conserve, parmi

CHOIX_TRAITS = tuple((trait.code, trait.titre) for trait in TRAITS)
CODES = tuple((code, libelle) for trait in TRAITS for code, libelle in trait.tranches)


class Composition(models.Model):
    """The persons helped in a territoire, by age or transport, on one day. Rows are only added.

    A correction is a new row, a withdrawal a row without a total: what was told is remembered
    (``confidentialite.composition.retenir``).
    """

    classification: ClassVar[dict[str, Nature]] = conserve(
        "trait", "arrete_le", "total", "origine", "ecrite_le"
    ) | {"numero": Nature.TECHNIQUE, "ecrite_par": Nature.IDENTIFIANT}

    territoire = models.ForeignKey(
        Territoire, models.RESTRICT, related_name="compositions", verbose_name="territoire"
    )
    trait = models.CharField("sur quoi", max_length=16, choices=CHOIX_TRAITS)
    numero = models.PositiveSmallIntegerField("numéro")
    arrete_le = models.DateField("compté le", null=True, blank=True)
    total = models.PositiveIntegerField("personnes accompagnées", null=True, blank=True)
    origine = models.CharField("d’où viennent ces nombres", max_length=200, blank=True)
    ecrite_le = models.DateField("écrite le")
    ecrite_par = auteur_fige("écrite par")

    class Meta:
        verbose_name = "composition"
        verbose_name_plural = "compositions"
        ordering = ["territoire", "trait", "numero"]
        constraints = [
            models.UniqueConstraint(
                fields=["territoire", "trait", "numero"], name="composition_numero_unique"
            ),
            models.CheckConstraint(
                condition=parmi("trait", CHOIX_TRAITS), name="composition_trait"
            ),
            models.CheckConstraint(
                condition=models.Q(total__isnull=True, arrete_le__isnull=True, origine="")
                | models.Q(total__gte=1, arrete_le__isnull=False) & ~models.Q(origine=""),
                name="composition_ecrite_ou_retiree",
            ),
        ]

    def __str__(self) -> str:
        return f"composition {self.numero}, {self.get_trait_display()}"

    @property
    def est_retiree(self) -> bool:
        """Return whether this row withdraws the ones before."""
        return self.total is None

    def compte(self) -> Compte | None:
        """Return what was written down; nothing for a withdrawal."""
        if self.total is None:
            return None
        return Compte(self.total, {t.code: t.nombre for t in self.tranches.all()})

    @classmethod
    def des_territoires(cls, territoires: Iterable[int]) -> "models.QuerySet[Composition]":
        """Return all that was written down in these territoires (ids), in order."""
        voulues = cls.objects.filter(territoire__in=list(territoires))
        return voulues.select_related("territoire").prefetch_related("tranches")

    @classmethod
    def de_meme_lignee(cls, territoire: Territoire, trait: str) -> "models.QuerySet[Composition]":
        """Return what was written down above a territoire and inside it, withdrawn or not."""
        morceaux = territoire.chemin.strip("/").split("/")
        dessus = ["/" + "/".join(morceaux[:fin]) + "/" for fin in range(1, len(morceaux))]
        lieux = models.Q(territoire__chemin__in=dessus) | models.Q(
            territoire__chemin__startswith=territoire.chemin
        )
        autres = cls.objects.filter(lieux, trait=trait).exclude(territoire=territoire)
        return autres.select_related("territoire")


class Tranche(models.Model):
    """How many persons of a composition are in one tranche."""

    classification: ClassVar[dict[str, Nature]] = {
        "id": Nature.TECHNIQUE,
        "composition": Nature.TECHNIQUE,
        "code": Nature.CONSERVE,
        "nombre": Nature.CONSERVE,
    }

    composition = models.ForeignKey(
        Composition, models.RESTRICT, related_name="tranches", verbose_name="composition"
    )
    code = models.CharField("tranche", max_length=32, choices=CODES)
    nombre = models.PositiveIntegerField("nombre de personnes")

    class Meta:
        verbose_name = "tranche"
        verbose_name_plural = "tranches"
        ordering = ["composition", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["composition", "code"], name="tranche_unique"),
            models.CheckConstraint(condition=parmi("code", CODES), name="tranche_connue"),
        ]

    def __str__(self) -> str:
        return self.get_code_display()
