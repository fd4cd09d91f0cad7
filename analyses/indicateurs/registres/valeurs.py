"""One value as people write it in a spreadsheet: read, or refused with what to write instead."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any, Final

from voix.commun.proches import le_plus_proche

from .schema import Colonne, Nature

Refus = tuple[str, str]
"""What is wrong, and what to write instead."""

_OUI: Final = frozenset({"oui", "o", "vrai", "1", "x"})
_NON: Final = frozenset({"non", "n", "faux", "0"})
_FRANCAISE: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
SEPARATEUR_DE_LISTE: Final = "|"


def lire_valeur(colonne: Colonne, texte: str) -> tuple[Any, Refus | None]:
    """Return the value (``None``, "" or () when there is none) and the refusal, if any."""
    if not texte:
        if colonne.obligatoire:
            return None, (f"«\u00a0{colonne.nom}\u00a0» est vide.", attendu(colonne))
        return vide(colonne), None
    if any(ord(signe) < 32 and signe not in "\n\r\t" for signe in texte):  # noqa: PLR2004  (ASCII)
        return None, (
            f"«\u00a0{colonne.nom}\u00a0» contient un signe invisible.",
            "Tapez ce texte de nouveau.",
        )
    return _LIRE[colonne.nature](colonne, texte)


def vide(colonne: Colonne) -> Any:
    """Return what is stored when nothing is said."""
    if colonne.nature in {Nature.LISTE, Nature.LIENS}:
        return ()
    return "" if colonne.nature in {Nature.TEXTE, Nature.CHOIX, Nature.LIEN} else None


def attendu(colonne: Colonne) -> str:
    """Say what to write in a column, with an example."""
    if colonne.nature == Nature.OUI_NON:
        return "Écrivez oui ou non."
    if colonne.nature == Nature.DATE:
        return "Écrivez une date, par exemple 2024-01-31 ou 31/01/2024."
    if colonne.nature == Nature.ENTIER:
        return f"Écrivez un nombre entier, de 0 à {colonne.maximum}."
    if colonne.nature in {Nature.CHOIX, Nature.LISTE}:
        codes = ", ".join(colonne.codes)
        plusieurs = " (plusieurs, séparés par |)" if colonne.nature == Nature.LISTE else ""
        return f"Écrivez l’un de\u00a0: {codes}{plusieurs}."
    exemple = f", par exemple «\u00a0{colonne.exemple}\u00a0»" if colonne.exemple else ""
    return f"Écrivez un texte{exemple}."


def _refuser(colonne: Colonne, texte: str, conseil: str = "") -> tuple[Any, Refus]:
    montre = texte if len(texte) <= _MONTRE else texte[:_MONTRE] + "…"
    return None, (
        f"«\u00a0{montre}\u00a0» ne va pas dans «\u00a0{colonne.nom}\u00a0».",
        conseil or attendu(colonne),
    )


_MONTRE: Final = 60
"""Characters of a wrong value that an error repeats."""


def _texte(colonne: Colonne, texte: str) -> tuple[Any, Refus | None]:
    if len(texte) > colonne.maximum:
        return _refuser(colonne, texte, f"Gardez au plus {colonne.maximum} signes.")
    return texte, None


def _oui_non(colonne: Colonne, texte: str) -> tuple[Any, Refus | None]:
    lu = texte.lower()
    if lu in _OUI:
        return True, None
    return (False, None) if lu in _NON else _refuser(colonne, texte)


def _entier(colonne: Colonne, texte: str) -> tuple[Any, Refus | None]:
    brut = re.sub(r"[\s\u00a0\u202f]", "", texte)
    if not (brut.isascii() and brut.isdecimal()) or len(brut) > _CHIFFRES_MAX:
        return _refuser(colonne, texte)
    nombre = int(brut)
    return (nombre, None) if nombre <= colonne.maximum else _refuser(colonne, texte)


_CHIFFRES_MAX: Final = 9


def _date(colonne: Colonne, texte: str) -> tuple[Any, Refus | None]:
    francaise = _FRANCAISE.fullmatch(texte)
    try:
        if francaise:
            jour, mois, annee = (int(partie) for partie in francaise.groups())
            lue = date(annee, mois, jour)
        else:
            lue = date.fromisoformat(texte)
    except ValueError:
        return _refuser(colonne, texte)
    if not _ANNEES[0] <= lue.year <= _ANNEES[1]:
        return _refuser(colonne, texte, "Vérifiez l’année.")
    return lue, None


_ANNEES: Final = (1990, 2100)


def _choix(colonne: Colonne, texte: str) -> tuple[Any, Refus | None]:
    lu = texte.lower()
    if lu in colonne.codes:
        return lu, None
    for code, libelle in colonne.choix:
        if lu == libelle.lower():
            return code, None
    proche = le_plus_proche(lu, colonne.codes)
    conseil = f"Écrivez «\u00a0{proche}\u00a0»\u00a0? " if proche else ""
    return _refuser(colonne, texte, conseil + attendu(colonne))


def _liste(colonne: Colonne, texte: str) -> tuple[Any, Refus | None]:
    lues: list[str] = []
    for partie in _parties(texte):
        code, refus = _choix(colonne, partie)
        if refus:
            return None, refus
        if code not in lues:
            lues.append(code)
    return tuple(code for code in colonne.codes if code in lues), None


def _liens(colonne: Colonne, texte: str) -> tuple[Any, Refus | None]:
    return tuple(dict.fromkeys(_parties(texte))), None


def _parties(texte: str) -> list[str]:
    return [p.strip() for p in texte.split(SEPARATEUR_DE_LISTE) if p.strip()]


_LIRE: Final[dict[Nature, Callable[[Colonne, str], tuple[Any, Refus | None]]]] = {
    Nature.TEXTE: _texte,
    Nature.OUI_NON: _oui_non,
    Nature.ENTIER: _entier,
    Nature.DATE: _date,
    Nature.CHOIX: _choix,
    Nature.LISTE: _liste,
    Nature.LIEN: _texte,
    Nature.LIENS: _liens,
}
