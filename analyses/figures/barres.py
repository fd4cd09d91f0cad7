"""A bar chart of a protected table: SVG, readable in grey, with its words and never without them.

Bars follow the order of the questionnaire: an order by value would tell what is hidden. What is not
told exactly is hatched from the least to the most: it says « somewhere in there ».
"""

import io
import re
from dataclasses import dataclass
from functools import lru_cache
from textwrap import wrap
from typing import Any, Final

from analyses.confidentialite.tableau import Cellule, Ligne, TableauProtege

ACCENT: Final = "#54205a"
ENCRE: Final = "#2a1b2b"
DOUX: Final = "#766675"
LARGEUR: Final = 4.8
"""Inches. On a telephone a drawing shrinks to the screen: a wider one could not be read there."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing and the sentence that says the same."""

    svg: str
    texte: str


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


def _etiquette(libelle: str) -> str:
    """Return an answer's words on three short lines; what is cut ends in « … »."""
    return "\n".join(wrap(libelle, 24, max_lines=3, placeholder="\u00a0…"))


def _dessiner(protege: TableauProtege, total: Ligne) -> str:
    from matplotlib import rc_context
    from matplotlib.figure import Figure as FigureMpl

    nombre = len(protege.colonnes)
    reglages: dict[Any, Any] = {
        "svg.fonttype": "none",
        "svg.hashsalt": f"voix-{protege.question}",
        "font.family": "sans-serif",
        "hatch.linewidth": 0.6,
    }
    with rc_context(reglages):
        figure = FigureMpl(figsize=(LARGEUR, 0.5 + 0.46 * nombre), layout="constrained")
        axes = figure.add_subplot()
        for rang, cellule in enumerate(total.cellules):
            _barre(axes, rang, cellule, total)
        libelles = [_etiquette(colonne.libelle) for colonne in protege.colonnes]
        axes.set_yticks(range(nombre), libelles, fontsize=10, color=ENCRE)
        axes.invert_yaxis()
        axes.set_xlim(0, total.taille * 1.18)
        axes.set_xticks([])
        for cote in ("top", "right", "bottom"):
            axes.spines[cote].set_visible(False)
        axes.spines["left"].set_color(DOUX)
        axes.tick_params(length=0)
        sortie = io.StringIO()
        figure.savefig(
            sortie, format="svg", metadata={"Date": None, "Creator": None}, transparent=True
        )
    return _nettoyer(sortie.getvalue())


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


def _nettoyer(svg: str) -> str:
    """Keep what can stand inside a page: no prolog, no style, no name used twice.

    The sentence beside the drawing is its alternative, so the drawing is hidden from screen
    readers. The policy of pages allows no inline style: matplotlib's become attributes.
    """
    svg = svg[svg.index("<svg") :]
    svg = re.sub(
        r"<metadata>.*?</metadata>|<style[^>]*>.*?</style>|<!--.*?-->", "", svg, flags=re.DOTALL
    )
    svg = re.sub(r' style="([^"]*)"', _en_attributs, svg)
    cites = set(re.findall(r'(?:url\(|href=")#([\w-]+)', svg))
    svg = re.sub(r' id="([^"]*)"', lambda m: m[0] if m[1] in cites else "", svg)
    svg = re.sub(r' (?:xmlns:xlink|version)="[^"]*"', "", svg)
    svg = svg.replace("xlink:href", "href")
    svg = svg.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)
    return re.sub(r">\s+<", "><", svg)


def _en_attributs(style: re.Match[str]) -> str:
    """Turn one style into attributes; the shorthand ``font`` becomes a size."""
    attributs = []
    for declaration in style[1].split(";"):
        nom, _deux_points, valeur = (morceau.strip() for morceau in declaration.partition(":"))
        if nom == "font":
            taille = re.search(r"[\d.]+px", valeur)
            nom, valeur = "font-size", taille[0] if taille else "10px"
        if nom and nom != "white-space":
            attributs.append(f' {nom}="{valeur}"')
    return "".join(attributs)
