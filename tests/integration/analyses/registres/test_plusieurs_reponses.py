"""Of a question with several answers, an indicator counts persons: nobody counts twice."""

import pytest

from analyses.extraction.lecture import releves_de
from analyses.indicateurs.mesure import MELEES
from analyses.mesures import mesurer_tout, perimetre_du_territoire
from analyses.models import IndicateurPropre
from enquetes.actions.collectes import arreter_releve
from tests import builders
from tests.integration.analyses.registres.scenes import une_coordination, une_region
from tests.integration.analyses.test_resultats import AVIS

pytestmark = pytest.mark.django_db

BASE = "reponses avec questionnaire = avis et question = manque"


@pytest.fixture
def repondu():
    par = une_coordination()
    collecte = builders.une_collecte_ouverte(
        par=par, territoire=une_region(), version=builders.une_version(AVIS), unite="organisation"
    )
    for nombre, donnees in (
        (6, {"manque": ["pain", "fruits"]}),
        (5, {"manque": ["pain"]}),
        (3, {"manque": ["fruits"]}),
        (2, {"manque": []}),
    ):
        builders.des_passations(collecte, nombre, reponses=donnees)
    arreter_releve(collecte=collecte, par=par)
    assert releves_de(collecte)
    return collecte


def mesuree(formule, forme="part"):
    IndicateurPropre.objects.create(
        territoire=une_region(), code="V1", nom="V", definition="D", formule=formule, forme=forme,
    )  # fmt: skip
    mesures = mesurer_tout(perimetre_du_territoire(une_region()))
    return next(m for m in mesures if m.indicateur.code == "V1")


@pytest.mark.parametrize(
    ("base", "n"), [(f"nombre({BASE})", 16), (f"nombre({BASE} et exprimee)", 14)]
)
def test_the_base_is_who_answered_and_not_what_was_ticked(repondu, base, n):
    """« 12 sur 37 personnes » was said of 17 answers: each ticked box counted as a person."""
    mesure = mesuree(f"nombre({BASE} et code = pain) / {base}")
    assert (mesure.k, mesure.n) == (11, n)


def test_all_the_answers_named_are_who_gave_one_of_them(repondu):
    mesure = mesuree(f"nombre({BASE} et code dans (pain, fruits)) / nombre({BASE})")
    assert (mesure.k, mesure.n) == (14, 16)


def test_one_answer_alone_is_counted(repondu):
    assert mesuree(f"nombre({BASE} et code = fruits)", "nombre").k == 9


def test_mixed_answers_say_why_there_is_no_figure(repondu):
    mesure = mesuree(f"nombre({BASE} et non (code = pain)) / nombre({BASE})")
    assert (mesure.k, mesure.n, mesure.valeur, mesure.motif) == (None, None, None, MELEES)
