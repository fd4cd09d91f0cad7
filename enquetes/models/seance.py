"""A facilitated meeting: an atelier, a meeting, a committee. It may collect answers."""

import uuid
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, ClassVar, Final

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils import timezone

from voix.commun.francais import moment_en_mots
from voix.commun.modeles import Nature, auteur
from voix.comptes.perimetre import perimetre_de
from voix.comptes.roles import Droit

from .collecte import ENVOIS_APRES, Collecte

if TYPE_CHECKING:
    from voix.comptes.models import Compte

OUVRABLE_AVANT: Final = timedelta(hours=1)
OUVERTE_AU_PLUS: Final = timedelta(hours=12)
"""Life of the code, from the planned start (collecte §4.1): one hour before, twelve after."""


class GenreSeance(models.TextChoices):
    ATELIER = "atelier", "atelier"
    REUNION = "reunion", "réunion"
    COMITE_USAGERS = "comite_usagers", "comité d’usagers"
    COMITE_PILOTAGE = "comite_pilotage", "comité de pilotage"
    SESSION_COLLECTIVE = "session_collective", "rencontre collective de diététique"


class EtatSeance(models.TextChoices):
    PREPARATION = "preparation", "en préparation"
    """Set when it is created: the code answers « pas encore ouvert »."""
    OUVERTE = "ouverte", "ouverte"
    """Set by whoever runs it: people join with the code or the QR."""
    CLOSE = "close", "close"
    """Set by whoever runs it: nobody joins; devices still send what they keep."""


class SeanceQuerySet(models.QuerySet["Seance"]):
    def visibles_par(self, compte: "Compte | AnonymousUser") -> "SeanceQuerySet":
        """Return the séances of the territoires that ``compte`` coordinates, and its own ones."""
        ou = {"territoire": "territoire", "structure": "structure"}
        toutes = perimetre_de(compte, Droit.VOIR_SEANCES).filtre(**ou)
        les_siennes = perimetre_de(compte, Droit.ANIMER_SEANCE).filtre(**ou)
        return self.filter(toutes | (les_siennes & models.Q(animateur=compte.pk)))

    def avec_son_lieu(self) -> "SeanceQuerySet":
        return self.select_related(
            "territoire", "structure", "animateur", "collecte__version__questionnaire", "acces"
        )


