"""From raw counts to a protected table: the one way out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from .chiffres import SANS_ORDRE, Ordre
from .comptage import AUTRES, TOTAL, Comptage, Grille, Groupe
from .regles import Seuils
from .regroupement import reste
from .suppression import supprimer
from .tableau import _SCEAU, Cellule, Colonne, Ligne, Statut, TableauProtege


@dataclass(frozen=True, slots=True)
class Sujet:
    """What a table is about; says nothing of the answers."""

    question: str
    titre: str
    colonnes: tuple[Colonne, ...]
    groupes_nom: str = ""
    groupes_titre: str = ""
    ou: tuple[tuple[str, tuple[str, ...]], ...] = ()
    arrete_le: str = ""
    ordre: Ordre = SANS_ORDRE


def proteger(
    comptage: Comptage,
    sujet: Sujet,
    *,
    seuils: Seuils,
    seuils_question: Seuils | None = None,
    seuils_groupes: Seuils | None = None,
) -> TableauProtege:
    """Return the table with everything hidden that could expose somebody.

    ``seuils`` protect the cells; ``seuils_question`` decide which answers are put together in the
    one-way table, the same in every crossing; ``seuils_groupes`` do so for the groups when these
    are the answers of another question.
    """
    unites = _Unites(comptage, seuils, seuils_groupes or seuils)
    colonnes_ensemble = _colonnes_ensemble(comptage, seuils_question or seuils)
    lignes: list[Ligne] = []
    if comptage.tailles[TOTAL] >= seuils.n_min:
        if comptage.multiple:
            lignes = _lignes_multiples(comptage, unites, seuils, colonnes_ensemble)
        elif colonnes_ensemble is None:
            lignes = [_ligne_muette(comptage, unite) for unite in unites.toutes]
        else:
            lignes = _lignes(comptage, unites, seuils, colonnes_ensemble)
    return TableauProtege(
        question=sujet.question,
        titre=sujet.titre,
        colonnes=sujet.colonnes,
        lignes=tuple(lignes),
        seuil=seuils.n_min,
        groupes_nom=sujet.groupes_nom,
        groupes_titre=sujet.groupes_titre,
        multiple=comptage.multiple,
        ou=sujet.ou,
        arrete_le=sujet.arrete_le,
        regroupes=tuple(sorted(unites.regroupes)),
        sceau=_SCEAU,
    )


def premier_niveau(protege: TableauProtege, nom: str, titre: str) -> TableauProtege:
    """Return the table without its inner groups: what was hidden for them stays hidden.

    A table by territoire and a table by structure of the same question are one table: protected
    apart, one would give back what the other hides.
    """
    hauts = tuple(ligne for ligne in protege.lignes if ligne.parent in ("", TOTAL))
    return replace(protege, lignes=hauts, groupes_nom=nom, groupes_titre=titre)


@dataclass(frozen=True, slots=True)
class _Unite:
    """A row of the table: one group, or several put together."""

    groupe: Groupe
    membres: tuple[str, ...]


class _Unites:
    """Groups large enough to be rows, level by level; too small ones put together."""

    def __init__(self, comptage: Comptage, seuils: Seuils, seuils_groupes: Seuils) -> None:
        total = _Unite(Groupe(TOTAL, "Ensemble", ""), (TOTAL,))
        self.regroupes: set[str] = set()
        self.toutes = [total]
        hautes = self._niveau(comptage, TOTAL, seuils_groupes)
        for unite in hautes or ():
            self.toutes.append(unite)
            if unite.membres == (unite.groupe.code,):
                self.toutes += self._niveau(comptage, unite.groupe.code, seuils) or ()

    def _niveau(self, comptage: Comptage, parent: str, seuils: Seuils) -> list[_Unite] | None:
        enfants = {groupe.code: groupe for groupe in comptage.enfants(parent)}
        if not enfants:
            return None
        ensemble = reste({code: comptage.tailles[code] for code in enfants}, seuils)
        if ensemble is None:
            return None
        unites = [_Unite(g, (code,)) for code, g in enfants.items() if code not in ensemble]
        if ensemble:
            code = AUTRES if parent == TOTAL else f"{AUTRES}_{parent}"
            self.regroupes |= {enfants[c].libelle for c in ensemble if comptage.tailles[c]}
            autres = Groupe(code, "Autres, regroupés", parent)
            unites.append(_Unite(autres, tuple(sorted(ensemble))))
        return unites


def _colonnes_ensemble(comptage: Comptage, seuils: Seuils) -> frozenset[int] | None:
    """Return which answers are put together among everybody; ``None``: none can be told apart."""
    if comptage.multiple:
        return frozenset()
    totaux = {str(j): x for j, x in enumerate(comptage.effectifs[TOTAL])}
    ensemble = reste(totaux, seuils)
    return None if ensemble is None else frozenset(int(j) for j in ensemble)


def _effectifs(comptage: Comptage, unite: _Unite) -> list[int]:
    lignes = [comptage.effectifs[code] for code in unite.membres]
    return [sum(colonne) for colonne in zip(*lignes, strict=True)]


def _taille(comptage: Comptage, unite: _Unite) -> int:
    return sum(comptage.tailles[code] for code in unite.membres)


def _parents(unites: Sequence[_Unite]) -> list[int | None]:
    rangs = {unite.groupe.code: rang for rang, unite in enumerate(unites)}
    return [rangs.get(unite.groupe.parent) for unite in unites]


def _lignes(
    comptage: Comptage, unites: _Unites, seuils: Seuils, ensemble: frozenset[int]
) -> list[Ligne]:
    """Protect a single choice: shown answers, plus one column for those put together."""
    seules = [j for j in range(len(comptage.reponses)) if j not in ensemble]
    rangees = unites.toutes[1:]
    reduites = [_reduire(_effectifs(comptage, u), seules, ensemble) for u in unites.toutes]
    caches: set[tuple[int, int]] = set()
    if rangees:
        grille = Grille(
            valeurs=reduites[1:],
            parents=_parents(rangees),
            totaux=reduites[0],
            par_colonne=comptage.symetrique,
        )
        caches = supprimer(grille, seuils)
    lignes = []
    for rang, unite in enumerate(unites.toutes):
        taille, cellules = _taille(comptage, unite), []
        for j in range(len(comptage.reponses)):
            cache = j in ensemble or (rang - 1, seules.index(j)) in caches
            cellules.append(_cellule(_effectifs(comptage, unite)[j], taille, cache=cache))
        lignes.append(_ligne(unite, taille, cellules))
    return lignes


def _reduire(effectifs: list[int], seules: list[int], ensemble: frozenset[int]) -> list[int]:
    autres = [sum(effectifs[j] for j in ensemble)] if ensemble else []
    return [effectifs[j] for j in seules] + autres


def _lignes_multiples(
    comptage: Comptage, unites: _Unites, seuils: Seuils, _ensemble: frozenset[int] | None
) -> list[Ligne]:
    """Protect a multiple choice: each answer is a question of its own, ticked or not."""
    tailles = [_taille(comptage, unite) for unite in unites.toutes]
    effectifs = [_effectifs(comptage, unite) for unite in unites.toutes]
    colonnes = []
    for j in range(len(comptage.reponses)):
        paires = [[x[j], n - x[j]] for x, n in zip(effectifs, tailles, strict=True)]
        if seuils.protege and min(paires[0]) < seuils.n_min:
            colonnes.append([True] * len(paires))
            continue
        caches: set[tuple[int, int]] = set()
        if len(paires) > 1:
            caches = supprimer(Grille(paires[1:], _parents(unites.toutes[1:]), paires[0]), seuils)
        colonnes.append(
            [(rang - 1, 0) in caches or (rang - 1, 1) in caches for rang in range(len(paires))]
        )
    return [
        _ligne(
            unite,
            tailles[rang],
            [
                _cellule(effectifs[rang][j], tailles[rang], cache=colonnes[j][rang])
                for j in range(len(comptage.reponses))
            ],
        )
        for rang, unite in enumerate(unites.toutes)
    ]


def _cellule(effectif: int, taille: int, *, cache: bool) -> Cellule:
    return Cellule(0, taille, Statut.MASQUE) if cache else Cellule(effectif, effectif)


def _ligne(unite: _Unite, taille: int, cellules: list[Cellule]) -> Ligne:
    groupe = unite.groupe
    return Ligne(groupe.code, groupe.libelle, taille, tuple(cellules), groupe.parent)


def _ligne_muette(comptage: Comptage, unite: _Unite) -> Ligne:
    """Return a row that tells how many answered and nothing else."""
    taille = _taille(comptage, unite)
    return _ligne(unite, taille, [_cellule(0, taille, cache=True) for _ in comptage.reponses])
