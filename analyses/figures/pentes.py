"""Paired slopes and flows: how many go up, stay and go down between two waves, SVG.

Readable in grey: direction, thickness, dashes and words; never colour alone. What is only known by
an interval says so in its words, and its stroke is as thick as the middle of it.
"""

from functools import lru_cache
from typing import Any, Final

from analyses.changements.lecture import Critere
from analyses.changements.phrases import dire

from .dessin import ACCENT, DOUX, ENCRE, Figure, dessiner

Trait = tuple[str, tuple[int, int], float, float, str]
"""Its words, its count, where it starts and ends, and how it is dashed."""
EPAIS: Final = 16
"""Points, for everybody."""
COTES: Final = 2
SENS: Final = (("progressent", 0.0, 1.0, "-"), ("sont stables", 0.0, 0.0, ":"), ("reculent", 0.0, -1.0, "--"))  # fmt: skip
SANS_SENS: Final = ("augmentent", "sont stables", "diminuent")
FLUX: Final = {
    "oui_oui": ("oui puis oui", 0.8, 0.95, "-"),
    "non_oui": ("non puis oui", -0.8, 0.45, "-"),
    "oui_non": ("oui puis non", 0.8, -0.45, "--"),
    "non_non": ("non puis non", -0.8, -0.95, ":"),
}


@lru_cache(maxsize=256)
def pentes(critere: Critere, nombre: int) -> Figure | None:
    """Draw one outcome: flows between answers for a yes/no, slopes otherwise; nothing if hidden."""
    if not critere.connus or critere.nette is None:
        return None
    traits = _flux(critere) or _sens(critere)
    return Figure(_dessiner(critere, traits, nombre), _dire(critere, traits, nombre))


def _sens(critere: Critere) -> list[Trait]:
    dits = [mots for mots, *_ in SENS] if critere.orientee else SANS_SENS
    return [
        (mots, connu, debut, fin, style)
        for mots, (_, debut, fin, style), connu in zip(dits, SENS, critere.connus, strict=False)
    ]


def _flux(critere: Critere) -> list[Trait]:
    total = critere.tableau.total
    if total is None:
        return []
    return [
        (mots, (cellule.bas, cellule.haut), debut, fin, style)
        for colonne, cellule in zip(critere.tableau.colonnes, total.cellules, strict=True)
        if colonne.code in FLUX
        for mots, debut, fin, style in [FLUX[colonne.code]]
    ]


def _dire(critere: Critere, traits: list[Trait], nombre: int) -> str:
    """Return the alternative text: every figure of the drawing, in words."""
    comptes = "\u00a0; ".join(f"{mots}\u00a0: {dire(connu, nombre)}" for mots, connu, *_ in traits)
    return f"{critere.libelle}, entre les deux vagues, sur {nombre} familles. {comptes}."


def _dessiner(critere: Critere, traits: list[Trait], nombre: int) -> str:
    def tracer(figure: Any) -> None:
        axes = figure.add_subplot()
        for mots, connu, debut, fin, style in traits:
            milieu = sum(connu) / COTES
            axes.plot(
                [0, 1],
                [debut, fin],
                linestyle=style,
                linewidth=max(1.2, EPAIS * milieu / nombre),
                color=ACCENT if fin > debut else DOUX,
                solid_capstyle="butt",
                dash_capstyle="butt",
            )
            libelle = f"{dire(connu, nombre)} {mots}"
            axes.text(1.06, fin, libelle, va="center", fontsize=15, color=ENCRE)
        for x, mot in ((0, "Avant"), (1, "Après")):
            axes.plot([x, x], [-1.1, 1.1], color=ENCRE, linewidth=0.8)
            axes.text(x, 1.35, mot, ha="center", fontsize=15, color=ENCRE)
        axes.set_xlim(-0.3, 3.9)
        axes.set_ylim(-1.3, 1.55)
        axes.set_axis_off()

    return dessiner(tracer, 2.4, f"pentes-{critere.code}")
