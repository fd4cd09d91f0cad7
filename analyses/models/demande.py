"""What only the data referent decides: a grouping asked for after results, a question's lower profile."""

from enum import StrEnum
from typing import ClassVar

from django.db import models

from voix.commun.modeles import Nature, auteur, auteur_fige


class EtatDemande(StrEnum):
    """What became of a request."""

    TRANSMISE = "transmise"
    ACCEPTEE = "acceptee"
    REFUSEE = "refusee"


LIBELLES_ETATS = {
    EtatDemande.TRANSMISE: "transmise",
    EtatDemande.ACCEPTEE: "acceptée",
    EtatDemande.REFUSEE: "refusée",
}


class Demande(models.Model):
    """A grouping that the plan has not, asked for after results were seen."""

    classification: ClassVar[dict[str, Nature]] = {
        "id": Nature.TECHNIQUE,
        "collecte": Nature.CONSERVE,
        "croisement": Nature.CONSERVE,
        "motif": Nature.CONSERVE,
        "demandee_le": Nature.CONSERVE,
        "demandee_par": Nature.IDENTIFIANT,
        "etat": Nature.CONSERVE,
        "raison": Nature.CONSERVE,
        "decidee_le": Nature.CONSERVE,
        "decidee_par": Nature.IDENTIFIANT,
    }

    collecte = models.ForeignKey(
        "enquetes.Collecte", models.PROTECT, related_name="demandes", verbose_name="collecte"
    )
    croisement = models.JSONField("dimensions croisées")
    motif = models.TextField("pourquoi", max_length=1000)
    demandee_le = models.DateField("demandée le")
    demandee_par = auteur("demandée par")
    etat = models.CharField(
        "état",
        max_length=16,
        choices=[(e.value, libelle) for e, libelle in LIBELLES_ETATS.items()],
        default=EtatDemande.TRANSMISE,
    )
    raison = models.TextField("raison de la décision", max_length=1000, blank=True)
    decidee_le = models.DateField("décidée le", null=True, blank=True)
    decidee_par = auteur("décidée par")

    class Meta:
        verbose_name = "demande de ventilation"
        verbose_name_plural = "demandes de ventilation"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(etat__in=[e.value for e in EtatDemande]), name="demande_etat"
            ),
            models.CheckConstraint(
                condition=models.Q(etat=EtatDemande.TRANSMISE.value, decidee_le__isnull=True)
                | models.Q(decidee_le__isnull=False) & ~models.Q(raison=""),
                name="demande_decidee_avec_raison",
            ),
        ]

    def __str__(self) -> str:
        return f"{' × '.join(self.croisement)} ({self.collecte_id})"

    @classmethod
    def de(cls, collecte_id: int) -> "models.QuerySet[Demande]":
        """Return what was asked of a collecte, the latest first, with who asked and who decided."""
        demandes = cls.objects.filter(collecte_id=collecte_id)
        return demandes.select_related("demandee_par", "decidee_par")


class Abaissement(models.Model):
    """A question told as ordinaire in one collecte, by decision of the referent. Rows are only added."""

    classification: ClassVar[dict[str, Nature]] = {
        "id": Nature.TECHNIQUE,
        "collecte": Nature.CONSERVE,
        "question": Nature.CONSERVE,
        "raison": Nature.CONSERVE,
        "decide_le": Nature.CONSERVE,
        "decide_par": Nature.IDENTIFIANT,
    }

    collecte = models.ForeignKey(
        "enquetes.Collecte", models.PROTECT, related_name="abaissements", verbose_name="collecte"
    )
    question = models.CharField("question", max_length=64)
    raison = models.TextField("raison", max_length=1000)
    decide_le = models.DateField("décidé le")
    decide_par = auteur_fige("décidé par")

    class Meta:
        verbose_name = "abaissement de profil"
        verbose_name_plural = "abaissements de profil"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["collecte", "question"], name="abaissement_unique"),
            models.CheckConstraint(condition=~models.Q(raison=""), name="abaissement_avec_raison"),
        ]

    def __str__(self) -> str:
        return f"{self.question} ({self.collecte_id})"

    @classmethod
    def de(cls, collecte_id: int) -> "models.QuerySet[Abaissement]":
        """Return the decisions of a collecte, with who took them."""
        return cls.objects.filter(collecte_id=collecte_id).select_related("decide_par")

    @classmethod
    def questions_de(cls, collecte_id: int) -> frozenset[str]:
        """Return the questions of a collecte that the referent lowered."""
        return frozenset(
            cls.objects.filter(collecte_id=collecte_id).values_list("question", flat=True)
        )
