"""A bar chart of a protected table: SVG, readable in grey, with its words and never without them.

Bars follow the order of the questionnaire: an order by value would tell what is hidden. What is not
told exactly is hatched from the least to the most: it says « somewhere in there ».
"""

from functools import lru_cache
from itertools import accumulate
from typing import Any, Final

from analyses.confidentialite.tableau import Cellule, Ligne, TableauProtege

from .dessin import ACCENT, DOUX, ENCRE, ETROITE, Figure, dessiner, etiquette

CORPS: Final = 11
"""Points, on a drawing as narrow as a telephone: nobody has to zoom."""
SIGNES: Final = 38
RANG, INTERLIGNE, BARRE, MARGE = 0.56, 0.17, 0.2, 0.06
"""Inches: a line of words and its bar, each further line, the bar, the foot."""
POUR_LE_NOMBRE: Final = 1.65
"""Width of the axes, a full bar being 1: the rest holds « entre 308 et 312 »."""


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
    reponses = "réponses" if total.taille > 1 else "réponse"
    return f"{protege.titre} {total.taille} {reponses}. " + "\u00a0; ".join(parties) + "."


def _dessiner(protege: TableauProtege, total: Ligne) -> str:
    """Write each answer above its own bar: on a telephone, beside it there is room for one only."""
    lignes = [etiquette(colonne.libelle, signes=SIGNES) for colonne in protege.colonnes]
    hauts = list(accumulate(RANG + INTERLIGNE * texte.count("\n") for texte in lignes))
    hauteur = hauts[-1] + MARGE

    def tracer(figure: Any) -> None:
        axes = figure.add_subplot()
        for place, texte, cellule in zip(hauts, lignes, total.cellules, strict=True):
            _barre(axes, place - BARRE / 2, cellule, total)
            axes.text(
                total.taille * 0.01,
                place - BARRE - 0.04,
                texte,
                va="bottom",
                fontsize=CORPS,
                color=ENCRE,
            )
        axes.set_ylim(hauteur, 0)
        axes.set_xlim(0, total.taille * POUR_LE_NOMBRE)
        axes.set_xticks([])
        axes.set_yticks([])
        for cote in ("top", "right", "bottom"):
            axes.spines[cote].set_visible(False)
        axes.spines["left"].set_color(DOUX)

    return dessiner(tracer, hauteur, protege.question, ETROITE)


def _barre(axes: Any, rang: float, cellule: Cellule, total: Ligne) -> None:
    if cellule.valeur is None:
        if cellule.bas:
            axes.barh(rang, cellule.bas, height=BARRE, color=ACCENT)
        axes.barh(
            rang,
            cellule.haut - cellule.bas,
            left=cellule.bas,
            height=BARRE,
            facecolor="none",
            edgecolor=DOUX,
            hatch="////",
            linewidth=0.6,
        )
    else:
        axes.barh(rang, cellule.valeur, height=BARRE, color=ACCENT)
    part = total.dire_la_part(cellule) if cellule.valeur is not None else ""
    axes.text(
        cellule.haut + total.taille * 0.02,
        rang,
        total.dire(cellule) + (f" ({part})" if part else ""),
        va="center",
        fontsize=CORPS,
        color=ENCRE,
    )
