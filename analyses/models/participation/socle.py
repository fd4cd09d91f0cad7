"""What every row of a register has: a territoire, and who may read it."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib.auth.models import AnonymousUser
from django.db import models

from voix.commun.modeles import Nature
from voix.comptes.models import Compte, Territoire
from voix.comptes.perimetre import perimetre_de
from voix.comptes.roles import Droit


def dans_le_perimetre(
    compte: Compte | AnonymousUser, droit: Droit, chemin: str = "territoire__chemin"
) -> models.Q:
    """Return the condition: in a territoire where ``compte`` holds ``droit``."""
    condition = models.Q(pk__in=[])
    for debut in sorted(perimetre_de(compte, droit).chemins):
        condition |= models.Q(**{f"{chemin}__startswith": debut})
    return condition


def parmi(champ: str, choix: Iterable[tuple[str, str]], *, vide: bool = False) -> models.Q:
    """Return the condition: ``champ`` holds a code of the list (or nothing)."""
    codes = [code for code, _ in choix] + ([""] if vide else [])
    return models.Q(**{f"{champ}__in": codes})


def pas_avant(apres: str, avant: str) -> models.Q:
    """Return the condition: ``apres`` is empty, or does not come before ``avant``."""
    vide = models.Q(**{f"{apres}__isnull": True}) | models.Q(**{f"{avant}__isnull": True})
    return vide | models.Q(**{f"{apres}__gte": models.F(avant)})


def au_plus(petit: str, grand: str) -> models.Q:
    """Return the condition: ``petit`` is empty, or does not exceed ``grand``."""
    return models.Q(**{f"{petit}__isnull": True}) | models.Q(**{f"{petit}__lte": models.F(grand)})


class LigneDeRegistre(models.Model):
    """One row. Its fields are the columns of ``indicateurs.registres``, and nothing else."""

    classification: ClassVar[dict[str, Nature]] = {}
    registre: ClassVar[str] = ""

    territoire = models.ForeignKey(
        Territoire, models.RESTRICT, related_name="+", verbose_name="territoire"
    )

    class Meta:
        abstract = True

    @classmethod
    def visibles_par(
        cls, compte: Compte | AnonymousUser, droit: Droit = Droit.LIRE_REGISTRES
    ) -> "models.QuerySet[Any]":
        """Return the rows that ``compte`` may read, with their territoire, in their order."""
        visibles = cls._default_manager.filter(dans_le_perimetre(compte, droit))
        return visibles.select_related("territoire")

    @classmethod
    def des_territoires(cls, territoires: Iterable[int]) -> "models.QuerySet[Any]":
        """Return the rows of these territoires (ids)."""
        return cls._default_manager.filter(territoire__in=list(territoires))


def conserve(*noms: str, **autres: Nature) -> dict[str, Nature]:
    """Return the classification of a register: it says nothing of a person, unless said here."""
    return {
        "id": Nature.TECHNIQUE,
        "territoire": Nature.CONSERVE,
        **dict.fromkeys(noms, Nature.CONSERVE),
        **autres,
    }
