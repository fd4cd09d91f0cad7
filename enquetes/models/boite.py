"""The inbox: sealed answers exactly as received, committed before they are acknowledged."""

from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.models import AnonymousUser
from django.db import models

from voix.commun.modeles import Nature, auteur
from voix.comptes.perimetre import perimetre_de
from voix.comptes.roles import Droit

from .collecte import Acces
from .seance import Seance

if TYPE_CHECKING:
    from voix.comptes.models import Compte


class Appareil(models.Model):
    """A tablet prepared for a séance. Its token only lets it send; only a fingerprint is stored."""

    classification: ClassVar[dict[str, Nature]] = {
        "id": Nature.TECHNIQUE,
        "seance": Nature.CONSERVE,
        "nom": Nature.CONSERVE,
        "jeton": Nature.IDENTIFIANT,
        "prepare_le": Nature.TECHNIQUE,
        "prepare_par": Nature.IDENTIFIANT,
        "revoque_le": Nature.TECHNIQUE,
        "revoque_par": Nature.IDENTIFIANT,
        "vu_le": Nature.TECHNIQUE,
        "en_attente": Nature.TECHNIQUE,
    }

    seance = models.ForeignKey(
        Seance, models.CASCADE, related_name="appareils", verbose_name="séance"
    )
    nom = models.CharField("nom", max_length=40)
    jeton = models.CharField("empreinte du jeton", max_length=64, unique=True)
    prepare_le = models.DateTimeField("préparé le", auto_now_add=True)
    prepare_par = auteur("préparé par", "appareils_prepares")
    revoque_le = models.DateTimeField("révoqué le", null=True, blank=True)
    revoque_par = auteur("révoqué par", "appareils_revoques")
    vu_le = models.DateField("dernier contact", null=True, blank=True)
    en_attente = models.PositiveIntegerField("réponses en attente", default=0)

    class Meta:
        verbose_name = "appareil"
        verbose_name_plural = "appareils"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["seance", "nom"], name="appareil_nom_unique"),
        ]

    def __str__(self) -> str:
        return self.nom


class EtatEnveloppe(models.TextChoices):
    NOUVELLE = "nouvelle", "reçue"
    """Set by the commit that precedes the acknowledgement."""
    OUVERTE = "ouverte", "ouverte"
    """Set when its answers are in a passation."""
    QUARANTAINE = "quarantaine", "en quarantaine"
    """Set when it does not open or its answers are not right; nobody is told but coordination."""
    ECARTEE = "ecartee", "écartée"
    """Set by coordination, with its reason; can be opened again."""
    SANS_SUITE = "sans_suite", "sans suite"
    """Set when the person had erased these answers: they do not come back."""


class Motif(models.TextChoices):
    CLE = "cle", "la clé qui l’ouvre manque"
    SCEAU = "sceau", "le sceau est rompu ou ne va pas avec son étiquette"
    CONTENU = "contenu", "le contenu n’est pas lisible"
    VERSION = "version", "le questionnaire n’est pas celui de la séance"
    REPONSES = "reponses", "des réponses n’existent pas dans ce questionnaire"
    VIDE = "vide", "il n’y a aucune réponse"
    DEJA = "deja", "d’autres réponses ont déjà été envoyées sous le même identifiant"
    LIEN = "lien", "elle vient d’une autre séance"
    CARTE = "carte", "aucune carte de ce suivi n’a ce code"
    ERREUR = "erreur", "une erreur de Voix"


class EnveloppeQuerySet(models.QuerySet["Enveloppe"]):
    def visibles_par(self, compte: "Compte | AnonymousUser") -> "EnveloppeQuerySet":
        """Return the envelopes of the territoires that ``compte`` coordinates."""
        perimetre = perimetre_de(compte, Droit.VOIR_SEANCES)
        return self.filter(
            perimetre.filtre(territoire="acces__territoire", structure="acces__structure")
        )

    def a_examiner(self) -> "EnveloppeQuerySet":
        return self.filter(etat__in=[EtatEnveloppe.QUARANTAINE, EtatEnveloppe.ECARTEE])


