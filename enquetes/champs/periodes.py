"""Periods said in French: « 2024 », « Janvier à juin 2025 », « 2 à 6 mois avant »."""

from datetime import date
from itertools import pairwise
from typing import Final, Literal, TypeAlias

from babel.dates import get_month_names

from enquetes.parcours.definition import Choix, Texte
from enquetes.parcours.periodes import Periodes, mois_ecrit

_AN: Final = 12
Forme: TypeAlias = Literal["abbreviated", "wide"]
AVANT: Final = "avant"
"""Code of what comes before the first date."""


def mois_du(jour: date) -> int:
    """Return the month of a day, in months since year 0."""
    return jour.year * _AN + jour.month - 1


def choix_de(periodes: Periodes, ouverture: date | None) -> tuple[Choix, ...]:
    """Return the periods as answers to count; those counted back have their dates once it opens."""
    dites = _relatives(periodes, ouverture) if periodes.relatives else _fixes(periodes.bornes)
    return tuple(Choix(code, Texte.depuis({"fr": mots})) for code, mots in dites)


def _fixes(bornes: tuple[int, ...]) -> list[tuple[str, str]]:
    debuts = [_debut(borne) for borne in bornes]
    codes = [f"d{mois_ecrit(borne)}" for borne in bornes]
    milieux = [
        _capitale(_entre(debut, suivante - 1, "wide")) for debut, suivante in pairwise(bornes)
    ]
    mots = [f"Avant {debuts[0]}", *milieux, f"{_capitale(debuts[-1])} ou après"]
    return list(zip([AVANT, *codes], mots, strict=True))


def _relatives(periodes: Periodes, ouverture: date | None) -> list[tuple[str, str]]:
    """Name them by how long before, which compares from one collecte to the next, then by dates."""
    bornes = periodes.bornes
    fins = [*(suivante - 1 for suivante in bornes[1:]), None]
    dites = []
    for debut, fin in zip(bornes, fins, strict=True):
        mots = _recul(debut, fin)
        if ouverture is not None:
            mots += f" ({_dates(mois_du(ouverture), debut, fin)})"
        dites.append((f"m{debut}", mots))
    return dites


def _recul(debut: int, fin: int | None) -> str:
    if fin is None:
        ans, reste = divmod(debut - 1, _AN)
        if ans and not reste:
            return "Plus d’un an avant" if ans == 1 else f"Plus de {ans} ans avant"
        return f"{debut} mois avant ou plus"
    if debut == 0:
        return f"Moins de {fin + 1} mois avant" if fin else "Depuis l’ouverture"
    return f"{debut} mois avant" if debut == fin else f"{debut} à {fin} mois avant"


def _dates(ouverture: int, debut: int, fin: int | None) -> str:
    if fin is None:
        return f"avant {_mois(ouverture - debut + 1, 'abbreviated')}"
    if debut == 0:
        return f"{_mois(ouverture - fin, 'abbreviated')} ou après"
    return _entre(ouverture - fin, ouverture - debut, "abbreviated")


def _entre(debut: int, fin: int, forme: Forme) -> str:
    """Return « 2024 », « janvier à juin 2025 », « septembre 2024 à février 2025 »."""
    (annee, mois), (annee_fin, mois_fin) = divmod(debut, _AN), divmod(fin, _AN)
    if (mois, mois_fin) == (0, _AN - 1):
        return str(annee) if annee == annee_fin else f"{annee} à {annee_fin}"
    if debut == fin:
        return _mois(debut, forme)
    depart = _nom(mois, forme) if annee == annee_fin else _mois(debut, forme)
    return f"{depart} à {_mois(fin, forme)}"


def _debut(mois: int) -> str:
    """Return a year for its January, else the month."""
    return str(mois // _AN) if mois % _AN == 0 else _mois(mois, "wide")


def _mois(mois: int, forme: Forme) -> str:
    return f"{_nom(mois % _AN, forme)} {mois // _AN}"


def _nom(rang: int, forme: Forme) -> str:
    return str(get_month_names(forme, "format", "fr")[rang + 1])


def _capitale(mots: str) -> str:
    return mots[0].upper() + mots[1:]
