"""A questionnaire as an A4 PDF, drawn by Typst from the same definition as the screens."""

from io import BytesIO
from pathlib import Path
from typing import Any, Final

import segno
from django.utils.translation import get_language_info

from enquetes.champs import NATURES
from enquetes.champs.textes import TEXTE_REFUS
from enquetes.parcours.definition import Definition, Page, Question, TexteRendu
from voix.commun.pdf import composer

from . import mots
from .numeros import cases, numero_de_question, questions_posees
from .renvois import renvoi

MODELE: Final = Path(__file__).with_name("feuille.typ")


def feuille_pdf(definition: Definition, empreinte: str, *, langue: str, corps: int) -> bytes:
    """Return the sheet as an accessible PDF (UA-1); the same input gives the same bytes."""
    reference = f"VX1 {definition.code} {empreinte[:12]}"
    donnees = _donnees(definition, langue) | {"corps": corps, "reference": reference}
    return composer(MODELE, donnees, qr=_qr(reference))


def _qr(reference: str) -> str:
    fichier = BytesIO()
    segno.make(reference, error="m", micro=False).save(fichier, kind="svg", border=4, light="#fff")
    return fichier.getvalue().decode()


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
        aide = TexteRendu(f"{aide.texte} {plusieurs.texte}".strip(), plusieurs.langue)
    numero_refus = "R" if nature.papier else refus[0]
    return {
        "numero": str(numero_de_question(definition, question.code)) if posee else "",
        "si": renvoi(definition, page, langue) if question == page.questions[0] else "",
        "texte": _dit(question.texte.dans(langue)),
        "aide": _dit(aide),
        "cases": [
            {"numero": numero, "texte": _dit(un.texte.dans(langue)), "precision": un.precision}
            for numero, un in choix
        ],
        "saisie": nature.papier,
        "lignes": nature.lignes,
        "unite": _dit(_unite(question, langue)),
        "refus": {"numero": numero_refus, "texte": _dit(TEXTE_REFUS.dans(langue))}
        if posee
        else None,
    }


def _unite(question: Question, langue: str) -> TexteRendu:
    unite = question.option("unite", "")
    if isinstance(unite, str):
        return TexteRendu(unite, "fr")
    return TexteRendu(
        *((unite[langue], langue) if langue in unite else (unite.get("fr", ""), "fr"))
    )
