"""What an evaluator adds: an indicator of their own, a figure typed in by hand."""

from typing import Any, ClassVar, Final

from django.contrib.auth.models import AnonymousUser
from django.db import models

from analyses.indicateurs.catalogue import indicateur
from analyses.indicateurs.formule.arbre import ErreurFormule
from analyses.indicateurs.indicateur import (
    Forme,
    Indicateur,
    IndicateurInvalide,
    Intervalle,
    MiseEnCommun,
    Sens,
)
from voix.commun.modeles import Nature, auteur
from voix.comptes.models import Compte, Territoire
from voix.comptes.roles import Droit

from .programme import Programme
from .socle import dans_le_perimetre, parmi

GROUPE: Final = "Vos indicateurs"
ILLISIBLE: Final = "nombre(territoires)"
"""Stands for a formula whose words no longer exist: it is never counted."""
FORMES = (
    (Forme.PART.value, "une part, en pourcentage"),
    (Forme.RAPPORT.value, "un rapport, avec une décimale"),
    (Forme.NOMBRE.value, "un nombre"),
)
SENS = (
    (Sens.AU_MOINS.value, "au moins l’objectif"),
    (Sens.AU_PLUS.value, "au plus l’objectif"),
)
MISES_EN_COMMUN = (
    (MiseEnCommun.ENSEMBLE.value, "tout mettre ensemble"),
    (MiseEnCommun.PART_DES_TERRITOIRES.value, "compter les territoires"),
    (MiseEnCommun.SOMME.value, "additionner"),
)
INTERVALLES = (
    (Intervalle.RECENSEMENT.value, "non\u00a0: tout a été compté"),
    (Intervalle.WILSON.value, "oui\u00a0: c’est un échantillon"),
    (Intervalle.AUCUN.value, "non\u00a0: cela n’a pas de sens ici"),
)


class IndicateurPropre(models.Model):
    """An indicator written in the product, read like the bundled ones."""

    classification: ClassVar[dict[str, Nature]] = {
        "id": Nature.TECHNIQUE,
        "territoire": Nature.CONSERVE,
        "code": Nature.CONSERVE,
        "nom": Nature.CONSERVE,
        "definition": Nature.CONSERVE,
        "formule": Nature.CONSERVE,
        "forme": Nature.CONSERVE,
        "objectif": Nature.CONSERVE,
        "sens": Nature.CONSERVE,
        "origine": Nature.CONSERVE,
        "mise_en_commun": Nature.CONSERVE,
        "intervalle": Nature.CONSERVE,
        "base_min": Nature.CONSERVE,
        "cree_le": Nature.TECHNIQUE,
        "cree_par": Nature.IDENTIFIANT,
    }

    territoire = models.ForeignKey(
        Territoire, models.RESTRICT, related_name="indicateurs", verbose_name="territoire"
    )
    code = models.CharField("code", max_length=16)
    nom = models.CharField("nom", max_length=150)
    definition = models.CharField("définition", max_length=500)
    formule = models.CharField("formule", max_length=1000)
    forme = models.CharField("forme", max_length=16, choices=FORMES, default="part")
    objectif = models.PositiveIntegerField("objectif", null=True, blank=True)
    sens = models.CharField("sens", max_length=16, choices=SENS, default="au_moins")
    origine = models.CharField("d’où il vient", max_length=200, blank=True)
    mise_en_commun = models.CharField(
        "entre territoires", max_length=24, choices=MISES_EN_COMMUN, default="ensemble"
    )
    intervalle = models.CharField(
        "intervalle", max_length=16, choices=INTERVALLES, default="recensement"
    )
    base_min = models.PositiveSmallIntegerField("base minimale", default=10)
    cree_le = models.DateTimeField("créé le", auto_now_add=True)
    cree_par = auteur("créé par", "indicateurs_crees")

    class Meta:
        verbose_name = "indicateur propre"
        verbose_name_plural = "indicateurs propres"
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["territoire", "code"], name="indicateur_code_unique"),
            models.CheckConstraint(condition=parmi("forme", FORMES), name="indicateur_forme"),
            models.CheckConstraint(condition=parmi("sens", SENS), name="indicateur_sens"),
            models.CheckConstraint(
                condition=parmi("mise_en_commun", MISES_EN_COMMUN),
                name="indicateur_mise_en_commun",
            ),
            models.CheckConstraint(
                condition=parmi("intervalle", INTERVALLES), name="indicateur_intervalle"
            ),
            models.CheckConstraint(
                condition=~models.Q(forme="part")
                | models.Q(objectif__isnull=True)
                | models.Q(objectif__lte=100),
                name="indicateur_objectif",
            ),
            models.CheckConstraint(
                condition=models.Q(base_min__gte=1), name="indicateur_base_min"
            ),
        ]

    def __str__(self) -> str:
        return self.nom

    @classmethod
    def visibles_par(
        cls, compte: Compte | AnonymousUser, droit: Droit = Droit.LIRE_REGISTRES
    ) -> "models.QuerySet[IndicateurPropre]":
        """Return the indicators of the territoires of ``compte``."""
        ou = dans_le_perimetre(compte, droit)
        return cls.objects.filter(ou).select_related("territoire")

    def lu(self) -> Indicateur:
        """Return it as the bundled ones are; one that rules no longer allow says so, and no figure."""
        try:
            return indicateur(self._en_donnees())
        except (ErreurFormule, IndicateurInvalide) as erreur:
            lisible = self.formule if isinstance(erreur, IndicateurInvalide) else ILLISIBLE
            return indicateur(
                {
                    "code": self.code,
                    "nom": self.nom,
                    "definition": self.definition,
                    "formule": lisible,
                    "groupe": GROUPE,
                    "absent": f"Cet indicateur n’est plus compté. {erreur}",
                }
            )

    def verifie(self) -> None:
        """Errors: ``ErreurFormule``, ``IndicateurInvalide`` when rules do not allow it."""
        indicateur(self._en_donnees())

    def _en_donnees(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "nom": self.nom,
            "definition": self.definition,
            "formule": self.formule,
            "forme": self.forme,
            "objectif": self.objectif,
            "sens": self.sens,
            "source": self.origine,
            "mise_en_commun": self.mise_en_commun,
            "intervalle": self.intervalle,
            "base_min": self.base_min,
            "groupe": GROUPE,
        }


