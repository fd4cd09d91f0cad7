"""A number, typed as people type it: Arabic-Indic digits, spaces and a decimal comma are welcome."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from enquetes.parcours.classes import debuts, mots
from enquetes.parcours.definition import (
    LANGUE_SOURCE,
    Choix,
    Forme,
    Nature,
    Question,
    Reglage,
    Texte,
    TexteRendu,
    Valeur,
)
from voix.commun.nombres import grouper

from .base import ChampSaisi, entete
from .gadgets import saisie

_ECRIT: Final = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
"""A number, as a device reads it too: ``Decimal`` takes « 1_0 » and « 1e3 », which nobody means."""
_TROP_LONG = 200
"""Signs. Nobody types a number this long: it is not even looked at."""
PLUS_GRAND = 999_999_999


# Decimal marks of all keyboards become a point; the Arabic thousands mark goes; a minus is a hyphen.
_SIGNES = str.maketrans({",": ".", "\u066b": ".", "\u060c": ".", "\u066c": None, "\u2212": "-"})


def chiffres(texte: str) -> str:
    """Return the text with every script's digits as 0–9, one decimal point, and no spaces."""
    signes = []
    for signe in texte:
        if signe.isspace() or unicodedata.category(signe) == "Cf":
            continue
        chiffre = unicodedata.decimal(signe, None)
        signes.append(str(chiffre) if chiffre is not None else signe)
    return "".join(signes).translate(_SIGNES)


def _messages() -> dict[str, str]:
    """Return what is said of a number that is not one, by the code of its fault."""
    return {
        "nombre": _("Écrivez un nombre. Par exemple : 4."),
        "entier": _("Écrivez un nombre entier, sans virgule. Par exemple : 4."),
        "decimales": _("Gardez %(nombre)d chiffres au plus après la virgule."),
    }


class _Nombre(forms.CharField):
    def __init__(self, *, question: Question, **options: Any) -> None:
        self.mini, self.maxi = question.option("min", 0), question.option("max", PLUS_GRAND)
        self.decimales = question.option("decimales", 0)
        super().__init__(strip=True, **options)
        self.validators = []

    def clean(self, value: Any) -> int | float | None:
        tape = str(value or "")
        texte = chiffres(tape) if len(tape) <= _TROP_LONG else tape
        if not texte:
            return None
        nombre = self._nombre(texte)
        if not self.mini <= nombre <= self.maxi:
            raise ValidationError(self.bornes(), code="bornes")
        return float(nombre) if self.decimales and nombre % 1 else int(nombre)

    def _nombre(self, texte: str) -> Decimal:
        if not _ECRIT.fullmatch(texte):
            raise ValidationError(_("Écrivez un nombre. Par exemple : 4."), code="nombre")
        nombre = Decimal(texte)
        if -nombre.as_tuple().exponent > self.decimales:  # type: ignore[operator]  # finite: an int
            if not self.decimales:
                raise ValidationError(
                    _("Écrivez un nombre entier, sans virgule. Par exemple : 4."),
                    code="entier",
                )
            raise ValidationError(
                _("Gardez %(nombre)d chiffres au plus après la virgule."),
                code="decimales",
                params={"nombre": self.decimales},
            )
        return nombre

    def bornes(self) -> str:
        langue = get_language() or LANGUE_SOURCE
        limites = {"mini": grouper(self.mini, langue), "maxi": grouper(self.maxi, langue)}
        return _("Écrivez un nombre entre %(mini)s et %(maxi)s.") % limites


class Nombre(ChampSaisi):
    nature = Nature(
        "nombre",
        numerique=True,
        papier="nombre",
        reglages=(
            Reglage("min", Forme.NOMBRE, "min: 0", mini=-PLUS_GRAND, maxi=PLUS_GRAND),
            Reglage("max", Forme.NOMBRE, "max: 10", mini=-PLUS_GRAND, maxi=PLUS_GRAND),
            Reglage("decimales", Forme.ENTIER, "decimales: 1", mini=0, maxi=4),
            Reglage("unite", Forme.TEXTE, "unite: {fr: kg}"),
            Reglage(
                "classes",
                Forme.ENTIERS,
                "classes: [0, 1, 2, 5]",
                mini=-PLUS_GRAND,
                maxi=PLUS_GRAND,
            ),
        ),
    )

    def champ_saisi(self, question: Question, langue: str) -> forms.Field:
        mode = "decimal" if question.option("decimales", 0) else "numeric"
        if question.option("min", 0) < 0:
            mode = "text"  # a telephone's keys for numbers have no minus
        champ = _Nombre(
            question=question,
            widget=saisie(inputmode=mode, enterkeyhint="next"),
            **entete(question, langue),
        )
        champ.unite = _unite(question, langue)  # type: ignore[attr-defined]  # read by the template
        return champ

    def hors_ligne(self, question: Question) -> dict[str, Any]:
        champ = _Nombre(question=question)
        messages = {code: str(texte) for code, texte in _messages().items()}
        # A number with a comma is either not whole, or has too many digits: one of the two is said.
        messages["decimales"] %= {"nombre": champ.decimales}
        del messages["entier" if champ.decimales else "decimales"]
        lu = {"t": "nombre", "min": champ.mini, "max": champ.maxi, "dec": champ.decimales}
        unite = _unite(question, get_language() or "fr").texte
        if unite:
            lu["unite"] = f"\u00a0{unite}"  # the summary says it, as ``_libelle`` does
        return lu | {"m": messages | {"bornes": champ.bornes()}}

    def classes(self, question: Question, ouverture: date | None = None) -> tuple[Choix, ...]:
        options = dict(question.options)
        return tuple(
            Choix(f"c{debut}", Texte.depuis({"fr": dits}))
            for debut, dits in zip(debuts(options), mots(options), strict=True)
        )

    def rang_de_classe(self, question: Question, ouverture: date) -> Callable[[Any], int]:
        bornes = debuts(dict(question.options))
        return lambda valeur: max(bisect_right(bornes, float(valeur)) - 1, 0)

    def reecrire(self, question: Question, valeur: Valeur) -> Any:
        return str(valeur).replace(".", ",")

    def _libelle(self, question: Question, reponses: Any, langue: str) -> list[TexteRendu]:
        unite = _unite(question, langue)
        # Four figures may be a year: they stay together.
        nombre = grouper(reponses[question.code], langue, a_partir_de=5)
        return [
            TexteRendu(f"{nombre}\u00a0{unite.texte}" if unite.texte else nombre, unite.langue)
        ]

    def _verifier(self, question: Question, valeur: Valeur) -> str | None:
        if isinstance(valeur, bool) or not isinstance(valeur, int | float):
            return f"«\u00a0{question.code}\u00a0» attend un nombre."
        try:
            _Nombre(question=question, required=False).clean(repr(valeur))
        except ValidationError as erreur:
            return f"«\u00a0{question.code}\u00a0»\u00a0: {erreur.messages[0]}"
        return None


def _unite(question: Question, langue: str) -> TexteRendu:
    unite = question.option("unite", "")
    if isinstance(unite, str):
        return TexteRendu(unite, "fr")
    return TexteRendu(
        *((unite[langue], langue) if unite.get(langue) else (unite.get("fr", ""), "fr"))
    )


CHAMP = Nombre()
