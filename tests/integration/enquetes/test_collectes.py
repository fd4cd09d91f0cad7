"""Opening, pausing, closing a collecte, and counting its answers together."""

from dataclasses import replace

import pytest

from enquetes.actions.acces import ajouter_acces
from enquetes.actions.collectes import (
    arreter_releve,
    clore_collecte,
    mettre_en_pause,
    modifier_collecte,
    ouvrir_collecte,
    preparer_collecte,
    reprendre_collecte,
)
from enquetes.models import Collecte, EtatCollecte, Unite
from tests import builders
from voix.commun.erreurs import AccesRefuse, EtatIncompatible, SaisieInvalide
from voix.comptes.models import Trace
from voix.comptes.roles import Role

pytestmark = pytest.mark.django_db


def test_coordination_prepares_then_opens_a_collecte_with_its_main_link():
    par = builders.un_compte()
    collecte = preparer_collecte(projet=builders.un_projet(), par=par)
    assert collecte.etat == EtatCollecte.PREPARATION
    assert len(builders.lien_principal(collecte).jeton) >= 22
    assert ouvrir_collecte(collecte=collecte, par=par).etat == EtatCollecte.OUVERTE
    assert list(Trace.objects.values_list("verbe", flat=True)) == [
        "preparer_collecte",
        "ouvrir_collecte",
    ]


@pytest.mark.parametrize("role", [Role.AMBASSADEUR, Role.DIETETIQUE, Role.EVALUATION])
def test_other_roles_open_nothing(role):
    par = builders.un_compte(role=role, email="autre@exemple.fr")
    with pytest.raises(AccesRefuse):
        preparer_collecte(projet=builders.un_projet(), par=par)
    assert not Collecte.objects.exists()


def test_coordination_of_another_territoire_opens_nothing():
    ailleurs = builders.un_territoire("32")
    par = builders.un_compte(territoire=ailleurs, email="ailleurs@exemple.fr")
    with pytest.raises(AccesRefuse):
        preparer_collecte(projet=builders.un_projet(), par=par)


def test_structure_outside_the_territoire_is_refused():
    projet = builders.un_projet(structure=builders.une_structure(builders.un_territoire("32")))
    with pytest.raises(SaisieInvalide, match="structure"):
        preparer_collecte(projet=projet, par=builders.un_compte())


def test_pause_resume_close_and_nothing_after():
    par = builders.un_compte()
    collecte = builders.une_collecte_ouverte(par=par)
    assert mettre_en_pause(collecte=collecte, par=par).etat == EtatCollecte.EN_PAUSE
    assert reprendre_collecte(collecte=collecte, par=par).etat == EtatCollecte.OUVERTE
    close = clore_collecte(collecte=collecte, par=par)
    assert close.close_par == par
    for action in (ouvrir_collecte, mettre_en_pause, reprendre_collecte):
        with pytest.raises(EtatIncompatible):
            action(collecte=collecte, par=par)


def test_releves_are_disjoint_and_need_eleven_persons():
    par = builders.un_compte()
    collecte = builders.une_collecte_ouverte(par=par)
    builders.des_passations(collecte, 10)
    with pytest.raises(EtatIncompatible, match="11"):
        arreter_releve(collecte=collecte, par=par)
    builders.des_passations(collecte, 2)
    premier = arreter_releve(collecte=collecte, par=par)
    builders.des_passations(collecte, 11)
    second = arreter_releve(collecte=collecte, par=par)
    assert (premier.numero, premier.nb_passations) == (1, 12)
    assert (second.numero, second.nb_passations) == (2, 11)
    assert not set(premier.passations.all()) & set(second.passations.all())


def test_closing_counts_the_rest_only_when_enough_persons_answered():
    par = builders.un_compte()
    peu = builders.une_collecte_ouverte(par=par, nom="peu")
    builders.des_passations(peu, 10)
    clore_collecte(collecte=peu, par=par)
    assert peu.releves.count() == 0
    assez = builders.une_collecte_ouverte(par=par, nom="assez")
    builders.des_passations(assez, 11)
    clore_collecte(collecte=assez, par=par)
    assert assez.releves.get().nb_passations == 11


def test_organisations_are_counted_from_the_first_one():
    par = builders.un_compte()
    collecte = builders.une_collecte_ouverte(par=par, unite=Unite.ORGANISATION)
    builders.des_passations(collecte, 1)
    assert arreter_releve(collecte=collecte, par=par).nb_passations == 1


def test_a_questionnaire_for_persons_is_never_shown_in_full_whoever_asks():
    par = builders.un_compte()
    projet = builders.un_projet()
    with pytest.raises(SaisieInvalide, match="leurs réponses restent protégées"):
        preparer_collecte(projet=replace(projet, unite=Unite.ORGANISATION), par=par)
    collecte = preparer_collecte(projet=projet, par=par)
    with pytest.raises(SaisieInvalide, match="leurs réponses restent protégées"):
        modifier_collecte(
            collecte=collecte, projet=replace(projet, unite=Unite.ORGANISATION), par=par
        )
    collecte.refresh_from_db()
    assert collecte.unite == Unite.PERSONNE


def test_drafts_are_never_counted():
    par = builders.un_compte()
    collecte = builders.une_collecte_ouverte(par=par)
    builders.des_passations(collecte, 11)
    builders.des_passations(collecte, 3, etat="brouillon")
    assert arreter_releve(collecte=collecte, par=par).nb_passations == 11


def test_a_link_of_another_territoire_is_refused():
    par = builders.un_compte()
    collecte = builders.une_collecte_ouverte(par=par)
    commune = builders.un_territoire("93010", parent=collecte.territoire)
    acces = ajouter_acces(collecte=collecte, territoire=commune, par=par)
    assert ajouter_acces(collecte=collecte, territoire=commune, par=par) == acces
    with pytest.raises(SaisieInvalide):
        ajouter_acces(collecte=collecte, territoire=builders.un_territoire("32"), par=par)
