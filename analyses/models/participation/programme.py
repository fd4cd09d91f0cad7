"""Several territoires that follow the same indicators together."""

from typing import ClassVar

from django.contrib.auth.models import AnonymousUser
from django.db import models

from voix.commun.modeles import Nature, auteur
from voix.comptes.models import Compte, Territoire
from voix.comptes.roles import Droit

from .socle import dans_le_perimetre


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def visibles_par(
        self, compte: Compte | AnonymousUser, droit: Droit = Droit.LIRE_REGISTRES
    ) -> "ProgrammeQuerySet":
        """Return the programmes whose own territoire is in the perimeter of ``compte``."""
        return self.filter(dans_le_perimetre(compte, droit))


class Programme(models.Model):
    classification: ClassVar[dict[str, Nature]] = {
        "id": Nature.TECHNIQUE,
        "nom": Nature.CONSERVE,
        "titre": Nature.CONSERVE,
        "territoire": Nature.CONSERVE,
        "fictif": Nature.CONSERVE,
        "cree_le": Nature.TECHNIQUE,
        "cree_par": Nature.IDENTIFIANT,
    }

    nom = models.SlugField("nom court", max_length=64, unique=True)
    titre = models.CharField("titre", max_length=200)
    territoire = models.ForeignKey(
        Territoire,
        models.RESTRICT,
        related_name="programmes_portes",
        verbose_name="territoire qui le porte",
    )
    territoires = models.ManyToManyField(
        Territoire, related_name="programmes", verbose_name="territoires"
    )
    fictif = models.BooleanField("données fictives", default=False)
    cree_le = models.DateTimeField("créé le", auto_now_add=True)
    cree_par = auteur("créé par", "programmes_crees")

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = "programme"
        verbose_name_plural = "programmes"
        ordering = ["titre", "nom"]

    def __str__(self) -> str:
        return self.titre

    @classmethod
    def visibles_par(
        cls, compte: Compte | AnonymousUser, droit: Droit = Droit.LIRE_REGISTRES
    ) -> ProgrammeQuerySet:
        """Return the programmes that ``compte`` may read."""
        return cls.objects.visibles_par(compte, droit).select_related("territoire")

    @classmethod
    def nomme(cls, nom: str) -> "Programme | None":
        """Return the programme of that short name, for commands (which no account runs)."""
        return cls.objects.select_related("territoire").filter(nom=nom).first()

    @classmethod
    def noms(cls) -> list[str]:
        """Return every short name, for commands."""
        return list(cls.objects.order_by("nom").values_list("nom", flat=True))
