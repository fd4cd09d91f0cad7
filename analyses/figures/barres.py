"""A bar chart of a protected table: SVG, readable in grey, with its words and never without them.

Bars follow the order of the questionnaire: an order by value would tell what is hidden. What is not
told exactly is hatched from the least to the most: it says « somewhere in there ».
"""

from functools import lru_cache
from typing import Any

from analyses.confidentialite.tableau import Cellule, Ligne, TableauProtege

from .dessin import ACCENT, DOUX, ENCRE, Figure, dessiner, etiquette


@lru_cache(maxsize=1024)
def barres(protege: TableauProtege) -> Figure | None:
    """Draw the row of everybody; nothing when there is nothing to show."""
    total = protege.total
    if total is None:
        return None
    return Figure(_dessiner(protege, total), _dire(protege, total))


def _dire(protege: TableauProtege, total: Ligne) -> str:
    """Return the alternative text: every figure of the drawing, in words."""
    parties = []
    for colonne, cellule in zip(protege.colonnes, total.cellules, strict=True):
        valeur = total.dire(cellule)
        if cellule.valeur is not None:
            valeur += f" sur {total.taille}"
        parties.append(f"{colonne.libelle}\u00a0: {valeur}")
    return f"{protege.titre} {total.taille} réponses. " + "\u00a0; ".join(parties) + "."


def _dessiner(protege: TableauProtege, total: Ligne) -> str:
    nombre = len(protege.colonnes)

    def tracer(figure: Any) -> None:
        axes = figure.add_subplot()
        for rang, cellule in enumerate(total.cellules):
            _barre(axes, rang, cellule, total)
        libelles = [etiquette(colonne.libelle) for colonne in protege.colonnes]
        axes.set_yticks(range(nombre), libelles, fontsize=10, color=ENCRE)
        axes.invert_yaxis()
        axes.set_xlim(0, total.taille * 1.18)
        axes.set_xticks([])
        for cote in ("top", "right", "bottom"):
            axes.spines[cote].set_visible(False)
        axes.spines["left"].set_color(DOUX)
        axes.tick_params(length=0)

    return dessiner(tracer, 0.5 + 0.46 * nombre, protege.question)


def _barre(axes: Any, rang: int, cellule: Cellule, total: Ligne) -> None:
    if cellule.valeur is None:
        if cellule.bas:
            axes.barh(rang, cellule.bas, height=0.6, color=ACCENT)
        axes.barh(
            rang,
            cellule.haut - cellule.bas,
            left=cellule.bas,
            height=0.6,
            facecolor="none",
            edgecolor=DOUX,
            hatch="////",
            linewidth=0.6,
        )
    else:
        axes.barh(rang, cellule.valeur, height=0.6, color=ACCENT)
    part = total.dire_la_part(cellule) if cellule.valeur is not None else ""
    axes.text(
        cellule.haut + total.taille * 0.02,
        rang,
        total.dire(cellule) + (f" ({part})" if part else ""),
        va="center",
        fontsize=10 if cellule.valeur is not None else 9,
        color=ENCRE,
    )
