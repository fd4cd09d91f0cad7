"""What the facilitator tells of a séance afterwards: who was there, how it went."""

from typing import ClassVar, Final

from django.core.validators import MaxValueValidator
from django.db import models

from voix.commun.modeles import Nature, auteur

from .seance import Seance

NB_MAX: Final = 999


MAIN: Final = "main"
"""Who corrected on the office's page, beside the devices in ``Rapport.rangs``."""


class Moment(models.TextChoices):
    DIAGNOSTIC = "diagnostic", "diagnostic"
    REUNION = "reunion", "réunion"
    CONCEPTION = "conception", "conception"
    ANIMATION = "animation", "animation"
    BILAN = "bilan", "bilan"


class GenreLieu(models.TextChoices):
    """What kind of place it was: the name of the place says it to those who know it only."""

    DISTRIBUTION = "distribution", "lieu de distribution alimentaire"
    EPICERIE = "epicerie", "épicerie sociale ou solidaire"
    CENTRE_SOCIAL = "centre_social", "centre social ou maison de quartier"
    MAIRIE = "mairie", "mairie ou CCAS"
    ASSOCIATION = "association", "local d’une association"
    SALLE = "salle", "salle des fêtes ou salle prêtée"
    HEBERGEMENT = "hebergement", "hébergement ou foyer"
    DEHORS = "dehors", "dehors\u00a0: marché, jardin, camion"
    DISTANCE = "distance", "à distance\u00a0: téléphone ou écran"
    AUTRE = "autre", "autre lieu"


class Accord(models.TextChoices):
    """How the persons whose words are kept said yes."""

    ORAL = "oral", "à l’oral"
    ECRIT = "ecrit", "par écrit"


def _effectif(nom: str) -> "models.PositiveSmallIntegerField[int | None, int | None]":
    return models.PositiveSmallIntegerField(
        nom, null=True, blank=True, validators=[MaxValueValidator(NB_MAX)]
    )


PRESENTS: Final = ("beneficiaires", "benevoles", "professionnels", "elus")
"""The four colleges whose heads are counted (collecte, facilitator's report)."""
MODES: Final = ("telephone", "tablette", "papier", "main_levee")
"""How people answered, as the facilitator saw it."""


class Rapport(models.Model):
    """One form feeds the reconciliation and the indicators of involvement. Empty is « not said »."""

    classification: ClassVar[dict[str, Nature]] = {
        "id": Nature.TECHNIQUE,
        "seance": Nature.CONSERVE,
        "lieu": Nature.CONSERVE,
        "debut": Nature.CONSERVE,
        "fin": Nature.CONSERVE,
        **{f"presents_{college}": Nature.CONSERVE for college in PRESENTS},
        **{f"reponses_{mode}": Nature.CONSERVE for mode in MODES},
        "refus": Nature.CONSERVE,
        "aides_a_lire": Nature.CONSERVE,
        "langues": Nature.CONSERVE,
        "coanimation": Nature.CONSERVE,
        "moment": Nature.CONSERVE,
        "implication": Nature.CONSERVE,
        "preuve": Nature.CONSERVE,
        "preuve_le": Nature.CONSERVE,
        "supports": Nature.CONSERVE,
        "incidents": Nature.SENSIBLE,
        "citations": Nature.SENSIBLE,
        "accord": Nature.CONSERVE,
        "promesse": Nature.CONSERVE,
        "rangs": Nature.TECHNIQUE,
        "termine_le": Nature.TECHNIQUE,
        "termine_par": Nature.IDENTIFIANT,
    }

    seance = models.OneToOneField(
        Seance, models.CASCADE, related_name="rapport", verbose_name="séance"
    )
    lieu = models.CharField("genre de lieu", max_length=16, choices=GenreLieu.choices, blank=True)
    debut = models.TimeField("commencée à", null=True, blank=True)
    fin = models.TimeField("finie à", null=True, blank=True)
    presents_beneficiaires = _effectif("personnes concernées présentes")
    presents_benevoles = _effectif("bénévoles présents")
    presents_professionnels = _effectif("professionnels présents")
    presents_elus = _effectif("élus présents")
    reponses_telephone = _effectif("réponses sur leur téléphone")
    reponses_tablette = _effectif("réponses sur la tablette")
    reponses_papier = _effectif("réponses sur papier")
    reponses_main_levee = _effectif("réponses à main levée")
    refus = _effectif("refus")
    aides_a_lire = _effectif("personnes aidées à lire")
    langues = models.CharField("langues parlées", max_length=200, blank=True)
    coanimation = models.CharField("qui a co-animé", max_length=200, blank=True)
    moment = models.CharField(
        "moment du projet", max_length=16, choices=Moment.choices, blank=True
    )
    implication = models.PositiveSmallIntegerField("niveau d’implication", null=True, blank=True)
    preuve = models.CharField("preuve", max_length=300, blank=True)
    preuve_le = models.DateField("preuve datée du", null=True, blank=True)
    supports = models.CharField("aides offertes", max_length=300, blank=True)
    incidents = models.TextField("incidents", max_length=1000, blank=True)
    citations = models.TextField("paroles, avec accord", max_length=1500, blank=True)
    accord = models.CharField(
        "accord pour ces paroles", max_length=8, choices=Accord.choices, blank=True
    )
    promesse = models.TextField("ce qui a été promis", max_length=1000, blank=True)
    rangs = models.JSONField("rangs de ce qui est dit", default=dict, blank=True)
    """For each thing said, the last rank that each device sealed it with, and the last correction
    by hand (ADR 0141). An order, never a time."""
    termine_le = models.DateTimeField("terminé le", null=True, blank=True)
    termine_par = auteur("terminé par", "rapports_termines")

    class Meta:
        verbose_name = "compte rendu"
        verbose_name_plural = "comptes rendus"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(implication__isnull=True)
                | models.Q(implication__gte=0, implication__lte=5),
                name="rapport_implication",
            ),
            models.CheckConstraint(
                condition=models.Q(moment__in=["", *(m.value for m in Moment)]),
                name="rapport_moment",
            ),
            models.CheckConstraint(
                condition=models.Q(lieu__in=["", *(lieu.value for lieu in GenreLieu)]),
                name="rapport_lieu",
            ),
            models.CheckConstraint(
                condition=models.Q(accord__in=["", *(accord.value for accord in Accord)]),
                name="rapport_accord",
            ),
            # A level of involvement counts only with a proof that has a date.
            models.CheckConstraint(
                condition=models.Q(implication__isnull=True)
                | models.Q(implication=0)
                | (~models.Q(preuve="") & models.Q(preuve_le__isnull=False)),
                name="rapport_implication_prouvee",
            ),
        ]

    def __str__(self) -> str:
        return f"compte rendu de {self.seance}"

    @property
    def nb_corrections(self) -> int:
        """How many times something was said or corrected by hand, on the office's page."""
        return max((dits.get(MAIN, 0) for dits in self.rangs.values()), default=0)

    @property
    def nb_annonces(self) -> int | None:
        """How many answers the facilitator saw leave, hands excluded; not said is not zero."""
        dits = [getattr(self, f"reponses_{mode}") for mode in MODES if mode != "main_levee"]
        return None if all(dit is None for dit in dits) else sum(dit or 0 for dit in dits)

    @property
    def nb_presents(self) -> int:
        return sum(getattr(self, f"presents_{college}") or 0 for college in PRESENTS)
