"""A questionnaire, and its immutable published versions."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from voix.commun.modeles import Nature


class Questionnaire(models.Model):
    """The identity that survives its versions."""

    classification: ClassVar[dict[str, Nature]] = {
        "id": Nature.TECHNIQUE,
        "code": Nature.CONSERVE,
        "titre": Nature.CONSERVE,
        "origine": Nature.CONSERVE,
        "territoire": Nature.CONSERVE,
    }

    class Origine(models.TextChoices):
        BIBLIOTHEQUE = "bibliotheque", "bibliothèque de Voix"
        IMPORT = "import", "fichier importé"

    code = models.CharField("code", max_length=32)
    titre = models.CharField("titre", max_length=200)
    origine = models.CharField("origine", max_length=16, choices=Origine.choices)
    territoire = models.ForeignKey(
        "comptes.Territoire",
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="questionnaires",
        verbose_name="territoire",
        help_text="Vide pour un questionnaire de la bibliothèque, ouvert à tous.",
    )

    class Meta:
        verbose_name = "questionnaire"
        verbose_name_plural = "questionnaires"
        ordering = ["titre"]
        constraints = [
            # Two constraints: SQLite cannot treat two NULLs as equal.
            models.UniqueConstraint(
                fields=["code"],
                condition=models.Q(territoire__isnull=True),
                name="questionnaire_bibliotheque_unique",
            ),
            models.UniqueConstraint(
                fields=["code", "territoire"],
                condition=models.Q(territoire__isnull=False),
                name="questionnaire_territoire_unique",
            ),
            models.CheckConstraint(
                condition=models.Q(origine="bibliotheque", territoire__isnull=True)
                | models.Q(origine="import", territoire__isnull=False),
                name="questionnaire_origine",
            ),
        ]

    def __str__(self) -> str:
        return self.titre


class VersionQuestionnaire(models.Model):
    """One published definition. Never changes, stays answerable; its hash names it."""

    classification: ClassVar[dict[str, Nature]] = {
        "id": Nature.TECHNIQUE,
        "questionnaire": Nature.CONSERVE,
        "numero": Nature.CONSERVE,
        "empreinte": Nature.CONSERVE,
        "definition": Nature.CONSERVE,
        "publiee_le": Nature.TECHNIQUE,
        "publiee_par": Nature.IDENTIFIANT,
    }

    questionnaire = models.ForeignKey(
        Questionnaire, models.RESTRICT, related_name="versions", verbose_name="questionnaire"
    )
    numero = models.PositiveSmallIntegerField("numéro")
    empreinte = models.CharField("empreinte SHA-256", max_length=64)
    definition = models.JSONField("définition")
    publiee_le = models.DateTimeField("publiée le", auto_now_add=True)
    publiee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="versions_publiees",
        verbose_name="publiée par",
    )

    class Meta:
        verbose_name = "version de questionnaire"
        verbose_name_plural = "versions de questionnaire"
        ordering = ["questionnaire", "numero"]
        constraints = [
            models.UniqueConstraint(
                fields=["questionnaire", "numero"], name="version_numero_unique"
            ),
            models.UniqueConstraint(
                fields=["questionnaire", "empreinte"], name="version_empreinte_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire} · version {self.numero}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("A published version never changes.")
        super().save(*args, **kwargs)
