"""What was counted together, once and for all."""

from typing import ClassVar

from django.db import models

from voix.commun.modeles import Nature, auteur

from .collecte import Collecte


class Releve(models.Model):
    """The answers counted together at one moment; two relevés never share a person.

    Results are read relevé by relevé, so that no table can be subtracted from a later one.
    """

    classification: ClassVar[dict[str, Nature]] = {
        "id": Nature.TECHNIQUE,
        "collecte": Nature.CONSERVE,
        "numero": Nature.CONSERVE,
        "arrete_le": Nature.CONSERVE,
        "arrete_par": Nature.IDENTIFIANT,
        "nb_passations": Nature.CONSERVE,
    }

    collecte = models.ForeignKey(
        Collecte, models.CASCADE, related_name="releves", verbose_name="collecte"
    )
    numero = models.PositiveSmallIntegerField("numéro")
    arrete_le = models.DateField("arrêté le")
    arrete_par = auteur("arrêté par", "releves_arretes")
    nb_passations = models.PositiveIntegerField("nombre de réponses")

    class Meta:
        verbose_name = "relevé"
        verbose_name_plural = "relevés"
        ordering = ["collecte", "numero"]
        constraints = [
            models.UniqueConstraint(fields=["collecte", "numero"], name="releve_numero_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.collecte} · relevé {self.numero}"
