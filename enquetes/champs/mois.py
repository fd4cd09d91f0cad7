"""A month, typed « 03/2025 » or « mars 2025 »: works on any phone, stored « 2025-03 »."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

from babel.dates import get_month_names
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from enquetes.parcours.definition import (
    Choix,
    Forme,
    Nature,
    Question,
    Reglage,
    Reponses,
    TexteRendu,
    Valeur,
)
from enquetes.parcours.periodes import MOIS_ECRIT, Periodes, mois_absolu, periodes

from .base import ChampSaisi, entete
from .gadgets import saisie
from .nombre import chiffres
from .periodes import choix_de, mois_du

_SAISI = re.compile(r"(?:(\d{1,2})\D{0,3}(\d{4})|(\d{4})\D{1,3}(\d{1,2}))")
_TROP_LONG = 200
_NOMME = re.compile(r"(\D+)(\d{4})|(\d{4})(\D+)")
_LETTRES = 3
"""As many at least: « j » is three months, « jui » two of them still."""
# The Maghreb and the Levant have month names of their own.
_USAGES = {"ar": ("ar", "ar_SY", "ar_DZ", "ar_MA")}


def _lettres(texte: str) -> str:
    """Return a name without accents, capitals and the marks people put around it."""
    signes = unicodedata.normalize("NFD", texte.lower())
    return "".join(s for s in signes if unicodedata.category(s) != "Mn" and s not in ".,-/_")


@cache
def _noms(langue: str) -> tuple[tuple[str, ...], ...]:
    """Return the names of each month: in the person's language, and in French, read all around."""
    usages = dict.fromkeys((*_USAGES.get(langue, (langue,)), "fr"))
    return tuple(
        tuple(
            dict.fromkeys(
                _lettres(chiffres(get_month_names("wide", forme, usage)[mois]))
                for usage in usages
                for forme in ("format", "stand-alone")
            )
        )
        for mois in range(1, 13)
    )


def _en_chiffres(texte: str, langue: str) -> str:
    """Return « 03/2025 » for « mars2025 », and what names no single month as it is."""
    lu = _NOMME.fullmatch(texte)
    nom = _lettres(lu[1] or lu[4]) if lu else ""
    if lu is None or len(nom) < _LETTRES:
        return texte
    dits = [m for m, noms in enumerate(_noms(langue), 1) if any(n.startswith(nom) for n in noms)]
    return f"{dits[0]:02d}/{lu[2] or lu[3]}" if len(dits) == 1 else texte


class _Mois(forms.CharField):
    def __init__(self, *, langue: str, **options: Any) -> None:
        self.langue = langue
        super().__init__(**options)

    def clean(self, value: Any) -> str:
        tape = str(value or "")
        texte = chiffres(tape) if len(tape) <= _TROP_LONG else tape
        if not texte:
            return ""
        lu = _SAISI.fullmatch(_en_chiffres(texte, self.langue))
        if lu:
            mois, annee = lu[1] or lu[4], lu[2] or lu[3]
            stocke = f"{annee}-{int(mois):02d}"
            if MOIS_ECRIT.fullmatch(stocke):
                return stocke
        raise ValidationError(_comment(), code="mois")


def _comment() -> str:
    return _("Écrivez le mois puis l’année. Par exemple : 03/2025.")


class Mois(ChampSaisi):
    nature = Nature(
        "mois",
        compare=False,
        papier="mois",
        reglages=(
            Reglage(
                "classes",
                Forme.PERIODES,
                "classes: [0, 2, 7, 13]",
                sans="Sans classes, cette question n’aura pas de tableau dans les résultats.",
            ),
        ),
    )

    def champ_saisi(self, question: Question, langue: str) -> forms.Field:
        # Before the first error, and not inside the box, where it would look answered.
        mots, aide = entete(question, langue), question.aide.dans(langue)
        if not aide.texte or aide.langue == langue:
            mots["help_text"] = f"{aide.texte} {_comment()}".strip()
        clavier = saisie(inputmode="numeric", enterkeyhint="next")
        return _Mois(langue=langue, widget=clavier, **mots)

    def hors_ligne(self, question: Question) -> dict[str, Any]:
        noms = [list(mois) for mois in _noms(get_language() or "fr")]
        return {"t": "mois", "noms": noms, "m": {"mois": _comment()}}

    def classes(self, question: Question, ouverture: date | None = None) -> tuple[Choix, ...]:
        siennes = _periodes(question)
        return choix_de(siennes, ouverture) if siennes else ()

    def rang_de_classe(self, question: Question, ouverture: date) -> Callable[[Any], int]:
        siennes, depart = _periodes(question), mois_du(ouverture)
        if siennes is None:
            raise ValueError(f"{question.code}: months without classes")
        return lambda valeur: siennes.rang(mois_absolu(valeur), depart)

    def reecrire(self, question: Question, valeur: Valeur) -> Any:
        annee, _tiret, mois = str(valeur).partition("-")
        return f"{mois}/{annee}"

    def _libelle(self, question: Question, reponses: Reponses, langue: str) -> list[TexteRendu]:
        return [TexteRendu(self.reecrire(question, reponses[question.code]), "")]

    def _verifier(self, question: Question, valeur: Valeur) -> str | None:
        if isinstance(valeur, str) and MOIS_ECRIT.fullmatch(valeur):
            return None
        return f"«\u00a0{question.code}\u00a0» attend un mois, par exemple 2025-03."


def _periodes(question: Question) -> Periodes | None:
    """Return the periods that the author wrote; a month without any has no table."""
    return periodes(question.option("classes"))


CHAMP = Mois()