class MesureSaisie(models.Model):
    """A result read somewhere and typed in, beside what Voix counts. It may be impossible."""

    classification: ClassVar[dict[str, Nature]] = {
        "id": Nature.TECHNIQUE,
        "programme": Nature.CONSERVE,
        "code": Nature.CONSERVE,
        "pourcent": Nature.CONSERVE,
        "k": Nature.CONSERVE,
        "n": Nature.CONSERVE,
        "origine": Nature.CONSERVE,
        "du": Nature.CONSERVE,
        "saisie_le": Nature.TECHNIQUE,
        "saisie_par": Nature.IDENTIFIANT,
    }

    programme = models.ForeignKey(
        Programme, models.CASCADE, related_name="mesures_saisies", verbose_name="programme"
    )
    code = models.CharField("indicateur", max_length=16)
    pourcent = models.CharField("résultat écrit", max_length=8)
    """As it was written, decimals included: « 74 », « 73,8 »."""
    k = models.PositiveIntegerField("combien", null=True, blank=True)
    n = models.PositiveIntegerField("sur combien", null=True, blank=True)
    origine = models.CharField("d’où vient ce chiffre", max_length=200)
    du = models.DateField("date du chiffre")
    saisie_le = models.DateTimeField("saisie le", auto_now_add=True)
    saisie_par = auteur("saisie par", "mesures_saisies")

    class Meta:
        verbose_name = "mesure saisie"
        verbose_name_plural = "mesures saisies"
        ordering = ["programme", "code", "-du", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "code", "du", "origine"], name="mesure_saisie_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} : {self.pourcent} %"

    @classmethod
    def visibles_par(
        cls, compte: Compte | AnonymousUser, droit: Droit = Droit.LIRE_REGISTRES
    ) -> "models.QuerySet[MesureSaisie]":
        """Return the figures typed in for the programmes of ``compte``."""
        ou = dans_le_perimetre(compte, droit, "programme__territoire__chemin")
        return cls.objects.filter(ou).select_related("programme")
