"""Lay out the groups that were displayed as one tree a dimension: merged groups hold theirs.

The format of confidentialité §9 lets children add up to their parent: whatever stands in the tree is
made of what stands under it, shown or not, so that no reader is misled into a false sum.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from .comptage import TOTAL
from .silences import contenant, relire_codes
from .tableau import Dimension, Modalite

LIBELLE_NON_RENSEIGNE: Final = "Non renseigné"
ADRESSES: Final = 2
"""How groups without a code are named: 2 since ADR 0158; what was written before says nothing."""


@dataclass(frozen=True, slots=True)
class Axe:
    """Some codes of a dimension told as one, inside the codes of ``parent`` (none: the whole)."""

    dimension: str
    codes: tuple[str, ...]
    parent: tuple[str, ...] = ()


def axes_lus(parametres: Mapping[str, Any], axes: Iterable[Mapping[str, Any]]) -> tuple[Axe, ...]:
    """Read the axes of a group of the register, whenever its publication was written."""
    return tuple(
        Axe(
            str(axe["dimension"]),
            codes_lus(parametres, str(axe["dimension"]), axe["codes"], axe["parent"]),
            tuple(axe["parent"]),
        )
        for axe in axes
    )


def codes_lus(
    parametres: Mapping[str, Any], dimension: str, codes: Sequence[str], parent: Sequence[str]
) -> tuple[str, ...]:
    """Read some codes told as one, whenever their publication was written."""
    if parametres.get("adresses") == ADRESSES:
        return tuple(codes)
    parents = {
        str(code["code"]): str(code.get("parent") or "")
        for connue in parametres.get("dimensions", ())
        if connue["nom"] == dimension
        for code in connue["codes"]
    }
    return relire_codes(codes, parent, parents)


@dataclass(frozen=True, slots=True)
class Montree:
    """A dimension as it is shown, and where each group stands in it."""

    dimension: Dimension
    adresses: Mapping[tuple[str, ...], str]
    """Code of each group that was displayed, by what it puts together."""
    racine: str
    """Code of the whole."""


def dimension_montree(
    nom: str,
    titre: str,
    codes: Iterable[Modalite],
    axes: Iterable[Axe],
    *,
    entiere: bool = False,
) -> Montree:
    """Return a dimension with the codes of the plan and the merged groups that were displayed.

    « Ensemble » stands above; ``entiere``: the one code without parent is everybody, and stands
    there itself. A code whose children were told with those of another is left out: its children
    stand where it stood.
    """
    prevus = list(codes)
    if sum(not m.parent for m in prevus) != 1 or len(prevus) == 1 or not entiere:
        prevus = [
            Modalite(TOTAL, "Ensemble"),
            *(Modalite(m.code, m.libelle, m.parent or TOTAL) for m in prevus),
        ]
    arbre = _Arbre(prevus, axes)
    modalites = tuple(Modalite(c, arbre.libelles[c], arbre.parent(c)) for c in arbre.ordre())
    return Montree(Dimension(nom, titre, modalites), arbre.adresses, arbre.racine)


class _Arbre:
    """The tree of a dimension: each code is a mask of the codes that nothing stands below."""

    def __init__(self, prevus: Sequence[Modalite], axes: Iterable[Axe]) -> None:
        self.libelles = {m.code: m.libelle for m in prevus}
        self.parents = {m.code: m.parent for m in prevus}
        self.racine = next(m.code for m in prevus if not m.parent)
        # Largest first: of two that overlap, the one kept does not depend on the order of rows.
        montres = sorted({axe.codes for axe in axes}, key=lambda codes: (-len(codes), codes))
        for code in sorted({code for codes in montres for code in codes}):
            if code not in self.parents:
                self._taire(code)
        self.rangs = {code: rang for rang, code in enumerate(self.parents)}
        self.masques = dict.fromkeys(self.parents, 0)
        for code in self.parents.keys() - set(self.parents.values()):
            for dedans in (code, *self._ascendance(code)):
                self.masques[dedans] |= 1 << self.rangs[code]
        self.adresses: dict[tuple[str, ...], str] = {c: c[0] for c in montres if len(c) == 1}
        self.reunis: dict[str, tuple[str, ...]] = {}
        for codes in montres:
            if len(codes) > 1:
                self._reunir(codes)
        self.restent = {
            code: None
            for code in self.parents
            if all(_emboites(self.masques[code], self.masques[nom]) for nom in self.reunis)
        }

    def _taire(self, code: str) -> None:
        """Add those who have no code below the one that they have."""
        ou = contenant(code) or ""
        dit = f"{LIBELLE_NON_RENSEIGNE} ({self.libelles.get(ou, ou)})" if ou else ""
        self.libelles[code] = dit or LIBELLE_NON_RENSEIGNE
        self.parents[code] = ou if ou in self.parents else self.racine

    def _ascendance(self, code: str) -> list[str]:
        """Return the codes of the plan that contain one, nearest first."""
        hauts: list[str] = []
        while code := self.parents.get(code, ""):
            hauts.append(code)
        return hauts

    def _reunir(self, codes: tuple[str, ...]) -> None:
        """Put some codes together; those that overlap what is shown already stand nowhere."""
        masque = 0
        for code in codes:
            masque |= self.masques[code]
        nom = "+".join(sorted(codes))
        if nom in self.masques:  # « a+b » is a code too, or what « a » and « b+c » read as
            nom = "+".join(sorted(code.replace("+", "\\+") for code in codes))
        if all(_emboites(masque, self.masques[autre]) for autre in self.adresses.values()):
            self.masques[nom] = masque
            self.adresses[codes] = nom
            self.reunis[nom] = codes
            self.libelles[nom] = f"Regroupement ({' + '.join(self.libelles[c] for c in codes)})"

    def ordre(self) -> list[str]:
        """Return all that stands in the tree: a merged group before the first that it holds."""
        return sorted([*self.restent, *self.reunis], key=self._place)

    def _place(self, code: str) -> tuple[bool, int, bool, int]:
        rang = min(self.rangs[c] for c in self.reunis.get(code, (code,)))
        return (
            code != self.racine,
            rang,
            code not in self.reunis,
            -self.masques[code].bit_count(),
        )

    def _hauteur(self, code: str) -> tuple[int, bool, int, str]:
        """Return what sorts what contains before what is contained, whatever they hold in common."""
        profondeur = min(len(self._ascendance(c)) for c in self.reunis.get(code, (code,)))
        return -self.masques[code].bit_count(), code in self.reunis, profondeur, code

    def parent(self, code: str) -> str:
        """Return what a code stands in: the smallest that holds all of it."""
        ici, masque = self._hauteur(code), self.masques[code]
        hauts = self._ascendance(self.reunis[code][0] if code in self.reunis else code)
        # Those of the plan hold each other: the nearest is the smallest.
        proche = (c for c in hauts if c in self.restent and not masque & ~self.masques[c])
        tenants = [*islice(proche, 1), *(n for n in self.reunis if not masque & ~self.masques[n])]
        return max(
            (haut for haut in tenants if self._hauteur(haut) < ici),
            key=self._hauteur,
            default="",
        )


def _emboites(un: int, autre: int) -> bool:
    """Return whether one holds the other, or they have nobody in common."""
    commun = un & autre
    return commun in (0, un, autre)
