"""The bars of a cross-table: one group a line. SVG, readable in grey, with its words.

Where one answer only was possible, the answers of a group share one bar. Where several were, each
answer has its own drawing: one under another on a telephone, side by side where there is room. What
is not told exactly is hatched, as in ``barres``.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Any, Final

from analyses.confidentialite.tableau import Cellule, Colonne, Ligne, TableauProtege, en_arbre
from analyses.extraction.plan import LIBELLES

from .dessin import ACCENT, DOUX, ENCRE, ETROITE, Figure, dessiner, etiquette

TEINTES: Final = ("#54205a", "#8a5a90", "#b58fb9", "#dcc6de", "#f2b632", "#c98a1b", "#8f5d10")
"""Told apart in grey by their neighbours, and by the legend, which follows the same order."""
SANS_AVIS: Final = dict(zip(LIBELLES, ("xx", "---"), strict=True))
"""How no answer and a refusal are hatched: they are not opinions. Lines only: dots weigh 256 KB."""
SIGLES: Final = {
    "Communauté d’agglomération": "CA",
    "Communauté de communes": "CC",
    "Communauté urbaine": "CU",
}
"""In a drawing only: the table beside it has the whole names."""
FONCEES: Final = frozenset({"#54205a", "#8a5a90", "#8f5d10"})
"""On which a count is written in white."""
INEXACT: Final = "non dit exactement"

CORPS: Final = 10
"""Points, on a drawing as narrow as a telephone: about 13 pixels there."""
SIGNES: Final = 38
"""Of a line as wide as the drawing."""
LARGE: Final = 3.5
"""Inches across the axes, whose unit is the inch: words and bars are placed where they fit."""
LIGNE, BARRE, ECART = 0.17, 0.24, 0.13
"""Inches: a line of words, a bar, what is left under it."""
SERRE, EPAISSEUR = 0.06, 0.15
"""Inches under a bar that has its name beside it, and its height."""
CARRE: Final = 0.2
"""Of the legend."""
CHIFFRE: Final = 0.11
"""Width of a figure; a piece without room for its count does not have it."""
NOMS, PLEINE = 1.36, 0.86
"""Of a drawing of one answer: the names of groups, a full bar; the rest holds « entre 308 et 312 »."""
SIGNES_NOM: Final = 16

_HACHURES: Final[dict[str, Any]] = {
    "facecolor": "none",
    "edgecolor": DOUX,
    "hatch": "////",
    "linewidth": 0.6,
}

Rangees = Sequence[tuple[Ligne, bool]]
"""Each group, and whether it is a part of the one above."""


@lru_cache(maxsize=1024)
def barres_croisees(protege: TableauProtege) -> Figure | None:
    """Draw the groups of a cross-table; nothing when none can be shown."""
    groupes = [(ligne, sous) for ligne, sous in en_arbre(protege.groupes()) if ligne.taille]
    if not groupes:
        return None
    pieces = [c for c in protege.colonnes if c.code not in SANS_AVIS]
    if protege.multiple or len(pieces) > len(TEINTES):
        svg = "".join(
            _une_reponse(protege, rang, groupes) for rang in range(len(protege.colonnes))
        )
    else:
        svg = _empilees(protege, groupes)
    return Figure(svg, _dire(protege, groupes))


def _dire(protege: TableauProtege, groupes: Rangees) -> str:
    """Return the alternative text: every figure of the drawing, in words."""
    parties = []
    for ligne, _sous in groupes:
        paires = zip(protege.colonnes, ligne.cellules, strict=True)
        mots = ", ".join(f"{colonne.libelle} {ligne.dire(cellule)}" for colonne, cellule in paires)
        reponses = "réponses" if ligne.taille > 1 else "réponse"
        parties.append(f"{ligne.libelle}, {ligne.taille} {reponses}\u00a0: {mots}")
    return f"{protege.titre} " + "\u00a0; ".join(parties) + "."


def _sel(protege: TableauProtege) -> str:
    return f"{protege.question}-{protege.groupes_nom}"


def _empilees(protege: TableauProtege, groupes: Rangees) -> str:
    """Draw one bar a group, of the same length, cut in its answers, under the group's name."""
    styles = _styles(protege)
    legende = [
        (etiquette(colonne.libelle, signes=SIGNES - 4), style)
        for colonne, style in zip(protege.colonnes, styles, strict=True)
    ]
    if protege.a_masque:
        legende.append((INEXACT, _HACHURES))
    noms = [
        etiquette(f"{_nom(ligne, sous=sous)} (N\u00a0=\u00a0{ligne.taille})", signes=SIGNES)
        for ligne, sous in groupes
    ]
    hauteurs = [LIGNE * _nb(texte) + 0.03 for texte, _ in legende]
    hauteurs += [ECART, *(LIGNE * _nb(nom) + BARRE + ECART for nom in noms)]
    bas = list(accumulate(hauteurs))

    def tracer(figure: Any) -> None:
        axes = _axes(figure, bas[-1])
        for (texte, style), fond in zip(legende, bas, strict=False):
            haut = fond - LIGNE * _nb(texte)
            axes.barh(haut, CARRE, height=0.13, align="edge", **_cerne(style))
            axes.text(CARRE + 0.08, haut - 0.02, texte, va="top", fontsize=CORPS, color=ENCRE)
        for (ligne, _sous), nom, fond in zip(groupes, noms, bas[len(legende) + 1 :], strict=True):
            haut = fond - ECART - BARRE
            axes.text(0, haut - 0.03, nom, va="bottom", fontsize=CORPS, color=ENCRE)
            _morceaux(axes, haut, ligne, styles)

    return dessiner(tracer, bas[-1], _sel(protege), ETROITE)


