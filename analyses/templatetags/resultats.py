"""Template tags that show protected tables and nothing else."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from analyses.confidentialite.tableau import Cellule, Ligne, TableauProtege, en_arbre
from analyses.extraction.plan import SANS_REPONSE
from analyses.figures.croisees import barres_croisees
from analyses.figures.dessin import Figure

register = template.Library()
register.filter(en_arbre)


@register.simple_tag
def dessin(figure: Figure) -> SafeString:
    return mark_safe(figure.svg)  # noqa: S308  (drawn by us; labels are escaped by matplotlib)


@register.filter
def en_barres(croise: TableauProtege) -> Figure | None:
    """Return the drawing of a cross-table."""
    return barres_croisees(croise)


@register.simple_tag
def pourcent(ligne: Ligne, cellule: Cellule) -> str:
    """Return the share of a cell in whole percent, where its base allows one."""
    return ligne.dire_la_part(cellule)


@register.simple_tag
def dire(ligne: Ligne, cellule: Cellule) -> str:
    """Return the count of a cell, or what is known of it."""
    return ligne.dire(cellule)


@register.filter
def personne_na_repondu(protege: TableauProtege) -> bool:
    """Return whether everybody left the question: a sentence says it better than empty bars."""
    total = protege.total
    return total is not None and any(
        colonne.code == SANS_REPONSE and cellule.valeur == total.taille
        for colonne, cellule in zip(protege.colonnes, total.cellules, strict=True)
    )


@register.filter
def paires(ligne: Ligne, protege: TableauProtege) -> list[tuple[str, Cellule]]:
    """Return each answer's label with its cell."""
    if not isinstance(protege, TableauProtege):
        raise TypeError("A page shows protected tables only.")
    return [(c.libelle, x) for c, x in zip(protege.colonnes, ligne.cellules, strict=True)]
