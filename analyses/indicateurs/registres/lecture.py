"""Read the file of a register: every error at once, with its line, its column and what to write.

The file is text in UTF-8, its first line names the columns, values are separated by « ; », « , »
or tabulations; a line « sep=; » before it, which Excel asks for, is understood. Whether names lead to rows that exist is for ``actions``: this core knows no base.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import StringIO
from typing import Any, Final

from voix.commun.proches import le_plus_proche

from .schema import Registre
from .valeurs import lire_valeur

TAILLE_MAX: Final = 5_000_000
"""Bytes: about 50 000 rows of the longest register."""
LIGNES_MAX: Final = 50_000
SEPARATEURS: Final = (";", ",", "\t")


@dataclass(frozen=True, slots=True)
class Defaut:
    """One error of a file. ``ligne`` counts from 1, the first line being the header; 0: all of it."""

    ligne: int
    colonne: str
    message: str
    conseil: str


@dataclass(frozen=True, slots=True)
class LigneLue:
    """One row; names and codes are not looked up yet."""

    numero: int
    territoire: str
    programme: str
    valeurs: dict[str, Any]
    fautive: bool = False
    """Whether a value is wrong: it is then empty here, and the line is never written."""


@dataclass(frozen=True, slots=True)
class Lecture:
    """What a file gave: rows, and everything that is wrong with it."""

    lignes: tuple[LigneLue, ...]
    defauts: tuple[Defaut, ...]
    fautives: tuple[LigneLue, ...] = ()
    """Lines with a wrong value: what they lead to is looked up all the same."""


def modele(registre: Registre) -> str:
    """Return the file to fill in: the header alone, marked as UTF-8 for spreadsheets."""
    return "\ufeff" + ";".join(registre.entete) + "\r\n"


def lire_fichier(octets: bytes, registre: Registre, aujourdhui: date) -> Lecture:
    """Read the bytes of a file; whatever they are, the answer is rows or errors."""
    if len(octets) > TAILLE_MAX:
        return _refus(
            f"Ce fichier dépasse {TAILLE_MAX // 1_000_000} Mo.",
            "Coupez-le en plusieurs fichiers, chacun avec la première ligne.",
        )
    try:
        texte = octets.decode("utf-8-sig")
    except UnicodeDecodeError as erreur:
        return _refus(
            "Ce fichier n’est pas en UTF-8\u00a0: les accents seraient faux.",
            "Dans votre tableur, enregistrez-le comme «\u00a0CSV UTF-8\u00a0».",
            ligne=octets.count(b"\n", 0, erreur.start) + 1,
        )
    if "\x00" in texte:
        return _refus(
            "Ce fichier n’est pas du texte.", "Enregistrez la feuille du tableur comme CSV."
        )
    return _lire_texte(texte, registre, aujourdhui)


def _refus(message: str, conseil: str, ligne: int = 0, colonne: str = "") -> Lecture:
    return Lecture((), (Defaut(ligne, colonne, message, conseil),))


def _lire_texte(texte: str, registre: Registre, aujourdhui: date) -> Lecture:
    dit, texte = _separateur_dit(texte)
    premiere = texte.split("\n", 1)[0]
    if not premiere.strip():
        return _refus(
            "La première ligne est vide.",
            f"Écrivez-y les colonnes\u00a0: {';'.join(registre.entete)}.",
        )
    separateur = dit or max(SEPARATEURS, key=premiere.count)
    try:
        brutes = list(csv.reader(StringIO(texte, newline=""), delimiter=separateur, strict=True))
    except csv.Error as erreur:
        if "field limit" in str(erreur):
            return _refus(
                f"Une case a plus de {csv.field_size_limit()} signes.",
                "Vérifiez les guillemets\u00a0: un guillemet oublié avale les lignes qui suivent.",
            )
        return _refus(
            "Un guillemet est mal fermé\u00a0: les lignes se mélangent.",
            'Écrivez deux guillemets ("") dans un texte qui en contient, ou enlevez-les.',
        )
    entete = [nom.strip().lower() for nom in brutes[0]]
    defauts = list(_defauts_d_entete(entete, registre))
    if defauts:
        return Lecture((), tuple(defauts))
    if len(brutes) > LIGNES_MAX:
        return _refus(
            f"Ce fichier a plus de {LIGNES_MAX} lignes.", "Coupez-le en plusieurs fichiers."
        )
    return _lire_lignes(brutes[1:], entete, registre, aujourdhui, debut=3 if dit else 2)


def _separateur_dit(texte: str) -> tuple[str, str]:
    """Return the separator that a first line « sep=; » names, for Excel, and the text after it."""
    premiere, _, suite = texte.partition("\n")
    trouve = re.fullmatch(r'"?sep=([;,\t])"?[;,\t]*', premiere.rstrip("\r "), re.IGNORECASE)
    return (trouve[1], suite) if trouve else ("", texte)


def _defauts_d_entete(entete: list[str], registre: Registre) -> Iterator[Defaut]:
    attendues = list(registre.entete)
    for nom in dict.fromkeys(entete):
        if nom not in attendues:
            proche = le_plus_proche(nom, attendues)
            conseil = (
                f"Écrivez «\u00a0{proche}\u00a0»."
                if proche
                else f"Colonnes attendues\u00a0: {', '.join(attendues)}."
            )
            yield Defaut(1, nom, f"La colonne «\u00a0{nom}\u00a0» n’existe pas.", conseil)
        elif entete.count(nom) > 1:
            yield Defaut(
                1, nom, f"La colonne «\u00a0{nom}\u00a0» est là deux fois.", "Gardez-en une."
            )
    for nom in attendues:
        if nom not in entete:
            yield Defaut(
                1,
                nom,
                f"La colonne «\u00a0{nom}\u00a0» manque.",
                "Ajoutez-la, vide s’il n’y a rien à dire.",
            )


def _lire_lignes(
    brutes: list[list[str]], entete: list[str], registre: Registre, aujourdhui: date, *, debut: int
) -> Lecture:
    lignes: list[LigneLue] = []
    fautives: list[LigneLue] = []
    defauts: list[Defaut] = []
    vues: dict[tuple[Any, ...], int] = {}
    for numero, brute in enumerate(brutes, start=debut):
        if not any(valeur.strip() for valeur in brute):
            continue
        if len(brute) != len(entete):
            defauts.append(
                Defaut(
                    numero,
                    "",
                    f"Cette ligne a {len(brute)} valeurs, il en faut {len(entete)}.",
                    "Vérifiez les séparateurs\u00a0; mettez entre guillemets un texte qui en contient.",
                )
            )
            continue
        donnees = dict(zip(entete, (valeur.strip() for valeur in brute), strict=True))
        ligne, ecarts = _lire_ligne(numero, donnees, registre, aujourdhui)
        defauts += ecarts
        doubles = [] if ecarts else list(_deja_vue(ligne, registre, vues))
        defauts += doubles
        if ecarts:
            fautives.append(ligne)
        elif not doubles:
            lignes.append(ligne)
    return Lecture(tuple(lignes), tuple(defauts), tuple(fautives))


def _lire_ligne(
    numero: int, donnees: dict[str, str], registre: Registre, aujourdhui: date
) -> tuple[LigneLue, list[Defaut]]:
    exiges = ("programme", "territoire") if registre.du_programme else ("territoire",)
    ecarts = [
        Defaut(numero, nom, f"«\u00a0{nom}\u00a0» est vide.", _ATTENDU[nom])
        for nom in exiges
        if not donnees[nom]
    ]
    valeurs: dict[str, Any] = {}
    for colonne in registre.colonnes:
        valeurs[colonne.nom], refus = lire_valeur(colonne, donnees[colonne.nom])
        if refus:
            ecarts.append(Defaut(numero, colonne.nom, *refus))
    deja = {ecart.colonne for ecart in ecarts}
    ecarts += [
        Defaut(numero, e.colonne, e.message, e.conseil)
        for e in registre.ecarts(valeurs, aujourdhui)
        if e.colonne not in deja
    ]
    programme = donnees.get("programme", "")
    ligne = LigneLue(numero, donnees["territoire"], programme, valeurs, fautive=bool(ecarts))
    return ligne, ecarts


_ATTENDU: Final = {
    "programme": "Écrivez le nom court du programme.",
    "territoire": "Écrivez le code officiel du territoire, par exemple 200044618.",
}


def _deja_vue(
    ligne: LigneLue, registre: Registre, vues: dict[tuple[Any, ...], int]
) -> Iterator[Defaut]:
    cle = (
        ligne.programme,
        ligne.territoire,
        *(ligne.valeurs[nom] for nom in registre.cle),
    )
    premiere = vues.setdefault(cle, ligne.numero)
    if premiere != ligne.numero:
        yield Defaut(
            ligne.numero,
            registre.cle[0],
            f"C’est la même chose qu’à la ligne {premiere}.",
            "Gardez une seule des deux lignes.",
        )
