"""The memory of all that was ever shown (confidentialité §6). Rows are only added, by trigger.

A new publication is audited together with everything here that concerns the same persons: what
was told once stays known. Each publication carries the hash of the one before it.
"""

from typing import Any, ClassVar

from django.db import models

from voix.commun.modeles import Nature

from .plan import PlanAnalyse


class Publication(models.Model):
    """One closing: the persons counted that day, and all the tables shown of them."""

    classification: ClassVar[dict[str, Nature]] = {
        "id": Nature.TECHNIQUE,
        "collecte": Nature.CONSERVE,
        "numero": Nature.CONSERVE,
        "au": Nature.CONSERVE,
        "releve": Nature.CONSERVE,
        "seance": Nature.CONSERVE,
        "plan": Nature.CONSERVE,
        "version": Nature.CONSERVE,
        "nombre": Nature.CONSERVE,
        "parametres": Nature.TECHNIQUE,
        "precedente": Nature.TECHNIQUE,
        "empreinte": Nature.TECHNIQUE,
    }

    collecte = models.ForeignKey(
        "enquetes.Collecte", models.PROTECT, related_name="publications", verbose_name="collecte"
    )
    numero = models.PositiveSmallIntegerField("numéro")
    au = models.DateField("réponses reçues jusqu’au")
    releve = models.OneToOneField(
        "enquetes.Releve",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="publication",
        verbose_name="relevé",
    )
    """The relevé that asked for it: its answers and those of the earlier ones are counted."""
    seance = models.OneToOneField(
        "enquetes.Seance",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="mur",
        verbose_name="séance",
    )
    """The séance on whose wall it was shown, once; nothing for a closing."""
    plan = models.ForeignKey(
        PlanAnalyse, models.PROTECT, related_name="publications", verbose_name="plan d’analyse"
    )
    version = models.CharField("empreinte du questionnaire", max_length=64)
    nombre = models.PositiveIntegerField("nombre de réponses comptées")
    parametres = models.JSONField("paramètres")
    """Thresholds per profile, version of the code, and what the audit certified."""
    precedente = models.CharField("empreinte de la précédente", max_length=64, blank=True)
    empreinte = models.CharField("empreinte SHA-256", max_length=64, unique=True)

    class Meta:
        verbose_name = "publication"
        verbose_name_plural = "publications"
        ordering = ["collecte", "numero"]
        constraints = [
            models.UniqueConstraint(
                fields=["collecte", "numero"], name="publication_numero_unique"
            ),
            models.CheckConstraint(condition=models.Q(nombre__gt=0), name="publication_non_vide"),
        ]

    def __str__(self) -> str:
        return f"clôture {self.numero} de {self.collecte_id}"

    @classmethod
    def du_releve(cls, releve_id: int) -> "Publication | None":
        """Return what was published of a relevé, ready to be read."""
        lues = cls.objects.select_related("plan", "collecte__version", "releve")
        # Tables added since for a wider plan hold the earlier ones too.
        siennes = models.Q(releve_id=releve_id) | models.Q(parametres__releve=releve_id)
        # Told by the same statement, so that a page costs no more for knowing it.
        plus_tard = PlanAnalyse.objects.filter(
            collecte=models.OuterRef("collecte"), numero__gt=models.OuterRef("plan__numero")
        )
        lues = lues.filter(siennes).order_by("-numero")
        return lues.annotate(plan_a_change=models.Exists(plus_tard)).first()

    @classmethod
    def clotures(cls, collecte_id: int) -> "models.QuerySet[Publication]":
        """Return the closings of a collecte: what was shown on walls is read on the walls only."""
        return cls.objects.filter(collecte_id=collecte_id, seance__isnull=True)

    @classmethod
    def des_collectes(cls, collectes: "models.QuerySet[Any]") -> "models.QuerySet[Publication]":
        """Return the closings of these collectes, the latest first."""
        lues = cls.objects.select_related("collecte", "releve")
        return lues.filter(collecte__in=collectes, seance__isnull=True).order_by("-au", "-pk")

    @classmethod
    def du_mur(cls, seance_id: int) -> "Publication | None":
        """Return what was shown on the wall of a séance."""
        lues = cls.objects.select_related("plan", "collecte__version")
        return lues.filter(seance_id=seance_id).first()

    def est_publique(self, question: str) -> bool:
        """Return whether anybody may read a question: it was judged as sensitive (§4.1).

        Lowered by the referent, it is for an inner circle; unknown, it is too.
        """
        profils: dict[str, str] = self.parametres.get("profils", {})
        return profils.get(question) == "sensible"

    @classmethod
    def a_montre(cls, collecte_id: int) -> bool:
        """Return whether any result of this collecte has been shown."""
        return cls.objects.filter(collecte_id=collecte_id).exists()


