"""What a number of families can and cannot show, said before anything is collected (domaine §4.2)."""

from dataclasses import dataclass
from typing import Final

from .phrases import familles_dites

ABANDON: Final = 0.3
"""Share of families that leave before the exit in programmes of this kind."""
HYPOTHESES: Final = ((40, 10), (45, 20), (30, 15))
"""Of 100 families, how many get better and how many get worse."""
RECULENT: Final = 0.1
NIVEAU: Final = 0.05
CRITERES: Final = (1, 5)
"""One declared outcome, and as many as can be: the strictest level of Holm is divided by them."""

_PETIT: Final = (
    "Un petit changement a peu de chances d’être vu. S’il n’est pas vu, cela ne voudra pas "
    "dire qu’il n’existe pas."
)


@dataclass(frozen=True, slots=True)
class Annonce:
    """Said on the set-up screen."""

    familles: int
    restent: int
    lignes: tuple[tuple[str, str, str], ...]
    phrases: tuple[str, ...]


def annoncer(familles: int) -> Annonce | None:
    """Return the announcement for that many families; nothing beyond what the function computes."""
    from analyses.statistiques.puissance import EFFECTIF_MAX

    if not 1 <= familles <= EFFECTIF_MAX:
        return None
    restent = max(1, round(familles * (1 - ABANDON)))
    lignes = tuple(
        (
            f"{mieux} sur 100 progressent, {moins} reculent\u00a0; {_criteres(declares)}",
            _chances(familles, mieux, moins, declares),
            _chances(restent, mieux, moins, declares),
        )
        for mieux, moins in HYPOTHESES
        for declares in CRITERES
    )
    return Annonce(familles, restent, lignes, _phrases(familles, restent))


def _criteres(declares: int) -> str:
    return "1 critère" if declares == 1 else f"{declares} critères"


def _chances(familles: int, mieux: int, moins: int, declares: int) -> str:
    from analyses.statistiques.puissance import puissance

    vues = round(100 * puissance(familles, mieux / 100, moins / 100, NIVEAU / declares))
    if vues <= 0:
        return "presque jamais"
    return "presque toujours" if vues >= 100 else f"{vues}"  # noqa: PLR2004  (a percentage)


def _phrases(familles: int, restent: int) -> tuple[str, ...]:
    from analyses.statistiques.puissance import progression_necessaire

    voulues, voulues_a_cinq = (
        progression_necessaire(restent, RECULENT, niveau=NIVEAU / declares)
        for declares in CRITERES
    )
    if voulues is None:
        visible = (
            f"Avec {familles_dites(restent, restent)} à la sortie, même un grand changement ne peut pas être "
            "montré. Vous pourrez compter et raconter, pas conclure."
        )
    else:
        a_cinq = f", ou {voulues_a_cinq} si vous déclarez 5 critères" if voulues_a_cinq else ""
        visible = (
            f"Si {familles_dites(restent, restent)} répondent à la sortie et qu’une sur dix recule, il faut que "
            f"{familles_dites(voulues, voulues)} au moins progressent pour que ce soit vu 8 fois sur 10{a_cinq}."
        )
    return (
        visible,
        _PETIT,
        (
            "Plus vous choisissez de critères, plus chacun doit changer nettement pour être vu. Les chiffres "
            "pour 5 critères sont ceux du plus sévère\u00a0; les comptes donnés par tranches en font voir un peu moins."
        ),
    )
