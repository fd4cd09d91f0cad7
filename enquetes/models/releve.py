"""When answers were taken in, to be counted with those of before."""

from typing import ClassVar

from django.db import models

from voix.commun.modeles import Nature, auteur

from .collecte import Collecte


class Releve(models.Model):
    """The moment when the answers received since the relevé before were taken in, once and for all.

    Each person belongs to the relevé in which she first is: ``nb_passations`` counts those. The
    tables of a relevé of persons are about everybody counted until then (ADR 0044), so that two of
    them differ by the newcomers: never fewer than eleven, and the closings of a collecte are proved
    together. Those of organisations, where nothing is hidden, are about its own answers only.
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
