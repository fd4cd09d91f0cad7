"""Once a family has erased everything, the waves that had begun are over for its card, everywhere (ADR 0135)."""

import pytest
from django.test import Client
from django.utils import timezone

from enquetes.actions import journal_effacements as journal
from enquetes.actions.effacements import effacer_carte, effacer_par_code
from enquetes.actions.retention import purger_reponses
from enquetes.actions.suivi.cartes import carte_de_code, passation_de
from enquetes.models import CodeEfface, Enveloppe, EtatEnveloppe, Passation, Rang, TourPartage
from enquetes.parcours import code_effacement as codes
from tests import builders
from tests.boite import enveloppe, envoyer, issues, poser_la_cle
from tests.suivi import lien_de_la_carte, repondre, une_carte, une_cohorte

pytestmark = pytest.mark.django_db

PLUS = "Cette carte ne répond plus à ces questions"


@pytest.fixture
def cohorte():
    poser_la_cle()
    return une_cohorte(cartes=0)


@pytest.fixture
def acces(cohorte):
    return builders.lien_principal(cohorte.vague(Rang.ENTREE).collecte)


@pytest.fixture
def code(cohorte):
    return une_carte(cohorte).code


def scellee(acces, code, jours="4"):
    contenu = {"champs": {"a3": [jours]}, "langue": "fr", "carte": code, "lien": acces.jeton}
    return enveloppe(acces, contenu=contenu)


def effacer(code) -> str:
    return Client().post("/effacer/", {"code": code}).content.decode()


def test_a_telephone_says_so_before_the_first_question_whatever_there_was(cohorte, code):
    autre = une_carte(cohorte).code
    repondre(carte_de_code(autre), Rang.ENTREE, {"a3": "4"})
    pages = []
    for tape in (code, autre):
        effacer(tape)
        pages.append(Client().post("/carte/", {"code": tape}))
    assert {page.status_code for page in pages} == {410}
    sans_reponse, effacee = [page.content.decode() for page in pages]
    assert sans_reponse == effacee
    assert PLUS in effacee
    suivante = cohorte.vague(Rang.MI_PARCOURS).collecte.ouvre_le
    assert f"à partir du {suivante.day}" in effacee.replace("1er", "1")


def test_a_shared_device_says_so_too(acces, code):
    effacer(code)
    page = Client().post(f"/k/{acces.jeton}/", {"code": code})
    assert page.status_code == 410
    assert PLUS in page.content.decode()
    assert not TourPartage.objects.exists()


def test_a_tablet_without_a_network_keeps_nothing_for_it_right_or_wrong(client, acces, code):
    effacer(code)
    lot = [scellee(acces, code), scellee(acces, code, jours="77")]
    assert set(issues(envoyer(client, lot, acces.jeton)).values()) == {"ok"}
    assert set(Enveloppe.objects.values_list("etat", "brute")) == {(EtatEnveloppe.SANS_SUITE, "")}
    assert not Passation.objects.exists()


def test_the_page_that_erases_says_so_before_and_after(client, code):
    for page in (client.get("/effacer/"), client.post("/effacer/", {"code": code})):
        assert "ni sur un téléphone ni sur une tablette" in page.content.decode()


def test_a_draft_of_another_telephone_stops_at_its_next_page(code):
    famille = Client()
    lien = lien_de_la_carte(famille, code)
    famille.post(lien, {"a3": "4"})
    effacer(code)
    for page in (
        famille.get(lien),
        famille.post(lien.replace("/a3/", "/a11/"), {"a11": "5"}),
        famille.post(lien.replace("/a3/", "/verifier/")),
    ):
        assert page.status_code == 410
        assert PLUS in page.content.decode()
    assert Passation.objects.get().reponses == {"a3": "4"}
    assert Passation.objects.get().etat == "brouillon"


def test_a_turn_at_the_kiosk_stops_at_its_next_page(acces, code):
    debut, appareil = f"/k/{acces.jeton}/", Client()
    appareil.post(debut, {"code": code})
    appareil.post(f"{debut}q/", {"a3": "4"})
    effacer(code)
    assert appareil.post(f"{debut}q/", {"a11": "5"})["Location"] == debut
    assert not Passation.objects.exists()


# --- what comes later ----------------------------------------------------------------------------


def test_what_a_tablet_brings_once_the_code_has_left_is_erased_by_the_night(client, acces, code):
    item = scellee(acces, code)
    effacer(code)
    CodeEfface.objects.all().delete()  # a backup put back, or its row has left
    envoyer(client, [item], acces.jeton)
    assert Passation.objects.terminees().exists()
    purger_reponses(au=timezone.localdate(), par="essai")
    assert list(Passation.objects.values_list("etat", "reponses")) == [("effacee", {})]


def test_the_wave_that_opens_later_is_answered_and_the_night_keeps_it(cohorte, code):
    carte = carte_de_code(code)
    effacer(code)
    apres = repondre(carte, Rang.MI_PARCOURS, {"a3": "5"})
    purger_reponses(au=timezone.localdate(), par="essai")
    assert Passation.objects.get(pk=apres).etat == "terminee"


@pytest.mark.parametrize("par_l_equipe", [False, True])
@pytest.mark.parametrize("repondu", [False, True])
def test_the_journal_has_one_line_for_each_wave_that_has_begun_found_or_not(repondu, par_l_equipe):
    cohorte = une_cohorte(cartes=0, vague_du_jour=Rang.MI_PARCOURS)
    code = une_carte(cohorte).code
    carte = carte_de_code(code)
    if repondu:
        repondre(carte, Rang.ENTREE, {"a3": "4"})
    if par_l_equipe:
        effacer_carte(carte=carte, numero=carte.numero, par=builders.un_compte())
    else:
        effacer_par_code(code=code)
    commencees = [passation_de(carte, cohorte.vague(r)) for r in (Rang.ENTREE, Rang.MI_PARCOURS)]
    assert journal.inscrits() == {journal.empreinte(pk) for pk in commencees}
    effacer_par_code(code=codes.depuis_octets(b"\x07" * 16))
    assert len(journal.inscrits()) == 3
