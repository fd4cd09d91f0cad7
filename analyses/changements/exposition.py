"""Change beside what was received: what is told of each half, and nothing of why."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from analyses.confidentialite.protection import Sujet
from analyses.confidentialite.publie import Montree, tableau_publie
from analyses.confidentialite.regles import SENSIBLE
from analyses.confidentialite.tableau import Colonne, Dimension, Modalite, TableauProtege

from .phrases import dire

PAS: Final = 5
"""Counts of a half are told by fives: an exact one would give back a count that the split hides."""
MOINS, PLUS = "moins", "plus"
NOMS: Final = {"paniers": "paniers", "ateliers": "ateliers"}
SINGULIERS: Final = {"paniers": "panier", "ateliers": "atelier"}
COLONNES: Final = (
    Colonne("progressent", "Progressent"),
    Colonne("autres", "N’ont pas progressé, ou pas répondu"),
)
TROP_PETITS: Final = (
    "Il faut au moins 11 familles de chaque côté, parmi celles qui ont répondu les deux fois\u00a0: "
    "rien n’est montré, pour les protéger."
)
RIEN: Final = "Aucun critère ne peut être montré ainsi sans laisser deviner ce qu’ont répondu quelques familles."
PRUDENCE: Final = (
    "Ces deux moitiés ne se jugent pas l’une par l’autre. Les familles qui viennent souvent ne vivent "
    "pas comme celles qui viennent peu\u00a0: un écart ne dit pas d’où il vient. Les comptes sont donnés "
    "par tranches de cinq familles. Quand deux tranches se touchent, ne les comparez pas."
)


def par_cinq(bas: int, haut: int, n: int) -> tuple[int, int]:
    """Return an interval widened to fives, or to « more than n minus 5 » where the rest may be fewer.

    >>> par_cinq(17, 17, 27), par_cinq(0, 4, 21), par_cinq(24, 24, 27), par_cinq(8, 8, 11)
    ((15, 19), (0, 4), (20, 27), (5, 11))
    """
    dessous = bas // PAS * PAS
    if haut > n - SENSIBLE.m:
        return max(0, min(dessous, n - SENSIBLE.m + 1)), n
    return dessous, min(n, haut // PAS * PAS + PAS - 1)


def groupe(quoi: str, moitie: str) -> str:
    """Return the name of a half among the groups of the joint audit."""
    return f"{quoi}:{moitie}"


def moitie_dite(quoi: str, seuil: int, moitie: str) -> str:
    """Return a half in words: « 9 paniers au plus », « plus de 9 paniers »."""
    nom = NOMS[quoi] if seuil > 1 else SINGULIERS[quoi]
    if moitie == PLUS:
        return f"plus de {seuil} {nom}"
    return f"{seuil} {nom} au plus" if seuil else f"aucun {SINGULIERS[quoi]}"


def tableau_d_exposition(e: Mapping[str, Any], libelle: str, arrete_le: date) -> TableauProtege:
    """Return the protected table of one outcome by the two halves."""
    dimension = Dimension(
        e["quoi"],
        "Paniers reçus" if e["quoi"] == "paniers" else "Ateliers suivis",
        (
            Modalite("TOTAL", "Ensemble"),
            *(Modalite(m, moitie_dite(e["quoi"], e["seuil"], m), "TOTAL") for m in (MOINS, PLUS)),
        ),
    )
    sujet = Sujet(
        e["code"],
        f"{libelle}.",
        COLONNES,
        dimension.nom,
        dimension.titre,
        arrete_le=arrete_le.isoformat(),
    )
    montrees: dict[tuple[str, ...], list[Montree]] = {
        (ligne["groupe"],): list(_montrees(ligne)) for ligne in e["lignes"]
    }
    return tableau_publie(sujet, (dimension,), montrees, multiple=False, seuil=SENSIBLE.n_min)


def _montrees(ligne: Mapping[str, Any]) -> tuple[Montree, ...]:
    n, bas, haut = ligne["n"], ligne["bas"], ligne["haut"]
    return (
        Montree("", n, n, "exact"),
        Montree("progressent", bas, haut, "milieu"),
        Montree("autres", n - haut, n - bas, "milieu"),
    )


def phrase_d_exposition(tableau: TableauProtege) -> str:
    """Return the table in one sentence: who progressed in each half, nothing of a difference."""
    verbe = "reçu" if tableau.groupes_nom == "paniers" else "suivi"
    parties = []
    for ligne in tableau.lignes:
        progressent = ligne.cellules[0]
        dits = dire((progressent.bas, progressent.haut), ligne.taille)
        parties.append(
            f"{dits} progressent sur les {ligne.taille} qui ont {verbe} {ligne.libelle}"
        )
    return f"{tableau.titre[:-1]}\u00a0: " + "\u00a0; ".join(parties) + "."
