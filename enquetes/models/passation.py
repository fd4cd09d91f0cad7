"""One person's run through a version: draft, done or erased."""

import uuid
from typing import ClassVar

from django.db import models

from voix.commun.modeles import Nature

from .collecte import Acces, Collecte
from .questionnaire import VersionQuestionnaire
from .releve import Releve


class EtatPassation(models.TextChoices):
    BROUILLON = "brouillon", "commencée"
    """Set by the first stored answer; only its own link shows it."""
    TERMINEE = "terminee", "envoyée"
    """Set when the person sends; never changes back."""
    EFFACEE = "effacee", "effacée"
    """Set by the person's code: nothing is left but the identifier."""


class Mode(models.TextChoices):
    TELEPHONE = "telephone", "téléphone"
    TABLETTE = "tablette", "tablette"
    PAPIER = "papier", "papier"
    IMPORT = "import", "fichier"
    APPEL = "appel", "questions lues"
    """The team read the questions aloud, often on the telephone, and typed the answers."""


class PassationQuerySet(models.QuerySet["Passation"]):
    def brouillons(self) -> "PassationQuerySet":
        """Begun, and not sent."""
        return self.filter(etat=EtatPassation.BROUILLON)

    def terminees(self) -> "PassationQuerySet":
        return self.filter(etat=EtatPassation.TERMINEE)

    def comptables(self) -> "PassationQuerySet":
        """Done, and not set aside."""
        return self.terminees().filter(ecart__isnull=True)

    def non_relevees(self) -> "PassationQuerySet":
        """To be counted in the next relevé."""
        return self.comptables().filter(releve__isnull=True)


class Passation(models.Model):
    """No address, no user agent, no time: the day only. ``id`` is drawn on the person's side."""

    classification: ClassVar[dict[str, Nature]] = {
        "id": Nature.IDENTIFIANT,
        "collecte": Nature.CONSERVE,
        "version": Nature.CONSERVE,
        "acces": Nature.CONSERVE,
        "territoire": Nature.CONSERVE,
        "structure": Nature.CONSERVE,
        "releve": Nature.CONSERVE,
        "etat": Nature.TECHNIQUE,
        "mode": Nature.CONSERVE,
        "langue": Nature.SENSIBLE,
        "jour": Nature.CONSERVE,
        "reponses": Nature.SENSIBLE,
        "code_effacement": Nature.IDENTIFIANT,
        "signes": Nature.TECHNIQUE,
        "tardive": Nature.CONSERVE,
        "ecart": Nature.CONSERVE,
    }

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4)
    collecte = models.ForeignKey(
        Collecte, models.RESTRICT, related_name="passations", verbose_name="collecte"
    )
    version = models.ForeignKey(
        VersionQuestionnaire, models.RESTRICT, related_name="passations", verbose_name="version"
    )
    acces = models.ForeignKey(
        Acces, models.RESTRICT, related_name="passations", verbose_name="accès"
    )
    territoire = models.ForeignKey(
        "comptes.Territoire", models.RESTRICT, related_name="passations", verbose_name="territoire"
    )
    structure = models.ForeignKey(
        "comptes.Structure",
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="passations",
        verbose_name="structure",
    )
    releve = models.ForeignKey(
        Releve,
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="passations",
        verbose_name="relevé",
    )
    etat = models.CharField(
        "état", max_length=16, choices=EtatPassation.choices, default=EtatPassation.BROUILLON
    )
    mode = models.CharField("mode", max_length=16, choices=Mode.choices, default=Mode.TELEPHONE)
    langue = models.CharField("langue", max_length=8)
    jour = models.DateField("jour")
    reponses = models.JSONField("réponses", default=dict)
    code_effacement = models.CharField(
        "empreinte du code d’effacement",
        max_length=32,
        null=True,
        blank=True,
        unique=True,
    )

    signes = models.CharField("signes", max_length=40, blank=True)
    """Codes of ``Signe``, joined by commas: what to look at, never why to refuse."""
    tardive = models.BooleanField("arrivée après la fermeture de la séance", default=False)
    """It counts with everybody's answers, never on the wall of its séance (G7)."""
    ecart = models.ForeignKey(
        "enquetes.Ecart",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="passations",
        verbose_name="mise à l’écart",
    )

    objects = PassationQuerySet.as_manager()

    class Meta:
        verbose_name = "passation"
        verbose_name_plural = "passations"
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["collecte", "etat"], name="passation_collecte_etat"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(etat__in=[e.value for e in EtatPassation]),
                name="passation_etat",
            ),
            models.CheckConstraint(
                condition=models.Q(mode__in=[m.value for m in Mode]), name="passation_mode"
            ),
            models.CheckConstraint(
                condition=models.Q(etat="terminee")
                | models.Q(releve__isnull=True)
                | models.Q(etat="effacee"),
                name="passation_releve_terminee",
            ),
            # What was counted once is never set aside: two counts would differ by those few.
            models.CheckConstraint(
                condition=models.Q(ecart__isnull=True) | models.Q(releve__isnull=True),
                name="passation_ecart_non_comptee",
            ),
            models.CheckConstraint(
                condition=~models.Q(etat="effacee") | models.Q(reponses={}),
                name="passation_effacee_vide",
            ),
        ]

    def __str__(self) -> str:
        return f"passation {self.pk}"


class EffacementPrevu(models.Model):
    """The day on which a fictitious person of an imported file is erased, done by a closing."""

    classification: ClassVar[dict[str, Nature]] = {
        "passation": Nature.TECHNIQUE,
        "le": Nature.TECHNIQUE,
    }

    passation = models.OneToOneField(
        Passation,
        models.CASCADE,
        primary_key=True,
        related_name="effacement_prevu",
        verbose_name="passation",
    )
    le = models.DateField("le")

    class Meta:
        verbose_name = "effacement prévu"
        verbose_name_plural = "effacements prévus"
        ordering = ["passation"]

    def __str__(self) -> str:
        return f"effacement le {self.le}"
