"""Which cliché was counted for a relevé: a second one may not differ by a person."""

from typing import ClassVar

from django.db import models

from voix.commun.modeles import Nature


class Empreinte(models.Model):
    """The size and hash of the cliché of a relevé, written once when it is made."""

    classification: ClassVar[dict[str, Nature]] = {
        "releve": Nature.CONSERVE,
        "nombre": Nature.CONSERVE,
        "empreinte": Nature.TECHNIQUE,
    }

    releve = models.OneToOneField(
        "enquetes.Releve",
        models.RESTRICT,
        primary_key=True,
        related_name="empreinte_cliche",
        verbose_name="relevé",
    )
    nombre = models.PositiveIntegerField("nombre de réponses comptées")
    empreinte = models.CharField("empreinte SHA-256", max_length=64)

    class Meta:
        verbose_name = "empreinte de cliché"
        verbose_name_plural = "empreintes de clichés"
        ordering = ["releve"]
        constraints = [
            models.CheckConstraint(condition=models.Q(nombre__gt=0), name="empreinte_non_vide")
        ]

    def __str__(self) -> str:
        return f"cliché du relevé {self.releve_id}"

    @classmethod
    def nombre_de(cls, releve_id: int) -> int | None:
        """Return how many answers were counted for a relevé, when it was counted already."""
        return cls.objects.filter(pk=releve_id).values_list("nombre", flat=True).first()
