"""Who took part, against who is helped, by age or transport (P06, domaine §3.3).

Both sides are protected tables: what is told of the composition, and what the latest closing
displays. The comparison adds nothing to them, so it tells of nobody what they do not.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from analyses.confidentialite.composition import (
    SANS,
    Classe,
    Dit,
    Trait,
    en_classes,
    n_apprend_rien,
    retenir,
    tableau_de_composition,
)
from analyses.confidentialite.publie import ENSEMBLE
from analyses.confidentialite.regles import SENSIBLE
from analyses.confidentialite.tableau import Ligne, TableauProtege
from analyses.confidentialite.traits import TRAITS
from analyses.cube import Cube, cube_de, mur, tableau
from analyses.extraction.lecture import collectes_des
from analyses.extraction.plan import LIBELLES
from analyses.models import Composition, Publication
from voix.comptes.models import Structure, Territoire

from .entendus import accompagnees_de, derniere_cloture
from .parts import Part, parts_de, phrases
from .perimetre import Perimetre
from .unites import contenants

Montree = tuple[TableauProtege, Ligne]
"""A row that was shown, with its table."""
UNITES_MAX: Final = 20
"""Territoires of a page."""
CACHE: Final = (
    "Rien n’est montré, pour protéger les personnes\u00a0: des nombres sont trop petits, trop proches "
    "d’autres nombres déjà montrés, ou ne vont pas ensemble."
)
SANS_EFFECTIF: Final = (
    "Il manque le nombre de personnes accompagnées dans le registre, ou il ne peut pas se dire."
)
SANS_REPONSES: Final = "Aucune collecte close de ce territoire n’a posé cette question."
RETIREE: Final = "Rien n’est montré\u00a0: aucun comptage n’est en vigueur."


@dataclass(frozen=True, slots=True)
class Comparaison:
    """One closed collecte against the composition of its place; both tables have the same columns."""

    collecte: str
    arrete_le: date
    reponses: TableauProtege
    parts: tuple[Part, ...]

    @property
    def phrases(self) -> list[str]:
        return phrases(self.parts)

    @property
    def sans(self) -> str:
        """Return how many did not say it, in French; nothing when everybody did."""
        total = self.reponses.total
        code = (
            {c.code: x for c, x in zip(self.reponses.colonnes, total.cellules, strict=True)}
            if total
            else {}
        )
        cellule = code.get(SANS)
        return "" if total is None or cellule is None or cellule.haut == 0 else total.dire(cellule)


@dataclass(frozen=True, slots=True)
class Diversite:
    """What may be said of one trait in one territoire; ``motif`` when it is nothing."""

    territoire: Territoire
    trait: Trait
    composition: TableauProtege | None = None
    """Its ``arrete_le`` is the day of the count that is told, not always the last one."""
    comparaisons: tuple[Comparaison, ...] = ()
    motif: str = ""

    @property
    def comptee_le(self) -> date | None:
        return date.fromisoformat(self.composition.arrete_le) if self.composition else None


def avec_composition(perimetre: Perimetre) -> list[Territoire]:
    """Return the territoires of a perimeter that wrote a composition down, withdrawn or not."""
    ids = [t.pk for t in perimetre.territoires]
    ecrites = Composition.objects.filter(territoire__in=ids).order_by()
    tiennent = set(ecrites.values_list("territoire", flat=True))
    return [t for t in perimetre.territoires if t.pk in tiennent]


def diversites(perimetre: Perimetre) -> list[Diversite]:
    """Return what may be said in each territoire of a perimeter that wrote a composition down."""
    ids = [t.pk for t in perimetre.territoires]
    avec = avec_composition(perimetre)
    ecrites: dict[tuple[int, str], list[Composition]] = {}
    for ligne in Composition.des_territoires(ids):
        ecrites.setdefault((ligne.territoire_id, ligne.trait), []).append(ligne)
    accompagnees = cache(accompagnees_de)
    return [
        _diversite(territoire, trait, ecrites[territoire.pk, trait.code], accompagnees)
        for territoire in avec[:UNITES_MAX]
        for trait in TRAITS
        if (territoire.pk, trait.code) in ecrites
    ]


def _diversite(
    territoire: Territoire,
    trait: Trait,
    ecrites: Sequence[Composition],
    accompagnees: Callable[[Territoire], int | None],
) -> Diversite:
    ici = list(_cubes(trait, [territoire.pk]))
    if ecrites[-1].est_retiree or not ici:  # alone, a composition would say more than is asked
        return Diversite(territoire, trait, motif=SANS_REPONSES if not ici else RETIREE)
    composition = _composition_dite(territoire, trait, ecrites, accompagnees(territoire))
    if isinstance(composition, str):
        return Diversite(territoire, trait, motif=composition)
    montrees = _montrees_de(territoire, trait)
    if not all(n_apprend_rien(composition, protege, ligne) for protege, ligne in montrees):
        return Diversite(territoire, trait, motif=CACHE)
    comparaisons = tuple(c for cube in ici for c in _comparer(trait, composition, cube))
    if not comparaisons:
        return Diversite(territoire, trait, motif=CACHE)
    return Diversite(territoire, trait, composition, comparaisons)


def _composition_dite(
    territoire: Territoire,
    trait: Trait,
    ecrites: Sequence[Composition],
    accompagnees: int | None,
) -> TableauProtege | str:
    """Return what is told of who is helped, closings aside; else why nothing is."""
    if accompagnees is None:
        return SANS_EFFECTIF
    dit = retenir(trait, [ligne.compte() for ligne in ecrites], SENSIBLE.n_min)
    seule = not Composition.de_meme_lignee(territoire, trait.code).exists()
    if dit is None or not seule or not _vont_ensemble(dit, accompagnees):
        return CACHE
    arrete_le = f"{ecrites[dit.rang].arrete_le:%Y-%m-%d}"
    return tableau_de_composition(trait, dit, arrete_le, SENSIBLE.n_min)


def _vont_ensemble(dit: Dit, accompagnees: int) -> bool:
    """Return whether those left out of the composition are nobody, or many."""
    ecart = accompagnees - dit.total
    return ecart == 0 or ecart >= SENSIBLE.n_min


def _cubes(trait: Trait, territoires: Sequence[int]) -> Iterator[Cube]:
    """Iterate over the latest closings of these places that asked the question, the latest first."""
    for collecte in reversed(collectes_des(territoires) if territoires else []):
        cube = derniere_cloture(collecte.pk)
        if cube and _pose(cube, trait):
            yield cube


def _pose(cube: Cube, trait: Trait) -> bool:
    """Return whether a closing has this question, with exactly these tranches."""
    return any(
        colonne.question == trait.question
        and colonne.multiple == trait.multiple
        and set(trait.codes) == {c for c, _ in colonne.modalites if c not in LIBELLES}
        for colonne in cube.colonnes
    )


def _ensembles(cube: Cube, trait: Trait) -> Iterator[Montree]:
    protege = tableau(cube, trait.question)
    if protege.total is not None:
        yield protege, protege.total


def _montrees_de(territoire: Territoire, trait: Trait) -> Iterator[Montree]:
    """Iterate over all that was ever shown of persons of this place: closings, walls, rows above."""
    dessous = list(Territoire.objects.sous(territoire).values_list("pk", flat=True))
    maisons = Structure.objects.filter(territoire__in=dessous).values_list("pk", flat=True)
    dedans = {*(f"t{pk}" for pk in dessous), *(f"s{pk}" for pk in maisons)}
    for cube in _tous_les_cubes(trait, dessous):
        yield from _du_mur(cube, trait) if cube.publication.seance_id else _ensembles(cube, trait)
    for cube in _tous_les_cubes(trait, [t.pk for t in contenants([territoire])]):
        seance = cube.publication.seance
        if seance is None:
            yield from _lignes_de(dedans, cube, trait)
        elif seance.territoire.chemin.startswith(territoire.chemin):
            yield from _du_mur(cube, trait)


def _tous_les_cubes(trait: Trait, territoires: Sequence[int]) -> Iterator[Cube]:
    collectes = [c.pk for c in collectes_des(territoires)]
    publications = Publication.objects.filter(collecte__in=collectes).select_related(
        "plan", "collecte__version", "seance__territoire"
    )
    cubes = (cube_de(publication) for publication in publications)
    return (cube for cube in cubes if _pose(cube, trait))


def _du_mur(cube: Cube, trait: Trait) -> Iterator[Montree]:
    for protege in mur(cube):
        if protege.question == trait.question:
            yield from ((protege, ligne) for ligne in protege.lignes)


def _lignes_de(dedans: Set[str], cube: Cube, trait: Trait) -> Iterator[Montree]:
    """Iterate over the rows of these places in a closing of what contains them, alone or with others.

    In every crossing that has places: a quartier, a structure or a month of the place tells of it too.
    """
    for noms in cube.croisements_de(trait.question):
        rang = next((r for r, nom in enumerate(noms) if nom in {"territoire", "structure"}), None)
        if rang is None:
            continue
        protege = tableau(cube, trait.question, noms)
        for ligne in protege.lignes:
            if not dedans.isdisjoint(ligne.ou[rang].split(ENSEMBLE)):
                yield protege, ligne


def _comparer(trait: Trait, composition: TableauProtege, cube: Cube) -> Iterable[Comparaison]:
    for protege, ligne in _ensembles(cube, trait):
        dites = en_classes(trait, _classes(trait, composition), protege, ligne)
        parts = parts_de(composition, dites)
        if parts:
            titre = cube.publication.collecte.titre
            yield Comparaison(titre, cube.publication.au, dites, parts)


def _classes(trait: Trait, composition: TableauProtege) -> list[Classe]:
    """Return the classes that a composition shows."""
    montrees = {colonne.code for colonne in composition.colonnes}
    toutes = [c for decoupe in (trait.fines, *trait.plus_larges) for c in decoupe]
    return [c for c in toutes if c.code in montrees]
