"""A free text under review, who read it, and the batches in which it leaves (confidentialité §7)."""

import uuid
from typing import ClassVar, Final

from django.conf import settings
from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual

from voix.commun.modeles import Nature, auteur

LONGUEUR_MAX: Final = 300
"""Characters of a verbatim that leaves."""


class EtatVerbatim(models.TextChoices):
    A_RELIRE = "a_relire", "à relire"
    """Taken from the answers, nothing proposed yet."""
    MASQUE_PROPOSE = "masque_propose", "masquage proposé"
    """The detectors have spoken; nobody has read."""
    VALIDE_1 = "valide_1", "validé une fois"
    REFORMULE = "reformule", "reformulé"
    """A reader took words away: that reader vouches for it, another must read."""
    VALIDE_2 = "valide_2", "validé deux fois"
    """Two readers agree, but the detectors have learnt since and see more: to be read again."""
    PUBLIABLE = "publiable", "publiable"
    REFUSE = "refuse", "refusé"
    """A reader said no: it never leaves."""


DECIDES: Final = (EtatVerbatim.PUBLIABLE, EtatVerbatim.REFUSE)


class Danger(models.TextChoices):
    SIGNALE = "signale", "un danger est dit, personne ne s’en occupe encore"
    """Set by a reader: the text never leaves, coordination is told."""
    PRIS = "pris", "la coordination s’en occupe"


class VerbatimQuerySet(models.QuerySet["Verbatim"]):
    def presents(self) -> "VerbatimQuerySet":
        """Return those whose person has not erased her answers since."""
        return self.filter(passation__etat="terminee")


class Verbatim(models.Model):
    """One text of one person to one question. Nothing tells when it was written."""

    classification: ClassVar[dict[str, Nature]] = {
        "id": Nature.TECHNIQUE,
        "collecte": Nature.CONSERVE,
        "passation": Nature.IDENTIFIANT,
        "question": Nature.CONSERVE,
        "profil": Nature.CONSERVE,
        "territoire": Nature.CONSERVE,
        "structure": Nature.CONSERVE,
        "original": Nature.SENSIBLE,
        "texte": Nature.SENSIBLE,
        "etat": Nature.TECHNIQUE,
        "tour": Nature.TECHNIQUE,
        "decide_le": Nature.TECHNIQUE,
        "danger": Nature.TECHNIQUE,
        "lot": Nature.CONSERVE,
        "rang": Nature.CONSERVE,
    }

    id = models.UUIDField("identifiant", primary_key=True, default=uuid.uuid4)
    """Drawn at random: the order of the queue tells nothing of the order of arrival."""
    collecte = models.ForeignKey(
        "enquetes.Collecte", models.RESTRICT, related_name="verbatims", verbose_name="collecte"
    )
    passation = models.ForeignKey(
        "enquetes.Passation", models.CASCADE, related_name="verbatims", verbose_name="passation"
    )
    question = models.CharField("question", max_length=80)
    profil = models.CharField("protection", max_length=16)
    territoire = models.ForeignKey(
        "comptes.Territoire", models.RESTRICT, related_name="verbatims", verbose_name="territoire"
    )
    structure = models.ForeignKey(
        "comptes.Structure",
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="verbatims",
        verbose_name="structure",
    )
    original = models.TextField("texte reçu", blank=True)
    texte = models.TextField("texte proposé", blank=True)
    etat = models.CharField(
        "état", max_length=16, choices=EtatVerbatim.choices, default=EtatVerbatim.A_RELIRE
    )
    tour = models.PositiveSmallIntegerField("tour de relecture", default=1)
    """Begins again when a reader changes the text."""
    decide_le = models.DateField("décidé le", null=True, blank=True)
    danger = models.CharField("danger", max_length=8, choices=Danger.choices, blank=True)
    lot = models.ForeignKey(
        "LotVerbatims",
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="verbatims",
        verbose_name="lot",
    )
    rang = models.PositiveSmallIntegerField("rang dans le lot", null=True, blank=True)
    """Drawn at random when the batch leaves."""

    objects = VerbatimQuerySet.as_manager()

    class Meta:
        verbose_name = "verbatim"
        verbose_name_plural = "verbatims"
        ordering = ["pk"]
        indexes = [models.Index(fields=["collecte", "etat"], name="verbatim_collecte_etat")]
        constraints = [
            models.UniqueConstraint(fields=["passation", "question"], name="verbatim_unique"),
            models.UniqueConstraint(fields=["lot", "rang"], name="verbatim_rang_unique"),
            models.CheckConstraint(
                condition=models.Q(etat__in=[e.value for e in EtatVerbatim]), name="verbatim_etat"
            ),
            models.CheckConstraint(
                condition=models.Q(profil__in=["sensible", "ordinaire"]), name="verbatim_profil"
            ),
            models.CheckConstraint(
                condition=models.Q(etat__in=DECIDES, decide_le__isnull=False)
                | (~models.Q(etat__in=DECIDES) & models.Q(decide_le__isnull=True)),
                name="verbatim_decide_date",
            ),
            models.CheckConstraint(
                condition=~models.Q(original="") | models.Q(etat__in=DECIDES),
                name="verbatim_original_garde",
            ),
            models.CheckConstraint(
                condition=models.Q(lot__isnull=True, rang__isnull=True)
                | models.Q(lot__isnull=False, rang__isnull=False, etat="publiable"),
                name="verbatim_lot_publiable",
            ),
            models.CheckConstraint(
                condition=models.Q(danger="")
                | models.Q(danger__in=[d.value for d in Danger], etat="refuse"),
                name="verbatim_danger_refuse",
            ),
            models.CheckConstraint(
                # A lookup is a condition for Django; its stubs do not know it yet.
                condition=~models.Q(etat="publiable")
                | models.Q(LessThanOrEqual(Length("texte"), LONGUEUR_MAX)),
                name="verbatim_court",
            ),
        ]

    def __str__(self) -> str:
        return f"verbatim {self.pk}"

    @classmethod
    def avec_leur_collecte(cls) -> VerbatimQuerySet:
        """Return the texts, each with what its page says of its collecte."""
        return cls.objects.select_related("collecte__version")


