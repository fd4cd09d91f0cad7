"""What the facilitator tells of a séance: part by part, reconciled with what arrived, then ended."""

from datetime import time

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from enquetes.actions.rapports import completer_rapport, rapprocher, remarques, terminer_rapport
from enquetes.actions.seances import clore_seance, ouvrir_seance
from enquetes.models import Rapport
from tests import builders
from voix.commun.erreurs import EtatIncompatible
from voix.comptes.roles import Role

pytestmark = pytest.mark.django_db


def test_the_report_is_kept_part_by_part_and_reconciled():
    par = builders.un_compte()
    collecte = builders.une_collecte_ouverte(par=par)
    seance = ouvrir_seance(seance=builders.une_seance(collecte=collecte, par=par), par=par)
    completer_rapport(
        seance=seance, valeurs={"reponses_tablette": 12, "reponses_papier": 2}, par=par
    )
    completer_rapport(seance=seance, valeurs={"presents_beneficiaires": 15}, par=par)
    builders.des_passations(collecte, 10, acces=seance.acces)
    builders.des_passations(collecte, 2, acces=seance.acces, mode="papier")
    builders.des_passations(collecte, 5)  # came by the poster, not by the séance
    with pytest.raises(EtatIncompatible, match="Fermez"):
        terminer_rapport(seance=seance, par=par)
    assert rapprocher(seance) is None
    seance = clore_seance(seance=seance, par=par)
    rapport = terminer_rapport(seance=seance, par=par)
    assert rapport.nb_presents == 15
    assert rapprocher(seance).phrase == "annoncées 14, reçues 12, dont papier 2"
    assert rapprocher(seance).manquent == 2


def test_a_report_that_says_nothing_does_not_end(client):
    par = builders.un_compte()
    client.force_login(par)
    collecte = builders.une_collecte_ouverte(par=par)
    seance = ouvrir_seance(seance=builders.une_seance(collecte=collecte, par=par), par=par)
    seance = clore_seance(seance=seance, par=par)
    adresse = reverse("enquetes:rapport", args=[seance.pk])
    completer_rapport(seance=seance, valeurs={"incidents": "", "presents_elus": None}, par=par)
    assert "Le compte rendu est vide." in client.post(adresse).content.decode()
    assert Rapport.objects.get().termine_le is None
    completer_rapport(seance=seance, valeurs={"presents_elus": 0}, par=par)
    client.post(adresse)
    assert Rapport.objects.get().termine_le is not None


CE_QUI_NE_VA_PAS = [
    (
        {"debut": time(14, 0), "fin": time(11, 30)},
        "La fin (11\u00a0h\u00a030) est avant le début (14\u00a0h).",
    ),
    (
        {"reponses_tablette": 8, "refus": 2},
        "Réponses et refus font 10 personnes\u00a0; vous en avez dit 9",
    ),
    ({"reponses_main_levee": 10}, "font 10 personnes"),
    ({"citations": "« On nous écoute »"}, "Dites comment ces personnes ont dit oui"),
]


@pytest.mark.parametrize(("faux", "dit"), CE_QUI_NE_VA_PAS)
def test_the_report_says_what_does_not_add_up_and_still_ends(client, faux, dit):
    par = builders.un_compte()
    client.force_login(par)
    collecte = builders.une_collecte_ouverte(par=par)
    seance = ouvrir_seance(seance=builders.une_seance(collecte=collecte, par=par), par=par)
    seance = clore_seance(seance=seance, par=par)
    adresse = reverse("enquetes:rapport", args=[seance.pk])
    juste = {"presents_beneficiaires": 9, "accord": "", "debut": time(9, 0)}
    completer_rapport(seance=seance, valeurs=juste, par=par)
    assert dit not in client.get(adresse).content.decode()
    completer_rapport(seance=seance, valeurs=faux, par=par)
    assert dit in client.get(adresse).content.decode()
    client.post(adresse)
    assert Rapport.objects.get().termine_le is not None


def test_hands_and_single_answers_of_the_same_people_are_not_added():
    """Nine people raise a hand, then each answers on the tablet: nobody is there twice."""
    neuf = Rapport(presents_beneficiaires=9, reponses_tablette=9, reponses_main_levee=9)
    minuit = Rapport(citations="Merci.", accord="oral", debut=time(20, 0), fin=time(22, 0))
    assert remarques(neuf) == remarques(minuit) == ()


def test_what_was_not_announced_is_not_said_to_be_zero(client):
    par = builders.un_compte()
    client.force_login(par)
    collecte = builders.une_collecte_ouverte(par=par)
    seance = ouvrir_seance(seance=builders.une_seance(collecte=collecte, par=par), par=par)
    builders.des_passations(collecte, 9, acces=seance.acces)
    seance = clore_seance(seance=seance, par=par)
    assert rapprocher(seance).phrase == "reçues 9"
    completer_rapport(seance=seance, valeurs={"reponses_main_levee": 4}, par=par)
    page = client.get(reverse("enquetes:rapport", args=[seance.pk])).content.decode()
    assert "reçues 9. Dites plus bas combien" in page
    assert "annoncées" not in page
    completer_rapport(seance=seance, valeurs={"reponses_papier": 0}, par=par)
    assert rapprocher(seance).phrase == "annoncées 0, reçues 9"
    completer_rapport(seance=seance, valeurs={"reponses_tablette": 11}, par=par)
    page = client.get(reverse("enquetes:rapport", args=[seance.pk])).content.decode()
    assert "Il en manque 2" in page


def test_an_erased_answer_still_counts_as_received():
    """A count that goes down would tell who erased."""
    par = builders.un_compte()
    collecte = builders.une_collecte_ouverte(par=par)
    seance = builders.une_seance(collecte=collecte, par=par)
    builders.des_passations(collecte, 1, acces=seance.acces, etat="effacee")
    builders.des_passations(collecte, 1, acces=seance.acces, etat="brouillon")
    seance = clore_seance(seance=seance, par=par)
    assert rapprocher(seance).recues == 1


@pytest.mark.parametrize(
    "faux",
    [
        {"implication": 6, "preuve": "affiche", "preuve_le": "2026-01-01"},
        {"implication": 3},
        {"moment": "ailleurs"},
    ],
)
def test_the_database_refuses_a_level_without_a_dated_proof(faux):
    seance = builders.une_seance()
    with pytest.raises(IntegrityError), transaction.atomic():
        Rapport.objects.create(seance=seance, **faux)


def test_the_report_goes_from_part_to_part(client):
    par = builders.un_compte(role=Role.AMBASSADEUR, email="ambassadeur@exemple.fr")
    client.force_login(par)
    seance = clore_seance(seance=builders.une_seance(par=par), par=par)
    page = client.post(
        reverse("enquetes:partie_rapport", args=[seance.pk, "presents"]),
        {"presents_beneficiaires": "9", "presents_elus": ""},
    )
    assert page["Location"] == reverse("enquetes:partie_rapport", args=[seance.pk, "reponses"])
    faux = client.post(
        reverse("enquetes:partie_rapport", args=[seance.pk, "place"]), {"implication": "4"}
    )
    assert "Dites ce qui le montre" in faux.content.decode()
    client.post(reverse("enquetes:rapport", args=[seance.pk]))
    rapport = Rapport.objects.get(seance=seance)
    assert rapport.presents_beneficiaires == 9
    assert rapport.presents_elus is None  # not said is not zero
    assert rapport.termine_le is not None
    assert client.get(f"/espace/seances/{seance.pk}/compte-rendu/rien/").status_code == 404
