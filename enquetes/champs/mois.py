"""A month, typed « 03/2025 »: works on any phone, stored « 2025-03 »."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from enquetes.parcours.definition import Nature, Question, Reponses, TexteRendu, Valeur

from .base import ChampSaisi, entete
from .gadgets import saisie
from .nombre import chiffres

_SAISI = re.compile(r"(?:(\d{1,2})\D{0,3}(\d{4})|(\d{4})\D{1,3}(\d{1,2}))")
_TROP_LONG = 200
_STOCKE = re.compile(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])")


class _Mois(forms.CharField):
    def clean(self, value: Any) -> str:
        tape = str(value or "")
        texte = chiffres(tape) if len(tape) <= _TROP_LONG else tape
        if not texte:
            return ""
        lu = _SAISI.fullmatch(texte)
        if lu:
            mois, annee = lu[1] or lu[4], lu[2] or lu[3]
            stocke = f"{annee}-{int(mois):02d}"
            if _STOCKE.fullmatch(stocke):
                return stocke
        raise ValidationError(_comment(), code="mois")


def _comment() -> str:
    return _("Écrivez le mois puis l’année. Par exemple : 03/2025.")


class Mois(ChampSaisi):
    nature = Nature("mois", compare=False)

    def champ_saisi(self, question: Question, langue: str) -> forms.Field:
        # Before the first error, and not inside the box, where it would look answered.
        mots, aide = entete(question, langue), question.aide.dans(langue)
        if not aide.texte or aide.langue == langue:
            mots["help_text"] = f"{aide.texte} {_comment()}".strip()
        return _Mois(widget=saisie(inputmode="numeric", enterkeyhint="next"), **mots)

    def hors_ligne(self, question: Question) -> dict[str, Any]:
        return {"t": "mois", "m": {"mois": _comment()}}

    def reecrire(self, question: Question, valeur: Valeur) -> Any:
        annee, _tiret, mois = str(valeur).partition("-")
        return f"{mois}/{annee}"

    def _libelle(self, question: Question, reponses: Reponses, langue: str) -> list[TexteRendu]:
        return [TexteRendu(self.reecrire(question, reponses[question.code]), "")]

    def _verifier(self, question: Question, valeur: Valeur) -> str | None:
        if isinstance(valeur, str) and _STOCKE.fullmatch(valeur):
            return None
        return f"«\u00a0{question.code}\u00a0» attend un mois, par exemple 2025-03."


CHAMP = Mois()