class Enveloppe(models.Model):
    """``id`` is the passation's, and no device knows it (ADR 0190).

    The moment goes once it is opened: a time tells who answered.
    """

    classification: ClassVar[dict[str, Nature]] = {
        "id": Nature.IDENTIFIANT,
        "acces": Nature.CONSERVE,
        "appareil": Nature.TECHNIQUE,
        "empreinte": Nature.TECHNIQUE,
        "brute": Nature.SENSIBLE,
        "jour": Nature.TECHNIQUE,
        "recue_a": Nature.TECHNIQUE,
        "tardive": Nature.CONSERVE,
        "importee": Nature.TECHNIQUE,
        "etat": Nature.TECHNIQUE,
        "motif": Nature.TECHNIQUE,
        "raison": Nature.CONSERVE,
        "code_effacement": Nature.IDENTIFIANT,
    }

    id = models.UUIDField("identifiant", primary_key=True)
    acces = models.ForeignKey(
        Acces, models.RESTRICT, related_name="enveloppes", verbose_name="accès"
    )
    appareil = models.ForeignKey(
        Appareil,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="enveloppes",
        verbose_name="appareil",
    )
    empreinte = models.CharField("empreinte", max_length=64)
    brute = models.TextField("copie scellée", blank=True)
    jour = models.DateField("jour")
    recue_a = models.DateTimeField("reçue à", null=True, blank=True)
    tardive = models.BooleanField("tardive", default=False)
    importee = models.BooleanField("par fichier", default=False)
    """Brought by the team, from a device that several people passed round."""
    etat = models.CharField(
        "état", max_length=16, choices=EtatEnveloppe.choices, default=EtatEnveloppe.NOUVELLE
    )
    motif = models.CharField("motif", max_length=16, choices=Motif.choices, blank=True)
    raison = models.CharField("raison", max_length=200, blank=True)
    code_effacement = models.CharField("empreinte du code d’effacement", max_length=32, blank=True)
    """Of what waits for a decision only: the person may erase it too."""

    objects = EnveloppeQuerySet.as_manager()

    class Meta:
        verbose_name = "enveloppe"
        verbose_name_plural = "enveloppes"
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["recue_a"],
                condition=models.Q(etat="nouvelle"),
                name="enveloppe_a_ouvrir",
            ),
            # Few rows have one: those that are accepted write nothing in it.
            models.Index(
                fields=["code_effacement"],
                condition=~models.Q(code_effacement=""),
                name="enveloppe_par_code",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(etat__in=[e.value for e in EtatEnveloppe]),
                name="enveloppe_etat",
            ),
            models.CheckConstraint(
                condition=models.Q(motif__in=["", *(m.value for m in Motif)]),
                name="enveloppe_motif",
            ),
            # What is still to be opened cannot have been purged.
            models.CheckConstraint(
                condition=~models.Q(etat__in=["nouvelle", "quarantaine"]) | ~models.Q(brute=""),
                name="enveloppe_a_ouvrir_entiere",
            ),
            models.CheckConstraint(
                condition=~models.Q(etat="quarantaine") | ~models.Q(motif=""),
                name="enveloppe_quarantaine_motivee",
            ),
            models.CheckConstraint(
                condition=~models.Q(etat="ecartee") | ~models.Q(raison=""),
                name="enveloppe_ecartee_motivee",
            ),
            models.CheckConstraint(
                condition=models.Q(etat="nouvelle", recue_a__isnull=False)
                | (~models.Q(etat="nouvelle") & models.Q(recue_a__isnull=True)),
                name="enveloppe_sans_heure",
            ),
            models.CheckConstraint(
                condition=models.Q(code_effacement="")
                | models.Q(etat__in=["nouvelle", "quarantaine", "ecartee"]),
                name="enveloppe_code_si_a_examiner",
            ),
        ]

    def __str__(self) -> str:
        return f"enveloppe {self.pk}"

    @classmethod
    def visibles_par(cls, compte: "Compte | AnonymousUser") -> EnveloppeQuerySet:
        return cls.objects.visibles_par(compte).select_related("acces__collecte", "acces__seance")
