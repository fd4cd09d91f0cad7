"""What those who answered are told: a public page of one collecte, with what was done."""

from typing import ClassVar, Final

from django.db import models

from voix.commun.modeles import Nature, auteur
from voix.comptes.models import Compte
from voix.comptes.perimetre import perimetre_de
from voix.comptes.roles import Droit

from .participation.implication import Proposition

QUESTIONS_MAX: Final = 4
"""Questions on the page: beyond, a person who reads little stops."""
SUITES_MAX: Final = 8


class EtatRestitution(models.TextChoices):
    PREPARATION = "preparation", "en préparation"
    PUBLIEE = "publiee", "publiée"
    """Anybody who has the address reads it."""
    RETIREE = "retiree", "retirée"
    """Taken away by coordination; its address then says nothing."""


class Decision(models.TextChoices):
    FAIT = "fait", "c’est fait"
    EN_COURS = "en_cours", "c’est en cours"
    NON = "non", "ce n’est pas possible"


class Restitution(models.Model):
    """The return of one collecte. Its figures are those of one relevé, read as they are shown."""

    classification: ClassVar[dict[str, Nature]] = {
        "id": Nature.TECHNIQUE,
        "collecte": Nature.CONSERVE,
        "releve": Nature.CONSERVE,
        "mot": Nature.CONSERVE,
        "questions": Nature.CONSERVE,
        "etat": Nature.TECHNIQUE,
        "publiee_le": Nature.CONSERVE,
        "publiee_par": Nature.IDENTIFIANT,
    }

    collecte = models.OneToOneField(
        "enquetes.Collecte", models.PROTECT, related_name="restitution", verbose_name="collecte"
    )
    releve = models.ForeignKey(
        "enquetes.Releve", models.PROTECT, related_name="restitutions", verbose_name="relevé"
    )
    mot = models.JSONField("mot d’introduction", default=dict)
    """``{language: text}``; French is always there."""
    questions = models.JSONField("questions montrées", default=list, blank=True)
    etat = models.CharField(
        "état",
        max_length=16,
        choices=EtatRestitution.choices,
        default=EtatRestitution.PREPARATION,
    )
    publiee_le = models.DateField("publiée le", null=True, blank=True)
    """The first day: shown again after a withdrawal, it was told on that day."""
    publiee_par = auteur("publiée par", "restitutions_publiees")

    class Meta:
        verbose_name = "restitution"
        verbose_name_plural = "restitutions"
        ordering = ["collecte"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(etat__in=[e.value for e in EtatRestitution]),
                name="restitution_etat",
            ),
            models.CheckConstraint(
                condition=models.Q(etat="preparation") | models.Q(publiee_le__isnull=False),
                name="restitution_publiee_datee",
            ),
        ]

    def __str__(self) -> str:
        return f"retour de {self.collecte_id}"

    @classmethod
    def visibles_par(cls, compte: Compte) -> "models.QuerySet[Restitution]":
        """Return the returns that ``compte`` may write."""
        ou = perimetre_de(compte, Droit.RENDRE_COMPTE).filtre(
            territoire="collecte__territoire", structure="collecte__structure"
        )
        return cls.objects.filter(ou).select_related(
            "collecte__version__questionnaire", "collecte__territoire", "releve"
        )

    @classmethod
    def publique(cls, nom: str) -> "Restitution | None":
        """Return what anybody may read of the collecte of that name."""
        lues = cls.objects.select_related("collecte__version__questionnaire", "releve")
        return lues.filter(collecte__nom=nom, etat=EtatRestitution.PUBLIEE).first()


class SuiteDonnee(models.Model):
    """« Vous avez dit, nous avons fait »: tied to a question, an indicator or a proposition."""

    classification: ClassVar[dict[str, Nature]] = {
        "id": Nature.TECHNIQUE,
        "restitution": Nature.CONSERVE,
        "question": Nature.CONSERVE,
        "indicateur": Nature.CONSERVE,
        "proposition": Nature.CONSERVE,
        "dit": Nature.CONSERVE,
        "fait": Nature.CONSERVE,
        "decision": Nature.CONSERVE,
    }

    restitution = models.ForeignKey(
        Restitution, models.CASCADE, related_name="suites", verbose_name="restitution"
    )
    question = models.CharField("question", max_length=64, blank=True)
    indicateur = models.CharField("indicateur", max_length=16, blank=True)
    proposition = models.ForeignKey(
        Proposition,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="suites",
        verbose_name="proposition",
    )
    dit = models.JSONField("vous avez dit", default=dict)
    fait = models.JSONField("nous avons fait", default=dict)
    decision = models.CharField("décision", max_length=16, choices=Decision.choices)

    class Meta:
        verbose_name = "suite donnée"
        verbose_name_plural = "suites données"
        ordering = ["restitution", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decision__in=[d.value for d in Decision]),
                name="suite_decision",
            ),
            models.CheckConstraint(
                condition=(
                    models.Q(indicateur="", proposition__isnull=True) & ~models.Q(question="")
                )
                | (models.Q(question="", proposition__isnull=True) & ~models.Q(indicateur=""))
                | models.Q(question="", indicateur="", proposition__isnull=False),
                name="suite_un_seul_objet",
            ),
        ]

    def __str__(self) -> str:
        return f"suite {self.pk}"
