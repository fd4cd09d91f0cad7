"""The bars of a cross-table: one group a line. SVG, readable in grey, with its words.

Where one answer only was possible, the answers of a group share one bar. Where several were, each
answer has its own bars, side by side. What is not told exactly is hatched, as in ``barres``.
"""

from functools import lru_cache
from itertools import accumulate
from typing import Any, Final

from analyses.confidentialite.tableau import Cellule, Ligne, TableauProtege
from analyses.extraction.plan import LIBELLES

from .dessin import ACCENT, DOUX, ENCRE, Figure, dessiner, etiquette

TEINTES: Final = ("#54205a", "#8a5a90", "#b58fb9", "#dcc6de", "#f2b632", "#c98a1b", "#8f5d10")
"""Told apart in grey by their neighbours, and by the legend, which follows the same order."""
SANS_AVIS: Final = dict(zip(LIBELLES, ("xx", "...."), strict=True))
"""How no answer and a refusal are hatched: they are not opinions."""
SIGLES: Final = {
    "Communauté d’agglomération": "CA",
    "Communauté de communes": "CC",
    "Communauté urbaine": "CU",
}
"""In a drawing only: the table beside it has the whole names."""
PETIT: Final = 0.09
"""Share of the width under which a count does not fit inside its piece."""
FONCEES: Final = frozenset({"#54205a", "#8a5a90", "#8f5d10"})
"""On which a count is written in white."""


