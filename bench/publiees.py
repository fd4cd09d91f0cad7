"""Values printed by others, asked of ``calculer`` as a statistician would ask them.

Each value is held to half a unit of its last printed digit. A bound that a source prints for the
first wave minus the second is given here for the second minus the first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analyses.statistiques.demandes import repondre


@dataclass(frozen=True, slots=True)
class Publication:
    """What a source prints of one set of data."""

    source: str
    demande: Mapping[str, Any]
    valeurs: Mapping[str, str]
    """As printed: the number of digits tells the precision."""

    def ecarts(self) -> Mapping[str, tuple[float, float]]:
        """Return, for each value, how far Voix is from it and what the printing leaves to guess."""
        chiffres = repondre(dict(self.demande))
        return {
            cle: (abs(_nombre(chiffres, cle) - float(imprime)), _demi_unite(imprime))
            for cle, imprime in self.valeurs.items()
        }


def _nombre(chiffres: Mapping[str, Any], cle: str) -> float:
    nom, _, rang = cle.partition(".")
    return float(chiffres[nom][int(rang)] if rang else chiffres[nom])


def _demi_unite(imprime: str) -> float:
    mantisse, _, exposant = imprime.partition("e")
    decimales = len(mantisse.partition(".")[2])
    return float(0.5 * 10.0 ** (int(exposant or 0) - decimales) * (1 + 1e-9))


def _rangs(avant: Sequence[float], apres: Sequence[float], pas: float) -> dict[str, Any]:
    return {"fonction": "rangs_signes", "avant": avant, "apres": apres, "pas": pas}


def _paires(oui_oui: int, oui_non: int, non_oui: int, non_non: int) -> dict[str, Any]:
    return {
        "fonction": "difference_appariee",
        "oui_oui": oui_oui,
        "oui_non": oui_non,
        "non_oui": non_oui,
        "non_non": non_non,
        "confiance": 0.95,
    }


def _part(k: int, n: int) -> dict[str, Any]:
    return {"fonction": "proportion", "k": k, "n": n, "confiance": 0.95}


def _puissance(n: int, progressent: float, reculent: float, niveau: float) -> dict[str, Any]:
    return {
        "fonction": "puissance",
        "n": n,
        "progressent": progressent,
        "reculent": reculent,
        "niveau": niveau,
    }


_BASES = (
    "5.40 5.50 5.55 5.85 5.70 5.75 5.20 5.60 5.50 5.55 5.50 5.40 5.90 5.85 5.70 5.45 5.55 5.60 "
    "5.40 5.40 5.35 5.45 5.50 5.35 5.25 5.15 5.00 5.85 5.80 5.70 5.25 5.20 5.10 5.65 5.55 5.45 "
    "5.60 5.35 5.45 5.05 5.00 4.95 5.50 5.50 5.40 5.45 5.55 5.50 5.55 5.55 5.35 5.45 5.50 5.55 "
    "5.50 5.45 5.25 5.65 5.60 5.40 5.70 5.65 5.55 6.30 6.30 6.25"
)
_DIPHTERIE = [
    *[[1] * 4] * 4,
    *[[1, 1, 0, 1]] * 2,
    *[[0, 1, 1, 1]] * 3,
    [0, 1, 0, 1],
    *[[0] * 4] * 59,
]
_FAGERLAND = "Fagerland, Lydersen et Laake 2017, chapitre 8 (différence changée de signe)"
_NEWCOMBE = "Newcombe 1998, Statistics in Medicine 17:857-872, table I, méthode 3"

PUBLICATIONS: tuple[Publication, ...] = (
    Publication(
        "Hollander et Wolfe 1999, table 3.1 (échelle de dépression)",
        _rangs(
            [1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30],
            [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29],
            0.001,
        ),
        {"p_exact": "0.0391", "hodges_lehmann": "-0.46", "hl_bas": "-0.786", "hl_haut": "-0.010"},
    ),
    Publication(
        "R coin, essais : 15 paires dans le même sens",
        _rangs([1] * 15, [2] * 15, 1),
        {"p_exact": "6.104e-05"},
    ),
    Publication(
        "R coin d’après Agresti 2002, § 10.1 (premier ministre)",
        {"fonction": "mcnemar", "non_oui": 86, "oui_non": 150},
        {"p_exact": "3.716e-05"},
    ),
    Publication(
        f"{_FAGERLAND}, Cavo",
        {"fonction": "mcnemar", "non_oui": 16, "oui_non": 6},
        {"p_exact": "0.052479"},
    ),
    Publication(
        f"{_FAGERLAND}, Cavo",
        _paires(59, 6, 16, 80),
        {
            "tango_bas": "0.0054",
            "tango_haut": "0.1240",
            "newcombe_bas": "0.0046",
            "newcombe_haut": "0.1186",
        },
    ),
    Publication(
        f"{_FAGERLAND}, Bentur",
        _paires(1, 1, 7, 12),
        {
            "tango_bas": "0.026",
            "tango_haut": "0.517",
            "newcombe_bas": "0.026",
            "newcombe_haut": "0.507",
        },
    ),
    Publication(_NEWCOMBE, _part(81, 263), {"wilson_bas": "0.2553", "wilson_haut": "0.3662"}),
    Publication(_NEWCOMBE, _part(15, 148), {"wilson_bas": "0.0624", "wilson_haut": "0.1605"}),
    Publication(_NEWCOMBE, _part(0, 20), {"wilson_bas": "0.0000", "wilson_haut": "0.1611"}),
    Publication(_NEWCOMBE, _part(1, 29), {"wilson_bas": "0.0061", "wilson_haut": "0.1718"}),
    Publication(
        "Cochran 1950, table 2 (diphtérie) ; R coin",
        {"fonction": "cochran_q", "lignes": _DIPHTERIE},
        {"q": "8.0526", "ddl": "3", "p_chi2": "0.04494"},
    ),
    Publication(
        "Hollander et Wolfe 1999, table 7.1 (première base) ; R, friedman.test",
        {
            "fonction": "friedman",
            "lignes": [[float(x) for x in _BASES.split()[i : i + 3]] for i in range(0, 66, 3)],
        },
        {"chi2": "11.143", "ddl": "2", "p_chi2": "0.003805"},
    ),
    Publication(
        "Quade 1979, p. 683 ; R coin",
        {
            "fonction": "friedman",
            "lignes": [
                [52, 45, 38],
                [63, 79, 50],
                [45, 57, 39],
                [53, 51, 43],
                [47, 50, 56],
                [62, 72, 49],
                [49, 52, 40],
            ],
        },
        {"chi2": "6", "ddl": "2"},
    ),
    Publication(
        "Bergmann, Ludbrook et Spooren 2000, The American Statistician 54:72-77 (rats, ex æquo)",
        {
            "fonction": "mann_whitney",
            "a": [18, 22, 75, 163, 271, *[300] * 7],
            "b": [300] * 12,
        },
        {"p_exact": "0.0373"},
    ),
    Publication(
        "Hollander et Wolfe 1999, table 4.1 (perméabilité) ; R, wilcox.test, p doublé",
        {
            "fonction": "mann_whitney",
            "a": [0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46],
            "b": [1.15, 0.88, 0.90, 0.74, 1.21],
        },
        {"u": "35", "p_exact": "0.254"},
    ),
    Publication(
        "Stuart 1955, Biometrika 42:412-416 (vue de 7 477 femmes)",
        {
            "fonction": "stuart_maxwell",
            "flux": [
                [1520, 266, 124, 66],
                [234, 1512, 432, 78],
                [117, 362, 1772, 205],
                [36, 82, 179, 492],
            ],
        },
        {"chi2": "11.96", "ddl": "3"},
    ),
    Publication(
        "Agresti 2002, p. 421 ; R coin",
        {
            "fonction": "stuart_maxwell",
            "flux": [[144, 2, 0, 0], [33, 4, 2, 0], [84, 14, 6, 1], [126, 29, 25, 5]],
        },
        {"chi2": "271.92", "ddl": "3"},
    ),
    Publication(
        "R coin d’après Agresti 2002, § 10.1 (premier ministre)",
        {"fonction": "stuart_maxwell", "flux": [[794, 150], [86, 570]]},
        {"chi2": "17.356", "ddl": "1", "p_chi2": "3.099e-05"},
    ),
    Publication(
        "R, p.adjust, méthode « holm »",
        {"fonction": "holm", "p": [0.01, 0.02, 0.03, 0.04, 0.05]},
        {
            "p_ajuste.0": "0.05",
            "p_ajuste.1": "0.08",
            "p_ajuste.2": "0.09",
            "p_ajuste.3": "0.09",
            "p_ajuste.4": "0.09",
        },
    ),
    Publication(
        "Manuel de G*Power 3 d’après O’Brien 2002 (unilatéral 5 %, 50 paires)",
        _puissance(50, 0.32, 0.08, 0.10),
        {"puissance": "0.8394"},
    ),
    Publication(
        "R MESS, essais (144 paires)", _puissance(144, 0.45, 0.25, 0.05), {"puissance": "0.80"}
    ),
)
