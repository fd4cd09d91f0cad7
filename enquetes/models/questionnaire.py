"""A questionnaire, and its immutable published versions."""

from typing import Any, ClassVar

from django.contrib.auth.models import AnonymousUser
from django.db import models

from enquetes.parcours.definition import Definition
from enquetes.parcours.lecture import definition_depuis
from voix.commun.modeles import Nature, auteur
from voix.comptes.models import Compte, Structure
from voix.comptes.perimetre import perimetre_de
from voix.comptes.roles import Droit


class QuestionnaireQuerySet(models.QuerySet["Questionnaire"]):
    def visibles_par(self, compte: Compte | AnonymousUser) -> "QuestionnaireQuerySet":
        """Return the library, and what was written for a territoire of this account.

        Only accounts that may open a collecte or follow a cohort somewhere see any. What was written for a région
        serves its communes, and what a commune wrote is seen by the région that it belongs to.
        """
        ouverts = [perimetre_de(compte, d) for d in (Droit.OUVRIR_COLLECTE, Droit.SUIVRE_COHORTE)]
        pks = frozenset().union(*(perimetre.structures for perimetre in ouverts))
        structures = Structure.objects.filter(pk__in=pks)
        chemins = set(structures.values_list("territoire__chemin", flat=True))
        chemins = chemins.union(*(perimetre.chemins for perimetre in ouverts))
        if not chemins:
            return self.none()
        condition = models.Q(territoire__isnull=True)
        for chemin in sorted(chemins):
            codes = chemin.strip("/").split("/")
            au_dessus = ["/" + "/".join(codes[:n]) + "/" for n in range(1, len(codes))]
            condition |= models.Q(territoire__chemin__startswith=chemin)
            condition |= models.Q(territoire__chemin__in=au_dessus)
        return self.filter(condition)


_LUES: dict[str, Definition] = {}
"""Definitions by hash, read once a process: a published version never changes."""
LUES_AU_PLUS = 256


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

    objects = QuestionnaireQuerySet.as_manager()

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

    @classmethod
    def visibles_par(cls, compte: Compte | AnonymousUser) -> QuestionnaireQuerySet:
        return cls.objects.visibles_par(compte)

    def est_visible_par(self, compte: Compte | AnonymousUser) -> bool:
        return Questionnaire.objects.visibles_par(compte).filter(pk=self.pk).exists()


class VersionQuerySet(models.QuerySet["VersionQuestionnaire"]):
    def visibles_par(self, compte: Compte | AnonymousUser) -> "VersionQuerySet":
        """Return the versions of the questionnaires that this account may open."""
        return self.filter(questionnaire__in=Questionnaire.visibles_par(compte))

    def offertes(self) -> "VersionQuerySet":
        """Those with which a collecte may be opened."""
        return self.filter(retiree_le__isnull=True)

    def dernieres(self) -> "VersionQuerySet":
        """Return the newest version of each questionnaire that is not withdrawn."""
        memes = self.model.objects.offertes().filter(
            questionnaire=models.OuterRef("questionnaire")
        )
        plus_recent = memes.order_by("-numero").values("numero")[:1]
        return self.filter(numero=models.Subquery(plus_recent))


class VersionQuestionnaire(models.Model):
    """One published definition. Never changes; its hash names it.

    Withdrawn because of a fault, it is offered to nobody new; what was answered stays (ADR 0089).
    """

    classification: ClassVar[dict[str, Nature]] = {
        "id": Nature.TECHNIQUE,
        "questionnaire": Nature.CONSERVE,
        "numero": Nature.CONSERVE,
        "empreinte": Nature.CONSERVE,
        "definition": Nature.CONSERVE,
        "publiee_le": Nature.TECHNIQUE,
        "publiee_par": Nature.IDENTIFIANT,
        "retiree_le": Nature.TECHNIQUE,
        "retiree_par": Nature.IDENTIFIANT,
        "raison_retrait": Nature.CONSERVE,
    }

    questionnaire = models.ForeignKey(
        Questionnaire, models.RESTRICT, related_name="versions", verbose_name="questionnaire"
    )
    numero = models.PositiveSmallIntegerField("numéro")
    empreinte = models.CharField("empreinte SHA-256", max_length=64)
    definition = models.JSONField("définition")
    publiee_le = models.DateTimeField("publiée le", auto_now_add=True)
    publiee_par = auteur("publiée par", "versions_publiees")
    retiree_le = models.DateTimeField("retirée le", null=True, blank=True)
    retiree_par = auteur("retirée par", "versions_retirees")
    raison_retrait = models.CharField("raison du retrait", max_length=200, blank=True)

    objects = VersionQuerySet.as_manager()

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
            models.CheckConstraint(
                condition=models.Q(retiree_le__isnull=True, raison_retrait="")
                | (models.Q(retiree_le__isnull=False) & ~models.Q(raison_retrait="")),
                name="version_retrait_motive",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire} · version {self.numero}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("A published version never changes.")
        super().save(*args, **kwargs)

    @classmethod
    def visibles_par(cls, compte: Compte | AnonymousUser) -> VersionQuerySet:
        return cls.objects.visibles_par(compte).select_related("questionnaire__territoire")

    @property
    def est_retiree(self) -> bool:
        return self.retiree_le is not None

    @property
    def retiree(self) -> str:
        """How devices call it once it is withdrawn; empty before that."""
        return self.empreinte[:12] if self.est_retiree else ""

    def lue(self) -> Definition:
        """Return the definition, read once a process."""
        lue = _LUES.get(self.empreinte)
        if lue is None:
            if len(_LUES) >= LUES_AU_PLUS:
                _LUES.pop(next(iter(_LUES)), None)
            # Two threads may read it at once: both must then hold the same object, because forms
            # and pages are remembered by identity.
            lue = _LUES.setdefault(self.empreinte, definition_depuis(self.definition))
        return lue