def _morceaux(axes: Any, haut: float, ligne: Ligne, styles: list[dict[str, Any]]) -> None:
    """Draw the least that is known of each answer, one after the other; the rest is hatched."""
    largeurs = [LARGE * cellule.bas / ligne.taille for cellule in ligne.cellules]
    debuts = accumulate(largeurs, initial=0.0)
    for debut, largeur, cellule, style in zip(
        debuts, largeurs, ligne.cellules, styles, strict=False
    ):
        if not largeur:
            continue
        axes.barh(
            haut, largeur, left=debut, height=BARRE, align="edge", edgecolor="white", **style
        )
        if cellule.valeur is not None and largeur > CHIFFRE * len(str(cellule.valeur)):
            _compte(axes, (debut + largeur / 2, haut + BARRE / 2), str(cellule.valeur), style)
    reste = LARGE - sum(largeurs)
    if any(c.valeur is None for c in ligne.cellules) and reste > 0:
        axes.barh(haut, reste, left=LARGE - reste, height=BARRE, align="edge", **_HACHURES)


def _compte(axes: Any, place: tuple[float, float], mot: str, style: dict[str, Any]) -> None:
    fond = {"facecolor": "white", "pad": 1.5, "edgecolor": "none"} if "hatch" in style else None
    couleur = "white" if style["facecolor"] in FONCEES else ENCRE
    axes.text(*place, mot, ha="center", va="center", fontsize=CORPS, color=couleur, bbox=fond)


def _styles(protege: TableauProtege) -> list[dict[str, Any]]:
    teintes = iter(TEINTES)
    return [
        {"facecolor": "#efe8ee", "hatch": SANS_AVIS[colonne.code], "hatchcolor": DOUX}
        if colonne.code in SANS_AVIS
        else {"facecolor": next(teintes)}
        for colonne in protege.colonnes
    ]


def _cerne(style: dict[str, Any]) -> dict[str, Any]:
    return {"edgecolor": DOUX, "linewidth": 0.6} | style


def _une_reponse(protege: TableauProtege, rang: int, groupes: Rangees) -> str:
    """Draw one answer: the share of each group that gave it, beside the group's name."""
    colonne: Colonne = protege.colonnes[rang]
    titre = etiquette(colonne.libelle, signes=SIGNES - 4)
    noms = [
        etiquette(_nom(ligne, sous=sous), lignes=2, signes=SIGNES_NOM) for ligne, sous in groupes
    ]
    hauteurs = [LIGNE * _nb(titre) + 0.1, *(LIGNE * _nb(nom) + SERRE for nom in noms)]
    bas = list(accumulate(hauteurs))

    def tracer(figure: Any) -> None:
        axes = _axes(figure, bas[-1])
        axes.text(0, 0, titre, va="top", fontsize=CORPS + 1, fontweight="bold", color=ENCRE)
        axes.plot([NOMS, NOMS], [bas[0], bas[-1]], color=DOUX, linewidth=0.8)
        for (ligne, _sous), nom, fond, hauteur in zip(
            groupes, noms, bas[1:], hauteurs[1:], strict=True
        ):
            milieu = fond - hauteur / 2
            axes.text(
                NOMS - 0.06, milieu, nom, ha="right", va="center", fontsize=CORPS, color=ENCRE
            )
            _part(axes, milieu, ligne.cellules[rang], ligne)

    return dessiner(tracer, bas[-1], f"{_sel(protege)}-{colonne.code}", ETROITE)


def _part(axes: Any, milieu: float, cellule: Cellule, ligne: Ligne) -> None:
    """Draw what is sure, hatch up to what is possible, and say it."""
    bas, haut = (PLEINE * borne / ligne.taille for borne in (cellule.bas, cellule.haut))
    if bas:
        axes.barh(milieu, bas, left=NOMS, height=EPAISSEUR, color=ACCENT)
    if haut > bas:
        axes.barh(milieu, haut - bas, left=NOMS + bas, height=EPAISSEUR, **_HACHURES)
    axes.text(
        NOMS + haut + 0.05,
        milieu,
        ligne.dire(cellule),
        va="center",
        fontsize=CORPS,
        color=ENCRE,
    )


def _nom(ligne: Ligne, *, sous: bool) -> str:
    """Return a group's name, long kinds of places in the initials of their reports."""
    libelle = ligne.libelle
    for long_, court in SIGLES.items():
        libelle = libelle.replace(long_, court)
    return f"dont {libelle}" if sous else libelle


def _nb(texte: str) -> int:
    return texte.count("\n") + 1


def _axes(figure: Any, hauteur: float) -> Any:
    """Return axes without marks, counted in inches from the top left."""
    axes = figure.add_subplot()
    axes.set_xlim(0, LARGE)
    axes.set_ylim(hauteur, 0)
    axes.axis("off")
    return axes
