"""Which cohorts may be told together: those of a structure, those of a territoire."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from django.contrib.auth.models import AnonymousUser

from enquetes.models import Cohorte, Rang, Vague
from voix.comptes.models import Compte, Structure, Territoire

from .paires import cohortes_lisibles

DEUX: Final = 2


@dataclass(frozen=True, slots=True)
class Ensemble:
    """Cohorts of one place that this account may read."""

    par: str
    lieu: Structure | Territoire
    cohortes: tuple[Cohorte, ...]


def ensembles_de(compte: Compte | AnonymousUser) -> list[Ensemble]:
    """Return the structures, then the territoires, that hold two cohorts or more.

    Invented cohorts are never added to real ones: they are told together only where there is no other.
    """
    lues = list(cohortes_lisibles(compte).order_by("pk"))
    structures = {cohorte.structure_id: cohorte.structure for cohorte in lues}
    trouves = [
        Ensemble("structure", structure, _sans_melange(c for c in lues if c.structure_id == pk))
        for pk, structure in structures.items()
    ]
    trouves += [
        Ensemble(
            "territoire",
            territoire,
            _sans_melange(c for c in lues if c.territoire.chemin.startswith(territoire.chemin)),
        )
        for territoire in _au_dessus(lues)
    ]
    return [ensemble for ensemble in trouves if len(ensemble.cohortes) >= DEUX]


def _sans_melange(cohortes: Iterable[Cohorte]) -> tuple[Cohorte, ...]:
    toutes = tuple(cohortes)
    return tuple(c for c in toutes if not c.fictive) or toutes


def _au_dessus(cohortes: Iterable[Cohorte]) -> list[Territoire]:
    """Return the territoires of these cohorts and those that hold them, from the largest."""
    codes = [cohorte.territoire.chemin.strip("/").split("/") for cohorte in cohortes]
    chemins = {
        f"/{'/'.join(morceaux[:rang])}/"
        for morceaux in codes
        for rang in range(1, len(morceaux) + 1)
    }
    return list(Territoire.objects.filter(chemin__in=chemins).order_by("chemin"))


def ensemble_de(compte: Compte | AnonymousUser, par: str, pk: int) -> Ensemble | None:
    """Return one of them, or nothing."""
    trouves = (e for e in ensembles_de(compte) if e.par == par and e.lieu.pk == pk)
    return next(trouves, None)


def instrument_de(cohorte: Cohorte) -> tuple[int, ...]:
    """Return which versions were asked at entrée and at the exit: the words, not the codes."""
    vagues = Vague.objects.filter(cohorte=cohorte, rang__in=[Rang.ENTREE, Rang.SORTIE])
    return tuple(vagues.order_by("rang").values_list("collecte__version_id", flat=True))


def cohortes_des(territoires: Collection[int]) -> list[Cohorte]:
    """Return the cohorts of these territoires (ids): what their reports display is for indicators."""
    return list(Cohorte.objects.filter(territoire__in=list(territoires)).order_by("pk"))
