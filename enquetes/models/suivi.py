"""A followed group: its waves, what it must show, and cards that name nobody.

Nothing here links a card to an answer: the identifier of a passation is made again from the key of
the campaign, kept outside the database (ADR 0075). Without the key there is no link.
"""

from datetime import date
from typing import TYPE_CHECKING, ClassVar, Final
from uuid import uuid4

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from voix.commun.modeles import Nature, auteur
from voix.comptes.perimetre import perimetre_de
from voix.comptes.roles import Droit

from .collecte import Collecte

if TYPE_CHECKING:
    from voix.comptes.models import Compte

NB_CRITERES: Final = 5
"""Most declared outcomes: beyond, no cohort of this size shows anything (domaine §4.2)."""
EFFECTIF_MAX: Final = 3000


class Rang(models.IntegerChoices):
    """Which of the four waves. The contrast that is declared is ``ENTREE`` to ``SORTIE``."""

    ENTREE = 1, "entrée"
    MI_PARCOURS = 2, "mi-parcours"
    SORTIE = 3, "sortie"
    POST = 4, "après le dispositif"


class Sens(models.TextChoices):
    HAUSSE = "hausse", "plus, c’est mieux"
    BAISSE = "baisse", "moins, c’est mieux"


class EtatCarte(models.TextChoices):
    ACTIVE = "active", "suivie"
    """Set when the card is issued."""
    PARTIE = "partie", "partie"
    """Set by the dietician: this family is not expected any more; its answers stay."""


class CohorteQuerySet(models.QuerySet["Cohorte"]):
    def visibles_par(
        self, compte: "Compte | AnonymousUser", droit: Droit = Droit.SUIVRE_COHORTE
    ) -> "CohorteQuerySet":
        """Return the cohorts where ``compte`` holds ``droit``."""
        perimetre = perimetre_de(compte, droit)
        return self.filter(perimetre.filtre(territoire="territoire", structure="structure"))


class Cohorte(models.Model):
    classification: ClassVar[dict[str, Nature]] = {
        "id": Nature.TECHNIQUE,
        "cle": Nature.TECHNIQUE,
        "titre": Nature.CONSERVE,
        "demandeur": Nature.CONSERVE,
        "territoire": Nature.CONSERVE,
        "structure": Nature.CONSERVE,
        "effectif": Nature.CONSERVE,
        "liste_papier": Nature.CONSERVE,
        "coupe_le": Nature.CONSERVE,
        "coupee_le": Nature.TECHNIQUE,
        "criteres_le": Nature.CONSERVE,
        "fictive": Nature.CONSERVE,
        "creee_le": Nature.TECHNIQUE,
        "creee_par": Nature.IDENTIFIANT,
    }

    cle = models.UUIDField("campagne", unique=True, default=uuid4)
    titre = models.CharField("titre", max_length=120)
    demandeur = models.CharField("qui demande", max_length=200)
    territoire = models.ForeignKey(
        "comptes.Territoire", models.RESTRICT, related_name="cohortes", verbose_name="territoire"
    )
    structure = models.ForeignKey(
        "comptes.Structure", models.RESTRICT, related_name="cohortes", verbose_name="structure"
    )
    effectif = models.PositiveSmallIntegerField("familles prévues")
    liste_papier = models.BooleanField("la structure tient la liste sur papier", default=False)
    coupe_le = models.DateField("le lien est coupé le")
    coupee_le = models.DateTimeField("lien coupé", null=True, blank=True)
    criteres_le = models.DateField("critères déclarés le", default=timezone.localdate)
    fictive = models.BooleanField("données fictives", default=False)
    creee_le = models.DateTimeField("créée le", auto_now_add=True)
    creee_par = auteur("créée par", "cohortes_creees")

    objects = CohorteQuerySet.as_manager()

    class Meta:
        verbose_name = "cohorte"
        verbose_name_plural = "cohortes"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(effectif__gte=1, effectif__lte=EFFECTIF_MAX),
                name="cohorte_effectif",
            ),
            # Two of one name: cards, lists and reports would be mixed up.
            models.UniqueConstraint("structure", Lower("titre"), name="cohorte_nom_unique"),
        ]

    def __str__(self) -> str:
        return self.titre

    @classmethod
    def visibles_par(
        cls, compte: "Compte | AnonymousUser", droit: Droit = Droit.SUIVRE_COHORTE
    ) -> CohorteQuerySet:
        return cls.objects.visibles_par(compte, droit).select_related("structure", "territoire")

    @property
    def est_coupee(self) -> bool:
        """Whether cards lead nowhere any more."""
        return self.coupee_le is not None

    def vague(self, rang: Rang) -> "Vague":
        return self.vagues.get(rang=rang)


