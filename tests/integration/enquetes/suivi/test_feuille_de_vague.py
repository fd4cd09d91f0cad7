"""The sheet of a wave: for who follows the cohort, with a place for the card, and nothing untrue on it."""

import pytest
from django.urls import reverse

from analyses.actions.changements import arreter_changement
from enquetes.actions.suivi.coupure import couper_lien
from enquetes.echanges.papier import feuille as dessin
from enquetes.models import Rang
from tests import builders
from tests.pdf import verifier_pdf
from tests.suivi import finir, une_cohorte
from voix.comptes.roles import Role

pytestmark = pytest.mark.django_db
ANONYME = {"fr": "anonym", "en": "anonym", "ar": "مجهولة", "uk": "анонім"}


@pytest.fixture
def dieteticienne(client):
    client.force_login(builders.un_compte(Role.DIETETIQUE, email="diet@exemple.fr"))
    return client


def adresse_de(cohorte, rang=Rang.ENTREE) -> str:
    return reverse("enquetes:feuille_de_vague", args=[cohorte.pk, int(rang)])


def page_de(client, cohorte) -> str:
    return client.get(reverse("enquetes:cohorte", args=[cohorte.pk])).content.decode()


def test_the_dietician_prints_the_sheet_of_each_wave(dieteticienne):
    cohorte = une_cohorte(cartes=0)
    page = page_de(dieteticienne, cohorte)
    assert all(adresse_de(cohorte, rang) in page for rang in Rang)
    pdf = dieteticienne.get(adresse_de(cohorte))
    assert pdf["Content-Type"] == "application/pdf"
    assert verifier_pdf(pdf.content).pages
    assert (
        "-fr-20.pdf"
        in dieteticienne.get(adresse_de(cohorte), {"corps": "20"})["Content-Disposition"]
    )
    assert dieteticienne.get(adresse_de(cohorte, 9)).status_code == 404


def test_who_follows_another_territoire_does_not_find_it(client):
    ailleurs = builders.un_territoire(code="59", nom="Nord")
    client.force_login(builders.un_compte(Role.DIETETIQUE, ailleurs, "loin@exemple.fr"))
    assert client.get(adresse_de(une_cohorte(cartes=0))).status_code == 404


@pytest.mark.parametrize("fin", ["rapports", "coupee"])
def test_no_sheet_is_offered_for_what_is_over(dieteticienne, fin):
    par = builders.un_compte()
    cohorte = une_cohorte(par=par, cartes=0)
    assert "feuille.pdf" in page_de(dieteticienne, cohorte)
    if fin == "rapports":
        finir(cohorte)
        for rang in (Rang.MI_PARCOURS, Rang.SORTIE, Rang.POST):
            arreter_changement(cohorte=cohorte, rang=rang, par="commande")
    else:
        couper_lien(cohorte=cohorte, par=par)
    assert "feuille.pdf" not in page_de(dieteticienne, cohorte)


@pytest.mark.parametrize("langue", list(ANONYME))
def test_it_asks_for_the_code_and_does_not_say_that_it_is_anonymous(monkeypatch, langue):
    definition = une_cohorte(cartes=0).vague(Rang.ENTREE).collecte.version.lue()
    donnees = {}
    monkeypatch.setattr(dessin, "composer", lambda _m, d, **_: donnees.update(d))
    dessin.feuille_pdf(definition, "0" * 64, langue=langue, corps=14, vague="Entrée · Paniers")
    assert donnees["vague"] == "Entrée · Paniers"
    assert donnees["carte"]["texte"]
    assert donnees["carte"]["langue"] == langue
    assert ANONYME[langue] not in " ".join(donnees["consignes"]).lower()
    assert len(donnees["consignes"]) == 2
    dessin.feuille_pdf(definition, "0" * 64, langue=langue, corps=14)
    assert donnees["carte"] is None
    assert not donnees["vague"]
    assert ANONYME[langue] in " ".join(donnees["consignes"]).lower()


@pytest.mark.parametrize("langue", list(ANONYME))
def test_it_is_accessible_in_each_language(langue):
    definition = une_cohorte(cartes=0).vague(Rang.ENTREE).collecte.version.lue()
    pdf = dessin.feuille_pdf(
        definition, "0" * 64, langue=langue, corps=20, vague="Entrée · Paniers"
    )
    assert verifier_pdf(pdf).langue.startswith(langue)
