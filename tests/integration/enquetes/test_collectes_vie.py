"""Doing things twice, correcting before opening, prolonging, and the links of places."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from enquetes.actions.acces import ajouter_acces, dater_acces, fermer_acces, rouvrir_acces
from enquetes.actions.collectes import (
    abandonner_collecte,
    arreter_releve,
    bilan_de_cloture,
    clore_collecte,
    mettre_en_pause,
    modifier_collecte,
    ouvrir_collecte,
    preparer_collecte,
    prolonger_collecte,
)
from enquetes.models import Acces, Collecte, Questionnaire
from tests import builders
from voix.commun.erreurs import AccesRefuse, EtatIncompatible, SaisieInvalide
from voix.comptes.models import Trace
from voix.comptes.roles import Role

pytestmark = pytest.mark.django_db


def test_preparing_the_same_project_twice_makes_one_collecte():
    par, projet = builders.un_compte(), builders.un_projet()
    une = preparer_collecte(projet=projet, par=par)
    assert preparer_collecte(projet=projet, par=par) == une
    assert Acces.objects.count() == 1
    assert Trace.objects.count() == 1


def test_a_name_taken_by_a_colleague_is_refused():
    projet = builders.un_projet()
    preparer_collecte(projet=projet, par=builders.un_compte())
    with pytest.raises(SaisieInvalide, match="nom"):
        preparer_collecte(projet=projet, par=builders.un_compte(email="autre@exemple.fr"))


def test_each_move_done_twice_is_done_and_traced_once():
    par = builders.un_compte()
    collecte = preparer_collecte(projet=builders.un_projet(), par=par)
    builders.des_passations(collecte, 11)
    for action in (ouvrir_collecte, mettre_en_pause, clore_collecte):
        for _ in range(2):
            action(collecte=collecte, par=par)
    assert collecte.releves.count() == 1
    assert Trace.objects.exclude(verbe="preparer_collecte").count() == 4


def test_asking_twice_for_the_same_releve_makes_one():
    par = builders.un_compte()
    collecte = builders.une_collecte_ouverte(par=par)
    builders.des_passations(collecte, 12)
    un = arreter_releve(collecte=collecte, par=par, numero=1)
    assert arreter_releve(collecte=collecte, par=par, numero=1) == un
    with pytest.raises(EtatIncompatible, match="11"):
        arreter_releve(collecte=collecte, par=par, numero=2)


def test_closing_tells_before_what_it_will_count():
    par = builders.un_compte()
    collecte = builders.une_collecte_ouverte(par=par)
    builders.des_passations(collecte, 11)
    arreter_releve(collecte=collecte, par=par)
    builders.des_passations(collecte, 10)
    bilan = bilan_de_cloture(collecte)
    assert (bilan.nb_deja_comptees, bilan.nb_a_compter, bilan.nb_non_comptees) == (11, 0, 10)
    builders.des_passations(collecte, 1)
    assert bilan_de_cloture(collecte).nb_a_compter == 11


@pytest.mark.parametrize(
    ("nombre", "dit"),
    [
        (0, ""),
        (1, "Moins de 5\u00a0questionnaires sont commencés"),
        (4, "Moins de 5\u00a0questionnaires sont commencés"),
        (5, "5\u00a0questionnaires ou plus sont commencés"),
        (13, "10\u00a0questionnaires ou plus sont commencés"),
    ],
)
def test_closing_tells_before_how_many_are_under_way(client, nombre, dit):
    """By steps of five: an exact number that moves tells who has just begun."""
    par = builders.un_compte()
    collecte = builders.une_collecte_ouverte(par=par)
    builders.des_passations(collecte, nombre, etat="brouillon")
    client.force_login(par)
    page = client.get(f"/espace/collectes/{collecte.nom}/clore/").content.decode()
    assert ("commencés et pas encore envoyés" in page) == bool(nombre)
    assert dit in page.replace("&nbsp;", "\u00a0")
    assert ("effacés dans les 30" in page) == bool(nombre)


def test_a_collecte_is_corrected_before_it_opens_and_not_after():
    par = builders.un_compte()
    projet = builders.un_projet()
    collecte = preparer_collecte(projet=projet, par=par)
    epicerie = builders.une_structure(projet.territoire)
    modifier_collecte(
        collecte=collecte, projet=replace(projet, titre="Autre", structure=epicerie), par=par
    )
    collecte.refresh_from_db()
    assert (collecte.titre, collecte.lieu) == ("Autre", "Épicerie du Marché")
    assert builders.lien_principal(collecte).structure == epicerie
    ouvrir_collecte(collecte=collecte, par=par)
    with pytest.raises(EtatIncompatible, match="date de fin"):
        modifier_collecte(collecte=collecte, projet=projet, par=par)


def test_only_a_collecte_never_opened_is_removed():
    par = builders.un_compte()
    abandonner_collecte(
        collecte=preparer_collecte(projet=builders.un_projet(nom="vide"), par=par), par=par
    )
    ouverte = builders.une_collecte_ouverte(par=par)
    with pytest.raises(EtatIncompatible, match="clore"):
        abandonner_collecte(collecte=ouverte, par=par)
    assert list(Collecte.objects.all()) == [ouverte]


def test_the_last_day_moves_until_the_collecte_is_closed():
    par = builders.un_compte()
    collecte = builders.une_collecte_ouverte(par=par)
    aujourdhui = timezone.localdate()
    bientot = aujourdhui + timedelta(days=90)
    assert prolonger_collecte(collecte=collecte, ferme_le=bientot, par=par).ferme_le == bientot
    with pytest.raises(SaisieInvalide, match="passée"):
        prolonger_collecte(collecte=collecte, ferme_le=aujourdhui - timedelta(days=1), par=par)
    clore_collecte(collecte=collecte, par=par)
    with pytest.raises(EtatIncompatible):
        prolonger_collecte(collecte=collecte, ferme_le=bientot, par=par)


def test_a_language_that_the_questionnaire_lacks_is_refused():
    with pytest.raises(SaisieInvalide, match="langues"):
        preparer_collecte(
            projet=builders.un_projet(langues=("fr", "ar")), par=builders.un_compte()
        )


def test_a_questionnaire_of_another_territoire_opens_nothing():
    version = builders.une_version()
    Questionnaire.objects.filter(pk=version.questionnaire_id).update(
        origine="import", territoire=builders.un_territoire("32")
    )
    version.refresh_from_db()
    with pytest.raises(AccesRefuse, match="questionnaire"):
        preparer_collecte(projet=builders.un_projet(version=version), par=builders.un_compte())


def test_questionnaires_are_seen_from_above_and_from_below_not_from_beside():
    region = builders.un_territoire("11")
    departement = builders.un_territoire("93", parent=region)
    ecrit = Questionnaire.objects.create(
        code="local", titre="Local", origine="import", territoire=departement
    )
    commun = builders.une_version().questionnaire
    cas = {
        "region": (region, {commun, ecrit}),
        "commune": (builders.un_territoire("93010", parent=departement), {commun, ecrit}),
        "ailleurs": (builders.un_territoire("32"), {commun}),
    }
    for nom, (territoire, attendus) in cas.items():
        compte = builders.un_compte(territoire=territoire, email=f"{nom}@exemple.fr")
        assert set(Questionnaire.objects.visibles_par(compte)) == attendus, nom
    lecteur = builders.un_compte(role=Role.EVALUATION, email="evaluation@exemple.fr")
    assert not Questionnaire.objects.visibles_par(lecteur).exists()


def test_a_place_keeps_one_open_link_and_gets_a_new_one_after_closing_it():
    par = builders.un_compte()
    collecte = builders.une_collecte_ouverte(par=par)
    commune = builders.un_territoire("93010", parent=collecte.territoire)
    premier = ajouter_acces(collecte=collecte, territoire=commune, par=par)
    assert ajouter_acces(collecte=collecte, territoire=commune, par=par) == premier
    fermer_acces(acces=premier, par=par)
    second = ajouter_acces(collecte=collecte, territoire=commune, par=par)
    assert second.jeton != premier.jeton
    premier.refresh_from_db()
    with pytest.raises(EtatIncompatible, match="autre lien"):
        rouvrir_acces(acces=premier, par=par)
    fermer_acces(acces=second, par=par)
    assert rouvrir_acces(acces=premier, par=par).ouvert


def test_the_database_refuses_two_open_links_for_one_place():
    collecte = builders.une_collecte_ouverte()
    commune = builders.un_territoire("93010", parent=collecte.territoire)
    for structure in (None, builders.une_structure(commune)):
        lieu = {"collecte": collecte, "territoire": commune, "structure": structure}
        Acces.objects.create(**lieu)
        with pytest.raises(IntegrityError), transaction.atomic():
            Acces.objects.create(**lieu)


def test_a_link_ends_before_its_collecte_and_never_in_the_past():
    par = builders.un_compte()
    collecte = builders.une_collecte_ouverte(par=par)
    lien = builders.lien_principal(collecte)
    assert lien.valable_jusquau == collecte.ferme_le
    demain = timezone.localdate() + timedelta(days=1)
    assert dater_acces(acces=lien, expire_le=demain, par=par).valable_jusquau == demain
    for mauvaise in (demain - timedelta(days=2), collecte.ferme_le + timedelta(days=1)):
        with pytest.raises(SaisieInvalide):
            dater_acces(acces=lien, expire_le=mauvaise, par=par)
    assert dater_acces(acces=lien, expire_le=None, par=par).expire_le is None


def test_links_of_a_closed_collecte_do_not_change():
    par = builders.un_compte()
    collecte = builders.une_collecte_ouverte(par=par)
    lien = builders.lien_principal(collecte)
    clore_collecte(collecte=collecte, par=par)
    for action in (fermer_acces, rouvrir_acces):
        with pytest.raises(EtatIncompatible, match="close"):
            action(acces=lien, par=par)


def test_a_collecte_of_one_structure_has_one_link():
    par = builders.un_compte()
    epicerie = builders.une_structure(builders.un_territoire())
    collecte = builders.une_collecte_ouverte(par=par, structure=epicerie)
    commune = builders.un_territoire("93010", parent=collecte.territoire)
    with pytest.raises(SaisieInvalide, match="structure"):
        ajouter_acces(collecte=collecte, territoire=commune, par=par)


def test_the_list_counts_sent_answers_only():
    collecte = builders.une_collecte_ouverte()
    builders.des_passations(collecte, 3)
    builders.des_passations(collecte, 2, etat="brouillon")
    assert Collecte.objects.avec_nb_reponses().get().nb_reponses == 3
