"""What an evaluator may read, decided before any result is seen: a closed list of groupings."""

from typing import ClassVar

from django.db import models

from voix.commun.modeles import Nature, auteur_fige

DIMENSIONS_AU_PLUS = 3
"""Most dimensions crossed in one table (confidentialité §4.2)."""


class PlanAnalyse(models.Model):
    """One version of the plan of a collecte; the last one is in force. Rows are only added.

    ``dimensions``: ``[{"nom", "titre", "source", "codes": [{"code", "libelle", "parent"}]}]`` where
    ``source`` is ``structure``, ``territoire``, ``mois``, ``question:CODE`` or ``rubrique:CODE``.
    ``croisements``: lists of names of dimensions; the empty list (everybody) is always there.
    """

    classification: ClassVar[dict[str, Nature]] = {
        "id": Nature.TECHNIQUE,
        "collecte": Nature.CONSERVE,
        "numero": Nature.CONSERVE,
        "dimensions": Nature.CONSERVE,
        "croisements": Nature.CONSERVE,
        "empreinte": Nature.TECHNIQUE,
        "ecrit_le": Nature.CONSERVE,
        "ecrit_par": Nature.IDENTIFIANT,
    }

    collecte = models.ForeignKey(
        "enquetes.Collecte", models.PROTECT, related_name="plans", verbose_name="collecte"
    )
    numero = models.PositiveSmallIntegerField("numéro")
    dimensions = models.JSONField("dimensions")
    croisements = models.JSONField("croisements")
    empreinte = models.CharField("empreinte SHA-256", max_length=64)
    ecrit_le = models.DateField("écrit le")
    ecrit_par = auteur_fige("écrit par")

    class Meta:
        verbose_name = "plan d’analyse"
        verbose_name_plural = "plans d’analyse"
        ordering = ["collecte", "numero"]
        constraints = [
            models.UniqueConstraint(fields=["collecte", "numero"], name="plan_numero_unique")
        ]

    def __str__(self) -> str:
        return f"plan {self.numero} de {self.collecte_id}"

    @property
    def questions_groupantes(self) -> dict[str, str]:
        """Return the question of each dimension that is made of answers."""
        return self._de_source("question:")

    @property
    def rubriques(self) -> frozenset[str]:
        """Return the columns of an imported file that are dimensions: they have no table."""
        return frozenset(self._de_source("rubrique:").values())

    def _de_source(self, prefixe: str) -> dict[str, str]:
        return {
            str(dimension["nom"]): str(dimension["source"]).removeprefix(prefixe)
            for dimension in self.dimensions
            if str(dimension["source"]).startswith(prefixe)
        }

    @classmethod
    def en_vigueur(cls, collecte_id: int) -> "PlanAnalyse | None":
        """Return the last version of the plan of a collecte, if somebody wrote one."""
        return cls.objects.filter(collecte_id=collecte_id).order_by("-numero").first()
