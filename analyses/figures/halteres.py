"""Net gain of each outcome as a dumbbell: from the least to the greatest that it could be, SVG.

Readable in grey: shape and words, never colour alone; the zero is a line. What is only known by an
interval is a thick stroke instead of a point.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from analyses.changements.lecture import Critere
from analyses.changements.phrases import MOINS, PLURIEL, bornes_dites, sur_qui

from .dessin import ACCENT, DOUX, ENCRE, Figure, dessiner, etiquette

FINESSE = 40


@lru_cache(maxsize=256)
def halteres(criteres: tuple[Critere, ...], nombre: int) -> Figure | None:
    """Draw the outcomes whose net gain may be told; nothing when there is none."""
    dessines = [critere for critere in criteres if critere.nette is not None]
    if not dessines:
        return None
    return Figure(_dessiner(dessines, nombre), _dire(dessines, nombre))


def _dire(criteres: Sequence[Critere], nombre: int) -> str:
    """Return the alternative text: every figure of the drawing, in words."""
    parties = []
    for critere in criteres:
        bas, haut, moins, plus = critere.nette or (0, 0, 0.0, 0.0)
        bornes = bornes_dites(moins, plus, critere.repondu)
        gain = f"{bas}" if bas == haut else f"entre {bas} et {haut}"
        gain = gain.replace("-", MOINS)
        s = "s" if max(abs(bas), abs(haut)) >= PLURIEL else ""
        parties.append(
            f"{critere.libelle}\u00a0: {gain} famille{s} {sur_qui(critere.repondu, nombre)}, "
            f"{bornes} avec d’autres familles"
        )
    return "Gain une fois retirés les reculs. " + "\u00a0; ".join(parties) + "."


def _dessiner(criteres: Sequence[Critere], nombre: int) -> str:
    def tracer(figure: Any) -> None:
        axes = figure.add_subplot()
        for rang, critere in enumerate(criteres):
            _un_haltere(axes, rang, critere, nombre)
        axes.set_ylim(len(criteres) - 0.4, -0.75)
        axes.set_xlim(-nombre, nombre)
        axes.set_yticks([])
        axes.set_xticks([-nombre, 0, nombre], ["tous reculent", "0", "tous progressent"])
        for cote in ("top", "right", "left"):
            axes.spines[cote].set_visible(False)
        axes.tick_params(length=0, labelsize=12, labelcolor=ENCRE)

    return dessiner(tracer, 0.7 + 0.75 * len(criteres), criteres[0].code)


def _un_haltere(axes: Any, rang: int, critere: Critere, nombre: int) -> None:
    parts = critere.nette_en_parts or (0.0, 0.0, 0.0, 0.0)
    bas, haut, moins, plus = (nombre * part for part in parts)
    axes.text(
        -nombre,
        rang - 0.38,
        etiquette(critere.libelle, 1, 38),
        fontsize=13,
        color=ENCRE,
        va="center",
    )
    axes.plot([0, 0], [rang - 0.22, rang + 0.3], color=ENCRE, linewidth=1)
    axes.plot([moins, plus], [rang, rang], color=DOUX, linewidth=2)
    for bout in (moins, plus):
        axes.plot([bout, bout], [rang - 0.12, rang + 0.12], color=DOUX, linewidth=2)
    if haut - bas < nombre / FINESSE:  # a stroke that short would not be seen
        axes.plot([(bas + haut) / 2], [rang], marker="o", markersize=9, color=ACCENT)
    else:
        axes.plot([bas, haut], [rang, rang], color=ACCENT, linewidth=8, solid_capstyle="butt")