class Vague(models.Model):
    """One of the four moments; its answers are those of its own collecte."""

    classification: ClassVar[dict[str, Nature]] = {
        "id": Nature.TECHNIQUE,
        "cohorte": Nature.CONSERVE,
        "rang": Nature.CONSERVE,
        "cible": Nature.CONSERVE,
        "collecte": Nature.CONSERVE,
    }

    cohorte = models.ForeignKey(
        Cohorte, models.CASCADE, related_name="vagues", verbose_name="cohorte"
    )
    rang = models.PositiveSmallIntegerField("vague", choices=Rang.choices)
    cible = models.DateField("date visée")
    collecte = models.OneToOneField(
        Collecte, models.RESTRICT, related_name="vague", verbose_name="collecte"
    )

    class Meta:
        verbose_name = "vague"
        verbose_name_plural = "vagues"
        ordering = ["cohorte", "rang"]
        constraints = [
            models.UniqueConstraint(fields=["cohorte", "rang"], name="vague_rang_unique"),
            models.CheckConstraint(
                condition=models.Q(rang__in=[r.value for r in Rang]), name="vague_rang"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cohorte} · {self.get_rang_display()}"

    def est_ouverte(self, jour: date) -> bool:
        """Return whether a card opens this wave on that day."""
        ouverte = self.collecte.etat == "ouverte"
        return ouverte and self.collecte.ouvre_le <= jour <= self.collecte.ferme_le


class Critere(models.Model):
    """A declared outcome: what will be judged between entrée and sortie, and which way is better.

    The database refuses any change once somebody has answered the exit wave, or a report is made.
    """

    classification: ClassVar[dict[str, Nature]] = {
        "id": Nature.TECHNIQUE,
        "cohorte": Nature.CONSERVE,
        "rang": Nature.CONSERVE,
        "libelle": Nature.CONSERVE,
        "questions": Nature.CONSERVE,
        "sens": Nature.CONSERVE,
    }

    cohorte = models.ForeignKey(
        Cohorte, models.CASCADE, related_name="criteres", verbose_name="cohorte"
    )
    rang = models.PositiveSmallIntegerField("rang")
    libelle = models.CharField("libellé", max_length=200)
    questions = models.JSONField("questions", default=list)
    sens = models.CharField("sens", max_length=8, choices=Sens.choices)

    class Meta:
        verbose_name = "critère déclaré"
        verbose_name_plural = "critères déclarés"
        ordering = ["cohorte", "rang"]
        constraints = [
            models.UniqueConstraint(fields=["cohorte", "rang"], name="critere_rang_unique"),
            models.CheckConstraint(
                condition=models.Q(rang__gte=1, rang__lte=NB_CRITERES), name="critere_cinq_au_plus"
            ),
            models.CheckConstraint(
                condition=models.Q(sens__in=[s.value for s in Sens]), name="critere_sens"
            ),
            models.CheckConstraint(
                condition=~models.Q(questions=[]), name="critere_avec_questions"
            ),
        ]

    def __str__(self) -> str:
        return self.libelle


class Carte(models.Model):
    """A number on paper; of its code, only a keyed fingerprint. Who holds it is written nowhere."""

    classification: ClassVar[dict[str, Nature]] = {
        "id": Nature.TECHNIQUE,
        "cohorte": Nature.CONSERVE,
        "numero": Nature.IDENTIFIANT,
        "empreinte": Nature.IDENTIFIANT,
        "etat": Nature.TECHNIQUE,
        "remplacee": Nature.TECHNIQUE,
        "sans_suite": Nature.CONSERVE,
        "paniers": Nature.SENSIBLE,
        "ateliers": Nature.SENSIBLE,
    }

    cohorte = models.ForeignKey(
        Cohorte, models.CASCADE, related_name="cartes", verbose_name="cohorte"
    )
    numero = models.PositiveSmallIntegerField("numéro")
    empreinte = models.CharField(
        "empreinte du code", max_length=32, null=True, blank=True, unique=True
    )
    etat = models.CharField(
        "état", max_length=8, choices=EtatCarte.choices, default=EtatCarte.ACTIVE
    )
    remplacee = models.PositiveSmallIntegerField("fois remplacée", default=0)
    sans_suite = models.BooleanField(
        "appariement rompu",
        default=False,
        help_text="Donnée à la place d’une carte perdue dont on ne sait plus le numéro.",
    )
    paniers = models.PositiveSmallIntegerField("paniers remis", default=0)
    ateliers = models.PositiveSmallIntegerField("ateliers suivis", default=0)

    class Meta:
        verbose_name = "carte"
        verbose_name_plural = "cartes"
        ordering = ["cohorte", "numero"]
        constraints = [
            models.UniqueConstraint(fields=["cohorte", "numero"], name="carte_numero_unique"),
            models.CheckConstraint(
                condition=models.Q(etat__in=[e.value for e in EtatCarte]), name="carte_etat"
            ),
            models.CheckConstraint(condition=models.Q(numero__gte=1), name="carte_numero"),
        ]

    def __str__(self) -> str:
        return f"carte {self.numero}"

    @classmethod
    def de(cls, cohorte: Cohorte, numero: int) -> "Carte | None":
        return cls.objects.filter(cohorte=cohorte, numero=numero).first()
