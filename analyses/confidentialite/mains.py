"""Protect the shows of hands: one row a room, three bands, proved safe or not shown (§4.3, §5).

A room saw its own hands; who reads the table was not there. Rows are never added up: two totals a
few days apart would tell the room between them. The engine is imported where it is used: it needs
numpy.
"""

from collections.abc import Sequence
from typing import Final

from .comptage import TOTAL
from .protection import Sujet
from .publie import Adresse, Montree, tableau_publie
from .tableau import Colonne, Dimension, Modalite, TableauProtege

ABSTENTION: Final = "_abstention"
SANS_MAIN: Final = "_sans_main"
AUTRES_COLONNES: Final = (
    Colonne(ABSTENTION, "S’abstiennent"),
    Colonne(SANS_MAIN, "N’ont pas levé la main"),
)
Salle = tuple[str, str, int, tuple[int, ...]]
"""Code, label, how many were there, and hands by column."""


def tableau_des_mains(
    sujet: Sujet, salles: Sequence[Salle], *, multiple: bool, profil: str
) -> TableauProtege:
    """Return one question as rooms answered it; a room that is too small, or unsafe, has no row."""
    from .moteur.parametres import PROFILS

    parametres = PROFILS[profil]
    montrees: dict[Adresse, list[Montree]] = {}
    for code, _libelle, presents, effectifs in salles:
        bandes = _bandes(presents, effectifs, profil, multiple=multiple)
        if bandes:
            taille = Montree("", presents, presents, "exact")
            cellules = [
                Montree(colonne.code, bas, haut, "bande")
                for colonne, (bas, haut) in zip(sujet.colonnes, bandes, strict=True)
            ]
            montrees[code,] = [taille, *cellules]
    dimension = Dimension(
        "seance",
        "Séance",
        (
            Modalite(TOTAL, "Ensemble"),
            *(Modalite(code, libelle, TOTAL) for code, libelle, _, _ in salles),
        ),
    )
    return tableau_publie(sujet, (dimension,), montrees, multiple=multiple, seuil=parametres.n_min)


def _bandes(
    presents: int, effectifs: tuple[int, ...], profil: str, *, multiple: bool
) -> list[tuple[int, int]]:
    """Return the band of each column; nothing when the room is too small or a band would tell."""
    import numpy as np
    from scipy.sparse import csr_array

    from .moteur.auditeur import auditer
    from .moteur.modele import Probleme
    from .moteur.parametres import PROFILS

    parametres = PROFILS[profil]
    n, m = presents, parametres.m
    if n < parametres.n_min:
        return []
    vrai = np.array(effectifs, dtype=np.int64)
    bas = np.select([vrai < m, n - vrai < m], [0, n - m + 1], m).astype(np.int64)
    haut = np.select([vrai < m, n - vrai < m], [m - 1, n], n - m).astype(np.int64)
    # Hands up for several answers say nothing of who raised none: each answer is a question.
    ensemble = np.arange(vrai.size)
    for ici in np.split(ensemble, vrai.size) if multiple else [ensemble]:
        rangs = np.arange(ici.size, dtype=np.int64)
        probleme = Probleme(
            groupes=csr_array(np.ones((1, 1), dtype=np.int64)),
            tailles=np.array([n], dtype=np.int64),
            classes=np.eye(ici.size, dtype=np.int64),
            cellules=np.column_stack([np.zeros_like(rangs), rangs]),
            verite=vrai[None, ici],
            parametres=parametres,
            multiple=multiple,
        )
        if not auditer(probleme, bas[ici], haut[ici]).sur:
            return []
    return list(zip(bas.tolist(), haut.tolist(), strict=True))
