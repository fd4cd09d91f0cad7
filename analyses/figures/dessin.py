"""What every drawing shares: the colours of the identity, a width for telephones, SVG for a page."""

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from textwrap import wrap
from typing import Any, Final

ACCENT: Final = "#54205a"
ENCRE: Final = "#2a1b2b"
DOUX: Final = "#766675"
LARGEUR: Final = 4.8
"""Inches. On a telephone a drawing shrinks to the screen: a wider one could not be read there."""


ETROITE: Final = 3.6
"""Inches, for a drawing that shows one thing under another: on a telephone it does not shrink."""


LETTRES: Final = "'DejaVu Sans',Verdana,sans-serif"
"""Named once a drawing: matplotlib measures words in the first, the second is as wide."""

DESSINS_GARDES: Final = 512
"""Drawings that a process remembers, of each kind: the same figures make the same drawing."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing and the sentence that says the same."""

    svg: str
    texte: str

    @property
    def seule(self) -> bool:
        """Return whether it is one drawing, that can stand beside its table."""
        return self.svg.count("<svg ") == 1


def etiquette(libelle: str, lignes: int = 3, signes: int = 24) -> str:
    """Return words on a few short lines; what is cut ends in « … »."""
    return "\n".join(wrap(libelle, signes, max_lines=lignes, placeholder="\u00a0…"))


def dessiner(
    tracer: Callable[[Any], None], hauteur: float, sel: str, largeur: float = LARGEUR
) -> str:
    """Return what ``tracer`` draws on a figure so high and wide (inches), as SVG.

    ``sel`` names its parts.
    """
    from matplotlib import rc_context
    from matplotlib.figure import Figure as FigureMpl

    reglages: dict[Any, Any] = {
        "svg.fonttype": "none",
        "svg.hashsalt": f"voix-{sel}",
        "font.family": "sans-serif",
        "hatch.linewidth": 0.6,
    }
    with rc_context(reglages):
        figure = FigureMpl(figsize=(largeur, hauteur), layout="constrained")
        tracer(figure)
        sortie = io.StringIO()
        figure.savefig(
            sortie, format="svg", metadata={"Date": None, "Creator": None}, transparent=True
        )
    return _nettoyer(sortie.getvalue())


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
    svg = svg.replace(
        "<svg ", f'<svg aria-hidden="true" focusable="false" font-family="{LETTRES}" ', 1
    )
    return _alleger(re.sub(r">\s+<", "><", svg))


def _alleger(svg: str) -> str:
    """Take out what a browser does not need: half of a large drawing, more on a telephone's data.

    A hundredth of a point is finer than a screen; what is said of every word, or is the rule where
    nothing is said, is left out; so are groups that group nothing any more.
    """
    svg = re.sub(r"(\.\d\d)\d+", r"\1", svg)
    svg = re.sub(r' transform="rotate\(-0 [^)]*\)"| text-anchor="start"', "", svg)
    svg = svg.replace(' stroke-linejoin="miter"', "")
    if "<g " not in svg:
        svg = re.sub(r"</?g>|<defs></defs>", "", svg)
    return re.sub(r" ?\n(?=[A-Za-z]?)", "", svg)


def _en_attributs(style: re.Match[str]) -> str:
    """Turn one style into attributes; the shorthand ``font`` becomes a size."""
    attributs = []
    for declaration in style[1].split(";"):
        nom, _deux_points, valeur = (morceau.strip() for morceau in declaration.partition(":"))
        if nom == "font":
            taille = re.search(r"[\d.]+px", valeur)
            nom, valeur = "font-size", taille[0] if taille else "10px"
        if nom and nom not in {"white-space", "font-family"}:
            attributs.append(f' {nom}="{valeur}"')
    return "".join(attributs)
