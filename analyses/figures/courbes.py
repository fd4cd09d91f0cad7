"""One indicator over time: a line with its points and its objective, and the words that say it."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from analyses.indicateurs.indicateur import Forme
from analyses.indicateurs.mesure import Mesure
from analyses.mesures.dire import nombre_dit

from .dessin import ACCENT, DESSINS_GARDES, DOUX, ENCRE, Figure, dessiner

DEUX = 2
"""Fewest points that make a line."""


def courbe(points: Sequence[tuple[date, Mesure]]) -> Figure | None:
    """Draw the dates that have a value; nothing with fewer than two."""
    montres = [(jour, m) for jour, m in points if m.valeur is not None]
    if len(montres) < DEUX:
        return None
    return Figure(_dessiner(tuple(montres)), _dire(montres))


def _dire(points: Sequence[tuple[date, Mesure]]) -> str:
    signe = "\u00a0%" if points[0][1].indicateur.forme == Forme.PART else ""
    parties = [f"{jour:%m/%Y}\u00a0: {nombre_dit(m.valeur or 0)}{signe}" for jour, m in points]
    return f"{points[0][1].indicateur.nom}. " + "\u00a0; ".join(parties) + "."


@lru_cache(maxsize=DESSINS_GARDES)
def _dessiner(points: tuple[tuple[date, Mesure], ...]) -> str:
    indicateur = points[0][1].indicateur
    valeurs = [float(m.valeur or 0) for _, m in points]
    haut = 100 if indicateur.forme == Forme.PART else max([*valeurs, indicateur.objectif or 0])

    def tracer(figure: Any) -> None:
        axes = figure.add_subplot()
        rangs = range(len(points))
        if indicateur.objectif is not None:
            axes.axhline(indicateur.objectif, color=DOUX, linewidth=1, linestyle="--")
        axes.plot(rangs, valeurs, color=ACCENT, linewidth=2, marker="o")
        for rang, (valeur, (_jour, mesure)) in enumerate(zip(valeurs, points, strict=True)):
            ecrit = nombre_dit(mesure.valeur or 0)
            axes.annotate(
                ecrit, (rang, valeur), (0, 7), textcoords="offset points", ha="center",
                fontsize=13, color=ENCRE,
            )  # fmt: skip
        axes.set_xticks(list(rangs), [f"{jour:%m/%Y}" for jour, _ in points], fontsize=12)
        axes.set_ylim(0, haut * 1.2 or 1)
        axes.set_yticks([])
        axes.margins(x=0.08)
        for cote in ("top", "right", "left"):
            axes.spines[cote].set_visible(False)
        axes.spines["bottom"].set_color(DOUX)
        axes.tick_params(length=0, colors=ENCRE)

    return dessiner(tracer, 1.9, f"courbe-{indicateur.code}")
