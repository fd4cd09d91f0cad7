"""Indicators as rows: one a measure, as the page of a programme or of a territoire says it."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from analyses.indicateurs.indicateur import Forme
from analyses.mesures import MesureDite

from .jeu import Champ, Jeu, Valeur

ATTEINT: Final = {True: "oui", False: "non", None: ""}
FORMES: Final = tuple(forme.value for forme in Forme)

CHAMPS: Final = (
    Champ("indicateur", "Indicateur", "Code de l’indicateur.", exemple="I8", requis=True),
    Champ("nom", "Nom", "Nom de l’indicateur.", requis=True),
    Champ("groupe", "Groupe", "Titre sous lequel il est montré à l’écran."),
    Champ("perimetre", "Où", "Programme ou territoire.", requis=True),
    Champ("arrete_le", "Chiffres du", "Jour où ils ont été comptés.", "date", requis=True),
    Champ("forme", "Forme", "Part (en %), rapport ou nombre.", requis=True, valeurs=FORMES),
    # P14 is a net share: those who do worse are taken away from those who do better.
    Champ("k", "Combien", "Numérateur, quand il peut se dire.", "number", 8, minimum=None),
    Champ("n", "Sur combien", "Base, quand elle peut se dire.", "number", 10),
    Champ("unite", "Unité de la base", "Ce que compte la base.", exemple="territoires"),
    Champ(
        "valeur",
        "Résultat",
        "En % pour une part (sans décimale)\u00a0; une décimale pour un rapport.",
        "number",
        80,
        minimum=None,
    ),
    Champ(
        "objectif",
        "Objectif",
        "Dans l’unité du résultat\u00a0: en % pour une part.",
        "number",
        100,
    ),
    Champ(
        "ecart",
        "Écart",
        "Résultat moins objectif\u00a0: en points pour une part.",
        "number",
        -20,
        minimum=None,
    ),
    Champ("atteint", "Atteint", "Jugé sur le résultat exact.", valeurs=("oui", "non")),
    Champ(
        "intervalle_bas",
        "Intervalle, de (%)",
        "Intervalle à 95\u00a0%\u00a0: borne basse.",
        "integer",
        minimum=None,
    ),
    Champ(
        "intervalle_haut",
        "Intervalle, à (%)",
        "Intervalle à 95\u00a0%\u00a0: borne haute.",
        "integer",
        minimum=None,
    ),
    Champ(
        "entre_bas",
        "Fourchette, de (%)",
        "La part est au moins celle-ci, quand elle est masquée.",
        "integer",
        minimum=None,
    ),
    Champ(
        "entre_haut",
        "Fourchette, à (%)",
        "La part est au plus celle-ci, quand elle est masquée.",
        "integer",
        minimum=None,
    ),
    Champ("dit", "Résultat, en mots", "Comme à l’écran.", exemple="80\u00a0%"),
    Champ("base_dite", "Combien, en mots", "Comme à l’écran.", exemple="8 sur 10 territoires"),
    Champ("motif", "Pourquoi pas de résultat", "Vide quand il y a un résultat."),
    Champ("definition", "Définition", "Ce qui est compté.", requis=True),
    Champ("ambigu", "Laissé ouvert par la source", "Ce que la source n’a pas précisé."),
    Champ("source", "Source", "D’où vient l’indicateur."),
)


def jeu_de_mesures(
    dites: Sequence[MesureDite],
    *,
    nom: str,
    titre: str,
    le: date,
    fictif: bool,
    methode: tuple[tuple[str, str], ...],
) -> Jeu:
    """Return what leaves with the measures that a page of indicators shows."""
    document = {
        "format": "voix-indicateurs/1",
        "nom": nom,
        "titre": titre,
        "arrete_le": le.isoformat(),
        "fictif": fictif,
        "methode": dict(methode),
        "indicateurs": [dite.mesure.en_json() for dite in dites],
    }
    return Jeu(
        nom=nom,
        titre=titre,
        arrete_le=le.isoformat(),
        fictif=fictif,
        methode=methode,
        champs=CHAMPS,
        rangees=tuple(_rangee(dite, titre, le) for dite in dites),
        modalites=(
            ("Atteint", "oui", "L’objectif est atteint"),
            ("Atteint", "non", "L’objectif n’est pas atteint"),
            ("Forme", "part", "Une part de la base, en %"),
            ("Forme", "rapport", "Un nombre divisé par un autre"),
            ("Forme", "nombre", "Un nombre, sans base"),
        ),
        document=document,
        description="Une ligne par indicateur. Aucune réponse d’une personne.",
    )


def _rangee(dite: MesureDite, ou: str, le: date) -> tuple[Valeur, ...]:
    mesure, i = dite.mesure, dite.mesure.indicateur
    return (
        i.code,
        i.nom,
        i.groupe,
        ou,
        le,
        i.forme.value,
        mesure.k,
        mesure.n,
        i.unite.pluriel,
        mesure.valeur,
        i.objectif,
        mesure.ecart,
        ATTEINT[mesure.atteint],
        *(mesure.intervalle or (None, None)),
        *(mesure.entre or (None, None)),
        dite.resultat,
        dite.base,
        mesure.motif,
        i.definition,
        i.ambigu,
        i.source,
    )
