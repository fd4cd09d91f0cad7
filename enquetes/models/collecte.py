"""A version opened to an audience for a period, and the links that lead to it."""

import secrets
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, ClassVar, Final

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils import timezone

from enquetes.parcours.definition import LANGUE_SOURCE, Definition, TexteRendu
from voix.commun.francais import duree_en_mots
from voix.commun.modeles import Nature, auteur
from voix.comptes.perimetre import perimetre_de
from voix.comptes.roles import Droit

from .questionnaire import VersionQuestionnaire

if TYPE_CHECKING:
    from voix.comptes.models import Compte


ENVOIS_APRES: Final = timedelta(days=60)
"""How long after the end a device that had no network may still send (collecte §2.7)."""


def nouveau_jeton() -> str:
    """Return 128 random bits for a link: cannot be guessed, fits in a small QR code."""
    return secrets.token_urlsafe(16)


class EtatCollecte(models.TextChoices):
    PREPARATION = "preparation", "en préparation"
    """Set by coordination: the link answers « pas encore ouverte »."""
    OUVERTE = "ouverte", "ouverte"
    """Set by coordination: people may answer within the period."""
    EN_PAUSE = "en_pause", "en pause"
    """Set by coordination: nobody can start; those who started may finish later."""
    CLOSE = "close", "close"
    """Set by coordination, once and for all: the answers are counted."""


class Unite(models.TextChoices):
    PERSONNE = "personne", "des personnes"
    """Respondents are persons: every table is protected."""
    ORGANISATION = "organisation", "des organisations ou des territoires"
    """Respondents are organisations or territoires: nothing to hide, declared at opening."""


class Entree(models.TextChoices):
    LIEN = "lien", "un lien et un QR code, ouverts à tous"
    """Easy to spread; nothing stops somebody from answering twice."""
    FEUILLE = "feuille", "une feuille à usage unique par personne"
    """Each slip serves once: the main link leads nowhere."""
    SEANCE = "seance", "seulement pendant des ateliers"
    """Each séance has its own code: the main link leads nowhere."""
    CARTE = "carte", "une carte par famille suivie"
    """A wave of a cohort: nobody answers without the code of a card (ADR 0091)."""


class CollecteQuerySet(models.QuerySet["Collecte"]):
    def visibles_par(
        self, compte: "Compte | AnonymousUser", droit: Droit = Droit.VOIR_COLLECTES
    ) -> "CollecteQuerySet":
        """Return the collectes where ``compte`` holds ``droit``."""
        perimetre = perimetre_de(compte, droit)
        return self.filter(perimetre.filtre(territoire="territoire", structure="structure"))

    def avec_nb_reponses(self) -> "CollecteQuerySet":
        """Annotate how many have sent their answers: the only live figure of a collecte."""
        envoyees = models.Q(passations__etat="terminee")
        return self.annotate(nb_reponses=models.Count("passations", filter=envoyees))

    def avec_son_lieu(self) -> "CollecteQuerySet":
        return self.select_related("version__questionnaire", "territoire", "structure")


