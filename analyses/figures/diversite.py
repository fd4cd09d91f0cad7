"""Those helped against those who answered, class by class: SVG, readable in grey, with its words.

A tick for the share of those helped, a thin stroke for what a draw would give, a dot for answers
(a thick stroke where only an interval is known): shapes, never colour alone.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from analyses.mesures import Part

from .dessin import ACCENT, DESSINS_GARDES, DOUX, ENCRE, Figure, dessiner, etiquette


@lru_cache(maxsize=DESSINS_GARDES)
def parts_comparees(parts: tuple[Part, ...]) -> Figure:
    """Draw the classes of one comparison."""
    return Figure(_dessiner(parts), _dire(parts))


def _dire(parts: Sequence[Part]) -> str:
    """Return the alternative text: every figure of the drawing, in words."""
    dites = [
        f"{p.libelle}\u00a0: {p.part_accompagnees}\u00a0% des personnes accompagnées, "
        f"{p.dire_la_part} des réponses, {p.part_attendue[0]} à {p.part_attendue[1]}\u00a0% attendus. "
        f"{p.dire_le_verdict}"
        for p in parts
    ]
    return "Part de chaque tranche. " + "\u00a0; ".join(dites) + "."


def _dessiner(parts: Sequence[Part]) -> str:
    bout = max(
        *(max(p.part_reponses[1], p.part_attendue[1], p.part_accompagnees) for p in parts), 20
    )

    def tracer(figure: Any) -> None:
        axes = figure.add_subplot()
        for rang, part in enumerate(parts):
            _une_part(axes, rang, part)
        axes.set_ylim(len(parts) - 0.4, -0.75)
        axes.set_xlim(-1, bout * 1.04)
        axes.set_yticks([])
        axes.set_xticks([0, bout // 2, bout], [f"{n}\u00a0%" for n in (0, bout // 2, bout)])
        for cote in ("top", "right", "left"):
            axes.spines[cote].set_visible(False)
        axes.spines["bottom"].set_color(DOUX)
        axes.tick_params(length=3, labelsize=12, labelcolor=ENCRE)

    return dessiner(tracer, 0.7 + 0.75 * len(parts), "diversite")


def _une_part(axes: Any, rang: int, part: Part) -> None:
    axes.text(
        0, rang - 0.38, etiquette(part.libelle, 1, 38), fontsize=13, color=ENCRE, va="center"
    )
    axes.plot(part.part_attendue, [rang, rang], color=DOUX, linewidth=2)
    for bord in part.part_attendue:
        axes.plot([bord, bord], [rang - 0.08, rang + 0.08], color=DOUX, linewidth=2)
    juste = part.part_accompagnees
    axes.plot([juste, juste], [rang - 0.2, rang + 0.2], color=ENCRE, linewidth=3)
    bas, haut = part.part_reponses
    if bas == haut:
        axes.plot([bas], [rang], marker="o", markersize=10, color=ACCENT)
    else:
        axes.plot([bas, haut], [rang, rang], color=ACCENT, linewidth=8, solid_capstyle="butt")
