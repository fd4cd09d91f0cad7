"""French as it is said and printed: dates in words, spaces that do not break, the right apostrophe."""

import re
import unicodedata
from datetime import date, datetime, time
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language

from .erreurs import SaisieInvalide
from .nombres import grouper


def jour_en_mots(jour: date) -> str:
    """Return a day in the active language: « 1er septembre 2026 »."""
    if (get_language() or "fr") != "fr":
        return date_format(jour, "j E Y")
    en_mots = date_format(jour, "j F Y")
    return en_mots.replace("1 ", "1er ", 1) if jour.day == 1 else en_mots


def mois_en_mots(code: str) -> str:
    """Return « octobre 2026 » for « 2026-10 », in the active language."""
    return date_format(date.fromisoformat(f"{code}-01"), "F Y")


def moment_en_mots(moment: datetime) -> str:
    """Return a moment in local time, as French says it: « 3 décembre 2026 à 14 h 30 »."""
    local = timezone.localtime(moment)
    return f"{jour_en_mots(local.date())} à {heure_en_mots(local.time())}"


def heure_en_mots(heure: time) -> str:
    """Return an hour as French says it: « 9 h », « 14 h 30 »."""
    minutes = f"\u00a0{heure.minute:02d}" if heure.minute else ""
    return f"{heure.hour}\u00a0h{minutes}"


def duree_en_mots(mois: int) -> str:
    """Return a number of months as people say it: « 6 mois », « 1 an », « 2 ans »."""
    ans, reste = divmod(mois, 12)
    if reste:
        return f"{mois}\u00a0mois"
    return f"{ans}\u00a0an{'s' if ans > 1 else ''}"


_ESPACES: Final = " \u00a0\u202f"
_TYPOGRAPHIE: Final = re.compile(
    r"(?P<adresse>(?<![^\s«])\S*(?:://|www\.|@)\S*)"  # left as it is; a word is read once
    rf"|«(?P<apres>[{_ESPACES}]*)(?=\S)"
    rf"|(?<=[^\s«])(?P<avant>[{_ESPACES}]*)(?=»)"
    rf"|(?<=\S)(?P<devant>[{_ESPACES}]+)(?=[?!:;]|(?<=\d[{_ESPACES}])%)"
    r"|(?<=\w)(?P<rien>)(?=[?!]+(?:[\s».)]|$))"
    # After a word, never within one (« a:b ») nor after a figure (« 10:30 »).
    r"|(?:(?<=[^\W\d_])|(?<=[»)]))(?<!\bhttp)(?<!\bhttps)(?P<colle>)(?=[:;](?:[\s»]|$))"
    r"|(?<=[^\W\d_])(?P<apostrophe>')(?=[\w«])"
)


def typographier(texte: str) -> str:
    """Return a French text as it is printed, from what an ordinary keyboard types.

    The spaces before « ? ! : ; » » and after « « » do not break, an apostrophe is curved. Done twice
    it changes nothing more; an address and an hour (« 14:30 ») stay as they are.
    """
    return _TYPOGRAPHIE.sub(_typographier, unicodedata.normalize("NFC", texte))


def _typographier(lu: re.Match[str]) -> str:
    if lu["adresse"] is not None:
        return lu["adresse"]
    if lu["apostrophe"]:
        return "’"
    espaces = next(
        e for e in lu.group("apres", "avant", "devant", "rien", "colle") if e is not None
    )
    liee = espaces if espaces in {"\u00a0", "\u202f"} else "\u00a0"
    return f"«{liee}" if lu["apres"] is not None else liee


_RETOURNENT: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Signs that turn a text around, or a part of it: no author needs them, in any language."""


def une_fin_de_ligne(texte: str) -> str:
    """Return a text whose lines end by one sign: a browser counts one, and sends two."""
    return texte.replace("\r\n", "\n").replace("\r", "\n")


class _Entier(forms.CharField):
    """A field of words that is never cut: a browser told of a limit drops what goes over it, unsaid."""

    def to_python(self, value: Any) -> str:
        return une_fin_de_ligne(super().to_python(value) or "")

    def run_validators(self, value: str) -> None:
        if self.tient(value):
            super().run_validators(value)
            return
        limite, nombre = grouper(self.max_length or 0, "fr"), grouper(len(value), "fr")
        raise ValidationError(
            f"Ce texte est trop long. Gardez {limite} signes au plus. Il y en a {nombre}.",
            code="max_length",
        )

    def tient(self, texte: str) -> bool:
        """Return whether a text is no longer than the field takes."""
        return self.max_length is None or len(texte) <= self.max_length

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attributs = super().widget_attrs(widget)
        attributs.pop("maxlength", None)
        return attributs


class TexteTel(_Entier):
    """A text kept as it was typed."""


class TexteParMotif(_Entier, forms.RegexField):
    """A text that follows a pattern."""


class NomCourt(_Entier, forms.SlugField):
    """A short name, for files."""


class AdresseEntiere(_Entier, forms.EmailField):
    """An address of e-mail."""


class TexteDroit(TexteTel):
    """A text that others will read: nothing that nobody sees turns its words around."""

    def to_python(self, value: Any) -> str:
        return _RETOURNENT.sub("", super().to_python(value) or "").strip()


def lire_texte(texte: str, *, limite: int, vide: str) -> str:
    """Return a text that a button sends alone, judged as the field of a form would.

    ``vide``: what is said of nothing. Errors: ``SaisieInvalide``.
    """
    champ = TexteDroit(max_length=limite, error_messages={"required": vide})
    try:
        return str(champ.clean(texte))
    except ValidationError as faute:
        raise SaisieInvalide(faute.messages[0]) from faute


class TexteFrancais(TexteDroit):
    """A text in French that others will read: printed as it should be, however it was typed.

    Where there is no room left for the spaces of French, it stays as it was typed.
    """

    def to_python(self, value: Any) -> str:
        texte = super().to_python(value)
        imprime = typographier(texte) if self.tient(texte) else texte
        return imprime if self.tient(imprime) else texte


_SENS: Final = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Signs that nobody sees and that turn what follows them around: a text may lie with them."""


def sans_sens(texte: str) -> str:
    """Return a text without the signs that change the direction of reading: what may leave."""
    return _SENS.sub("", texte)


def sens_visible(texte: str) -> str:
    """Return a text where each of these signs is read: what a person examines."""
    return _SENS.sub("[sens]", texte)
