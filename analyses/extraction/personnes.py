"""Read, for one closing, who answered what: codes and random identifiers, nothing else.

This never leaves ``analyses.confidentialite``, which keeps it only for the time of a protection.
"""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.db.models import Case, CharField, Value, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Substr

from enquetes.models import Collecte, Mode, Passation, Releve

from .lecture import colonnes_de
from .plan import Colonne

if TYPE_CHECKING:
    import numpy as np

    Codes = np.ndarray[Any, np.dtype[Any]]

PAQUET = 20_000
PAQUET_DE_CLES: Final = 400

FICHIER: Final = "fichier"
SOURCES: Final = (
    ("tablette", "Tablettes partagées"),
    ("papier", "Papier, saisi par l’équipe"),
    ("appel", "Questions lues par l’équipe"),
    ("seance", "Ateliers et réunions, sur le téléphone de chaque personne"),
    ("feuille", "Feuilles à usage unique"),
    ("lien", "Liens ouverts, sans contrôle d’unicité"),
    (FICHIER, "Fichier importé"),
)
"""By which way answers come; only an open link on one’s own phone lets somebody answer twice."""
_SOURCE: Final = Case(
    When(mode=Mode.TABLETTE, then=Value("tablette")),
    When(mode=Mode.PAPIER, then=Value("papier")),
    When(mode=Mode.APPEL, then=Value("appel")),
    When(mode=Mode.IMPORT, then=Value(FICHIER)),
    When(acces__seance__isnull=False, then=Value("seance")),
    When(acces__par_feuille=True, then=Value("feuille")),
    default=Value("lien"),
    output_field=CharField(),
)


def par_source(collecte: Collecte, releve: Releve) -> list[tuple[str, int | None]]:
    """Return how many organisations answered by each way, those that gave any."""
    lues = Passation.objects.filter(collecte=collecte, releve=releve).order_by()
    nombres = Counter(lues.annotate(source=_SOURCE).values_list("source", flat=True))
    return [(libelle, nombres[code]) for code, libelle in SOURCES if nombres[code]]


def sources_des_partis(collecte: Collecte, partis: Collection[bytes]) -> Counter[str]:
    """Return by which way came persons who erased their answers; unknown ones (``""``) as well.

    An erased passation keeps where it was counted, and nothing of what was said.
    """
    nombres: Counter[str] = Counter()
    restants = [UUID(bytes=parti) for parti in partis]
    for debut in range(0, len(restants), PAQUET_DE_CLES):
        lues = Passation.objects.filter(
            collecte=collecte, pk__in=restants[debut : debut + PAQUET_DE_CLES]
        )
        nombres.update(lues.order_by().annotate(source=_SOURCE).values_list("source", flat=True))
    nombres[""] = len(restants) - nombres.total()
    return nombres


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
    who answered in that séance before it was closed (G7).
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
        quand |= {"acces__seance": seance_id, "tardive": False}
    champs = [KeyTextTransform(colonne.question, "reponses") for colonne in toutes]
    lues = Passation.objects.filter(collecte=collecte, **quand)
    if collecte.fictive and isinstance(au, date) and au != date.max:
        # Not there any more that day, whether they were erased already or not.
        lues = lues.exclude(effacement_prevu__le__lte=au)
    return (
        lues.comptables()
        .order_by()
        .annotate(mois=Substr(Cast("jour", CharField()), 1, 7), source=_SOURCE)
        .values_list("pk", "territoire_id", "structure_id", "mois", "source", *champs)
        .iterator(chunk_size=PAQUET)
    )
