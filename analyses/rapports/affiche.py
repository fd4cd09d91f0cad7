"""A return as one A4 poster (PDF/UA-1): the words and figures of its public page, and the way to it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext

from analyses.extraction.repondants import (
    TexteRendu,
    contexte_de_langue,
    fichier_svg,
)
from voix.commun.pdf import composer

MODELE: Final = Path(__file__).with_name("affiche.typ")


def affiche_pdf(contenu: Mapping[str, Any], *, langue: str, adresse: str) -> bytes:
    """Return the poster of what ``contenu`` says; the same input gives the same bytes."""
    donnees = _donnees(contenu, langue, adresse)
    return composer(MODELE, donnees, qr=fichier_svg(adresse).decode())


def _dit(rendu: TexteRendu) -> dict[str, object]:
    langue = rendu.langue or "fr"
    return {"texte": rendu.texte, "langue": langue, "sens": _sens(langue)}


def _sens(langue: str) -> object:
    return contexte_de_langue(langue, [])["sens"]


def _donnees(contenu: Mapping[str, Any], langue: str, adresse: str) -> dict[str, Any]:
    fictive = gettext("Démonstration : les données sont fictives.")
    return {
        "langue": langue,
        "sens": _sens(langue),
        "titre": gettext("Vous avez répondu. Voici la suite."),
        "fictive": fictive if contenu["collecte"].fictive else "",
        "collecte": _dit(contenu["titre"]),
        "mot": _dit(contenu["mot"]),
        "dit": gettext("Vous avez dit :"),
        "suites": [
            {"dit": _dit(s.dit), "fait": _dit(s.fait), "decision": s.decision}
            for s in contenu["suites"]
        ],
        "questions": [
            {
                "texte": _dit(question.texte),
                "reponses": [
                    {"texte": _dit(r.texte), "combien": r.combien, "bas": r.bas, "haut": r.haut}
                    for r in question.reponses
                ],
            }
            for question in contenu["questions"]
        ],
        "reste": gettext("D’autres chiffres sont sur la page, à l’adresse ci-dessous."),
        "adresse": adresse.split("://", 1)[-1],
    }
