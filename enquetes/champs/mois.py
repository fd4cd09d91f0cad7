"""A month, typed « 03/2025 » or « mars 2025 »: works on any phone, stored « 2025-03 »."""

import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import groupby
from typing import Any, Final

from babel.dates import get_month_names
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
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

_SAISI = re.compile(r"(?:(\d{1,2})/?(\d{4})|(\d{4})/(\d{1,2}))")
_ANNEE_SEULE = r"(?:19|20)\d\d"
_HORS_RANG = r"(?:00?|1[3-9]|[2-9]\d)"
_JUSTE: Final = rf"\d\d?/?{_ANNEE_SEULE}|{_ANNEE_SEULE}/\d\d?"
"""What is right, for a device, once it is no month ``_HORS_RANG``: few signs, each document holds them."""
FAUTES: Final = (
    ("jour", r"\d\d?/\d\d?/\d{2,4}|\d{4}/\d\d?/\d\d?|\d\d?/?a/?\d{2,4}"),
    ("sans_annee", r"\d\d?|a|\d\d?/?a"),
    ("sans_mois", _ANNEE_SEULE),
    ("annee_courte", r"\d\d?/\d{1,3}|a/?\d{1,3}"),
    ("rang", rf"{_HORS_RANG}/?\d{{4}}|\d{{4}}/{_HORS_RANG}"),
    ("annee", r"\d\d?/?\d{4}|\d{4}/\d\d?"),
    ("nom", r"[ax]/?\d{4}|\d{4}/?[ax]"),
)
"""What is wrong with a month, by its shape (``_forme``); the first that fits. A device tries the same."""
A_VENIR: Final = "futur"
"""The only fault that a right answer may have: judged by another clock than the person's device."""
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


def _rangs(mot: str, langue: str) -> list[int]:
    """Return the months that a word may name: several while it is too short to tell."""
    nom = _lettres(mot)
    if len(nom) < _LETTRES:
        return []
    return [m for m, noms in enumerate(_noms(langue), 1) if any(n.startswith(nom) for n in noms)]


def _en_chiffres(texte: str, langue: str) -> str:
    """Return « 03/2025 » for « mars2025 », and what names no single month as it is."""
    lu = _NOMME.fullmatch(texte)
    dits = _rangs(lu[1] or lu[4], langue) if lu else []
    return f"{dits[0]:02d}/{lu[2] or lu[3]}" if lu and len(dits) == 1 else texte


def _forme(texte: str, langue: str) -> str:
    """Return « 15/a/2025 »: a for the name of a month, x for another word, / for what stands between."""
    morceaux = []
    for genre, signes in groupby(texte, _genre):
        mot = "".join(signes)
        morceaux.append({"d": mot, "/": "/"}.get(genre) or "xa"[bool(_rangs(mot, langue))])
    return "".join(morceaux).strip("/")


def _genre(signe: str) -> str:
    return "l" if unicodedata.category(signe)[0] in "LM" else "d" if signe in "0123456789" else "/"


_AVANCE: Final = timedelta(hours=14)
"""Of the first land where a month begins: nobody is told that their own month has not come yet."""


def mois_en_cours(maintenant: datetime) -> int:
    """Return the latest month that has begun somewhere on Earth, as months since year 0.

    A device counts the same (``coffre.js``): whatever its time zone, both sides then agree.
    """
    return mois_absolu(f"{(maintenant + _AVANCE).astimezone(UTC):%Y-%m}")


class _Mois(forms.CharField):
    def __init__(self, *, langue: str, passe: bool = False, **options: Any) -> None:
        self.langue, self.passe = langue, passe
        super().__init__(**options)

    def clean(self, value: Any) -> str:
        tape = str(value or "")
        texte = chiffres(tape) if len(tape) <= _TROP_LONG else tape
        if not texte:
            return ""
        forme = (
            "" if len(tape) > _TROP_LONG else _forme(_en_chiffres(texte, self.langue), self.langue)
        )
        lu = _SAISI.fullmatch(forme)
        if lu:
            mois, annee = lu[1] or lu[4], lu[2] or lu[3]
            stocke = f"{annee}-{int(mois):02d}"
            if MOIS_ECRIT.fullmatch(stocke):
                return self._arrive(stocke)
        code = next((faute for faute, motif in FAUTES if re.fullmatch(motif, forme)), "mois")
        raise ValidationError(_messages()[code], code=code)

    def _arrive(self, stocke: str) -> str:
        if self.passe and mois_absolu(stocke) > mois_en_cours(timezone.now()):
            raise ValidationError(_pas_encore(), code=A_VENIR)
        return stocke


def _pas_encore() -> str:
    return _("Ce mois n’est pas encore arrivé. Écrivez ce mois-ci, ou un mois d’avant.")


def _comment() -> str:
    return _("Écrivez le mois puis l’année. Par exemple : 03/2025.")


def _messages() -> dict[str, str]:
    """Return what is said of a month that is not one, by the code of its fault, and what to write."""
    fautes = {
        "jour": _("Il ne faut pas le jour."),
        "sans_annee": _("Il manque l’année."),
        "sans_mois": _("Il manque le mois."),
        "annee_courte": _("Il faut les quatre chiffres de l’année."),
        "rang": _("Un mois va de 01 à 12."),
        "annee": _("L’année va de 1900 à 2099."),
        "nom": _("Nous ne connaissons pas ce mois."),
    }
    return {"mois": _comment()} | {code: f"{dit} {_comment()}" for code, dit in fautes.items()}


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
            # Absent from what was published before it existed: then every month is taken.
            Reglage("futur", Forme.OUI_NON, "futur: non"),
        ),
    )

    def champ_saisi(self, question: Question, langue: str) -> forms.Field:
        # Before the first error, and not inside the box, where it would look answered.
        mots, aide = entete(question, langue), question.aide.dans(langue)
        if not aide.texte or aide.langue == langue:
            mots["help_text"] = f"{aide.texte} {_comment()}".strip()
        clavier = saisie(inputmode="numeric", enterkeyhint="next")
        return _Mois(langue=langue, passe=_au_passe(question), widget=clavier, **mots)

    def hors_ligne(self, question: Question) -> dict[str, Any]:
        noms = [list(mois) for mois in _noms(get_language() or "fr")]
        lu = {"t": "mois", "noms": noms, "formes": (*FAUTES[:-2], ("", _JUSTE), *FAUTES[-2:])}
        if not _au_passe(question):
            return lu | {"m": _messages()}
        # The month of the drawing is a floor: a clock that stopped must not refuse what has come.
        ici = mois_en_cours(timezone.now())
        return lu | {"futur": ici, "m": _messages() | {A_VENIR: _pas_encore()}}

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
        # What is typed is judged against today, what is stored is not: it stays right or wrong.
        if isinstance(valeur, str) and MOIS_ECRIT.fullmatch(valeur):
            return None
        return f"«\u00a0{question.code}\u00a0» attend un mois, par exemple 2025-03."


def _au_passe(question: Question) -> bool:
    """Return whether the author refuses a month that has not begun."""
    return bool(question.option("futur") == "non")


def _periodes(question: Question) -> Periodes | None:
    """Return the periods that the author wrote; a month without any has no table."""
    return periodes(question.option("classes"))


CHAMP = Mois()