class Decision(models.TextChoices):
    VALIDER = "valider", "peut être publié"
    REFORMULER = "reformuler", "mots cachés"
    REFUSER = "refuser", "ne doit pas être publié"


class Relecture(models.Model):
    """One reader's decision on one text. Who answered is not in it; who read is."""

    classification: ClassVar[dict[str, Nature]] = {
        "id": Nature.TECHNIQUE,
        "verbatim": Nature.TECHNIQUE,
        "tour": Nature.TECHNIQUE,
        "decision": Nature.TECHNIQUE,
        "structures": Nature.TECHNIQUE,
        "lue_le": Nature.TECHNIQUE,
        "lue_par": Nature.IDENTIFIANT,
    }

    verbatim = models.ForeignKey(
        Verbatim, models.CASCADE, related_name="relectures", verbose_name="verbatim"
    )
    tour = models.PositiveSmallIntegerField("tour")
    decision = models.CharField("décision", max_length=16, choices=Decision.choices)
    structures = models.JSONField("structures de la personne qui a relu", default=list)
    """Where she worked that day, by number; empty for somebody of the territoire."""
    lue_le = models.DateTimeField("lue le", auto_now_add=True)
    lue_par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.RESTRICT,
        related_name="relectures",
        verbose_name="lue par",
    )

    class Meta:
        verbose_name = "relecture"
        verbose_name_plural = "relectures"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["verbatim", "tour", "lue_par"], name="relecture_une_par_personne"
            ),
            models.CheckConstraint(
                condition=models.Q(decision__in=[d.value for d in Decision]),
                name="relecture_decision",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_decision_display()} ({self.verbatim_id})"


class Attestation(models.Model):
    """Whether a reader was at a workshop of a collecte: then she reads nothing of it."""

    classification: ClassVar[dict[str, Nature]] = {
        "id": Nature.TECHNIQUE,
        "collecte": Nature.CONSERVE,
        "present": Nature.TECHNIQUE,
        "attestee_le": Nature.TECHNIQUE,
        "attestee_par": Nature.IDENTIFIANT,
    }

    collecte = models.ForeignKey(
        "enquetes.Collecte", models.CASCADE, related_name="attestations", verbose_name="collecte"
    )
    present = models.BooleanField("était présente")
    attestee_le = models.DateTimeField("attestée le", auto_now=True)
    attestee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="attestations",
        verbose_name="attestée par",
    )

    class Meta:
        verbose_name = "attestation"
        verbose_name_plural = "attestations"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["collecte", "attestee_par"], name="attestation_unique")
        ]

    def __str__(self) -> str:
        return f"{self.attestee_par_id}\u00a0: {'présente' if self.present else 'absente'}"


class LotVerbatims(models.Model):
    """Verbatims of one question and one territoire that left together, in a random order."""

    classification: ClassVar[dict[str, Nature]] = {
        "id": Nature.TECHNIQUE,
        "collecte": Nature.CONSERVE,
        "question": Nature.CONSERVE,
        "territoire": Nature.CONSERVE,
        "nombre": Nature.CONSERVE,
        "libere_le": Nature.TECHNIQUE,
        "libere_par": Nature.IDENTIFIANT,
    }

    collecte = models.ForeignKey(
        "enquetes.Collecte",
        models.RESTRICT,
        related_name="lots_verbatims",
        verbose_name="collecte",
    )
    question = models.CharField("question", max_length=80)
    territoire = models.ForeignKey(
        "comptes.Territoire",
        models.RESTRICT,
        related_name="lots_verbatims",
        verbose_name="territoire",
    )
    nombre = models.PositiveSmallIntegerField("nombre de verbatims")
    libere_le = models.DateField("libéré le")
    libere_par = auteur("libéré par", "lots_liberes")

    class Meta:
        verbose_name = "lot de verbatims"
        verbose_name_plural = "lots de verbatims"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(nombre__gte=5), name="lot_assez_grand")
        ]

    def __str__(self) -> str:
        return f"{self.question} · {self.territoire_id} ({self.nombre})"
