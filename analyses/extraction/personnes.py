"""Read, for one closing, who answered what: codes and random identifiers, nothing else.

This never leaves ``analyses.confidentialite``, which keeps it only for the time of a protection.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import CharField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Substr

from enquetes.models import Collecte, Passation, Releve

from .lecture import colonnes_de
from .plan import Colonne

if TYPE_CHECKING:
    import numpy as np

    Codes = np.ndarray[Any, np.dtype[Any]]

PAQUET = 20_000


@dataclass(frozen=True, slots=True)
class Personnes:
    """Everybody counted at a closing, one row each, in the order of their random identifiers."""

    identifiants: tuple[bytes, ...]
    """Of 16 bytes, sorted: the order of arrival is lost here."""
    lieux: "dict[str, tuple[Any, ...]]"
    """``territoire`` and ``structure`` (primary keys), ``mois``: one value a person."""
    colonnes: tuple[Colonne, ...]
    codes: "dict[str, Codes]"
    """By question: the rank of the answer, or the mask of a multiple choice."""

    @property
    def nombre(self) -> int:
        return len(self.identifiants)


def personnes(collecte: Collecte, au: date | Releve) -> Personnes:
    """Return those counted at a closing and who have not erased their answers.

    ``au``: a day, or a relevé: its answers and those of the earlier ones.
    """
    import numpy as np

    toutes = colonnes_de(collecte)
    lignes = sorted(_lignes(collecte, au, toutes), key=lambda ligne: ligne[0].bytes)
    codes: dict[str, Codes] = {}
    for rang, colonne in enumerate(toutes, 4):
        memoire: dict[Any, int] = {}
        for valeur in {ligne[rang] for ligne in lignes}:
            memoire[valeur] = colonne.coder(valeur)
        genre = np.uint32 if colonne.multiple else np.uint16
        codes[colonne.question] = np.fromiter(
            (memoire[ligne[rang]] for ligne in lignes), genre, len(lignes)
        )
    return Personnes(
        identifiants=tuple(ligne[0].bytes for ligne in lignes),
        lieux={
            nom: tuple(ligne[rang] for ligne in lignes)
            for rang, nom in enumerate(("territoire", "structure", "mois"), 1)
        },
        colonnes=toutes,
        codes=codes,
    )


def _lignes(
    collecte: Collecte, au: date | Releve, toutes: tuple[Colonne, ...]
) -> Iterator[tuple[Any, ...]]:
    if isinstance(au, Releve):
        quand: dict[str, Any] = {"releve__numero__lte": au.numero}
    else:
        quand = {"jour__lte": au}
    champs = [KeyTextTransform(colonne.question, "reponses") for colonne in toutes]
    return (
        Passation.objects.filter(collecte=collecte, **quand)
        .terminees()
        .order_by()
        .annotate(mois=Substr(Cast("jour", CharField()), 1, 7))
        .values_list("pk", "territoire_id", "structure_id", "mois", *champs)
        .iterator(chunk_size=PAQUET)
    )
