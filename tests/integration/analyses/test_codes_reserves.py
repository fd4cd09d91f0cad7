"""No question takes a name that the results use: its table would lose its groups, or its page."""

import re
from datetime import date

import pytest

from analyses.extraction.groupes import QUESTION, dimensions_possibles
from analyses.extraction.lecture import LIEUX
from analyses.extraction.personnes import personnes
from analyses.urls import urlpatterns
from enquetes.champs import NATURES
from enquetes.parcours.lecture import definition_depuis
from enquetes.parcours.verification import graves, verifier
from enquetes.parcours.verification_questions import QUESTIONS_RESERVEES
from tests import builders
from tests.integration.analyses.test_cube import DEFINITION

PAGE = re.compile(r"espace/resultats/<slug:nom>/([^/<]+)/")


def appelee(code):
    question = DEFINITION["pages"][1]["questions"][0] | {"code": code}
    return DEFINITION | {"pages": [{"code": "un", "questions": [question]}]}


@pytest.mark.django_db
def test_whatever_tables_are_compared_by_is_reserved():
    collecte = builders.une_collecte_ouverte(version=builders.une_version(DEFINITION))
    possibles = dimensions_possibles(collecte)
    propres = {d["nom"] for d in possibles if not d["source"].startswith(QUESTION)}
    lus = {*propres, *LIEUX, *personnes(collecte, date(2025, 3, 31)).lieux}
    assert {"structure", "territoire", "mois", "source"} <= lus
    assert lus <= QUESTIONS_RESERVEES


def test_whatever_page_stands_beside_those_of_the_questions_is_reserved():
    pages = {trouve[1] for une in urlpatterns if (trouve := PAGE.match(str(une.pattern)))}
    assert "plan-d-analyse" in pages
    assert pages <= QUESTIONS_RESERVEES


@pytest.mark.parametrize("code", sorted(QUESTIONS_RESERVEES))
def test_an_author_is_told_what_to_write_instead(code):
    (defaut,) = graves(verifier(appelee(code), NATURES))
    assert (defaut.code, defaut.lieu[-1]) == ("question_reservee", "code")
    plutot = defaut.conseil.rpartition("code: ")[2]
    assert plutot != code
    assert graves(verifier(appelee(plutot), NATURES)) == []


def test_a_version_published_before_is_still_read():
    assert definition_depuis(appelee("mois")).question("mois").code == "mois"
