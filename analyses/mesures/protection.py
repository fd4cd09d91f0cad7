"""Figures about persons become a protected table of territoires before anything is said of them.

One table for one register in one perimeter, the same for every indicator: what is hidden in a
territoire cannot be found again by subtracting the others from the whole, nor one indicator from
another (confidentialité §4, ADR 0094).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from analyses.confidentialite.comptage import TOTAL, Comptage, Groupe
from analyses.confidentialite.protection import Sujet, proteger
from analyses.confidentialite.regles import seuils_de
from analyses.confidentialite.tableau import Colonne, Ligne, TableauProtege
from analyses.indicateurs.formule.arbre import Mesure as MesureEcrite
from analyses.indicateurs.formule.calcul import Donnees
from analyses.indicateurs.indicateur import Forme, Indicateur
from analyses.indicateurs.mesure import Mesure, conclure
from analyses.indicateurs.personnes import LE_FOND_D_ABORD, Case, cases, cases_lues
from analyses.indicateurs.registres import REGISTRES

PEU: Final = (
    "Masqué pour protéger les personnes\u00a0: ce nombre, ou ce qui manque pour faire le tout, est "
    "trop petit."
)
N_MIN_INTERVALLE = 30
"""No interval about fewer persons: it would rebuild the answers (confidentialité §4.5)."""
Noms = Mapping[int, tuple[str, str]]
"""Code and name of each territoire, by id."""


GROUPES_MAX = 150
"""Territoires that are protected together in a few seconds; beyond, only the whole is told."""


@dataclass(frozen=True, slots=True)
class Personnes:
    """A register of persons, protected: the cases that each column of the table puts together."""

    tableau: TableauProtege
    colonnes: tuple[frozenset[Case], ...]

    def lire(self, mesure: MesureEcrite, ligne: Ligne) -> int | None:
        """Return the sum that a measure asks for, when what is shown of a row gives it."""
        voulues = cases_lues(mesure, [case for colonne in self.colonnes for case in colonne])
        dedans, dehors = [], []
        for colonne, cellule in zip(self.colonnes, ligne.cellules, strict=True):
            if colonne <= voulues:
                dedans.append(cellule.valeur)
            elif colonne & voulues:
                return None
            else:
                dehors.append(cellule.valeur)
        if None not in dedans:
            return sum(n for n in dedans if n is not None)
        if None not in dehors:
            return ligne.taille - sum(n for n in dehors if n is not None)
        return None


def personnes_de(
    table: str, donnees: Donnees, noms: Noms, *, par_territoire: bool = True
) -> Personnes:
    """Return how many persons are in each case in all the territoires, and in each if asked for.

    The row of everybody is the same in both: what is hidden in a territoire never changes it.
    """
    seuils = seuils_de(personnes=True, profils=("sensible",))
    comptes = {t: _additionner(table, donnees.du_territoire(t)) for t in donnees.territoires()}
    tous: dict[Case, int] = {}
    for compte in comptes.values():
        _ajouter(tous, compte)
    presentes = regrouper(tous, seuils.n_min, le_fond_d_abord=table in LE_FOND_D_ABORD)
    effectifs = {
        noms[t][0]: _en_colonnes(compte, presentes)
        for t, compte in comptes.items()
        if any(compte.values())
    }
    groupes = [Groupe(*noms[t]) for t in comptes if noms[t][0] in effectifs]
    if not par_territoire or len(groupes) > GROUPES_MAX:
        effectifs, groupes = {}, []
    effectifs[TOTAL] = _en_colonnes(tous, presentes)
    colonnes = tuple(Colonne(f"c{rang}", f"c{rang}") for rang in range(len(presentes)))
    comptage = Comptage(
        reponses=tuple(c.code for c in colonnes),
        groupes=tuple(groupes),
        effectifs=effectifs,
        tailles={code: sum(valeurs) for code, valeurs in effectifs.items()},
    )
    sujet = Sujet(table, REGISTRES[table].titre, colonnes, "territoire", "Territoire")
    return Personnes(proteger(comptage, sujet, seuils=seuils), presentes)


def regrouper(
    tous: Mapping[Case, int], n_min: int, *, le_fond_d_abord: bool = False
) -> tuple[frozenset[Case], ...]:
    """Put each case that is too small with the next one, the widest counts first, or the narrowest.

    Of 200 accompanied, 100 engaged and 97 regular, the 3 go with the 97: 200 and 100 can be told.
    """
    colonnes: list[frozenset[Case]] = []
    for dits in sorted({case.dits for case in tous}):
        ouverte: list[Case] = []
        siennes: list[frozenset[Case]] = []
        for case in sorted((c for c in tous if c.dits == dits), reverse=le_fond_d_abord):
            ouverte.append(case)
            if sum(tous[c] for c in ouverte) >= n_min:
                siennes.append(frozenset(ouverte))
                ouverte = []
        if ouverte:
            siennes.append(frozenset(ouverte) | (siennes.pop() if siennes else frozenset()))
        colonnes += siennes
    return tuple(colonnes)


def _en_colonnes(
    compte: Mapping[Case, int], colonnes: Sequence[frozenset[Case]]
) -> tuple[int, ...]:
    return tuple(sum(compte.get(case, 0) for case in colonne) for colonne in colonnes)


def _ajouter(sommes: dict[Case, int], compte: Mapping[Case, int]) -> None:
    for case, nombre in compte.items():
        sommes[case] = sommes.get(case, 0) + nombre


def _additionner(table: str, donnees: Donnees) -> dict[Case, int]:
    """Return the cases of the latest counts of one territoire; places inside it each have one."""
    sommes: dict[Case, int] = {}
    for ligne in donnees.lignes(table):
        if ligne["dernier"]:
            _ajouter(sommes, cases(table, ligne))
    return sommes


def est_vide(indicateur: Indicateur, donnees: Donnees) -> bool:
    """Return whether nothing was written down of what an indicator counts."""
    lue = indicateur.lue
    mesure = lue.denominateur or lue.numerateur
    presentes = {c for ligne in donnees.lignes(mesure.table) for c in cases(mesure.table, ligne)}
    return not cases_lues(mesure, sorted(presentes))


def depuis_la_ligne(
    indicateur: Indicateur,
    personnes: Personnes,
    ligne: Ligne | None,
    details: Sequence[tuple[str, int | float | None]] = (),
) -> Mesure:
    """Return the measure that a row of a protected table allows."""
    details = tuple(details)
    if ligne is None:
        return Mesure(indicateur, motif=PEU, details=details)
    k = personnes.lire(indicateur.lue.numerateur, ligne)
    if indicateur.forme == Forme.NOMBRE:
        if k is None:
            return Mesure(indicateur, motif=PEU, details=details)
        return conclure(indicateur, k, None, details)
    bas = indicateur.lue.denominateur
    n = personnes.lire(bas, ligne) if bas else None
    if k is None or n is None:
        return Mesure(indicateur, None, n, motif=PEU, details=details)
    return sans_intervalle(conclure(indicateur, k, n, details))


def sans_intervalle(mesure: Mesure) -> Mesure:
    """Return the measure without its interval where it would rebuild the answers."""
    if mesure.n is not None and mesure.n >= N_MIN_INTERVALLE:
        return mesure
    return replace(mesure, intervalle=None)


def est_montre(personnes: Personnes, indicateur: Indicateur, code: str) -> bool:
    """Return whether a territoire stands alone in a protected table, its figures shown."""
    ligne = next((g for g in personnes.tableau.groupes() if g.code == code), None)
    return ligne is not None and all(
        personnes.lire(mesure, ligne) is not None for mesure in indicateur.lue.mesures
    )
