"""The errors of a file as people correct them: the same one is told once, with its lines."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from analyses.indicateurs.registres.lecture import Defaut

GROUPES_MONTRES: Final = 100
LIGNES_DITES: Final = 5


@dataclass(frozen=True, slots=True)
class DefautGroupe:
    """One error, and the lines that have it."""

    ou: str
    colonne: str
    message: str
    conseil: str


def defauts_groupes(defauts: Sequence[Defaut]) -> tuple[list[DefautGroupe], str]:
    """Return the errors to show, in the order of the file, and a sentence that counts the others."""
    lignes: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for defaut in defauts:
        lignes[defaut.colonne, defaut.message, defaut.conseil].append(defaut.ligne)
    groupes = [DefautGroupe(_ou(siennes), *quoi) for quoi, siennes in lignes.items()]
    reste: Counter[str] = Counter()
    for (colonne, _, _), siennes in list(lignes.items())[GROUPES_MONTRES:]:
        reste[colonne or "toute la ligne"] += len(siennes)
    if not reste:
        return groupes, ""
    detail = ", ".join(f"«\u00a0{colonne}\u00a0» {combien}" for colonne, combien in reste.items())
    phrase = f"Et encore {reste.total()}\u00a0: {detail}. Corrigez celles-ci d’abord, puis importez de nouveau."
    return groupes[:GROUPES_MONTRES], phrase


def _ou(lignes: list[int]) -> str:
    if lignes == [0]:
        return "Tout le fichier"
    if len(lignes) == 1:
        return f"Ligne {lignes[0]}"
    if len(lignes) <= LIGNES_DITES:
        return f"Lignes {', '.join(map(str, lignes[:-1]))} et {lignes[-1]}"
    dites, autres = lignes[:LIGNES_DITES], len(lignes) - LIGNES_DITES
    return f"Lignes {', '.join(map(str, dites))} et {autres} autre{'s' if autres > 1 else ''}"
