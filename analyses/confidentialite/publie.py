"""From the register back to a table: what was displayed, and nothing but what was displayed.

The register holds intervals that an audit certified when they were written; here they are laid out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import product
from typing import Any, Final

from .chiffres import MOYENNE, Chiffres, centiemes, mediane
from .comptage import TOTAL
from .protection import Sujet
from .tableau import _SCEAU, Cellule, Dimension, Ligne, Statut, TableauProtege

Adresse = tuple[str, ...]
"""The group's code in each dimension of the table."""

ENSEMBLE: Final = "+"
"""Between the codes of answers told as one."""
STATUTS: Final = {"exact": Statut.PUBLIE, "masque": Statut.MASQUE}
"""By nature of the register; the others are intervals."""


@dataclass(frozen=True, slots=True)
class Montree:
    """A cell of the register: ``reponse`` empty for how many answered."""

    reponse: str
    bas: int
    haut: int
    nature: str


def tableau_publie(
    sujet: Sujet,
    dimensions: tuple[Dimension, ...],
    montrees: Mapping[Adresse, Iterable[Montree]],
    *,
    multiple: bool,
    seuil: int,
    regroupes: tuple[str, ...] = (),
) -> TableauProtege:
    """Lay out the displayed cells of one question: a group without a size has no row."""
    lignes = tuple(
        ligne
        for adresse in product(*([m.code for m in d.modalites] for d in dimensions))
        if (ligne := _ligne(sujet, dimensions, adresse, montrees.get(adresse, ())))
    )
    return TableauProtege(
        question=sujet.question,
        titre=sujet.titre,
        colonnes=sujet.colonnes,
        lignes=lignes,
        seuil=seuil,
        groupes_nom=sujet.groupes_nom,
        groupes_titre=sujet.groupes_titre,
        multiple=multiple,
        ou=sujet.ou,
        arrete_le=sujet.arrete_le,
        regroupes=regroupes,
        dimensions=dimensions,
        ordre=sujet.ordre,
        sceau=_SCEAU,
    )


def _ligne(
    sujet: Sujet,
    dimensions: tuple[Dimension, ...],
    adresse: Adresse,
    montrees: Iterable[Montree],
) -> Ligne | None:
    par_reponse = {montree.reponse: montree for montree in montrees}
    taille = par_reponse.get("")
    if taille is None:
        return None
    dites = [_dite(par_reponse, colonne.code) for colonne in sujet.colonnes]
    return Ligne(
        **nommer(dimensions, adresse),
        taille=taille.bas,
        cellules=tuple(_cellule(dite, taille.bas) for dite in dites),
        chiffres=_chiffres(sujet, par_reponse),
    )


def trancher(protege: TableauProtege, nom: str, code: str) -> TableauProtege | None:
    """Return the rows of one group of one dimension: cells that were displayed, and no other.

    Nothing when the table has no such dimension, or no row of that group.
    """
    rang = next((r for r, d in enumerate(protege.dimensions) if d.nom == nom), None)
    if rang is None:
        return None
    restent = protege.dimensions[:rang] + protege.dimensions[rang + 1 :]
    lignes = tuple(
        replace(ligne, **nommer(restent, ligne.ou[:rang] + ligne.ou[rang + 1 :]))
        for ligne in protege.lignes
        if ligne.ou[rang] == code
    )
    if not lignes:
        return None
    montres = {code for ligne in lignes for code in ligne.ou}
    return replace(
        protege,
        lignes=lignes,
        dimensions=restent,
        groupes_nom="-".join(d.nom for d in restent),
        groupes_titre=", ".join(d.titre for d in restent),
        ou=(*protege.ou, (nom, (code,))),
        regroupes=tuple(
            m.libelle
            for d in restent
            for m in d.modalites
            if ENSEMBLE in m.code and m.code in montres
        ),
    )


def renommer(protege: TableauProtege, nom: str) -> TableauProtege:
    """Return a table of one dimension with another name for it."""
    (dimension,) = protege.dimensions
    return replace(protege, dimensions=(replace(dimension, nom=nom),), groupes_nom=nom)


def nommer(dimensions: tuple[Dimension, ...], adresse: Adresse) -> dict[str, Any]:
    """Return the fields of a row that say which group it is."""
    modalites = [
        next(m for m in dimension.modalites if m.code == code)
        for dimension, code in zip(dimensions, adresse, strict=True)
    ]
    return {
        "code": "/".join(adresse) if any(m.parent for m in modalites) else TOTAL,
        "libelle": " · ".join(m.libelle for m in modalites if m.parent) or "Ensemble",
        "parent": modalites[0].parent if len(modalites) == 1 else "",
        "ou": adresse,
    }


def _chiffres(sujet: Sujet, par_reponse: Mapping[str, Montree]) -> Chiffres:
    codes = {c.code for c in sujet.colonnes}
    dites = [
        ((m.reponse,) if m.reponse in codes else tuple(m.reponse.split(ENSEMBLE)), m.bas, m.haut)
        for m in par_reponse.values()
    ]
    moyenne = par_reponse.get(MOYENNE)
    return Chiffres(
        None if moyenne is None else centiemes(moyenne.haut), mediane(sujet.ordre, dites)
    )


def _dite(par_reponse: Mapping[str, Montree], code: str) -> Montree | None:
    """Return what is told of an answer: alone, or as a part of answers told as one."""
    if code in par_reponse:
        return par_reponse[code]
    reunies = (m for m in par_reponse.values() if code in m.reponse.split(ENSEMBLE))
    plus_petite = min(reunies, key=lambda m: m.haut, default=None)
    if plus_petite is None:
        return None
    return Montree(code, 0, plus_petite.haut, "bas")


def _cellule(montree: Montree | None, taille: int) -> Cellule:
    if montree is None:
        return Cellule(0, taille, Statut.MASQUE)
    statut = STATUTS.get(montree.nature, Statut.INTERVALLE)
    if montree.bas == montree.haut:
        statut = Statut.PUBLIE
    return Cellule(montree.bas, montree.haut, statut)
