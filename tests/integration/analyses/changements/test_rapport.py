"""When a report is made, by whom, and what it does not tell."""

import pytest
from django.db import DatabaseError, transaction

from analyses.actions.changements import arreter_changement
from analyses.changements.lecture import lire
from analyses.models import Changement
from enquetes.actions.suivi.cartes import declarer_rupture
from enquetes.actions.suivi.coupure import couper_lien
from enquetes.models import Carte, Passation, Rang
from tests import builders
from tests.suivi import finir, repondre, une_cohorte
from voix.commun.cles import CleDetruite
from voix.commun.erreurs import AccesRefuse, EtatIncompatible
from voix.comptes.roles import Role

pytestmark = pytest.mark.django_db


def test_spare_cards_are_no_family_that_left(client):
    par, cohorte = builders.un_compte(), une_cohorte(cartes=18)
    for carte in Carte.objects.filter(numero__lte=12).order_by("numero"):
        carte.cohorte = cohorte
        repondre(carte, Rang.ENTREE, {"a3": "1"})
        repondre(carte, Rang.SORTIE, {"a3": str(carte.numero % 4)})
    Carte.objects.filter(numero=13).update(paniers=2)  # followed, and never answered
    finir(cohorte)
    fait = arreter_changement(cohorte=cohorte, rang=Rang.SORTIE, par=par)
    assert (fait.contenu["inscrites"], fait.contenu["jamais_servies"]) == (13, 5)
    client.force_login(par)
    texte = client.get(f"/espace/changements/{cohorte.pk}/3/").content.decode()
    assert "5 cartes imprimées n’ont jamais servi" in texte
    assert "12 familles sur 13, soit 92" in texte


def test_a_report_is_made_after_the_last_day_and_only_once():
    par, cohorte = builders.un_compte(), une_cohorte(cartes=15, vague_du_jour=Rang.SORTIE)
    with pytest.raises(EtatIncompatible, match="le lendemain"):
        arreter_changement(cohorte=cohorte, rang=Rang.SORTIE, par=par)
    for carte in Carte.objects.order_by("numero"):
        carte.cohorte = cohorte
        for rang, jours in ((Rang.ENTREE, "1"), (Rang.SORTIE, "4")):
            repondre(carte, rang, {"a3": jours})
    finir(cohorte)
    fait = arreter_changement(cohorte=cohorte, rang=Rang.SORTIE, par=par)
    Passation.objects.filter(etat="terminee").update(reponses={})
    assert arreter_changement(cohorte=cohorte, rang=Rang.SORTIE, par=par) == fait
    with pytest.raises(DatabaseError), transaction.atomic():
        Changement.objects.update(nombre=3)


def test_everybody_better_is_never_told_exactly():
    """Fifteen of fifteen: « all » would tell each family's answers."""
    par, cohorte = builders.un_compte(), une_cohorte(cartes=15)
    for carte in Carte.objects.order_by("numero"):
        carte.cohorte = cohorte
        repondre(carte, Rang.ENTREE, {"a3": "1"})
        repondre(carte, Rang.SORTIE, {"a3": "4"})
    finir(cohorte)
    fait = arreter_changement(cohorte=cohorte, rang=Rang.SORTIE, par=par)
    (critere, *_) = fait.contenu["criteres"]
    bas, haut, _ = critere["cases"]["progressent"]
    assert (bas, haut) != (15, 15)
    assert haut - bas >= 4


def test_ten_pairs_tell_nothing():
    par, cohorte = builders.un_compte(), une_cohorte(cartes=10)
    for carte in Carte.objects.order_by("numero"):
        carte.cohorte = cohorte
        repondre(carte, Rang.ENTREE, {"a3": "1"})
        repondre(carte, Rang.SORTIE, {"a3": "4"})
    finir(cohorte)
    fait = arreter_changement(cohorte=cohorte, rang=Rang.SORTIE, par=par)
    assert not any(c["montre"] for c in fait.contenu["criteres"])
    lecture = lire(fait.contenu, fait.nombre, fait.arrete_le)
    assert not lecture.est_diffusable
    assert all(critere.tableau.total is None for critere in lecture.declares)


def test_once_the_link_is_cut_no_report_is_made(django_capture_on_commit_callbacks):
    par, cohorte = builders.un_compte(), une_cohorte(cartes=12)
    finir(cohorte)
    with django_capture_on_commit_callbacks(execute=True):
        couper_lien(cohorte=cohorte, par=par)
    with pytest.raises(CleDetruite):
        arreter_changement(cohorte=cohorte, rang=Rang.SORTIE, par=par)


def test_an_evaluator_reads_and_does_not_make(client):
    par, cohorte = builders.un_compte(), une_cohorte(cartes=12)
    del par
    finir(cohorte)
    evaluation = builders.un_compte(Role.EVALUATION, email="eval@exemple.fr")
    with pytest.raises(AccesRefuse):
        arreter_changement(cohorte=cohorte, rang=Rang.SORTIE, par=evaluation)
    client.force_login(evaluation)
    assert client.get(f"/espace/changements/{cohorte.pk}/").status_code == 200


def test_too_few_left_to_be_told_apart():
    par, cohorte = builders.un_compte(), une_cohorte(cartes=20)
    for carte in Carte.objects.order_by("numero"):
        carte.cohorte = cohorte
        repondre(carte, Rang.ENTREE, {"a3": "1"})
        if carte.numero > 5:
            repondre(carte, Rang.SORTIE, {"a3": "4"})
    finir(cohorte)
    fait = arreter_changement(cohorte=cohorte, rang=Rang.SORTIE, par=par)
    groupes = {ligne["groupe"] for d in fait.contenu["departs"] for ligne in d["lignes"]}
    assert "parties" not in groupes
    assert fait.contenu["expositions"] == []  # nobody received more than anybody else


def test_whoever_answers_without_a_card_or_with_a_broken_one_is_in_no_retention():
    par, cohorte = builders.un_compte(), une_cohorte(cartes=12)
    nouvelle = declarer_rupture(cohorte=cohorte, a_partir=13, par=par)
    for carte in Carte.objects.order_by("numero"):
        carte.cohorte = cohorte
        repondre(carte, Rang.ENTREE, {"a3": "1"})
    builders.des_passations(cohorte.vague(Rang.ENTREE).collecte, 3)
    finir(cohorte)
    fait = arreter_changement(cohorte=cohorte, rang=Rang.SORTIE, par=par)
    assert nouvelle.numero == 13
    assert fait.contenu["inscrites"] == 12
    assert fait.contenu["sans_suite"] == 1
    assert fait.contenu["par_vague"][0] == ["entrée", 12]
