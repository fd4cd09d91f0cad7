"""A number that people write freely: its report is made whatever they write (ADR 0182)."""

from dataclasses import replace

import pytest

from analyses.actions.changements import arreter_changement
from enquetes.actions.suivi.cohortes import ProjetCritere
from enquetes.models import Carte, Rang
from tests import builders, suivi

pytestmark = pytest.mark.django_db


def un_rapport(avant, apres, **options):
    """Return what the report tells of thirty families that all wrote the same."""
    question = {"code": "euros", "type": "nombre", "texte": {"fr": "Combien ?"}}
    pages = [{"code": "euros", "questions": [question | {"options": options}]}]
    version = builders.une_version(builders.UNE_DEFINITION | {"code": "euros", "pages": pages})
    vagues = [replace(v, version=version) for v in suivi.un_projet_de_cohorte().vagues]
    criteres = [ProjetCritere("Dépense", ("euros",), "hausse")]
    cohorte = suivi.une_cohorte(cartes=30, vagues=vagues, criteres=criteres)
    for carte in Carte.objects.filter(cohorte=cohorte).order_by("numero"):
        suivi.repondre(carte, Rang.ENTREE, {"euros": avant})
        suivi.repondre(carte, Rang.SORTIE, {"euros": apres})
    suivi.finir(cohorte)
    fait = arreter_changement(cohorte=cohorte, rang=Rang.SORTIE, par="essai")
    return fait.contenu


@pytest.mark.parametrize(
    ("avant", "apres", "options"),
    [
        (150, 160, {"max": 200}),
        (0.7, 0.9, {"max": 1, "decimales": 1}),
        (2.4, 2.6, {"max": 9, "decimales": 1}),
        (20, 300, {}),
        (40, 50, {"min": 30}),
    ],
)
def test_a_report_is_made_of_any_number_and_sees_its_change(avant, apres, options):
    """In the upper half of a scale of more than thirty degrees, no report could be made at all."""
    contenu = un_rapport(avant, apres, **options)
    (critere,) = contenu["criteres"]
    assert critere["connus"]["progressent"][1] == 30
    assert critere["connus"]["stables"][1] < 5