class Population(models.Model):
    """The persons of one displayed group, by the random identifiers of their passations."""

    classification: ClassVar[dict[str, Nature]] = {
        "id": Nature.TECHNIQUE,
        "publication": Nature.CONSERVE,
        "predicat": Nature.CONSERVE,
        "dimensions": Nature.CONSERVE,
        "axes": Nature.CONSERVE,
        "nombre": Nature.CONSERVE,
        "membres": Nature.IDENTIFIANT,
    }

    publication = models.ForeignKey(
        Publication, models.PROTECT, related_name="populations", verbose_name="publication"
    )
    predicat = models.CharField("prédicat", max_length=1000)
    """Canonical: the same for the same groups, whatever their order; ``TOTAL`` for everybody."""
    dimensions = models.CharField("dimensions", max_length=200, blank=True)
    """Names, sorted, joined by ``|``: which tables it is in."""
    axes = models.JSONField("axes", default=list)
    """``[{"dimension", "codes", "parent"}]``: several codes when they are told as one."""
    nombre = models.PositiveIntegerField("nombre")
    membres = models.BinaryField("membres")
    """Identifiers of 16 bytes, sorted, end to end. An erased person stays, without answers."""

    class Meta:
        verbose_name = "population"
        verbose_name_plural = "populations"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "predicat"], name="population_predicat_unique"
            )
        ]
        indexes = [
            models.Index(fields=["publication", "dimensions"], name="population_dimensions")
        ]

    def __str__(self) -> str:
        return f"{self.predicat} ({self.publication_id})"


class Cellule(models.Model):
    """An interval shown of one answer in one population; ``reponse`` empty: how many answered."""

    classification: ClassVar[dict[str, Nature]] = {
        "id": Nature.TECHNIQUE,
        "population": Nature.CONSERVE,
        "question": Nature.CONSERVE,
        "reponse": Nature.CONSERVE,
        "bas": Nature.CONSERVE,
        "haut": Nature.CONSERVE,
        "nature": Nature.CONSERVE,
    }

    population = models.ForeignKey(
        Population, models.PROTECT, related_name="cellules", verbose_name="population"
    )
    question = models.CharField("question", max_length=64)
    reponse = models.CharField("réponse", max_length=64, blank=True)
    bas = models.PositiveIntegerField("au moins")
    haut = models.PositiveIntegerField("au plus")
    nature = models.CharField("nature", max_length=16)

    class Meta:
        verbose_name = "cellule"
        verbose_name_plural = "cellules"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["population", "question", "reponse"], name="cellule_unique"
            ),
            models.CheckConstraint(
                condition=models.Q(bas__lte=models.F("haut")), name="cellule_intervalle"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question}={self.reponse} [{self.bas}, {self.haut}]"


class Regroupement(models.Model):
    """Groups put together because one was too small; kept as they are by later publications."""

    classification: ClassVar[dict[str, Nature]] = {
        "id": Nature.TECHNIQUE,
        "publication": Nature.CONSERVE,
        "dimension": Nature.CONSERVE,
        "contexte": Nature.CONSERVE,
        "parent": Nature.CONSERVE,
        "codes": Nature.CONSERVE,
        "n_min": Nature.CONSERVE,
    }

    publication = models.ForeignKey(
        Publication, models.PROTECT, related_name="regroupements", verbose_name="publication"
    )
    dimension = models.CharField("dimension", max_length=64)
    contexte = models.CharField("dans quelle population", max_length=1000)
    """Predicate of the row that is broken down."""
    parent = models.JSONField("groupe qui les contient", default=list)
    codes = models.JSONField("codes réunis")
    n_min = models.PositiveSmallIntegerField("plus petit groupe permis")

    class Meta:
        verbose_name = "regroupement"
        verbose_name_plural = "regroupements"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.dimension} : {' + '.join(self.codes)}"


class Refus(models.Model):
    """A publication that was asked for and not made, and why."""

    classification: ClassVar[dict[str, Nature]] = {
        "id": Nature.TECHNIQUE,
        "collecte": Nature.CONSERVE,
        "au": Nature.CONSERVE,
        "motif": Nature.CONSERVE,
        "message": Nature.CONSERVE,
    }

    collecte = models.ForeignKey(
        "enquetes.Collecte", models.PROTECT, related_name="refus", verbose_name="collecte"
    )
    au = models.DateField("demandée au")
    motif = models.CharField("motif", max_length=200)
    message = models.TextField("message")

    class Meta:
        verbose_name = "refus de publication"
        verbose_name_plural = "refus de publication"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.motif} ({self.collecte_id})"
