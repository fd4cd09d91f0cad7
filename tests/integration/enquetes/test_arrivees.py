"""What arrives in a séance: what adds up with its report, and what comes after its closing."""

import re
from datetime import date, time, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from enquetes.actions.ecarts import lots_a_verifier
from enquetes.actions.papier import Saisie, saisir_feuille
from enquetes.actions.passations import enregistrer_page, terminer_passation
from enquetes.actions.rapports import (
    completer_rapport,
    deposer_rapport,
    rapprocher,
    terminer_rapport,
)
from enquetes.actions.seances import clore_seance, ouvrir_seance
from enquetes.models import Acces, Passation, Seance
from tests import builders
from tests.integration.enquetes.test_mains_levees import SALLE

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("annonce", "recues", "papier", "dits"),
    [
        (
            {"reponses_tablette": 14, "reponses_papier": 2},
            23,
            1,
            ["9 de plus", "saisies\u00a0: 1. ", "une"],
        ),
        (
            {"reponses_tablette": 5, "reponses_papier": 4},
            5,
            1,
            ["annoncées\u00a0: 4, saisies\u00a0: 1. Il en", "reste 3"],
        ),
        ({"reponses_papier": 1}, 0, 2, ["annoncées\u00a0: 1, saisies\u00a0: 2. Corrigez"]),
        ({"reponses_tablette": 3}, 1, 2, ["Il en manque 2"]),
        ({"reponses_tablette": 3}, 3, 4, []),
    ],
)
def test_what_does_not_add_up_is_said_and_what_to_do(client, annonce, recues, papier, dits):
    par = builders.un_compte()
    client.force_login(par)
    collecte = builders.une_collecte_ouverte(par=par)
    seance = ouvrir_seance(seance=builders.une_seance(collecte=collecte, par=par), par=par)
    builders.des_passations(collecte, recues, acces=seance.acces)
    builders.des_passations(collecte, papier, acces=seance.acces, mode="papier")
    completer_rapport(seance=seance, valeurs=annonce, par=par)
    seance = clore_seance(seance=seance, par=par)
    page = client.get(reverse("enquetes:rapport", args=[seance.pk])).content.decode()
    assert [dit for dit in dits if dit not in page] == []
    assert bool(rapprocher(seance).remarques) == bool(dits)


def test_days_and_hours_of_the_report_are_written_as_french_says_them(client):
    par = builders.un_compte()
    client.force_login(par)
    seance = builders.une_seance(par=par)
    dits = {"implication": 2, "preuve": "affiche", "preuve_le": date(2026, 11, 27)}
    completer_rapport(seance=seance, valeurs=dits | {"debut": time(14, 5)}, par=par)
    page = client.get(reverse("enquetes:rapport", args=[seance.pk])).content.decode()
    assert "27 novembre 2026" in page
    assert "14\u00a0h\u00a005" in page
    assert "2026-11-27" not in page


def test_what_is_sent_page_by_page_or_typed_after_the_closing_is_marked_late():
    par = builders.un_compte()
    collecte = builders.une_collecte_ouverte(par=par, version=builders.une_version(SALLE))
    seance = ouvrir_seance(seance=builders.une_seance(collecte=collecte, par=par), par=par)
    tot, tard = uuid4(), uuid4()
    page = collecte.version.lue().pages[0]
    for cle in (tot, tard):
        enregistrer_page(
            passation_id=cle,
            acces=seance.acces,
            page=page,
            valeurs={page.questions[0].code: "oui"},
            langue="fr",
        )
    terminer_passation(passation_id=tot, acces=Acces.objects.get(seance=seance))
    clore_seance(seance=seance, par=par)
    terminer_passation(passation_id=tard, acces=Acces.objects.get(seance=seance))
    feuille = saisir_feuille(
        seance=seance,
        cle=uuid4(),
        saisie=Saisie({page.questions[0].code: "oui"}, ()),
        langue="fr",
        par=par,
    )
    tardives = Passation.objects.filter(tardive=True).values_list("pk", flat=True)
    assert set(tardives) == {tard, feuille.passation_id}


def test_a_new_phone_reads_that_the_seance_is_over_before_it_begins(client):
    par = builders.un_compte()
    collecte = builders.une_collecte_ouverte(par=par, version=builders.une_version(SALLE))
    seance = builders.une_seance(collecte=collecte, par=par)
    adresse = f"/o/{seance.acces.jeton}/fr/"
    assert client.get(adresse).status_code == 200  # a tablet is prepared before
    ouvrir_seance(seance=seance, par=par)
    assert client.get(adresse).status_code == 200
    clore_seance(seance=seance, par=par)
    page = client.get(adresse)
    assert page.status_code == 410
    assert "X-Voix" not in page  # a device that has the document keeps it
    assert "Cet atelier est fini" in page.content.decode()
    Seance.objects.update(etat="ouverte", close_le=None)
    assert client.get(adresse).status_code == 200
    Seance.objects.update(prevue_le=timezone.now() - timedelta(hours=13))
    assert client.get(adresse).status_code == 410


