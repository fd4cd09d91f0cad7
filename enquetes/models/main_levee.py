"""A show of hands: counts of a group, never fake persons, each correction beside what it corrects."""

from typing import ClassVar

from django.db import models

from voix.commun.modeles import Nature, auteur

from .seance import Seance


class MainLeveeQuerySet(models.QuerySet["MainLevee"]):
    def courantes(self) -> "MainLeveeQuerySet":
        """Return the last count of each question: the others are its history."""
        memes = self.model.objects.filter(
            seance=models.OuterRef("seance"), question=models.OuterRef("question")
        )
        derniere = memes.order_by("-rang").values("rang")[:1]
        return self.filter(rang=models.Subquery(derniere))

    def figer(self) -> None:
        """Mark these counts as those that results show, unless their question has one already."""
        deja = self.model.objects.filter(
            seance=models.OuterRef("seance"), question=models.OuterRef("question"), montree=True
        )
        retenues = list(self.exclude(models.Exists(deja)).values_list("pk", flat=True))
        self.model.objects.filter(pk__in=retenues).update(montree=True)


class MainLevee(models.Model):
    classification: ClassVar[dict[str, Nature]] = {
        "id": Nature.TECHNIQUE,
        "seance": Nature.CONSERVE,
        "question": Nature.CONSERVE,
        "rang": Nature.TECHNIQUE,
        "presents": Nature.CONSERVE,
        "comptes": Nature.CONSERVE,
        "abstentions": Nature.CONSERVE,
        "montree": Nature.TECHNIQUE,
        "appareil": Nature.TECHNIQUE,
        "n": Nature.TECHNIQUE,
        "comptee_le": Nature.TECHNIQUE,
        "comptee_par": Nature.IDENTIFIANT,
    }

    seance = models.ForeignKey(
        Seance, models.CASCADE, related_name="mains_levees", verbose_name="séance"
    )
    question = models.CharField("question", max_length=64)
    rang = models.PositiveSmallIntegerField("rang", default=1)
    presents = models.PositiveSmallIntegerField("personnes présentes")
    comptes = models.JSONField("mains par réponse", default=dict)
    abstentions = models.PositiveSmallIntegerField("abstentions", default=0)
    montree = models.BooleanField("montrée dans les résultats", default=False)
    """The count that was there when the séance first closed: results show no other (ADR 0121)."""
    appareil = models.CharField("appareil", max_length=36, blank=True)
    n = models.PositiveIntegerField("ordre", default=0)
    """The rank that the device sealed it with, or among the counts made on the office's page (ADR 0167)."""
    comptee_le = models.DateTimeField("comptée le", auto_now_add=True)
    comptee_par = auteur("comptée par", "mains_levees_comptees")

    objects = MainLeveeQuerySet.as_manager()

    class Meta:
        verbose_name = "main levée"
        verbose_name_plural = "mains levées"
        ordering = ["seance", "question", "rang"]
        constraints = [
            models.UniqueConstraint(
                fields=["seance", "question", "rang"], name="main_levee_rang_unique"
            ),
            models.UniqueConstraint(
                fields=["seance", "question"],
                condition=models.Q(montree=True),
                name="main_levee_montree_unique",
            ),
            models.CheckConstraint(
                condition=models.Q(abstentions__lte=models.F("presents")),
                name="main_levee_abstentions",
            ),
            models.CheckConstraint(
                condition=models.Q(appareil="") | models.Q(n__gte=1), name="main_levee_ordre"
            ),
            models.CheckConstraint(
                condition=models.Q(presents__gte=1, rang__gte=1), name="main_levee_presents"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seance} · {self.question}"

    @classmethod
    def de(cls, seance: Seance) -> MainLeveeQuerySet:
        return cls.objects.courantes().filter(seance=seance)

    @classmethod
    def histoire(cls, seance: Seance, question: str) -> MainLeveeQuerySet:
        """Return every count of one question, the first one first."""
        return cls.objects.filter(seance=seance, question=question).order_by("rang")

    @classmethod
    def nb_au_bureau(cls, seance: Seance) -> int:
        """Return how many counts were made on the office's page."""
        return cls.objects.filter(seance=seance, appareil="").count()

    @property
    def mains(self) -> int:
        """How many hands were counted, abstentions apart."""
        return sum(self.comptes.values())