class Seance(models.Model):
    classification: ClassVar[dict[str, Nature]] = {
        "id": Nature.TECHNIQUE,
        "cle": Nature.TECHNIQUE,
        "genre": Nature.CONSERVE,
        "titre": Nature.CONSERVE,
        "territoire": Nature.CONSERVE,
        "structure": Nature.CONSERVE,
        "salle": Nature.CONSERVE,
        "prevue_le": Nature.CONSERVE,
        "collecte": Nature.CONSERVE,
        "animateur": Nature.IDENTIFIANT,
        "code": Nature.TECHNIQUE,
        "nb_attendues": Nature.CONSERVE,
        "attendues_corrigees": Nature.TECHNIQUE,
        "etat": Nature.TECHNIQUE,
        "ouverte_le": Nature.TECHNIQUE,
        "close_le": Nature.TECHNIQUE,
        "dernier_numero": Nature.TECHNIQUE,
        "feuilles_detruites_le": Nature.CONSERVE,
        "feuilles_detruites_par": Nature.IDENTIFIANT,
        "creee_le": Nature.TECHNIQUE,
        "creee_par": Nature.IDENTIFIANT,
    }

    cle = models.UUIDField("clé de création", unique=True, default=uuid.uuid4)
    genre = models.CharField("genre", max_length=24, choices=GenreSeance.choices)
    titre = models.CharField("titre", max_length=120)
    territoire = models.ForeignKey(
        "comptes.Territoire", models.RESTRICT, related_name="seances", verbose_name="territoire"
    )
    structure = models.ForeignKey(
        "comptes.Structure",
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="seances",
        verbose_name="structure",
    )
    salle = models.CharField("salle", max_length=150, blank=True)
    prevue_le = models.DateTimeField("prévue le")
    collecte = models.ForeignKey(
        Collecte,
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="seances",
        verbose_name="collecte",
        help_text="Vide quand on n’y répond à aucun questionnaire.",
    )
    animateur = auteur("animée par", "seances")
    code = models.CharField("code", max_length=8, unique=True, null=True, blank=True)
    nb_attendues = models.PositiveSmallIntegerField(
        "personnes qui vont répondre", null=True, blank=True
    )
    """Told by whoever runs it, so that the room reads « 5 sur 12 », then that everybody answered."""
    attendues_corrigees = models.BooleanField("ce nombre a été changé", default=False)
    """From then on only steps of five are told: a number that is tried out tells who pressed (G1)."""
    etat = models.CharField(
        "état", max_length=16, choices=EtatSeance.choices, default=EtatSeance.PREPARATION
    )
    ouverte_le = models.DateTimeField("ouverte le", null=True, blank=True)
    close_le = models.DateTimeField("close le", null=True, blank=True)
    dernier_numero = models.PositiveIntegerField("dernier numéro de feuille", default=0)
    """Kept when its sheet is taken away: it is crossed out on the paper, and never given again."""
    feuilles_detruites_le = models.DateField(
        "feuilles de papier détruites le", null=True, blank=True
    )
    feuilles_detruites_par = auteur("feuilles de papier détruites par")
    creee_le = models.DateTimeField("créée le", auto_now_add=True)
    creee_par = auteur("créée par", "seances_creees")

    objects = SeanceQuerySet.as_manager()

    class Meta:
        verbose_name = "séance"
        verbose_name_plural = "séances"
        ordering = ["-prevue_le", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(genre__in=[g.value for g in GenreSeance]), name="seance_genre"
            ),
            models.CheckConstraint(
                condition=models.Q(etat__in=[e.value for e in EtatSeance]), name="seance_etat"
            ),
            models.CheckConstraint(
                condition=models.Q(code__isnull=True) | models.Q(code__regex=r"^[0-9]{8}$"),
                name="seance_code_huit_chiffres",
            ),
            # A code leads to questions: none without a collecte, always one with.
            models.CheckConstraint(
                condition=models.Q(collecte__isnull=True, code__isnull=True)
                | models.Q(collecte__isnull=False, code__isnull=False),
                name="seance_code_si_collecte",
            ),
            models.CheckConstraint(
                condition=models.Q(etat="close", close_le__isnull=False)
                | (~models.Q(etat="close") & models.Q(close_le__isnull=True)),
                name="seance_close_datee",
            ),
            models.CheckConstraint(
                condition=models.Q(nb_attendues__isnull=True) | models.Q(nb_attendues__gte=1),
                name="seance_attendues",
            ),
            models.CheckConstraint(
                condition=~models.Q(etat="ouverte") | models.Q(ouverte_le__isnull=False),
                name="seance_ouverte_datee",
            ),
        ]

    def __str__(self) -> str:
        return self.titre

    @classmethod
    def visibles_par(cls, compte: "Compte | AnonymousUser") -> SeanceQuerySet:
        return cls.objects.visibles_par(compte).avec_son_lieu()

    @property
    def lieu(self) -> str:
        """Where it takes place, as people say it."""
        place = str(self.structure or self.territoire)
        return f"{self.salle}, {place}" if self.salle else place

    @property
    def nom_entier(self) -> str:
        """Return what tells it from another of the same place and day: its room and its hour too."""
        salle = f", {self.salle}" if self.salle else ""
        return f"{self.titre}{salle}, {moment_en_mots(self.prevue_le)}"

    @property
    def code_lisible(self) -> str:
        """Return the code as it is shown and dictated: « 1234 5678 »."""
        return f"{self.code[:4]} {self.code[4:]}" if self.code else ""

    @property
    def code_depuis(self) -> datetime:
        return self.prevue_le - OUVRABLE_AVANT

    @property
    def code_jusqua(self) -> datetime:
        return self.prevue_le + OUVERTE_AU_PLUS

    def accueille(self, maintenant: datetime) -> bool:
        """Return whether somebody who holds the code or the QR may join now."""
        return (
            self.etat == EtatSeance.OUVERTE and self.code_depuis <= maintenant <= self.code_jusqua
        )

    def est_finie(self, maintenant: datetime) -> bool:
        """Return whether nobody joins any more."""
        return self.etat == EtatSeance.CLOSE or maintenant > self.code_jusqua

    @property
    def detruire_avant(self) -> date:
        """The last day for its sheets of paper to be destroyed: printed on each of them."""
        return timezone.localdate(self.prevue_le) + ENVOIS_APRES

    def recoit(self, maintenant: datetime) -> bool:
        """Return whether its devices may still send what they keep."""
        fin = self.close_le or self.code_jusqua
        return maintenant <= fin + ENVOIS_APRES
