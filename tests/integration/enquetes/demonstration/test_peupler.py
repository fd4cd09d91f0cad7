"""Invented people answer through the real forms."""

from datetime import timedelta

import pytest
from django.utils import timezone

from enquetes.actions.fictives import dater_passations_fictives
from enquetes.actions.questionnaires import charger_bibliotheque
from enquetes.management.demonstration.collectes import NB_JOURS, mener, peupler
from enquetes.management.demonstration.lieux import LIEUX_BESOINS
from enquetes.management.demonstration.personnes import Lieu, personnes
from enquetes.models import EtatCollecte, EtatPassation, Passation
from enquetes.parcours.chemin import chemin
from tests.builders import des_passations, un_compte, un_territoire, une_collecte_ouverte
from voix.commun.erreurs import AccesRefuse, EtatIncompatible

pytestmark = pytest.mark.django_db

LIEUX = (
    Lieu("80021", "Épicerie du Marché", 20),
    Lieu("80021", "Association Le Grenier", 4),
    Lieu("02691", "Centre social du Port", 6, rural=1.0),
)


@pytest.fixture
def collecte():
    region = un_territoire("32")
    for code in ("80021", "02691"):
        un_territoire(code, parent=region)
    versions = {
        version.questionnaire.code: version for version in charger_bibliotheque(par="essai")
    }
    return une_collecte_ouverte(
        nom="besoins",
        version=versions["besoins"],
        territoire=region,
        langues=("fr", "en", "ar", "uk"),
        ouvre_le=timezone.localdate() - timedelta(days=90),
        fictive=True,
    )


@pytest.fixture
def par():
    return un_compte(role=None)


def test_everybody_is_stored_as_the_path_allows(collecte, par):
    peupler(collecte, LIEUX, par)
    definition = collecte.version.lue()
    for personne in personnes("besoins", LIEUX, debut=collecte.ouvre_le):
        if personne.quitte_apres is not None:
            continue
        passation = Passation.objects.get(pk=personne.id)
        assert passation.etat == EtatPassation.TERMINEE
        assert passation.reponses == chemin(definition, personne.reponses).reponses
        assert passation.langue == personne.langue
        assert str(passation.structure) == personne.lieu.structure
        assert passation.territoire.code == personne.lieu.territoire
        assert passation.code_effacement


def test_people_who_stop_leave_a_draft_and_are_not_counted(collecte, par):
    peupler(collecte, [Lieu("80021", "Épicerie du Marché", 60)], par)
    partis = {
        p.id
        for p in personnes("besoins", [Lieu("80021", "Épicerie du Marché", 60)])
        if p.quitte_apres is not None
    }
    brouillons = Passation.objects.filter(etat=EtatPassation.BROUILLON)
    assert brouillons.exists()
    assert set(brouillons.values_list("pk", flat=True)) <= partis
    mener(collecte, EtatCollecte.OUVERTE, par)
    releve = collecte.releves.get()
    assert releve.nb_passations == 60 - len(partis)


def test_answers_are_spread_over_the_months_before_today(collecte, par):
    peupler(collecte, LIEUX, par)
    jours = set(Passation.objects.terminees().values_list("jour", flat=True))
    assert len(jours) > 10
    aujourdhui = timezone.localdate()
    assert all(aujourdhui - timedelta(days=NB_JOURS) <= jour <= aujourdhui for jour in jours)


def test_second_run_adds_nobody_and_a_cut_run_is_completed(collecte, par):
    peupler(collecte, LIEUX[:1], par)
    Passation.objects.filter(pk=next(personnes("besoins", LIEUX)).id).update(
        etat=EtatPassation.BROUILLON, code_effacement=None
    )
    peupler(collecte, LIEUX, par)
    complets = {p.id for p in personnes("besoins", LIEUX) if p.quitte_apres is None}
    terminees = set(Passation.objects.terminees().values_list("pk", flat=True))
    assert terminees == complets
    mener(collecte, EtatCollecte.OUVERTE, par)
    peupler(collecte, LIEUX, par)
    mener(collecte, EtatCollecte.OUVERTE, par)
    assert set(Passation.objects.terminees().values_list("pk", flat=True)) == complets
    assert collecte.releves.count() == 1


def test_day_of_a_real_answer_cannot_be_changed(par):
    vraie = une_collecte_ouverte()
    [passation] = des_passations(vraie, 1)
    with pytest.raises(EtatIncompatible):
        dater_passations_fictives(
            collecte=vraie, jours={passation.pk: timezone.localdate()}, par=un_compte()
        )


def test_day_is_changed_by_nobody_without_right(collecte):
    with pytest.raises(AccesRefuse):
        dater_passations_fictives(
            collecte=collecte, jours={}, par=un_compte(role=None, email="etranger@exemple.fr")
        )


def test_demonstration_is_large_and_has_small_places():
    par_territoire: dict[str, int] = {}
    for lieu in LIEUX_BESOINS:
        par_territoire[lieu.territoire] = par_territoire.get(lieu.territoire, 0) + lieu.effectif
    complets = [p for p in personnes("besoins", LIEUX_BESOINS) if p.quitte_apres is None]
    assert len(complets) >= 600
    assert len(par_territoire) == 10
    assert sum(effectif < 11 for effectif in par_territoire.values()) == 2