@pytest.fixture
def hors_ligne(client):
    """Return a séance that is run without a network, and never opened on its page."""
    par = builders.un_compte()
    client.force_login(par)
    collecte = builders.une_collecte_ouverte(par=par, version=builders.une_version(SALLE))
    return builders.une_seance(collecte=collecte, par=par)


def page_de(client, seance, statut=200):
    page = client.get(reverse("enquetes:seance", args=[seance.pk]))
    assert page.status_code == statut
    return page.content.decode()


@pytest.mark.parametrize("heures", [2, 40])
def test_a_seance_run_offline_and_never_opened_says_what_came_and_is_closed(
    client, hors_ligne, heures
):
    Seance.objects.update(prevue_le=timezone.now() - timedelta(hours=heures))
    builders.des_passations(hors_ligne.collecte, 2, acces=hors_ligne.acces)
    page = page_de(client, hors_ligne)
    assert "Les réponses arrivent." in page
    assert "2 réponses" not in page
    assert "sera ici le jour même" not in page
    assert "Supprimer" not in page
    assert "Elle a eu lieu" in page
    fermer = client.post(reverse("enquetes:clore_seance", args=[hors_ligne.pk]), follow=True)
    assert "Faire le compte rendu" in fermer.content.decode()
    assert "2 réponses reçues" in fermer.content.decode()
    assert not Passation.objects.filter(tardive=True).exists()
    completer_rapport(
        seance=Seance.objects.get(),
        valeurs={"presents_beneficiaires": 4},
        par=builders.un_compte(),
    )
    terminer_rapport(seance=Seance.objects.get(), par=builders.un_compte())


def test_the_report_says_nothing_of_answers_while_none_came(client, hors_ligne):
    """Before the séance is opened; once it is, the same words are there from the first minute (G1)."""
    adresse = reverse("enquetes:rapport", args=[hors_ligne.pk])
    assert "réponses arrivent" not in client.get(adresse).content.decode()
    assert "se lira ici" not in client.get(adresse).content.decode()
    builders.des_passations(hors_ligne.collecte, 1, acces=hors_ligne.acces)
    assert "Les réponses arrivent. Leur nombre" in client.get(adresse).content.decode()
    Passation.objects.all().delete()
    ouvrir_seance(seance=hors_ligne, par=builders.un_compte())
    assert "Les réponses arrivent. Leur nombre" in client.get(adresse).content.decode()


def test_it_is_not_removed_and_the_words_are_true(client, hors_ligne):
    builders.des_passations(hors_ligne.collecte, 2, acces=hors_ligne.acces)
    adresse = reverse("enquetes:annuler_seance", args=[hors_ligne.pk])
    page = client.get(adresse).content.decode()
    assert "Personne n’a encore répondu" not in page
    assert "Des réponses sont arrivées" in page
    refusee = client.post(adresse)
    assert refusee.status_code == 409
    assert "Des réponses sont arrivées" in refusee.content.decode()
    assert Seance.objects.exists()


def test_nobody_closes_a_seance_that_is_still_to_come(client, hors_ligne):
    Seance.objects.update(prevue_le=timezone.now() + timedelta(days=2))
    refusee = client.post(reverse("enquetes:clore_seance", args=[hors_ligne.pk]))
    assert refusee.status_code == 409
    assert "n’a pas encore eu lieu" in refusee.content.decode()
    assert Seance.objects.get().etat == "preparation"


def test_how_many_are_to_answer_is_told_and_read_and_nothing_else_before_the_closing(
    client, hors_ligne
):
    ouvrir_seance(seance=hors_ligne, par=builders.un_compte())
    builders.des_passations(hors_ligne.collecte, 6, acces=hors_ligne.acces)
    adresse = reverse("enquetes:attendre_reponses", args=[hors_ligne.pk])
    assert "5\u00a0réponses ou plus." in page_de(client, hors_ligne)
    assert client.post(adresse, {"nombre": "0"}).status_code == 409
    assert client.post(adresse, {"nombre": "8"}).status_code == 302
    page = page_de(client, hors_ligne)
    assert "5\u00a0réponses ou plus sur 8." in page
    assert "6 réponses" not in page
    builders.des_passations(hors_ligne.collecte, 2, acces=hors_ligne.acces)
    assert "Tout le monde a répondu." in page_de(client, hors_ligne)
    clore_seance(seance=hors_ligne, par=builders.un_compte())
    assert client.post(adresse, {"nombre": "9"}).status_code == 409
    assert "8 réponses reçues" in page_de(client, hors_ligne)


PAGES = ("enquetes:seance", "enquetes:rapport", "analyses:mur")


