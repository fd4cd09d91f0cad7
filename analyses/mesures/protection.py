"""Figures about persons become a protected table of territoires before anything is said of them.

One table for one indicator in one perimeter: what is hidden in a territoire cannot be found again
by subtracting the others from the whole (confidentialité §4).
"""

from collections.abc import Mapping
from dataclasses import replace

from analyses.confidentialite.comptage import TOTAL, Comptage, Groupe
from analyses.confidentialite.protection import Sujet, proteger
from analyses.confidentialite.regles import seuils_de
from analyses.confidentialite.tableau import Colonne, Ligne, TableauProtege
from analyses.indicateurs.formule.calcul import Donnees
from analyses.indicateurs.indicateur import Forme, Indicateur
from analyses.indicateurs.mesure import CACHE, Mesure, conclure, mesurer

N_MIN_INTERVALLE = 30
"""No interval about fewer persons: it would rebuild the answers (confidentialité §4.5)."""
Noms = Mapping[int, tuple[str, str]]
"""Code and name of each territoire, by id."""


GROUPES_MAX = 150
"""Territoires that are protected together in a few seconds; beyond, only the whole is told."""


def tableau_de(
    indicateur: Indicateur, donnees: Donnees, noms: Noms, *, par_territoire: bool = True
) -> TableauProtege:
    """Return k and the rest of N in all the territoires, and in each if asked for, protected.

    The row of everybody is the same in both: what is hidden in a territoire never changes it.
    """
    nombre = indicateur.forme == Forme.NOMBRE
    effectifs: dict[str, tuple[int, ...]] = {}
    groupes = []
    for territoire in donnees.territoires():
        mesure = mesurer(indicateur, donnees.du_territoire(territoire))
        k, n = int(mesure.k or 0), int(mesure.n or 0)
        code, nom = noms[territoire]
        if k or n:
            groupes.append(Groupe(code, nom))
            effectifs[code] = (k,) if nombre else (k, max(0, n - k))
    largeur = 1 if nombre else 2
    totaux = tuple(sum(v[rang] for v in effectifs.values()) for rang in range(largeur))
    if not par_territoire or len(groupes) > GROUPES_MAX:
        effectifs, groupes = {}, []
    effectifs[TOTAL] = totaux
    colonnes = (Colonne("oui", indicateur.nom), Colonne("non", "Les autres"))[:largeur]
    comptage = Comptage(
        reponses=tuple(c.code for c in colonnes),
        groupes=tuple(groupes),
        effectifs=effectifs,
        tailles={code: sum(valeurs) for code, valeurs in effectifs.items()},
    )
    sujet = Sujet(indicateur.code, indicateur.nom, colonnes, "territoire", "Territoire")
    return proteger(comptage, sujet, seuils=seuils_de(personnes=True, profils=("sensible",)))


def mesure_protegee(indicateur: Indicateur, donnees: Donnees, noms: Noms) -> Mesure:
    """Return the measure of everybody, with nothing that could expose somebody."""
    brute = mesurer(indicateur, donnees)
    if brute.k is None or brute.motif == CACHE or not (brute.k or brute.n):
        return brute if brute.k is None else replace(brute, details=())
    total = tableau_de(indicateur, donnees, noms, par_territoire=False).total
    if total is None:
        return Mesure(indicateur, motif=CACHE)
    return depuis_la_ligne(indicateur, total, brute.details)


def depuis_la_ligne(
    indicateur: Indicateur, ligne: Ligne, details: tuple[tuple[str, int | float | None], ...] = ()
) -> Mesure:
    """Return the measure that a row of a protected table allows."""
    if indicateur.forme == Forme.NOMBRE:
        return conclure(indicateur, ligne.taille, None, details)
    k = ligne.cellules[0].valeur
    if k is None:
        return Mesure(indicateur, None, ligne.taille, motif=CACHE)
    mesure = conclure(indicateur, k, ligne.taille, details)
    return mesure if ligne.taille >= N_MIN_INTERVALLE else replace(mesure, intervalle=None)


def est_montre(protege: TableauProtege, indicateur: Indicateur, code: str) -> bool:
    """Return whether a territoire stands alone in a protected table, its figure shown."""
    ligne = next((g for g in protege.groupes() if g.code == code), None)
    if ligne is None:
        return False
    return indicateur.forme == Forme.NOMBRE or ligne.cellules[0].valeur is not None
