"""Protected tables as rows: one a displayed figure, read from the tables and nothing else."""

from collections.abc import Iterator, Sequence
from typing import Final

from analyses.confidentialite.tableau import Cellule, Ligne, Statut, TableauProtege

from .jeu import LISTE, Champ, Jeu, Valeur

STATUTS: Final = {
    Statut.PUBLIE: "publie",
    Statut.INTERVALLE: "intervalle",
    Statut.MASQUE: "masque",
    Statut.ZERO_STRUCTUREL: "zero_structurel",
}
MOYENNE: Final = ("MOYENNE", "Moyenne", "moyenne")
MEDIANE: Final = ("MEDIANE", "Médiane", "mediane")
"""Code and name where an answer stands, and status."""

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
    Champ(
        "reponse",
        "Réponse",
        "Code de la réponse. «\u00a0MOYENNE\u00a0» et «\u00a0MEDIANE\u00a0»\u00a0: de toutes.",
        exemple="oui",
        requis=True,
    ),
    Champ("reponse_libelle", "Texte de la réponse", "Texte de la réponse.", exemple="Oui"),
    Champ("base", "Base", "Nombre de réponses du groupe.", "integer", 62, requis=True),
    Champ("effectif", "Effectif", "Nombre exact, quand il est montré.", "integer", 30),
    Champ("minimum", "Au moins", "Plus petit nombre possible, quand il est dit.", "integer"),
    Champ("maximum", "Au plus", "Plus grand nombre possible, quand il est dit.", "integer"),
    Champ(
        "statut",
        "Statut",
        "Nombre exact (publie), entre deux nombres (intervalle), masqué pour protéger les "
        "personnes (masque), impossible (zero_structurel)\u00a0; ou moyenne, mediane.",
        requis=True,
        valeurs=(*STATUTS.values(), MOYENNE[2], MEDIANE[2]),
    ),
    Champ("pourcentage", "Pourcentage", "Part entière, pour une base de 10 ou plus.", "integer"),
    Champ("moyenne", "Moyenne", "Moyenne du groupe, à une décimale.", "number", 3.4),
    Champ("dit", "Ce qui est dit", "Nombre, ou médiane, comme à l’écran.", exemple="moins de 5"),
    Champ("part_dite", "Part dite", "Part, comme à l’écran.", exemple="moins de 9\u00a0%"),
)


def jeu_de_tableaux(
    tableaux: Sequence[TableauProtege],
    *,
    nom: str,
    titre: str,
    arrete_le: str,
    fictif: bool,
    methode: tuple[tuple[str, str], ...],
) -> Jeu:
    """Return what leaves with the tables that pages of results show."""
    document = {
        "format": "voix-tableaux/1",
        "nom": nom,
        "titre": titre,
        "arrete_le": arrete_le,
        "fictif": fictif,
        "methode": dict(methode),
        "tableaux": [tableau.en_json() for tableau in tableaux],
    }
    return Jeu(
        nom=nom,
        titre=titre,
        arrete_le=arrete_le,
        fictif=fictif,
        methode=methode,
        champs=CHAMPS,
        rangees=tuple(_lignes(tableaux)),
        modalites=tuple(_modalites(tableaux)),
        document=document,
    )


def _lignes(tableaux: Sequence[TableauProtege]) -> Iterator[tuple[Valeur, ...]]:
    """Yield each figure that a screen shows, once."""
    for tableau in tableaux:
        noms = [d.nom for d in tableau.dimensions] or [tableau.groupes_nom]
        libelles = {colonne.code: colonne.libelle for colonne in tableau.colonnes}
        # A crossed table repeats the row of everybody, already in the table of the question.
        montrees = tableau.groupes() if noms != [""] else tableau.lignes
        for ligne in montrees:
            groupe = LISTE.join(ligne.ou) if tableau.dimensions else ligne.code
            tete = (tableau.question, tableau.titre, LISTE.join(noms), groupe, ligne.libelle)
            for colonne, cellule in zip(tableau.colonnes, ligne.cellules, strict=True):
                yield (*tete, colonne.code, colonne.libelle, *_chiffres(ligne, cellule))
            for autres in _autres_chiffres(ligne, libelles):
                yield (*tete, *autres)


def _modalites(tableaux: Sequence[TableauProtege]) -> Iterator[tuple[str, str, str]]:
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
        None,
        ligne.dire(cellule),
        ligne.dire_la_part(cellule),
    )


def _autres_chiffres(ligne: Ligne, libelles: dict[str, str]) -> Iterator[tuple[Valeur, ...]]:
    """Yield the mean and the median of a group, where its page tells them."""
    sans = (ligne.taille, None, None, None)
    chiffres = ligne.chiffres
    if chiffres.moyenne is not None:
        code, libelle, statut = MOYENNE
        dite = chiffres.dire_la_moyenne()
        yield code, libelle, *sans, statut, None, round(chiffres.moyenne / 100, 1), dite, ""
    if chiffres.mediane:
        code, libelle, statut = MEDIANE
        dite = " ou ".join(libelles[reponse] for reponse in chiffres.mediane)
        yield code, libelle, *sans, statut, None, None, dite, ""
