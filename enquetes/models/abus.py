"""What keeps a collecte honest without knowing anybody: single-use slips, answers set aside."""

from typing import ClassVar

from django.db import models

from voix.commun.modeles import Nature, auteur

from .collecte import Acces, Collecte


class Feuille(models.Model):
    """A slip of paper that lets one person answer once. It never says which answer was its own."""

    classification: ClassVar[dict[str, Nature]] = {
        "id": Nature.TECHNIQUE,
        "acces": Nature.CONSERVE,
        "cle": Nature.TECHNIQUE,
        "utilisee": Nature.TECHNIQUE,
    }

    acces = models.ForeignKey(Acces, models.CASCADE, related_name="feuilles", verbose_name="accès")
    cle = models.CharField("empreinte du jeton", max_length=64, unique=True)
    utilisee = models.BooleanField("utilisée", default=False)

    class Meta:
        verbose_name = "feuille à usage unique"
        verbose_name_plural = "feuilles à usage unique"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"feuille {self.pk}"

    @classmethod
    def du_lieu(cls, acces: Acces) -> "models.QuerySet[Feuille]":
        """Return the slips of the place of a link."""
        return cls.objects.filter(
            acces__collecte=acces.collecte_id,
            acces__territoire=acces.territoire_id,
            acces__structure=acces.structure_id,
        )


class Signe(models.TextChoices):
    """What an answer was flagged for. A sign never refuses anything: people decide."""

    INCOMPLETE = "incomplete", "laissées en chemin sur un appareil partagé, et gardées"
    PIEGE = "piege", "le champ caché est rempli"
    RAFALE = (
        "rafale",
        "plus de 120 réponses en une heure par le même lien ou le même appareil (resté sans réseau, peut-être)",
    )
    HORLOGE = "horloge", "un mois à venir n’est pas gardé : l’horloge de l’appareil avançait"
    VITE = "vite", "moins de trois secondes par question"


class Ecart(models.Model):
    """Answers set aside together, with a reason; lifted, they count again."""

    classification: ClassVar[dict[str, Nature]] = {
        "id": Nature.TECHNIQUE,
        "collecte": Nature.CONSERVE,
        "motif": Nature.CONSERVE,
        "raison": Nature.CONSERVE,
        "decide_le": Nature.CONSERVE,
        "decide_par": Nature.IDENTIFIANT,
        "leve_le": Nature.CONSERVE,
        "leve_par": Nature.IDENTIFIANT,
    }

    collecte = models.ForeignKey(
        Collecte, models.CASCADE, related_name="ecarts", verbose_name="collecte"
    )
    motif = models.CharField("ce qui les a fait remarquer", max_length=200)
    raison = models.CharField("raison", max_length=300)
    decide_le = models.DateField("décidé le")
    decide_par = auteur("décidé par", "ecarts_decides")
    leve_le = models.DateField("levé le", null=True, blank=True)
    leve_par = auteur("levé par", "ecarts_leves")

    class Meta:
        verbose_name = "mise à l’écart"
        verbose_name_plural = "mises à l’écart"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(raison=""), name="ecart_motive"),
        ]

    def __str__(self) -> str:
        return f"{self.motif} ({self.collecte_id})"
