"""Shows of hands in the evaluator's results: rooms in bands, apart, and never as persons."""

import re

import pytest
from django.urls import reverse

from analyses.confidentialite.mains import tableau_des_mains
from analyses.confidentialite.protection import Sujet
from analyses.confidentialite.tableau import Colonne
from analyses.extraction.lecture import collectes_lisibles
from analyses.lectures import mains_levees
from enquetes.actions.mains_levees import compter_mains
from enquetes.actions.seances import clore_seance, ouvrir_seance
from tests import builders
from tests.integration.enquetes.test_mains_levees import SALLE
from voix.comptes.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def par():
    return builders.un_compte()


@pytest.fixture
def collecte(par):
    return builders.une_collecte_ouverte(
        par=par, version=builders.une_version(SALLE), profil="ordinaire"
    )


def une_salle(collecte, par, presents, comptes, **autres):
    question, abstentions = autres.get("question", "heure"), autres.get("abstentions", 0)
    seance = ouvrir_seance(seance=builders.une_seance(collecte=collecte, par=par), par=par)
    compter_mains(
        seance=seance,
        question=question,
        presents=presents,
        comptes=comptes,
        abstentions=abstentions,
        par=par,
    )
    return clore_seance(seance=seance, par=par) if autres.get("close", True) else seance


def lignes(collecte):
    (tableau,) = mains_levees(collecte)
    return {
        ligne.code: (ligne.taille, [ligne.dire(c) for c in ligne.cellules])
        for ligne in tableau.groupes()
    }


def test_a_room_is_a_row_of_bands_and_no_number_of_hands_is_exact(collecte, par):
    seance = une_salle(collecte, par, 12, {"oui": 7, "non": 4}, abstentions=1)
    assert lignes(collecte) == {
        str(seance.pk): (12, ["entre 3 et 9", "entre 3 et 9", *["moins de 3"] * 4])
    }


def test_nearly_everybody_is_said_without_a_number(collecte, par):
    une_salle(collecte, par, 12, {"oui": 12})
    ((_, dits),) = lignes(collecte).values()
    assert dits[0] == "plus de 9"


@pytest.mark.parametrize(
    ("effectifs", "montree"), [((5, 2, 1), False), ((5, 3, 0), True), ((12, 0, 0), True)]
)
def test_bands_that_would_let_somebody_guess_have_no_row(effectifs, montree):
    sujet = Sujet("q", "Q ?", tuple(Colonne(c, c) for c in "abc"))
    salles = [("1", "Salle", sum(effectifs), effectifs)]
    tableau = tableau_des_mains(sujet, salles, multiple=False, profil="ORDINAIRE")
    assert bool(tableau.groupes()) == montree


def test_a_small_room_has_no_row_and_the_page_says_why(client, collecte, par):
    une_salle(collecte, par, 7, {"oui": 4, "non": 3})
    assert lignes(collecte) == {}
    client.force_login(par)
    page = client.get(reverse("analyses:mains", args=[collecte.nom])).content.decode()
    assert "Des salles ne sont pas montrées" in page
    assert "<table" not in page


def test_a_sensitive_collecte_asks_for_eleven(collecte, par):
    type(collecte).objects.update(profil="sensible")
    collecte.refresh_from_db()
    une_salle(collecte, par, 10, {"oui": 5, "non": 5})
    assert lignes(collecte) == {}


def compter(seance, par, **comptes):
    """Count the room again: twelve persons."""
    compter_mains(
        seance=seance, question="heure", presents=12, comptes=comptes, abstentions=0, par=par
    )


def test_a_room_that_is_still_there_is_not_shown_and_a_correction_replaces(collecte, par):
    seance = une_salle(collecte, par, 12, {"oui": 7, "non": 5}, close=False)
    assert mains_levees(collecte) == []
    compter(seance, par, oui=12)
    clore_seance(seance=seance, par=par)
    ((_, dits),) = lignes(collecte).values()
    assert dits[0] == "plus de 9"


def test_one_hand_corrected_after_the_closing_moves_no_band_and_is_said(client, collecte, par):
    """« Moins de 3 », then « entre 3 et 9 »: who knows that one hand was added knew the count."""
    seance = une_salle(collecte, par, 12, {"oui": 10, "non": 2})
    avant = lignes(collecte)
    compter(seance, par, oui=9, non=3)
    ouvrir_seance(seance=seance, par=par)
    compter(seance, par, oui=8, non=4)
    clore_seance(seance=seance, par=par)
    assert lignes(collecte) == avant
    client.force_login(par)
    page = client.get(reverse("analyses:mains", args=[collecte.nom])).content.decode()
    assert page.count("compte corrigé depuis") == 1


def test_a_question_first_counted_after_the_closing_is_shown_as_first_counted(collecte, par):
    seance = une_salle(collecte, par, 12, {"lundi": 6}, question="jours")
    compter(seance, par, oui=7, non=5)
    compter(seance, par, oui=12)
    heure = next(t for t in mains_levees(collecte) if t.question == "heure")
    [ligne] = heure.groupes()
    assert [ligne.dire(c) for c in ligne.cellules][:2] == ["entre 3 et 9"] * 2


def test_several_answers_are_each_a_band_of_those_present(collecte, par):
    une_salle(collecte, par, 10, {"lundi": 9, "mardi": 5}, question="jours")
    ((taille, dits),) = lignes(collecte).values()
    assert (taille, dits) == (10, ["plus de 7", "entre 3 et 7", "moins de 3"])


def test_the_evaluator_reads_them_apart_and_no_person_is_made_of_them(client, collecte, par):
    une_salle(collecte, par, 12, {"oui": 7, "non": 4}, abstentions=1)
    une_salle(collecte, par, 20, {"oui": 8, "non": 8}, abstentions=4)
    compte = builders.un_compte(role=Role.EVALUATION, email="evaluation@exemple.fr")
    assert list(collectes_lisibles(compte)) == [collecte]
    client.force_login(compte)
    attente = client.get(reverse("analyses:resultats", args=[collecte.nom])).content.decode()
    adresse = reverse("analyses:mains", args=[collecte.nom])
    assert adresse in attente
    page = client.get(adresse).content.decode()
    assert "influence du groupe possible" in page
    assert page.count('<th scope="row">') == 2
    cases = re.findall(r'<td class="nombre" data-titre="(?!Présents)[^"]*">([^<]*)<', page)
    assert cases
    assert not [case for case in cases if case.isdecimal()]
    assert not collecte.passations.exists()


def test_another_territoires_evaluator_does_not_read_them(client, collecte, par):
    ailleurs = builders.un_territoire("32")
    loin = builders.un_compte(role=Role.EVALUATION, territoire=ailleurs, email="l@exemple.fr")
    client.force_login(loin)
    assert client.get(reverse("analyses:mains", args=[collecte.nom])).status_code == 404
