"""What a family began is read by nobody else: not with a new card, not with the address, not after."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from enquetes.actions.suivi.cartes import carte_de_code, passation_de, remplacer_carte
from enquetes.models import Carte, Mode, Passation, Rang, vagues_a_part
from enquetes.views.passation import preuve
from tests import builders
from tests.integration.enquetes.test_passation import PETIT
from tests.suivi import lien_de_la_carte, repondre, une_carte, une_cohorte
from voix.comptes.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohorte():
    return une_cohorte(cartes=0)


@pytest.fixture
def famille():
    return Client()


def commencer(client, code) -> str:
    """Answer the first page; return its address."""
    lien = lien_de_la_carte(client, code)
    client.post(lien, {"a3": "4"})
    return lien


def est_coche(page) -> bool:
    return " checked" in page.content.decode()


def test_a_new_card_does_not_open_what_the_old_one_began(famille, cohorte):
    avant = une_carte(cohorte)
    lien = commencer(famille, avant.code)
    assert est_coche(famille.get(lien))
    par = builders.un_compte(Role.DIETETIQUE, email="diet@exemple.fr")
    apres = remplacer_carte(carte=Carte.de(cohorte, avant.numero), remplacee=0, par=par)
    for equipe in (Client(), Client()):
        neuf = lien_de_la_carte(equipe, apres.code)
        assert neuf.endswith("/a3/")
        for adresse in (neuf, lien, neuf.replace("/a3/", "/verifier/")):
            page = equipe.get(adresse, follow=True)
            assert not est_coche(page)
            assert "4 jours" not in page.content.decode()


@pytest.mark.parametrize("mode", [Mode.TABLETTE, Mode.APPEL, Mode.PAPIER])
def test_who_noted_the_code_while_printing_does_not_read_it_either(famille, cohorte, mode):
    code = une_carte(cohorte).code
    commencer(famille, code)
    equipe = Client()
    equipe.force_login(builders.un_compte(Role.DIETETIQUE, email="diet@exemple.fr"))
    for _ in range(2):
        page = equipe.post("/carte/", {"code": code, "mode": mode}, follow=True)
        assert "/a3/" in page.content.decode()
        assert "/a11/" not in page.content.decode()


def test_on_the_teams_device_the_code_alone_does_not_go_on(cohorte):
    code, equipe = une_carte(cohorte).code, Client()
    equipe.force_login(builders.un_compte(Role.DIETETIQUE, email="diet@exemple.fr"))
    page = equipe.post("/carte/", {"code": code, "mode": Mode.TABLETTE})
    equipe.post(lien_de_la_carte(equipe, code, page=page), {"a3": "4"})
    assert lien_de_la_carte(equipe, code, mode=Mode.TABLETTE).endswith("/a3/")
    equipe.logout()
    assert lien_de_la_carte(equipe, code).endswith("/a3/")


@pytest.mark.parametrize("suite", ["", "a3/", "a11/", "verifier/", "effacer/"])
def test_the_address_alone_opens_nothing(famille, cohorte, suite):
    adresse = commencer(famille, une_carte(cohorte).code).removesuffix("a3/") + suite
    passant = Client()
    for page in (
        passant.get(adresse, follow=True),
        passant.get(adresse, headers={"accept": "application/json"}),
        passant.post(adresse, {"a3": "1"}, headers={"Origin": "http://testserver"}),
    ):
        assert not est_coche(page)
        assert "4" not in str(page.content.decode().split("champs")[1:])
    assert Passation.objects.get().reponses == {"a3": "4"}


def test_the_address_with_another_familys_card_opens_nothing(famille, cohorte):
    lien = commencer(famille, une_carte(cohorte).code)
    voisin = Client()
    commencer(voisin, une_carte(cohorte).code)
    page = voisin.get(lien)
    assert page.status_code == 403
    assert not est_coche(page)
    assert 'name="code"' in page.content.decode()


def test_the_card_of_another_cohort_begins_nothing_here(cohorte):
    client = Client()
    ailleurs = lien_de_la_carte(client, une_carte(une_cohorte(cartes=0)).code)
    ici = builders.lien_principal(cohorte.vague(Rang.ENTREE).collecte).jeton
    autre = "/".join(["", "r", ici, *ailleurs.split("/")[3:]])
    assert client.post(autre, {"a3": "4"}).status_code == 403
    assert not Passation.objects.exists()


def test_later_on_the_same_telephone_the_code_is_typed_again_and_nothing_is_lost(
    famille, cohorte, monkeypatch
):
    code = une_carte(cohorte).code
    lien = commencer(famille, code)
    monkeypatch.setattr(preuve, "DUREE", -1)  # two hours later
    refus = famille.post(lien.replace("/a3/", "/a11/"), {"a11": "5"})
    assert (refus.status_code, est_coche(refus)) == (403, False)
    monkeypatch.undo()
    suite = lien_de_la_carte(famille, code)
    assert suite == lien.replace("/a3/", "/a11/")
    assert est_coche(famille.get(lien))


@pytest.mark.parametrize("partage", [False, True])
def test_answering_another_questionnaire_leaves_what_the_card_began(famille, cohorte, partage):
    code = une_carte(cohorte).code
    suite = commencer(famille, code).replace("/a3/", "/a11/")
    autre = builders.une_collecte_ouverte(version=builders.une_version(PETIT))
    jeton = builders.lien_principal(autre).jeton
    if partage:
        famille.post(f"/k/{jeton}/")
        famille.post(f"/k/{jeton}/q/", {"venu": "oui"})
        merci = famille.post(f"/k/{jeton}/q/", {".etape": "verifier"}, follow=True)
    else:
        adresse = f"/r/{jeton}/{uuid4()}/"
        famille.post(f"{adresse}venue/", {"venu": "oui"})
        merci = famille.post(f"{adresse}verifier/", follow=True)
    assert "Merci" in merci.content.decode()
    assert Passation.objects.terminees().count() == 1
    assert famille.get(suite).status_code == 200
    assert lien_de_la_carte(famille, code) == suite


def test_a_replaced_card_goes_on_where_its_family_began_on_the_same_telephone(famille, cohorte):
    avant = une_carte(cohorte)
    lien = commencer(famille, avant.code)
    par = builders.un_compte()
    apres = remplacer_carte(carte=Carte.de(cohorte, avant.numero), remplacee=0, par=par)
    assert famille.get(lien).status_code == 403  # whoever finds the old one goes no further
    assert lien_de_la_carte(famille, apres.code).endswith("/a11/")
    famille.post(lien.replace("/a3/", "/verifier/"))
    carte = carte_de_code(apres.code)
    envoyee = Passation.objects.get(pk=passation_de(carte, cohorte.vague(Rang.ENTREE)))
    assert (envoyee.etat, envoyee.reponses) == ("terminee", {"a3": "4"})


def test_one_card_answers_once_from_two_telephones(famille, cohorte):
    code, autre = une_carte(cohorte).code, Client()
    liens = [(client, commencer(client, code)) for client in (famille, autre)]
    for client, lien in liens:
        page = client.post(lien.replace("/a3/", "/verifier/"), follow=True)
    assert "Déjà envoyé" in page.content.decode()
    assert Passation.objects.filter(etat="terminee").count() == 1


def test_a_second_tap_and_back_say_that_it_has_arrived(famille, cohorte):
    lien = commencer(famille, une_carte(cohorte).code)
    garde = famille.cookies[preuve.NOM].value
    verifier = lien.replace("/a3/", "/verifier/")
    assert "Merci" in famille.post(verifier, follow=True).content.decode()
    famille.cookies[preuve.NOM] = garde  # both taps left before the first answer came
    assert "Déjà envoyé" in famille.post(verifier, follow=True).content.decode()
    assert "Déjà envoyé" in famille.get(lien, follow=True).content.decode()


def test_a_draft_holds_nothing_that_a_card_makes(famille, cohorte):
    code = une_carte(cohorte).code
    commencer(famille, code)
    faites = [passation_de(carte_de_code(code), vague) for vague in cohorte.vagues.all()]
    assert Passation.objects.get().pk not in faites


def test_to_erase_with_the_card_also_erases_what_this_telephone_began(famille, cohorte):
    code = une_carte(cohorte).code
    commencer(famille, code)
    passant = Client()
    passant.post("/effacer/", {"code": une_carte(cohorte).code})
    assert Passation.objects.exists()
    famille.post("/effacer/", {"code": code})
    assert not Passation.objects.exists()


def test_erased_on_a_later_day_a_draft_left_elsewhere_is_not_sent(famille, cohorte):
    code = une_carte(cohorte).code
    lien = commencer(famille, code)
    Passation.objects.update(jour=timezone.localdate() - timedelta(days=1))
    Client().post("/effacer/", {"code": code})
    famille.post(lien.replace("/a3/", "/verifier/"))
    assert not Passation.objects.filter(etat="terminee").exists()


def test_the_cookie_is_signed_and_no_script_reads_it(famille, cohorte):
    lien = commencer(famille, une_carte(cohorte).code)
    cookie = famille.cookies[preuve.NOM]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    famille.cookies[preuve.NOM] = cookie.value[:-2] + "zz"
    assert famille.get(lien).status_code == 403


# --- a wave that is over -------------------------------------------------------------------------


def fermer(cohorte) -> None:
    vague = cohorte.vague(Rang.ENTREE)
    vague.collecte.ferme_le = timezone.localdate() - timedelta(days=1)
    vague.collecte.save(update_fields=["ferme_le"])


def test_nothing_enters_a_wave_after_its_last_day_and_words_stay_on_the_page(famille, cohorte):
    lien = commencer(famille, une_carte(cohorte).code)
    fermer(cohorte)
    for adresse, envoi in ((lien, {"a3": "1"}), (lien.replace("/a3/", "/verifier/"), {})):
        page = famille.post(adresse, envoi)
        assert page.status_code == 410
        assert "Ce questionnaire est terminé" in page.content.decode()
    assert Passation.objects.get().etat == "brouillon"
    assert Passation.objects.get().reponses == {"a3": "4"}


def test_the_first_open_wave_that_this_card_has_not_answered_is_opened(famille):
    cohorte = une_cohorte(vague_du_jour=Rang.MI_PARCOURS, cartes=0)
    entree = cohorte.vague(Rang.ENTREE).collecte
    vagues_a_part.oter(connection)  # moved before it was forbidden
    entree.ferme_le = timezone.localdate() + timedelta(days=20)
    entree.save(update_fields=["ferme_le"])
    code = une_carte(cohorte).code
    acces = {r: builders.lien_principal(cohorte.vague(r).collecte).jeton for r in (1, 2)}
    assert acces[1] in lien_de_la_carte(famille, code)
    repondre(carte_de_code(code), Rang.ENTREE, {"a3": "1"})
    assert acces[2] in lien_de_la_carte(famille, code)


# --- thanks --------------------------------------------------------------------------------------


def test_thanks_keep_to_one_code_and_say_when_the_next_wave_is(famille, cohorte):
    lien = commencer(famille, une_carte(cohorte).code)
    page = famille.post(lien.replace("/a3/", "/verifier/"), follow=True)
    texte = page.content.decode()
    assert "Votre code pour effacer" not in texte
    assert Passation.objects.get().code_effacement is None
    suivante = cohorte.vague(Rang.MI_PARCOURS).collecte.ouvre_le
    assert f"à partir du {suivante.day}" in texte.replace("1er", "1")
    adresse = re.search(r'href="(/r/[^"]+\.ics[^"]*)"', texte)[1]
    assert preuve.NOM not in page.client.cookies or not page.client.cookies[preuve.NOM].value
    fichier = Client().get(adresse)
    assert fichier["Content-Type"].startswith("text/calendar")
    dates = fichier.content.decode()
    assert dates.count("BEGIN:VEVENT") == 3  # not the wave that is answered
    assert not any(nom in dates for nom in (cohorte.titre, cohorte.demandeur, "carte n"))
    assert not fichier.cookies


def test_a_link_that_is_no_wave_has_no_dates(client):
    acces = builders.lien_principal(builders.une_collecte_ouverte())
    assert client.get(f"/r/{acces.jeton}/dates.ics").status_code == 404


def test_on_a_shared_device_thanks_keep_to_one_code_too(client, cohorte):
    debut = f"/k/{builders.lien_principal(cohorte.vague(Rang.ENTREE).collecte).jeton}/"
    client.post(debut, {"code": une_carte(cohorte).code})
    client.post(f"{debut}q/", {"a3": "4"})
    merci = client.post(f"{debut}q/", {".etape": "verifier"}, follow=True).content.decode()
    assert "Gardez votre carte" in merci
    assert "Votre code pour effacer" not in merci
    assert ".ics" not in merci
