"""Posters as a PDF, A4 or A3: what the page of a poster shows, ready for any printer (collecte §4.1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.utils import translation
from django.utils.translation import get_language_info, gettext, ngettext

from enquetes.bibliotheque.pictogrammes import en_fichier
from enquetes.parcours.definition import LANGUE_SOURCE, Definition
from voix.commun.francais import jour_en_mots
from voix.commun.pdf import composer

from .qr import fichier_svg

MODELE: Final = Path(__file__).with_name("affiches.typ")
PAPIERS: Final = ("a4", "a3")
DESSINS: Final = {"parole": "Une bulle de parole", "telephone": "Un téléphone"}


@dataclass(frozen=True, slots=True)
class Feuille:
    """One sheet: a link, where it is, until when it opens."""

    adresse: str
    jeton: str
    lieu: str
    fin: date
    accueil: str = ""
    """The home page, where the eight digits are typed; nothing without a séance."""
    huit: str = ""

    @property
    def site(self) -> str:
        """Return the address before the token, without its protocol."""
        return self.adresse.split("://", 1)[-1].partition(self.jeton)[0]


def affiches_pdf(
    feuilles: Sequence[Feuille],
    *,
    titre: str,
    demandeur: str,
    definition: Definition,
    langues: Sequence[str],
    papier: str,
) -> bytes:
    """Return one page a sheet, in every language; ``papier`` is one of ``PAPIERS``."""
    return composer(
        MODELE,
        {
            "titre": f"Affiche – {titre}",
            "papier": papier,
            "nom_qr": "QR code du questionnaire",
            "pictogrammes": {nom: en_fichier(nom) for nom in DESSINS},
            "pictos": DESSINS,
            "feuilles": [
                {
                    "titre": titre,
                    "demandeur": demandeur,
                    "qr": fichier_svg(feuille.adresse).decode(),
                    "site": feuille.site,
                    "jeton": f"{feuille.jeton}/",
                    "accueil": feuille.accueil,
                    "huit": feuille.huit,
                    "lieu": feuille.lieu,
                    "langues": [mots_de(code, definition, feuille) for code in langues],
                }
                for feuille in feuilles
            ],
        },
    )


def sujet_de(code: str, definition: Definition) -> str:
    """Return the title of the questionnaire in a language other than that of coordination's own."""
    sujet = definition.titre.dans(code)
    return sujet.texte if code != LANGUE_SOURCE and sujet.langue == code else ""


def mots_de(code: str, definition: Definition, feuille: Feuille) -> dict[str, Any]:
    """Return what a sheet says in one language."""
    minutes = definition.duree_minutes
    with translation.override(code):
        invites = [gettext("Scannez ce code avec votre téléphone.")]
        if feuille.huit:
            invites.append(gettext("Ou écrivez ce code sur la page d’accueil de Voix."))
        return {
            "code": code,
            "sens": "rtl" if get_language_info(code)["bidi"] else "ltr",
            "sujet": sujet_de(code, definition),
            "invites": invites,
            "promesse": ngettext(
                "Anonyme, %(minutes)s minute, gratuit",
                "Anonyme, %(minutes)s minutes, gratuit",
                minutes,
            )
            % {"minutes": minutes},
            "fin": gettext("Jusqu’au %(jour)s") % {"jour": jour_en_mots(feuille.fin)},
        }
