"""Objective against result, share by share: SVG, readable in grey, with its words.

A bar for the result, a thick stroke for the objective; what is not reached is drawn lighter and said
in words, never by colour alone.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from analyses.indicateurs.indicateur import Forme
from analyses.indicateurs.mesure import Mesure

from .dessin import ACCENT, DESSINS_GARDES, DOUX, ENCRE, Figure, dessiner, etiquette


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
    def tracer(figure: Any) -> None:
        axes = figure.add_subplot()
        axes.set_xlim(0, 122)
        axes.set_ylim(len(mesures) - 0.6, -0.65)
        axes.axis("off")
        for rang, mesure in enumerate(mesures):
            _une_barre(axes, rang, mesure)

    return dessiner(tracer, 0.35 + 0.72 * len(mesures), mesures[0].indicateur.code)


def _une_barre(axes: Any, rang: int, mesure: Mesure) -> None:
    nom = etiquette(f"{mesure.indicateur.code}. {mesure.indicateur.nom}", 1, 40)
    axes.text(0, rang - 0.36, nom, fontsize=13, color=ENCRE, va="center")
    plein = {"color": ACCENT} if mesure.atteint else {"facecolor": "#d9c8dc", "edgecolor": ACCENT}
    axes.barh(rang, mesure.valeur, height=0.32, linewidth=1, **plein)
    but = mesure.indicateur.objectif
    axes.plot([but, but], [rang - 0.22, rang + 0.22], color=ENCRE, linewidth=3)
    axes.plot([0, 100], [rang + 0.16, rang + 0.16], color=DOUX, linewidth=0.5)
    axes.text(103, rang, f"{mesure.valeur}\u00a0%", fontsize=13, color=ENCRE, va="center")