class Collecte(models.Model):
    classification: ClassVar[dict[str, Nature]] = {
        "id": Nature.TECHNIQUE,
        "nom": Nature.CONSERVE,
        "titre": Nature.CONSERVE,
        "version": Nature.CONSERVE,
        "territoire": Nature.CONSERVE,
        "structure": Nature.CONSERVE,
        "unite": Nature.CONSERVE,
        "public": Nature.CONSERVE,
        "demandeur": Nature.CONSERVE,
        "raison": Nature.CONSERVE,
        "traductions": Nature.CONSERVE,
        "langues": Nature.CONSERVE,
        "entree": Nature.CONSERVE,
        "modes": Nature.CONSERVE,
        "garde_incompletes": Nature.CONSERVE,
        "profil": Nature.CONSERVE,
        "etat": Nature.TECHNIQUE,
        "ouvre_le": Nature.TECHNIQUE,
        "ferme_le": Nature.TECHNIQUE,
        "conservation_mois": Nature.TECHNIQUE,
        "fictive": Nature.CONSERVE,
        "creee_le": Nature.TECHNIQUE,
        "creee_par": Nature.IDENTIFIANT,
        "close_le": Nature.TECHNIQUE,
        "close_par": Nature.IDENTIFIANT,
        "rendue_le": Nature.CONSERVE,
    }

    nom = models.SlugField("nom court", max_length=64, unique=True)
    titre = models.CharField("titre", max_length=200)
    version = models.ForeignKey(
        VersionQuestionnaire, models.RESTRICT, related_name="collectes", verbose_name="version"
    )
    territoire = models.ForeignKey(
        "comptes.Territoire", models.RESTRICT, related_name="collectes", verbose_name="territoire"
    )
    structure = models.ForeignKey(
        "comptes.Structure",
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="collectes",
        verbose_name="structure",
    )
    unite = models.CharField(
        "qui répond", max_length=16, choices=Unite.choices, default=Unite.PERSONNE
    )
    public = models.CharField("à qui elle s’adresse", max_length=200)
    demandeur = models.CharField("qui demande", max_length=200)
    raison = models.TextField("pourquoi", max_length=1000)
    traductions = models.JSONField("qui et pourquoi, traduits", default=dict, blank=True)
    """By language other than French: ``demandeur`` and ``raison``, where coordination wrote them."""
    langues = models.JSONField("langues proposées", default=list)
    entree = models.CharField(
        "comment on y répond", max_length=16, choices=Entree.choices, default=Entree.LIEN
    )
    modes = models.JSONField("façons de répondre", default=list)
    garde_incompletes = models.BooleanField(
        "garde les réponses incomplètes des appareils partagés", default=False
    )
    """Said on the first screen: what somebody leaves in the middle is kept, instead of erased (K3)."""
    profil = models.CharField(
        "protection",
        max_length=16,
        default="sensible",
        choices=[("sensible", "renforcée"), ("ordinaire", "ordinaire")],
        help_text="Le niveau le plus bas permis\u00a0; chaque question peut être plus protégée.",
    )
    etat = models.CharField(
        "état", max_length=16, choices=EtatCollecte.choices, default=EtatCollecte.PREPARATION
    )
    ouvre_le = models.DateField("ouvre le")
    ferme_le = models.DateField("ferme le")
    conservation_mois = models.PositiveSmallIntegerField("conservation (mois)", default=24)
    fictive = models.BooleanField("données fictives", default=False)
    creee_le = models.DateTimeField("créée le", auto_now_add=True)
    creee_par = auteur("créée par", "collectes_creees")
    close_le = models.DateTimeField("close le", null=True, blank=True)
    close_par = auteur("close par", "collectes_closes")
    rendue_le = models.DateField("retour rendu le", null=True, blank=True)
    """Since when those who answered can read what became of it, without an account."""

    objects = CollecteQuerySet.as_manager()

    class Meta:
        verbose_name = "collecte"
        verbose_name_plural = "collectes"
        ordering = ["-ouvre_le", "nom"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ferme_le__gte=models.F("ouvre_le")), name="collecte_periode"
            ),
            models.CheckConstraint(
                condition=models.Q(etat__in=[e.value for e in EtatCollecte]), name="collecte_etat"
            ),
            models.CheckConstraint(
                condition=models.Q(unite__in=[u.value for u in Unite]), name="collecte_unite"
            ),
            models.CheckConstraint(
                condition=models.Q(entree__in=[e.value for e in Entree]), name="collecte_entree"
            ),
            models.CheckConstraint(
                condition=models.Q(profil__in=["sensible", "ordinaire"]), name="collecte_profil"
            ),
            models.CheckConstraint(
                condition=models.Q(conservation_mois__gte=1, conservation_mois__lte=120),
                name="collecte_conservation",
            ),
            models.CheckConstraint(
                condition=models.Q(etat="close", close_le__isnull=False)
                | (~models.Q(etat="close") & models.Q(close_le__isnull=True)),
                name="collecte_close_datee",
            ),
        ]

    def __str__(self) -> str:
        return self.titre

    @property
    def conservation(self) -> str:
        """How long answers are kept, in the words of the form."""
        return duree_en_mots(self.conservation_mois)

    @classmethod
    def visibles_par(
        cls, compte: "Compte | AnonymousUser", droit: Droit = Droit.VOIR_COLLECTES
    ) -> CollecteQuerySet:
        return cls.objects.visibles_par(compte, droit).avec_son_lieu()

    def titre_dans(self, langue: str, definition: Definition) -> TexteRendu:
        """Return what heads the welcome page: the poster's title, which is French.

        In another language it is the questionnaire's own title, when that one is translated.
        """
        traduit = definition.titre.dans(langue)
        if langue != LANGUE_SOURCE and traduit.langue == langue:
            return traduit
        return TexteRendu(self.titre, LANGUE_SOURCE)

    def mots_dans(self, langue: str, quoi: str) -> TexteRendu:
        """Return ``demandeur`` or ``raison`` in a language, or in French where nobody translated it."""
        traduit = self.traductions.get(langue, {}).get(quoi, "")
        return TexteRendu(traduit, langue) if traduit else TexteRendu(getattr(self, quoi), "fr")

    @property
    def est_vague(self) -> bool:
        """Whether it is a wave: counted in the report of its cohort only, with the other waves."""
        return hasattr(self, "vague")

    @property
    def lieu(self) -> str:
        """Where it takes place, as people say it."""
        return str(self.structure or self.territoire)


