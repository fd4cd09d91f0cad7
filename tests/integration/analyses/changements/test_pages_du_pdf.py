"""On paper no title is alone at the foot of its page, and no small table is cut."""

from io import BytesIO
from itertools import pairwise
from typing import Any

import pikepdf
import pytest
from django.core.management import call_command

from analyses.actions.changements import arreter_changement
from enquetes.models import Cohorte, Rang
from tests import builders

pytestmark = pytest.mark.django_db

TITRES = {"/H1", "/H2", "/H3"}
PEU = 10
"""Rows, the header too, of a table that is never cut."""


def _enfants(element: Any) -> list[Any]:
    lus = element.get("/K", [])
    lus = list(lus) if isinstance(lus, pikepdf.Array) else [lus]
    return [lu for lu in lus if isinstance(lu, pikepdf.Dictionary) and "/S" in lu]


def _pages(element: Any, ordre: dict[Any, int]) -> set[int]:
    """Return the pages where an element of the document is written."""
    siennes = {ordre[element["/Pg"].objgen]} if "/Pg" in element else set()
    return siennes.union(*(_pages(enfant, ordre) for enfant in _enfants(element)))


def _suites(element: Any) -> list[tuple[Any, Any]]:
    """Return every element with the one that follows it."""
    enfants = _enfants(element)
    suites = list(pairwise(enfants))
    return [*suites, *(couple for enfant in enfants for couple in _suites(enfant))]


@pytest.fixture
def pdf(client):
    par = builders.un_compte()
    builders.une_structure(builders.un_territoire())
    call_command("cohorte_fictive", par=par.email)
    cohorte = Cohorte.objects.get()
    arreter_changement(cohorte=cohorte, rang=Rang.SORTIE, par=par)
    client.force_login(par)
    page = client.get(f"/espace/changements/{cohorte.pk}/3/rapport.pdf")
    return pikepdf.open(BytesIO(page.content))


def test_no_title_is_alone_and_no_small_table_is_cut(pdf):
    ordre = {page.objgen: rang for rang, page in enumerate(pdf.pages)}
    suites = _suites(pdf.Root.StructTreeRoot)
    titres = [(a, b) for a, b in suites if str(a["/S"]) in TITRES]
    assert len(titres) > 20
    for titre, suite in titres:
        assert max(_pages(titre, ordre)) == min(_pages(suite, ordre))
    tables = [b for _, b in suites if str(b["/S"]) == "/Table"]
    assert len(tables) > 10
    for avant, table in ((a, b) for a, b in suites if str(b["/S"]) == "/Table"):
        assert max(_pages(avant, ordre)) == min(_pages(table, ordre)), "its title stays with it"
        rangs = sum(len(_enfants(partie)) for partie in _enfants(table))
        assert rangs > PEU or len(_pages(table, ordre)) == 1
