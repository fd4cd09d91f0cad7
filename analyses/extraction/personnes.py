"""Read, for one closing, who answered what: codes and random identifiers, nothing else.

This never leaves ``analyses.confidentialite``, which keeps it only for the time of a protection.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Case, CharField, Value, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Substr

from analyses.confidentialite.regles import SENSIBLE
from enquetes.models import Collecte, Passation, Releve, Unite

from .lecture import colonnes_de
from .plan import Colonne

if TYPE_CHECKING:
    import numpy as np

    Codes = np.ndarray[Any, np.dtype[Any]]

PAQUET = 20_000

SOURCES: Final = (
    ("seance", "Ateliers et réunions"),
    ("feuille", "Feuilles à usage unique"),
    ("lien", "Liens ouverts, sans contrôle d’unicité"),
)
"""Where answers come from, told apart because only an open link lets somebody answer twice."""
_SOURCE: Final = Case(
    When(acces__seance__isnull=False, then=Value("seance")),
    When(acces__par_feuille=True, then=Value("feuille")),
    default=Value("lien"),
    output_field=CharField(),
)


def par_source(collecte: Collecte, releve: Releve) -> list[tuple[str, int | None]]:
    """Return how many answers of a relevé came from each source, those that gave any.

    Of persons, either every source gave enough answers to be told, or none is told: with the total
    known, the least one would be found by taking the others away.
    """
    lues = Passation.objects.filter(collecte=collecte, releve=releve).order_by()
    nombres = Counter(lues.annotate(source=_SOURCE).values_list("source", flat=True))
    dits = (
        collecte.unite == Unite.ORGANISATION or min(nombres.values(), default=0) >= SENSIBLE.n_min
    )
    return [
        (libelle, nombres[code] if dits else None) for code, libelle in SOURCES if nombres[code]
    ]


@dataclass(frozen=True, slots=True)
class Personnes:
    """Everybody counted at a closing, one row each, in the order of their random identifiers."""

    identifiants: tuple[bytes, ...]
    """Of 16 bytes, sorted: the order of arrival is lost here."""
    lieux: "dict[str, tuple[Any, ...]]"
    """``territoire`` and ``structure`` (primary keys), ``mois``, ``source``: one value a person."""
    colonnes: tuple[Colonne, ...]
    codes: "dict[str, Codes]"
    """By question: the rank of the answer, or the mask of a multiple choice."""

    @property
    def nombre(self) -> int:
        return len(self.identifiants)


def personnes(collecte: Collecte, au: date | Releve, *, seance_id: int | None = None) -> Personnes:
    """Return those counted at a closing and who have not erased their answers.

    ``au``: a day, or a relevé: its answers and those of the earlier ones. ``seance_id``: only those
    who answered in that séance.
    """
    import numpy as np

    toutes = colonnes_de(collecte)
    lignes = sorted(_lignes(collecte, au, toutes, seance_id), key=lambda ligne: ligne[0].bytes)
    codes: dict[str, Codes] = {}
    for rang, colonne in enumerate(toutes, 5):
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
            for rang, nom in enumerate(("territoire", "structure", "mois", "source"), 1)
        },
        colonnes=toutes,
        codes=codes,
    )


def _lignes(
    collecte: Collecte, au: date | Releve, toutes: tuple[Colonne, ...], seance_id: int | None
) -> Iterator[tuple[Any, ...]]:
    if isinstance(au, Releve):
        quand: dict[str, Any] = {"releve__numero__lte": au.numero}
    else:
        quand = {"jour__lte": au}
    if seance_id is not None:
        quand["acces__seance"] = seance_id
    champs = [KeyTextTransform(colonne.question, "reponses") for colonne in toutes]
    return (
        Passation.objects.filter(collecte=collecte, **quand)
        .comptables()
        .order_by()
        .annotate(mois=Substr(Cast("jour", CharField()), 1, 7), source=_SOURCE)
        .values_list("pk", "territoire_id", "structure_id", "mois", "source", *champs)
        .iterator(chunk_size=PAQUET)
    )
