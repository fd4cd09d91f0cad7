"""A questionnaire as an A4 PDF, drawn by Typst from the same definition as the screens."""

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import segno
from django.utils import translation
from django.utils.translation import get_language_info

from enquetes.bibliotheque import pictogrammes
from enquetes.champs import NATURES
from enquetes.champs.textes import TEXTE_REFUS
from enquetes.parcours.definition import Choix, Definition, Page, Question, TexteRendu
from voix.commun.francais import jour_en_mots
from voix.commun.pdf import composer

from . import mots
from .numeros import cases, numero_de_question, questions_posees
from .renvois import renvoi

MODELE: Final = Path(__file__).with_name("feuille.typ")


PLACE_D_UNE_DATE: Final = "____ / ____ / ________"
"""Where a day is written by hand: a sheet that no séance gives has no day of its own."""


def feuille_pdf(
    definition: Definition,
    empreinte: str,
    *,
    langue: str,
    corps: int,
    detruire_avant: date | None = None,
    vague: str = "",
) -> bytes:
    """Return the sheet as an accessible PDF (UA-1); the same input gives the same bytes.

    ``detruire_avant``: the day printed on each page, on which the sheet is destroyed at the latest.
    ``vague``: of which wave it is, said on every page for who copies it. Such a sheet is answered with a
    card, whose code has its place, and does not say « anonyme ».
    """
    reference = f"VX1 {definition.code} {empreinte[:12]}"
    donnees = _donnees(definition, langue) | {"corps": corps, "reference": reference}
    if vague:
        donnees["carte"] = _dit(mots.CARTE.dans(langue))
        donnees["consignes"][1:] = [mots.SANS_NOM.dans(langue).texte]
        donnees["vague"] = vague
    donnees["destruction"] = _destruction(detruire_avant, langue)
    return composer(MODELE, donnees, qr=_qr(reference))


def _qr(reference: str) -> str:
    fichier = BytesIO()
    segno.make(reference, error="m", micro=False).save(fichier, kind="svg", border=4, light="#fff")
    return fichier.getvalue().decode()


def _destruction(jour: date | None, langue: str) -> dict[str, str]:
    dite = mots.DESTRUCTION.dans(langue)
    with translation.override(dite.langue):
        en_mots = jour_en_mots(jour) if jour else PLACE_D_UNE_DATE
    return _dit(TexteRendu(dite.texte.format(jour=en_mots), dite.langue))


def _dit(rendu: TexteRendu) -> dict[str, str]:
    langue = rendu.langue or "fr"
    sens = "rtl" if get_language_info(langue)["bidi"] else "ltr"
    return {"texte": rendu.texte, "langue": langue, "sens": sens}


def _donnees(definition: Definition, langue: str) -> dict[str, Any]:
    titre = _dit(definition.titre.dans(langue))
    return {
        "langue": langue,
        "sens": "rtl" if get_language_info(langue)["bidi"] else "ltr",
        "titre": titre,
        "consignes": [texte.dans(langue).texte for texte in mots.CONSIGNES],
        "carte": None,
        "vague": "",
        "fin": mots.FIN.dans(langue).texte,
        "questions": [
            _question(definition, page, question, langue)
            for page in definition.pages
            for question in page.questions
        ],
    }


def _question(
    definition: Definition, page: Page, question: Question, langue: str
) -> dict[str, Any]:
    posee = question in questions_posees(definition)
    nature = NATURES[question.type]
    *choix, refus = cases(question).items()
    aide = question.aide.dans(langue)
    if nature.multiple:
        plusieurs = mots.PLUSIEURS.dans(langue)
        deja = plusieurs.texte in aide.texte  # some authors write it themselves
        dite = aide.texte if deja else f"{aide.texte} {plusieurs.texte}".strip()
        aide = TexteRendu(dite, plusieurs.langue)
    numero_refus = "R" if nature.papier else refus[0]
    return {
        "numero": str(numero_de_question(definition, question.code)) if posee else "",
        "si": renvoi(definition, page, langue) if question == page.questions[0] else "",
        "dessin": pictogrammes.svg(question.pictogramme),
        "texte": _dit(question.texte.dans(langue)),
        "aide": _dit(aide),
        "cases": [
            {
                "numero": numero,
                "dessin": pictogrammes.svg(un.pictogramme),
                "texte": _dit(un.texte.dans(langue)),
                "precision": un.precision,
            }
            for numero, un in choix
        ],
        "deux_colonnes": _tient_en_deux(choix),
        "saisie": nature.papier,
        "lignes": nature.lignes,
        "unite": _dit(_unite(question, langue)),
        "refus": {"numero": numero_refus, "texte": _dit(TEXTE_REFUS.dans(langue))}
        if posee
        else None,
    }


LONGUE_AU_MOINS: Final = 6
COURT_AU_PLUS: Final = 12
"""A scale of digits (0 to 7 days) goes in two columns: a page less in two."""


def _tient_en_deux(choix: list[tuple[str, Choix]]) -> bool:
    courts = all(
        un.code.isdecimal() and len(un.texte.dans("fr").texte) <= COURT_AU_PLUS for _, un in choix
    )
    return courts and len(choix) >= LONGUE_AU_MOINS


def _unite(question: Question, langue: str) -> TexteRendu:
    unite = question.option("unite", "")
    if isinstance(unite, str):
        return TexteRendu(unite, "fr")
    return TexteRendu(
        *((unite[langue], langue) if langue in unite else (unite.get("fr", ""), "fr"))
    )
