"""Lay out the groups that were displayed as one tree a dimension: merged groups hold theirs.

The format of confidentialité §9 lets children add up to their parent: every code of the plan is in
the tree, shown or not, so that no reader is misled into a false sum.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from .comptage import TOTAL
from .tableau import Dimension, Modalite

NON_RENSEIGNE: Final = "_nr"
LIBELLE_NON_RENSEIGNE: Final = "Non renseigné"


@dataclass(frozen=True, slots=True)
class Axe:
    """Some codes of a dimension told as one, inside the codes of ``parent`` (none: the whole)."""

    dimension: str
    codes: tuple[str, ...]
    parent: tuple[str, ...] = ()


def code_de(codes: Sequence[str]) -> str:
    """Return the code of a group: its own, or those that it puts together."""
    return "+".join(sorted(codes))


@dataclass(slots=True)
class _Arbre:
    """The tree of a dimension while merged groups are put in."""

    libelles: dict[str, str]
    parents: dict[str, str]
    ordre: list[str]
    reunis: dict[str, frozenset[str]] = field(default_factory=dict)

    def reunir(self, axe: Axe) -> None:
        code = code_de(axe.codes)
        for seul in axe.codes:
            if seul not in self.parents:  # « non renseigné » has no code in the plan
                self.libelles[seul] = LIBELLE_NON_RENSEIGNE
                self.parents[seul] = code_de(axe.parent) if axe.parent else self.racine
                self.ordre.append(seul)
        if len(axe.codes) == 1 or code in self.reunis:
            return
        dedans = frozenset(axe.codes)
        englobant = min(
            (c for c, membres in self.reunis.items() if dedans < membres),
            key=lambda c: len(self.reunis[c]),
            default=self.parents[axe.codes[0]] if not self._est_reuni(axe.codes[0]) else "",
        )
        if not englobant:
            return  # overlaps another merge: it is shown, and adds up to nothing
        self.libelles[code] = f"Regroupement ({' + '.join(self.libelles[c] for c in axe.codes)})"
        self.parents[code] = englobant
        self.reunis[code] = dedans
        self.ordre.insert(min(self.ordre.index(c) for c in axe.codes), code)
        for seul in axe.codes:
            self.parents[seul] = code

    def _est_reuni(self, code: str) -> bool:
        return self.parents[code] in self.reunis

    @property
    def racine(self) -> str:
        return next(code for code in self.ordre if not self.parents[code])


def dimension_montree(
    nom: str, titre: str, codes: Iterable[Modalite], axes: Iterable[Axe]
) -> Dimension:
    """Return a dimension with every code of the plan and every merged group that was displayed.

    One code without parent is the whole; several have « Ensemble » above them.
    """
    prevus = list(codes)
    racines = [m for m in prevus if not m.parent]
    if len(racines) != 1 or len(prevus) == 1:
        prevus = [
            Modalite(TOTAL, "Ensemble"),
            *(Modalite(m.code, m.libelle, m.parent or TOTAL) for m in prevus),
        ]
    arbre = _Arbre(
        libelles={m.code: m.libelle for m in prevus},
        parents={m.code: m.parent for m in prevus},
        ordre=[m.code for m in prevus],
    )
    # Largest first: a merge inside another finds it.
    for axe in sorted(set(axes), key=lambda a: (-len(a.codes), a.codes)):
        arbre.reunir(axe)
    return Dimension(
        nom,
        titre,
        tuple(Modalite(c, arbre.libelles[c], arbre.parents[c]) for c in arbre.ordre),
    )
