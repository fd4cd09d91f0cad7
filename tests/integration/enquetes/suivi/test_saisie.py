"""How answers were given is kept when the team types them, and only then."""

import pytest
from django.test import Client

from enquetes.actions.suivi.cartes import passation_de
from enquetes.models import Carte, Mode, Passation, Rang
from enquetes.parcours import code_effacement as codes
from enquetes.views.passation import code_de_carte
from tests import builders
from tests.suivi import une_carte, une_cohorte
from voix.comptes.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohorte():
    return une_cohorte(cartes=0)


def adresse_de(page) -> str:
    """Return where « Commencer » leads."""
    texte = page.content.decode()
    debut = texte.index('href="/r/', texte.index("</h1>")) + len('href="')
    return texte[debut : texte.index('"', debut)]


def repondre(client: Client, code: str, mode: str = "") -> None:
    page = client.post("/carte/", {"code": code, "mode": mode}, follow=True)
    assert page.status_code == 200
    lien = adresse_de(page)
    client.post(lien, {"a3": "2"})
    client.post(lien.replace("/a3/", "/verifier/"))


def passation(cohorte, numero: int = 1) -> Passation:
    return Passation.objects.get(
        pk=passation_de(Carte.de(cohorte, numero), cohorte.vague(Rang.ENTREE))
    )


@pytest.fixture
def equipe(cohorte):
    client = Client()
    client.force_login(builders.un_compte(Role.DIETETIQUE, email="diet@exemple.fr"))
    return client


@pytest.mark.parametrize("mode", [Mode.TABLETTE, Mode.APPEL, Mode.PAPIER])
def test_the_team_says_how_and_the_device_keeps_nothing_of_the_family(equipe, cohorte, mode):
    assert "Je recopie une feuille" in equipe.get("/carte/").content.decode()
    code = une_carte(cohorte).code
    repondre(equipe, code, mode)
    assert passation(cohorte).mode == mode
    assert "reprise" not in equipe.cookies


def test_the_next_card_on_the_same_device_is_not_told_as_the_first_one(equipe, cohorte):
    repondre(equipe, une_carte(cohorte).code, Mode.PAPIER)
    equipe.logout()
    repondre(equipe, une_carte(cohorte).code)
    assert [passation(cohorte, n).mode for n in (1, 2)] == [Mode.PAPIER, Mode.TELEPHONE]


@pytest.mark.parametrize("qui", ["famille", "ailleurs"])
def test_nobody_else_chooses_a_way(cohorte, qui):
    client = Client()
    if qui == "ailleurs":
        ailleurs = builders.un_territoire(code="59", nom="Nord")
        client.force_login(builders.un_compte(Role.DIETETIQUE, ailleurs, "loin@exemple.fr"))
    repondre(client, une_carte(cohorte).code, Mode.PAPIER)
    assert passation(cohorte).mode == Mode.TELEPHONE


@pytest.mark.parametrize("mode", ["", Mode.IMPORT])
def test_nothing_is_chosen_in_place_of_the_team(equipe, cohorte, mode):
    code = une_carte(cohorte).code
    page = equipe.get("/carte/").content.decode()
    assert 'name="mode"' in page
    assert " checked" not in page
    refus = equipe.post("/carte/", {"code": code, "mode": mode})
    texte = refus.content.decode()
    assert refus.status_code == 400
    assert "Choisissez comment la famille répond." in texte
    assert f'value="{code}"' in texte
    assert " checked" not in texte
    assert "/r/" not in texte
    assert not equipe.cookies.keys() & {"saisie", "reprise", "preuve"}


def test_both_faults_are_told_at_once_and_the_way_is_kept(equipe):
    texte = equipe.post("/carte/", {"code": "O"}).content.decode()
    assert "Ce code n’est pas complet" in texte
    assert "Choisissez comment la famille répond." in texte
    texte = equipe.post("/carte/", {"code": "O", "mode": Mode.PAPIER}).content.decode()
    assert f'value="{Mode.PAPIER}" id="mode_{Mode.PAPIER}" checked' in texte
    assert "Choisissez comment" not in texte


def test_a_family_is_never_asked_how_it_answers(client, cohorte):
    assert client.post("/carte/", {"code": une_carte(cohorte).code}).status_code == 302
    texte = client.post("/carte/", {"code": "O"}, follow=True).content.decode()
    assert "comment la famille" not in texte


def test_wrong_codes_of_one_device_never_lock_the_team_out(equipe, cohorte, client, monkeypatch):
    """All of a place share one network: the team can still enter answers for a family."""
    monkeypatch.setattr(code_de_carte, "FAUX_PAR_HEURE", 3)
    de_personne = codes.depuis_octets(bytes(16))
    for _ in range(4):  # the last one in its turn
        page = client.post("/carte/", {"code": de_personne}, follow=True)
        assert page.status_code == 404
    bon = une_carte(cohorte).code
    assert client.post("/carte/", {"code": bon}).status_code == 429
    assert equipe.post("/carte/", {"code": bon, "mode": Mode.APPEL}).status_code == 302
    for _ in range(4):
        assert equipe.post("/carte/", {"code": de_personne}).status_code == 404
    assert equipe.post("/carte/", {"code": bon, "mode": Mode.APPEL}).status_code == 429
    collegue = Client()
    collegue.force_login(builders.un_compte(Role.DIETETIQUE, email="autre@exemple.fr"))
    assert collegue.post("/carte/", {"code": bon, "mode": Mode.APPEL}).status_code == 302
