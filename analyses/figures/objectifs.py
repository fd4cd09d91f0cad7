"""Objective against result, share by share: SVG, readable in grey, with its words.

A bar for the result, a thick stroke for the objective; what is not reached is drawn lighter and said
in words, never by colour alone.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Any, Final

from analyses.indicateurs.indicateur import Forme
from analyses.indicateurs.mesure import Mesure

from .dessin import ACCENT, DESSINS_GARDES, DOUX, ENCRE, Figure, dessiner, etiquette

HAUT_DE_LIGNE: Final = 0.3


def objectifs(mesures: Sequence[Mesure]) -> Figure | None:
    """Draw the shares that have a value and an objective; nothing when there is none."""
    dessinees = [
        m
        for m in mesures
        if m.indicateur.forme == Forme.PART
        and m.valeur is not None
        and m.indicateur.objectif is not None
    ]
    if not dessinees:
        return None
    return Figure(_dessiner(tuple(dessinees)), _dire(dessinees))


def _dire(mesures: Sequence[Mesure]) -> str:
    """Return the alternative text: every figure of the drawing, in words."""
    parties = [
        f"{m.indicateur.nom}\u00a0: {m.valeur}\u00a0% pour un objectif de "
        f"{m.indicateur.objectif}\u00a0%, {'atteint' if m.atteint else 'pas atteint'}"
        for m in mesures
    ]
    return "Résultats et objectifs. " + "\u00a0; ".join(parties) + "."


@lru_cache(maxsize=DESSINS_GARDES)
def _dessiner(mesures: tuple[Mesure, ...]) -> str:
    noms = [etiquette(f"{m.indicateur.code}. {m.indicateur.nom}", 3, 42) for m in mesures]
    lignes = [nom.count("\n") + 1 for nom in noms]
    bases = [0.6 + HAUT_DE_LIGNE * n for n in lignes]
    """Height of each name with its bar, in the unit of the drawing."""

    def tracer(figure: Any) -> None:
        axes = figure.add_subplot()
        axes.set_xlim(0, 122)
        axes.set_ylim(sum(bases) + 0.1, -0.05)
        axes.axis("off")
        for nom, mesure, fond in zip(noms, mesures, accumulate(bases), strict=True):
            _une_barre(axes, fond - 0.22, mesure, nom)

    return dessiner(tracer, 0.3 + 0.78 * sum(bases), mesures[0].indicateur.code)


def _une_barre(axes: Any, rang: float, mesure: Mesure, nom: str) -> None:
    axes.text(0, rang - 0.24, nom, fontsize=13, color=ENCRE, va="bottom")
    plein = {"color": ACCENT} if mesure.atteint else {"facecolor": "#d9c8dc", "edgecolor": ACCENT}
    axes.barh(rang, mesure.valeur, height=0.32, linewidth=1, **plein)
    but = mesure.indicateur.objectif
    axes.plot([but, but], [rang - 0.22, rang + 0.22], color=ENCRE, linewidth=3)
    axes.plot([0, 100], [rang + 0.16, rang + 0.16], color=DOUX, linewidth=0.5)
    axes.text(103, rang, f"{mesure.valeur}\u00a0%", fontsize=13, color=ENCRE, va="center")