@lru_cache(maxsize=1024)
def barres_croisees(protege: TableauProtege) -> Figure | None:
    """Draw the groups of a cross-table; nothing when none can be shown."""
    groupes = tuple(ligne for ligne in protege.groupes() if ligne.taille)
    if not groupes:
        return None
    sel = f"{protege.question}-{protege.groupes_nom}"
    pieces = [c for c in protege.colonnes if c.code not in SANS_AVIS]
    if protege.multiple or len(pieces) > len(TEINTES):
        rangs = -(-len(protege.colonnes) // 2)
        hauteur = rangs * (0.7 + 0.33 * len(groupes))
        svg = dessiner(lambda figure: _cote_a_cote(figure, protege, groupes), hauteur, sel)
    else:
        hauteur = 1.1 + 0.2 * len(protege.colonnes) + 0.46 * len(groupes)
        svg = dessiner(lambda figure: _empilees(figure, protege, groupes), hauteur, sel)
    return Figure(svg, _dire(protege, groupes))


def _dire(protege: TableauProtege, groupes: tuple[Ligne, ...]) -> str:
    """Return the alternative text: every figure of the drawing, in words."""
    parties = []
    for ligne in groupes:
        paires = zip(protege.colonnes, ligne.cellules, strict=True)
        mots = ", ".join(f"{colonne.libelle} {ligne.dire(cellule)}" for colonne, cellule in paires)
        parties.append(f"{ligne.libelle}, {ligne.taille} réponses\u00a0: {mots}")
    return f"{protege.titre} " + "\u00a0; ".join(parties) + "."


def _empilees(figure: Any, protege: TableauProtege, groupes: tuple[Ligne, ...]) -> None:
    """Draw one bar a group, of the same length, cut in its answers; the rest is hatched."""
    styles = _styles(protege)
    axes = figure.add_subplot()
    for rang, ligne in enumerate(groupes):
        parts = [(c.valeur or 0) / ligne.taille for c in ligne.cellules]
        debuts = accumulate(parts, initial=0.0)
        for debut, part, cellule, style in zip(
            debuts, parts, ligne.cellules, styles, strict=False
        ):
            if part:
                _morceau(axes, rang, (debut, part), str(cellule.valeur), style)
        reste = 1 - sum(parts)
        if any(c.valeur is None for c in ligne.cellules) and reste > 0:
            axes.barh(rang, reste, left=1 - reste, height=0.7, **_MASQUE)
    _regler(axes, groupes, 1.0)
    _legender(figure, protege, styles)


def _morceau(
    axes: Any, rang: int, etendue: tuple[float, float], mot: str, style: dict[str, Any]
) -> None:
    """Draw one answer of a group, with its count where there is room for it."""
    debut, part = etendue
    axes.barh(rang, part, left=debut, height=0.7, edgecolor="white", **style)
    if part <= PETIT:
        return
    fond = {"facecolor": "white", "pad": 1.5, "edgecolor": "none"} if "hatch" in style else None
    couleur = "white" if style["facecolor"] in FONCEES else ENCRE
    milieu = debut + part / 2
    axes.text(milieu, rang, mot, ha="center", va="center", fontsize=9, color=couleur, bbox=fond)


def _legender(figure: Any, protege: TableauProtege, styles: list[dict[str, Any]]) -> None:
    from matplotlib.patches import Patch

    legende = [
        Patch(label=colonne.libelle, edgecolor=DOUX, linewidth=0.6, **style)
        for colonne, style in zip(protege.colonnes, styles, strict=True)
    ]
    if protege.a_masque:
        legende.append(Patch(label="masqué", **_MASQUE))
    figure.legend(
        handles=legende,
        loc="outside lower left",
        fontsize=9,
        frameon=False,
        ncols=2,
        labelcolor=ENCRE,
    )


_MASQUE: Final[dict[str, Any]] = {
    "facecolor": "none",
    "edgecolor": DOUX,
    "hatch": "////",
    "linewidth": 0.6,
}


def _styles(protege: TableauProtege) -> list[dict[str, Any]]:
    teintes = iter(TEINTES)
    return [
        {"facecolor": "#efe8ee", "hatch": SANS_AVIS[colonne.code]}
        if colonne.code in SANS_AVIS
        else {"facecolor": next(teintes)}
        for colonne in protege.colonnes
    ]


def _cote_a_cote(figure: Any, protege: TableauProtege, groupes: tuple[Ligne, ...]) -> None:
    """Draw one small chart an answer, two a row; each bar is a share of its group."""
    rangs = -(-len(protege.colonnes) // 2)
    cases = figure.subplots(rangs, 2, sharey=True, squeeze=False)
    for numero, axes in enumerate(cases.flat):
        if numero >= len(protege.colonnes):
            axes.set_visible(False)
            continue
        titre = etiquette(protege.colonnes[numero].libelle, signes=20)
        axes.set_title(titre, fontsize=9, color=ENCRE, loc="left")
        for rang, ligne in enumerate(groupes):
            _part(axes, rang, ligne.cellules[numero], ligne)
        _regler(axes, groupes, 1.35)
        if numero % 2:
            axes.tick_params(labelleft=False)


def _part(axes: Any, rang: int, cellule: Cellule, ligne: Ligne) -> None:
    if cellule.valeur is None:
        bas, haut = cellule.bas / ligne.taille, cellule.haut / ligne.taille
        axes.barh(rang, haut - bas, left=bas, height=0.6, **_MASQUE)
    else:
        bas, haut = 0.0, cellule.valeur / ligne.taille
        axes.barh(rang, haut, height=0.6, color=ACCENT)
    axes.text(haut + 0.03, rang, ligne.dire(cellule), va="center", fontsize=8, color=ENCRE)


def _lieu(libelle: str) -> str:
    """Return a group's name on two lines, long kinds of places in the initials of their reports."""
    for long_, court in SIGLES.items():
        libelle = libelle.replace(long_, court)
    return etiquette(libelle, lignes=2)


def _regler(axes: Any, groupes: tuple[Ligne, ...], largeur: float) -> None:
    libelles = [_lieu(ligne.libelle) for ligne in groupes]
    axes.set_yticks(range(len(groupes)), libelles, fontsize=8, color=ENCRE)
    axes.set_ylim(len(groupes) - 0.5, -0.5)
    axes.set_xlim(0, largeur)
    axes.set_xticks([])
    for cote in ("top", "right", "bottom"):
        axes.spines[cote].set_visible(False)
    axes.spines["left"].set_color(DOUX)
    axes.tick_params(length=0)
