"""Sheets of cards as a PDF: made in memory, sent once, kept nowhere."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from enquetes.bibliotheque.pictogrammes import en_fichier
from enquetes.models import Cohorte
from voix.commun.pdf import composer

from .qr import fichier_svg

MODELE: Final = Path(__file__).with_name("cartes.typ")
GESTES: Final = ("telephone", "parole", "cadenas")


def cartes_pdf(
    cohorte: Cohorte, cartes: Sequence[tuple[int, str]], *, adresse: str, dates: str
) -> bytes:
    """Return six cards an A4 sheet: number, code, QR, three pictograms, what it is for."""
    return composer(MODELE, donnees_de_cartes(cohorte, cartes, adresse=adresse, dates=dates))


def donnees_de_cartes(
    cohorte: Cohorte, cartes: Sequence[tuple[int, str]], *, adresse: str, dates: str
) -> dict[str, Any]:
    """Return the words and drawings of the sheets."""
    return {
        "titre": f"Cartes – {cohorte.titre}",
        "nom_qr": "QR code de la carte",
        "site": adresse.split("://", 1)[-1],
        "dates": dates,
        "fin": (
            f"{cohorte.demandeur}. Gardez cette carte. Elle relie vos quatre réponses jusqu’au "
            f"{cohorte.coupe_le:%d/%m/%Y}, puis le lien est coupé. Avec ce code, vous pouvez "
            "tout effacer."
        ),
        "pictogrammes": {nom: en_fichier(nom) for nom in GESTES},
        "cartes": [
            {"numero": numero, "code": code, "qr": fichier_svg(f"{adresse}#{code}").decode()}
            for numero, code in cartes
        ],
    }