class AccesQuerySet(models.QuerySet["Acces"]):
    def des_lieux(self) -> "AccesQuerySet":
        """Return the links of places: those of séances are handled with their séance."""
        return self.filter(seance__isnull=True)

    def avec_son_lieu(self) -> "AccesQuerySet":
        return self.select_related(
            "collecte__version__questionnaire", "territoire", "structure"
        ).order_by("-principal", "territoire__chemin", "structure__nom", "pk")

    def avec_nb_reponses(self) -> "AccesQuerySet":
        """Annotate how many came through each link: never shown beside persons."""
        envoyees = models.Q(passations__etat="terminee")
        return self.annotate(nb_reponses=models.Count("passations", filter=envoyees))


class Acces(models.Model):
    """One link (and its QR poster) into a collecte; says where its answers come from."""

    classification: ClassVar[dict[str, Nature]] = {
        "id": Nature.TECHNIQUE,
        "collecte": Nature.CONSERVE,
        "jeton": Nature.TECHNIQUE,
        "territoire": Nature.CONSERVE,
        "structure": Nature.CONSERVE,
        "principal": Nature.TECHNIQUE,
        "ouvert": Nature.TECHNIQUE,
        "expire_le": Nature.TECHNIQUE,
        "seance": Nature.CONSERVE,
        "par_feuille": Nature.TECHNIQUE,
    }

    collecte = models.ForeignKey(
        Collecte, models.CASCADE, related_name="acces", verbose_name="collecte"
    )
    jeton = models.CharField("jeton", max_length=32, unique=True, default=nouveau_jeton)
    territoire = models.ForeignKey(
        "comptes.Territoire", models.RESTRICT, related_name="acces", verbose_name="territoire"
    )
    structure = models.ForeignKey(
        "comptes.Structure",
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="acces",
        verbose_name="structure",
    )
    principal = models.BooleanField("lien principal", default=False)
    ouvert = models.BooleanField("ouvert", default=True)
    expire_le = models.DateField("expire le", null=True, blank=True)
    seance = models.OneToOneField(
        "enquetes.Seance",
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="acces",
        verbose_name="séance",
        help_text="Vide pour le lien d’un lieu.",
    )
    par_feuille = models.BooleanField("par feuille à usage unique", default=False)
    """Nobody answers through it without a slip, each of which serves once."""

    objects = AccesQuerySet.as_manager()

    class Meta:
        verbose_name = "accès"
        verbose_name_plural = "accès"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["collecte"], condition=models.Q(principal=True), name="acces_un_principal"
            ),
            # A place has one open link at most; a closed one may be followed by a new one.
            # The links of séances are apart: a place may hold several séances.
            # Two constraints: SQLite cannot treat two NULLs as equal.
            models.UniqueConstraint(
                fields=["collecte", "territoire"],
                condition=models.Q(
                    principal=False,
                    ouvert=True,
                    structure__isnull=True,
                    seance__isnull=True,
                    par_feuille=False,
                ),
                name="acces_territoire_unique",
            ),
            models.UniqueConstraint(
                fields=["collecte", "structure"],
                condition=models.Q(
                    principal=False,
                    ouvert=True,
                    structure__isnull=False,
                    seance__isnull=True,
                    par_feuille=False,
                ),
                name="acces_structure_unique",
            ),
            models.CheckConstraint(
                condition=models.Q(principal=False) | models.Q(seance__isnull=True),
                name="acces_seance_secondaire",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.collecte} · {self.lieu}"

    def recoit(self, maintenant: datetime) -> bool:
        """Return whether what was answered through this link may still arrive (collecte §2.7)."""
        if self.seance is not None:
            return self.seance.recoit(maintenant)
        return timezone.localdate(maintenant) <= self.valable_jusquau + ENVOIS_APRES

    def est_trop_tard(self) -> bool:
        """Return whether what is filed now comes after the closing of its séance: not for its wall (G7)."""
        return self.seance is not None and self.seance.close_le is not None

    def a_commence(self, maintenant: datetime) -> bool:
        """Return whether people have been able to answer through this link at all."""
        if self.collecte.etat == EtatCollecte.PREPARATION:
            return False
        if self.seance is not None:
            return self.seance.ouverte_le is not None
        return timezone.localdate(maintenant) >= self.collecte.ouvre_le

    @classmethod
    def jeton_de_seance(cls, code: str) -> str | None:
        """Return the token behind the eight digits of a séance, or nothing."""
        return (
            cls.objects.filter(seance__code=code, ouvert=True)
            .values_list("jeton", flat=True)
            .first()
        )

    @property
    def lieu(self) -> str:
        """Where its answers come from, as people say it."""
        return str(self.structure or self.territoire)

    @property
    def valable_jusquau(self) -> date:
        """The last day when this link leads somewhere: printed on its poster."""
        fins = [self.collecte.ferme_le]
        if self.expire_le:
            fins.append(self.expire_le)
        if self.seance is not None:
            fins.append(timezone.localdate(self.seance.code_jusqua))
        return min(fins)
