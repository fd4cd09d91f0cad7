"""The annexe in a spreadsheet: numbers that it can add up, and nothing that it would compute."""

import csv
from io import StringIO

import pytest

from analyses.actions.changements import arreter_changement
from enquetes.actions.suivi.cohortes import ProjetCritere
from enquetes.models import Rang
from tests import builders
from tests.suivi import finir, repondre, une_cohorte

pytestmark = pytest.mark.django_db
FORMULE = '=HYPERLINK("http://x";"clic")'


def test_a_title_that_looks_like_a_formula_is_a_text_and_each_number_has_its_unit(client):
    par = builders.un_compte()
    cohorte = une_cohorte(par=par, cartes=40, criteres=[ProjetCritere(FORMULE, ("a3",), "hausse")])
    for carte in cohorte.cartes.order_by("numero"):
        repondre(carte, Rang.ENTREE, {"a3": "5"})
        repondre(carte, Rang.SORTIE, {"a3": str(2 + carte.numero % 4)})
    finir(cohorte)
    arreter_changement(cohorte=cohorte, rang=Rang.SORTIE, par=par)
    client.force_login(par)
    page = client.get(f"/espace/changements/{cohorte.pk}/3/annexe.csv").content
    lignes = list(csv.reader(StringIO(page.decode("utf-8-sig")), delimiter=";"))
    assert not [c for ligne in lignes for c in ligne if c.startswith(("=", "+", "@"))]
    ligne = dict(zip(lignes[0], lignes[1], strict=True))
    assert ligne["critere"] == f"'{FORMULE}"
    for nom in ("solde_bas_familles", "solde_haut_familles", "tango_bas_pourcent", "p_signes"):
        lu = ligne[nom].replace(",", ".")
        assert lu.startswith("moins de") or float(lu) is not None
    assert int(ligne["solde_haut_familles"]) < 0
    presence = lignes[
        lignes.index(["vague", "ont_repondu", "familles_suivies", "part_pourcent"]) + 1
    ]
    assert [int(c) for c in presence[1:]] == [40, 40, 100]
