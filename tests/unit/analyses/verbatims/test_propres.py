"""Names given by the project: found folded, the longest first, never a common word alone."""

import pytest

from analyses.verbatims.detecteurs.propres import noms_propres
from analyses.verbatims.lexiques import lexiques
from analyses.verbatims.masquage import analyser, masquer
from analyses.verbatims.modele import Type

NOMS = [
    ("Épicerie du Marché", Type.STRUCTURE),
    ("Épicerie", Type.STRUCTURE),
    ("CCAS", Type.STRUCTURE),
    ("Solidarmel", Type.STRUCTURE),
    ("La Grange aux Belles", Type.COMMUNE),
    ("Paula Vandamme", Type.NOM),
    ("Anne Petit", Type.NOM),
    ("", Type.STRUCTURE),
]


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("L’EPICERIE DU MARCHE est loin", "L’[structure] est loin"),
        ("l’épicerie est loin", "l’épicerie est loin"),
        ("le CCAS ferme", "le CCAS ferme"),
        ("solidarmel, ça va", "[structure], ça va"),
        ("à la grange aux belles on rit", "à [lieu] on rit"),
        ("vandamme a dit oui", "[nom] a dit oui"),
        ("un petit pain", "un petit pain"),
        ("épicerie du marché-aux-fleurs", "[structure]-aux-fleurs"),
    ],
)
def test_the_names_of_a_project_are_masked(texte, attendu):
    noms = noms_propres(NOMS, lexiques())
    assert masquer(texte, analyser(texte, noms).spans) == attendu
    assert analyser(attendu, noms).spans == ()
