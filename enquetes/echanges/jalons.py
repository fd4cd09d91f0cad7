"""Read the milestones of territoires from a CSV file: one line a territoire, « x » where it is so."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from enquetes.bibliotheque import DOSSIER
from voix.commun.erreurs import SaisieInvalide

FICHIER_ALIMACTIV = DOSSIER / "donnees" / "alimactiv.csv"
REPERES = ("session", "territoire", "niveau", "code")
JALONS = ("cartographie", "diagnostic", "mutualisation", "reunion", "autre", "rien")


@dataclass(frozen=True, slots=True)
class LigneJalons:
    """What one territoire has set up, and the training session it attended."""

    session: str
    territoire: str
    niveau: str
    code: str
    jalons: tuple[str, ...]


def lire_jalons(fichier: Path) -> list[LigneJalons]:
    """Return the lines of the file; refuse it as a whole, with every defect and its line."""
    with fichier.open(encoding="utf-8-sig", newline="") as flux:
        lecteur = csv.DictReader(flux, delimiter=";")
        absentes = [nom for nom in (*REPERES, *JALONS) if nom not in (lecteur.fieldnames or ())]
        if absentes:
            raise SaisieInvalide(
                f"Il manque des colonnes\u00a0: {', '.join(absentes)}. "
                "Ajoutez-les à la première ligne, séparées par des points-virgules."
            )
        brutes = list(lecteur)
    defauts = list(_defauts(brutes))
    if defauts:
        raise SaisieInvalide("\n".join(defauts))
    return [
        LigneJalons(
            **{nom: brute[nom].strip() for nom in REPERES},
            jalons=tuple(jalon for jalon in JALONS if brute[jalon].strip()),
        )
        for brute in brutes
    ]


def _defauts(brutes: list[dict[str, str]]) -> Iterator[str]:
    vus: dict[tuple[str, str], int] = {}
    for numero, brute in enumerate(brutes, start=2):
        if None in brute or None in brute.values():
            yield f"Ligne {numero}\u00a0: le nombre de colonnes n’est pas celui du titre."
            continue
        yield from _defauts_de_ligne(numero, brute)
        lieu = (brute["niveau"].strip(), brute["code"].strip())
        if lieu in vus:
            yield f"Ligne {numero}\u00a0: ce territoire est déjà à la ligne {vus[lieu]}."
        vus[lieu] = numero


def _defauts_de_ligne(numero: int, brute: dict[str, str]) -> Iterator[str]:
    for nom in REPERES:
        if not brute[nom].strip():
            yield f"Ligne {numero}\u00a0: remplissez la colonne «\u00a0{nom}\u00a0»."
    for jalon in JALONS:
        if brute[jalon].strip().lower() not in {"", "x"}:
            yield f"Ligne {numero}, «\u00a0{jalon}\u00a0»\u00a0: mettez x, ou rien du tout."
    if brute["rien"].strip() and any(brute[jalon].strip() for jalon in JALONS[:-1]):
        yield f"Ligne {numero}\u00a0: «\u00a0rien\u00a0» ne va pas avec un autre jalon."
