"""A card opens the right wave, without script; a wrong code is corrected gently."""

import re
from time import time

import pytest
from django.test import Client

from enquetes.actions.suivi.cartes import (
    carte_de_code,
    declarer_rupture,
    emettre_cartes,
    noter_presences,
    passation_de,
    remplacer_carte,
)
from enquetes.models import Carte, Passation, Rang
from enquetes.parcours import code_effacement as codes
from tests import builders
from tests.suivi import repondre, une_carte, une_cohorte
from voix.commun.erreurs import EtatIncompatible, SaisieInvalide

pytestmark = pytest.mark.django_db


def demander(client, code, **entetes):
    """Type a code; whoever is let in is led to a page that can be come back to."""
    return client.post("/carte/", {"code": code}, follow=True, **entetes)


def lien_de(page) -> str:
    return re.search(r'href="(/r/[^"]+)"', page.content.decode()).group(1)


def test_a_card_opens_the_questionnaire_of_the_day(client):
    cohorte = une_cohorte(vague_du_jour=Rang.MI_PARCOURS)
    page = demander(client, une_carte(cohorte).code.lower().replace("-", " "))
    assert page.status_code == 200
    acces = builders.lien_principal(cohorte.vague(Rang.MI_PARCOURS).collecte)
    assert f"/r/{acces.jeton}/" in lien_de(page)


def test_the_code_leads_to_a_page_that_can_be_come_back_to_and_is_in_no_address(client):
    """Back from the first question showed the page of a form sent: ERR_CACHE_MISS in Chromium."""
    code = une_carte(une_cohorte()).code
    reponse = client.post("/carte/?langue=fr", {"code": code})
    assert reponse.status_code == 302
    ouverte = reponse["Location"]
    assert ouverte.endswith("/carte/ouverte/?langue=fr")
    for dit in (ouverte, str(reponse.headers), str(client.cookies)):
        assert code not in dit
        assert code.replace("-", "") not in dit
    assert reponse["Cache-Control"] == "no-store"
    premiere = lien_de(client.get(ouverte))
    question = client.post(premiere, {".vers": "retour"})
    assert question["Location"] == ouverte.partition("?")[0] + "?langue=fr"
    assert lien_de(client.get(ouverte)) == premiere, "come back to, it opens the same answers"


def test_that_page_opens_nothing_for_who_has_not_typed_the_code(client):
    ouverte = client.post("/carte/", {"code": une_carte(une_cohorte()).code})["Location"]
    page = Client().get(ouverte)
    assert page.status_code == 403
    assert 'name="code"' in page.content.decode()
    assert "/a3/" not in page.content.decode()


def test_once_sent_that_page_says_so(client):
    code = une_carte(une_cohorte()).code
    ouverte = client.post("/carte/", {"code": code})["Location"]
    lien = lien_de(client.get(ouverte))
    client.post(lien, {"a3": "4"})
    client.post(lien.replace("/a3/", "/verifier/"))
    assert "/a3/" not in client.get(ouverte).content.decode()


def test_a_family_answers_the_whole_way_without_script_and_comes_back_where_it_was(client):
    cohorte = une_cohorte()
    code = une_carte(cohorte).code
    lien = lien_de(demander(client, code))
    client.post(lien, {"a3": "4"})
    suite = lien_de(demander(client, code))
    assert suite.endswith("/a11/")
    client.post(suite, {"a11": "5"})
    client.post(suite.replace("/a11/", "/verifier/"))
    carte = carte_de_code(code)
    passation = Passation.objects.get(pk=passation_de(carte, cohorte.vague(Rang.ENTREE)))
    assert passation.etat == "terminee"
    assert passation.reponses == {"a3": "4", "a11": "5"}


def test_who_has_answered_is_told_so_and_nothing_of_the_answers(client):
    cohorte = une_cohorte()
    code = une_carte(cohorte).code
    repondre(carte_de_code(code), Rang.ENTREE, {"a3": "4"})
    page = demander(client, code)
    assert "Déjà envoyé" in page.content.decode()
    assert "/r/" not in page.content.decode()


@pytest.mark.parametrize("faute", range(8))
def test_each_wrong_sign_is_detected(client, faute):
    code = une_carte(une_cohorte()).code.replace("-", "")
    autre = "2" if code[faute] != "2" else "3"
    page = demander(client, code[:faute] + autre + code[faute + 1 :])
    assert page.status_code == 400
    assert "8 signes" in page.content.decode()


def test_signs_that_no_card_has_are_named_and_what_was_typed_stays(client):
    page = demander(client, "7K4M-O1TR")
    texte = page.content.decode()
    assert "Ces signes ne sont sur aucune carte\u00a0: O 1." in texte
    assert 'value="7K4M-O1TR"' in texte


@pytest.mark.parametrize("tape", ["7K4M-O1TR", codes.depuis_octets(b"\x01" * 16)])
def test_back_from_a_corrected_code_shows_a_page_and_nothing_of_what_was_typed(client, tape):
    """Said by the answer to the form, Back was an error of the browser (trap T1)."""
    reponse = client.post("/carte/?langue=fr", {"code": tape})
    assert reponse.status_code == 302
    assert reponse["Cache-Control"] == "no-store"
    adresse = reponse["Location"]
    assert tape not in adresse
    assert f'value="{tape}"' in client.get(adresse).content.decode()
    encore = client.get(adresse).content.decode()
    assert 'id="err"' in encore
    assert tape not in encore


def test_a_telephone_that_refuses_cookies_is_told_of_its_fault_too():
    reponse = Client().post("/carte/", {"code": "7K4M-O1TR"})
    page = Client().get(reponse["Location"]).content.decode()
    assert "8 signes" in page
    assert "O1TR" not in page