def ce_qui_se_lit(client, seance):
    """Return all that whoever runs it reads, without the proofs of the forms, which always change."""
    lues = [client.get(reverse(nom, args=[seance.pk])).content.decode() for nom in PAGES]
    lues.append(
        client.get(reverse("analyses:mur_de_la_salle", args=[seance.acces.jeton])).content.decode()
    )
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", "".join(lues))


@pytest.mark.parametrize("ouverte", [True, False])
def test_before_the_closing_no_page_changes_when_one_person_presses(client, hors_ligne, ouverte):
    """Were it opened, or run without a network, and whatever its report announces meanwhile."""
    par = builders.un_compte()
    if ouverte:
        ouvrir_seance(seance=hors_ligne, par=par)
    else:
        Seance.objects.update(prevue_le=timezone.now() - timedelta(hours=2))
    deposer_rapport(seance=hors_ligne, dits={"reponses_tablette": "7"}, par="appareil")
    lus = []
    for _ in range(9):
        builders.des_passations(hors_ligne.collecte, 1, acces=hors_ligne.acces)
        lus.append(ce_qui_se_lit(client, hors_ligne))
    assert len(set(lus[:4])) == 1
    assert len(set(lus[4:])) == 1
    assert "5\u00a0réponses ou plus" in lus[4]
    clore_seance(seance=hors_ligne, par=par)
    assert "reçues 9" in ce_qui_se_lit(client, hors_ligne)


def test_trying_numbers_out_tells_nothing_of_who_has_just_pressed(client, hors_ligne):
    ouvrir_seance(seance=hors_ligne, par=builders.un_compte())
    adresse = reverse("enquetes:attendre_reponses", args=[hors_ligne.pk])
    lus = []
    for _ in range(9):
        builders.des_passations(hors_ligne.collecte, 1, acces=hors_ligne.acces)
        for nombre in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, "", 9, 3):
            client.post(adresse, {"nombre": nombre})
            lus.append("Tout le monde a répondu." in page_de(client, hors_ligne))
    assert lus == [True] + [False] * (len(lus) - 1)  # the first number that was said, and no other
    page = page_de(client, hors_ligne)
    assert "5\u00a0réponses ou plus." in page  # never « sur 3 »
    assert "Ce nombre a été changé" in page


def test_the_same_number_said_twice_is_no_change(client, hors_ligne):
    ouvrir_seance(seance=hors_ligne, par=builders.un_compte())
    builders.des_passations(hors_ligne.collecte, 2, acces=hors_ligne.acces)
    adresse = reverse("enquetes:attendre_reponses", args=[hors_ligne.pk])
    for _ in range(2):
        client.post(adresse, {"nombre": "2"})
    assert "Tout le monde a répondu." in page_de(client, hors_ligne)
    assert "Ce nombre a été changé" not in page_de(client, hors_ligne)


def test_the_database_refuses_to_wait_for_nobody(hors_ligne):
    with pytest.raises(IntegrityError), transaction.atomic():
        Seance.objects.update(nb_attendues=0)


def test_the_wall_is_offered_only_when_it_has_something_to_show(client, hors_ligne):
    par = builders.un_compte()
    type(hors_ligne.collecte).objects.update(profil="ordinaire")
    ouvrir_seance(seance=hors_ligne, par=par)
    clore_seance(seance=hors_ligne, par=par)
    assert "Montrer les réponses" not in page_de(client, hors_ligne)
    builders.des_passations(hors_ligne.collecte, 9, acces=hors_ligne.acces, tardive=True)
    assert "Montrer les réponses" not in page_de(client, hors_ligne)
    builders.des_passations(
        hors_ligne.collecte, 8, acces=hors_ligne.acces, reponses={"heure": "oui"}
    )
    assert "Montrer les réponses" in page_de(client, hors_ligne)
    type(hors_ligne.collecte).objects.update(profil="sensible")
    assert "Montrer les réponses" not in page_de(client, hors_ligne)


def test_two_seances_of_one_place_and_day_have_two_names(client, hors_ligne):
    autre = builders.une_seance(collecte=hors_ligne.collecte, par=builders.un_compte())
    Seance.objects.filter(pk=autre.pk).update(prevue_le=hors_ligne.prevue_le + timedelta(hours=3))
    noms = set(map(str, Seance.objects.values_list("titre", flat=True)))
    assert len(noms) == 1
    page = client.get(reverse("enquetes:seances")).content.decode()
    liens = set(re.findall(r'<h3><a href="[^"]*">([^<]*)</a></h3>', page))
    assert len(liens) == 2
    for seance in Seance.objects.all():
        builders.des_passations(
            seance.collecte, 1, acces=seance.acces, signes="piege", reponses={"heure": "oui"}
        )
    assert len({lot.motif for lot in lots_a_verifier(hors_ligne.collecte)}) == 2
