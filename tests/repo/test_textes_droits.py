"""A text that others read cannot be turned around: every field that takes words says so, or says why not.

Forms are built in many ways, some field by field from a questionnaire: the code is read, so that none
is left out.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from analyses.confidentialite.traits import TRAITS
from analyses.forms.diversite import CompositionForm
from analyses.forms.indicateurs import ChiffreForm, IndicateurForm

RACINE = Path(__file__).resolve().parents[2]
LIBRES = {"CharField", "TexteTel"}
"""Fields that take any word; a slug, a date, a choice or an address take none of these signs."""
COUPES = {"CharField", "EmailField", "RegexField", "SlugField", "URLField"}
"""Fields of Django that tell the browser to cut what is too long; ours say it (voix.commun.francais)."""
PAS_COUPES = {
    "enquetes/champs/base.py ChampTexte": "tells the browser of no limit, says it",
    "enquetes/champs/mois.py _Mois": "tells the browser of no limit",
    "enquetes/champs/nombre.py _Nombre": "tells the browser of no limit",
    "enquetes/forms/abus.py lot": "hidden",
    "enquetes/forms/collecte.py cle": "hidden",
    "enquetes/forms/dates_de_suivi.py vues": "hidden",
    "voix/commun/francais.py AdresseEntiere": "this is the field",
    "voix/commun/francais.py NomCourt": "this is the field",
    "voix/commun/francais.py TexteParMotif": "this is the field",
    "voix/commun/francais.py _Entier": "this is what the fields are made of",
}
PAS_LUS = {
    "analyses/forms/indicateurs.py PourcentField": "read as a number, refused otherwise",
    "enquetes/champs/base.py ChampTexte": "an answer: kept as it was given, shown to readers with its signs",
    "enquetes/champs/mois.py _Mois": "read as a month, refused otherwise",
    "enquetes/champs/nombre.py _Nombre": "read as a number, refused otherwise",
    "enquetes/forms/abus.py lot": "a key of the page, hidden",
    "enquetes/forms/collecte.py cle": "a key of the page, hidden",
    "enquetes/forms/dates_de_suivi.py vues": "the days that the page showed, hidden",
    "enquetes/forms/echelles.py TexteColleField": "an official text is not changed: refused with its place",
    "enquetes/forms/importation.py texte": "the source of a questionnaire: refused with its place (verification_textes)",
    "enquetes/forms/papier.py _a_cote": "an answer on a sheet of paper, as it is written there",
    "enquetes/forms/papier.py _champ": "an answer on a sheet of paper, as it is written there",
    "enquetes/forms/suivi.py numeros": "read as numbers, refused otherwise",
    "voix/commun/francais.py TexteDroit": "this is the field",
    "voix/commun/francais.py _Entier": "what they are made of",
}


def _nom(noeud: ast.expr) -> str:
    return noeud.attr if isinstance(noeud, ast.Attribute) else getattr(noeud, "id", "")


def _libres(arbre: ast.AST, ou: str = "", libres: set[str] = LIBRES) -> Iterator[str]:
    """Iterate over what takes any word: the class that does, the name it is given, or where it is made."""
    for noeud in ast.iter_child_nodes(arbre):
        ici = ou
        if isinstance(noeud, ast.ClassDef):
            ici = noeud.name
            if libres & {_nom(base) for base in noeud.bases}:
                yield noeud.name
        elif isinstance(noeud, ast.FunctionDef) and not ou:
            ici = noeud.name
        elif isinstance(noeud, ast.Assign) and isinstance(noeud.targets[0], ast.Name):
            ici = noeud.targets[0].id
        elif isinstance(noeud, ast.Call) and _nom(noeud.func) in libres:
            yield ou
        yield from _libres(noeud, ici, libres)


def trouves(libres: set[str] = LIBRES) -> set[str]:
    """Return each place of the product, outside models, where a free text comes in."""
    return {
        f"{fichier.relative_to(RACINE)} {nom}"
        for racine in ("analyses", "enquetes", "voix")
        for fichier in sorted((RACINE / racine).rglob("*.py"))
        if not {"models", "migrations", "extraction"} & set(fichier.parts)
        for nom in _libres(ast.parse(fichier.read_text("utf-8")), libres=libres)
    }


def test_every_text_that_others_read_is_straight():
    assert trouves() == set(PAS_LUS)


def test_no_text_of_the_staff_is_cut_by_the_browser():
    assert trouves(COUPES) == set(PAS_COUPES)


@pytest.mark.parametrize(
    ("code", "vu"),
    [
        ("class F:\n    a = forms.CharField()", ["a"]),
        ("class F:\n    def __init__(self):\n        self.fields['x'] = CharField()", ["F"]),
        ("def f():\n    return forms.CharField()", ["f"]),
        ("class G(forms.CharField):\n    pass", ["G"]),
        ("class F:\n    a = TexteDroit()\n    b = forms.DateField()", []),
    ],
)
def test_the_reader_sees_each_way_of_making_a_field(code, vu):
    assert list(_libres(ast.parse(code))) == vu


@pytest.mark.parametrize(
    "champ",
    [
        ChiffreForm.base_fields["origine"],
        IndicateurForm.base_fields["origine"],
        IndicateurForm.base_fields["formule"],
        CompositionForm(trait=next(iter(TRAITS))).fields["origine"],
    ],
)
def test_where_a_figure_comes_from_is_not_turned_around(champ):
    assert champ.clean("A\u202eb") == "Ab"