def test_a_right_code_that_waits_its_turn_is_kept_by_no_telephone(client):
    code = une_carte(une_cohorte()).code
    for n in range(42):
        client.post("/carte/", {"code": codes.depuis_octets(bytes([n]) * 16)})
    page = client.post("/carte/", {"code": code})
    assert page.status_code == 429
    assert not page.cookies


def test_a_well_formed_code_of_nobody_opens_nothing(client):
    une_cohorte()
    page = demander(client, codes.depuis_octets(b"\x01" * 16))
    assert page.status_code == 404
    assert "Aucune carte" in page.content.decode()


def test_a_hall_where_many_codes_were_wrong_is_slowed_and_never_locked(client, monkeypatch):
    """Forty cards of last year in one hall kept every family out for an hour (collecte §4.1, ADR 0177)."""
    code = une_carte(une_cohorte()).code
    for n in range(40):
        assert demander(client, codes.depuis_octets(bytes([n]) * 16)).status_code == 404
    assert demander(client, code).status_code == 200
    page = demander(client, code)
    assert (page.status_code, page["Retry-After"]) == (429, "3")
    assert "Attendez trois secondes" in page.content.decode()
    assert f'value="{code}"' in page.content.decode()
    plus_tard = time() + 3.1
    monkeypatch.setattr("time.time", lambda: plus_tard)
    assert demander(client, code).status_code == 200


def test_a_slowed_network_tries_one_code_at_a_time_whatever_it_sends(client):
    """A right code among many wrong ones is told only in its turn: guessing stays slow."""
    code = une_carte(une_cohorte()).code
    for n in range(40):
        demander(client, codes.depuis_octets(bytes([n]) * 16))
    servis = [demander(client, codes.depuis_octets(bytes([n]) * 16)).status_code for n in range(5)]
    assert servis == [404, 429, 429, 429, 429]
    assert demander(client, code).status_code == 429
    assert demander(client, "7K4M-O1TR").status_code == 400
    assert demander(client, code, REMOTE_ADDR="192.0.2.7").status_code == 200


def test_between_two_waves_the_card_says_when_to_come_back(client):
    cohorte = une_cohorte(vague_du_jour=Rang.ENTREE)
    code = une_carte(cohorte).code
    collecte = cohorte.vague(Rang.ENTREE).collecte
    type(collecte).objects.filter(pk=collecte.pk).update(etat="en_pause")
    texte = demander(client, code).content.decode()
    assert "Gardez votre carte" in texte
    assert "/r/" not in texte


def test_the_code_is_stored_nowhere():
    cohorte = une_cohorte()
    code = une_carte(cohorte).code
    valeurs = str(list(Carte.objects.values()))
    assert code not in valeurs
    assert code.replace("-", "") not in valeurs


def test_printing_twice_issues_the_cards_once():
    par, cohorte = builders.un_compte(), une_cohorte(cartes=0)
    emettre_cartes(cohorte=cohorte, nombre=5, a_partir=1, par=par)
    with pytest.raises(EtatIncompatible, match="déjà été faites"):
        emettre_cartes(cohorte=cohorte, nombre=5, a_partir=1, par=par)
    assert cohorte.cartes.count() == 5


def test_a_lost_card_goes_on_where_the_structure_holds_the_list(client):
    par, cohorte = builders.un_compte(), une_cohorte()
    avant = une_carte(cohorte)
    identifiant = repondre(Carte.de(cohorte, avant.numero), Rang.ENTREE, {"a3": "1"})
    apres = remplacer_carte(carte=Carte.de(cohorte, avant.numero), remplacee=0, par=par)
    assert carte_de_code(avant.code) is None
    carte = carte_de_code(apres.code)
    assert passation_de(carte, cohorte.vague(Rang.ENTREE)) == identifiant
    with pytest.raises(EtatIncompatible, match="vient d’être remplacée"):
        remplacer_carte(carte=carte, remplacee=0, par=par)


def test_without_the_list_a_lost_card_is_a_declared_break():
    par, cohorte = builders.un_compte(), une_cohorte(liste_papier=False)
    with pytest.raises(EtatIncompatible, match="Sans la liste"):
        remplacer_carte(carte=Carte.de(cohorte, 1), remplacee=0, par=par)
    nouvelle = declarer_rupture(cohorte=cohorte, a_partir=2, par=par)
    assert Carte.de(cohorte, nouvelle.numero).sans_suite


def test_a_card_erases_what_it_sent_in_every_wave(client):
    cohorte = une_cohorte(cartes=2)
    code = une_carte(cohorte).code
    for rang in (Rang.ENTREE, Rang.SORTIE):
        repondre(carte_de_code(code), rang, {"a3": "1"})
    repondre(Carte.de(cohorte, 1), Rang.ENTREE, {"a3": "5"})
    page = client.post("/effacer/", {"code": code})
    assert "C’est fait" in page.content.decode()
    assert Passation.objects.filter(etat="effacee").count() == 2
    assert Passation.objects.get(etat="terminee").reponses == {"a3": "5"}


def test_baskets_and_workshops_are_counted_by_card_without_a_date():
    par, cohorte = builders.un_compte(), une_cohorte(cartes=3)
    assert noter_presences(cohorte=cohorte, numeros=[1, 3], quoi="paniers", par=par) == 2
    noter_presences(cohorte=cohorte, numeros=[3], quoi="ateliers", par=par)
    comptes = list(cohorte.cartes.values_list("paniers", "ateliers").order_by("numero"))
    assert comptes == [(1, 0), (0, 0), (1, 1)]
    with pytest.raises(SaisieInvalide, match="9"):
        noter_presences(cohorte=cohorte, numeros=[9], quoi="paniers", par=par)
