"""What every file holds: one row a displayed figure, read from protected tables and nothing else."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from analyses.confidentialite.comptage import TOTAL
from analyses.confidentialite.tableau import Cellule, Ligne, Statut, TableauProtege

Valeur: TypeAlias = str | int | None
LISTE: Final = "|"
"""Between the values of a list in one cell, as in the schemas of schema.data.gouv.fr."""
STATUTS: Final = {
    Statut.PUBLIE: "publie",
    Statut.INTERVALLE: "intervalle",
    Statut.MASQUE: "masque",
    Statut.ZERO_STRUCTUREL: "zero_structurel",
}


@dataclass(frozen=True, slots=True)
class Champ:
    """A column of the file, described for a person and for a machine."""

    nom: str
    titre: str
    description: str
    type: str = "string"
    exemple: Valeur = ""
    requis: bool = False
    valeurs: tuple[str, ...] = ()


CHAMPS: Final = (
    Champ("question", "Question", "Code de la question.", exemple="venu", requis=True),
    Champ("intitule", "Intitulé", "Texte de la question.", exemple="Êtes-vous venu\u00a0?"),
    Champ(
        "ventilation",
        "Ventilation",
        "Ce qui sépare les groupes, séparé par «\u00a0|\u00a0». Vide\u00a0: tout le monde.",
        exemple="structure",
    ),
    Champ(
        "groupe",
        "Groupe",
        "Code du groupe. «\u00a0TOTAL\u00a0»\u00a0: tout le monde.",
        requis=True,
    ),
    Champ("groupe_libelle", "Nom du groupe", "Nom du groupe, comme à l’écran."),
    Champ("reponse", "Réponse", "Code de la réponse.", exemple="oui", requis=True),
    Champ("reponse_libelle", "Texte de la réponse", "Texte de la réponse.", exemple="Oui"),
    Champ("base", "Base", "Nombre de réponses du groupe.", "integer", 62, requis=True),
    Champ("effectif", "Effectif", "Nombre exact, quand il est montré.", "integer", 30),
    Champ("minimum", "Au moins", "Plus petit nombre possible, quand il est dit.", "integer"),
    Champ("maximum", "Au plus", "Plus grand nombre possible, quand il est dit.", "integer"),
    Champ(
        "statut",
        "Statut",
        "Nombre exact (publie), entre deux nombres (intervalle), masqué pour protéger les "
        "personnes (masque), impossible (zero_structurel).",
        requis=True,
        valeurs=tuple(STATUTS.values()),
    ),
    Champ("pourcentage", "Pourcentage", "Part entière, pour une base de 10 ou plus.", "integer"),
    Champ("dit", "Ce qui est dit", "Nombre, comme à l’écran.", exemple="moins de 5"),
    Champ("part_dite", "Part dite", "Part, comme à l’écran.", exemple="moins de 9\u00a0%"),
)


@dataclass(frozen=True, slots=True)
class Jeu:
    """What leaves together: displayed tables and what must be read beside them."""

    nom: str
    titre: str
    arrete_le: str
    fictif: bool
    methode: tuple[tuple[str, str], ...]
    tableaux: tuple[TableauProtege, ...]


def lignes(tableaux: Sequence[TableauProtege]) -> Iterator[tuple[Valeur, ...]]:
    """Yield the rows in the order of ``CHAMPS``: each figure that a screen shows, once."""
    for tableau in tableaux:
        noms = [d.nom for d in tableau.dimensions] or [tableau.groupes_nom]
        # A crossed table repeats the row of everybody, already in the table of the question.
        montrees = tableau.groupes() if noms != [""] else tableau.lignes
        for ligne in montrees:
            groupe = LISTE.join(ligne.ou) if tableau.dimensions else ligne.code
            tete = (tableau.question, tableau.titre, LISTE.join(noms), groupe, ligne.libelle)
            for colonne, cellule in zip(tableau.colonnes, ligne.cellules, strict=True):
                yield (*tete, colonne.code, colonne.libelle, *_chiffres(ligne, cellule))


def modalites(tableaux: Sequence[TableauProtege]) -> Iterator[tuple[str, str, str]]:
    """Yield each answer once: question, code, text."""
    vues: set[str] = set()
    for tableau in tableaux:
        if tableau.question in vues:
            continue
        vues.add(tableau.question)
        for colonne in tableau.colonnes:
            yield tableau.question, colonne.code, colonne.libelle


def _chiffres(ligne: Ligne, cellule: Cellule) -> tuple[Valeur, ...]:
    """Return the figures of a cell; of a hidden one, nothing that its screen does not say."""
    borne = cellule.statut == Statut.INTERVALLE
    return (
        ligne.taille,
        cellule.valeur,
        cellule.bas if borne else None,
        cellule.haut if borne else None,
        STATUTS[cellule.statut],
        ligne.pourcent(cellule),
        ligne.dire(cellule),
        ligne.dire_la_part(cellule),
    )


__all__ = ["CHAMPS", "TOTAL", "Champ", "Jeu", "Valeur", "lignes", "modalites"]
