"""The document of a questionnaire: nothing of a person in it, light, and no path into the staff's."""

import gzip
import json
import re

import pytest
from django.test import Client

from enquetes.actions.questionnaires import charger_bibliotheque
from enquetes.actions.seances import ouvrir_seance
from enquetes.models import Passation, VersionQuestionnaire
from enquetes.views.hors_ligne import SCRIPTS, script
from tests import builders
from tests.boite import envoyer, seule_issue, une

pytestmark = pytest.mark.django_db


def test_it_holds_no_cookie_no_proof_and_nothing_of_a_person(seance):
    client = Client(enforce_csrf_checks=True)
    page = client.get(f"/o/{seance.acces.jeton}/fr/")
    assert page["X-Voix"] == "1"
    assert not page.cookies
    assert b"csrf" not in page.content
    assert page.content == Client().get(f"/o/{seance.acces.jeton}/fr/").content


def test_each_language_has_its_document_and_others_do_not_exist(client, seance):
    assert b'dir="rtl"' in client.get(f"/o/{seance.acces.jeton}/ar/").content
    assert client.get(f"/o/{seance.acces.jeton}/en/").status_code == 404
    assert client.get("/o/rien/fr/").status_code == 404
    page = client.get(f"/o/{seance.acces.jeton}/", headers={"Accept-Language": "ar"})
    assert page["Location"].endswith("/ar/")


def test_the_plan_follows_the_definition(client, seance):
    page = client.get(f"/o/{seance.acces.jeton}/fr/").content.decode()
    plan = json.loads(re.search(r'id="plan" type="application/json">(.*?)</script>', page)[1])
    assert [p["c"] for p in plan["pages"]] == ["venue", "manque", "foyer", "mots"]
    assert plan["pages"][1]["si"] == {"q": "venu", "eq": "oui"}
    assert plan["v"] == seance.collecte.version.empreinte[:12]


def test_scripts_are_kept_for_ever_under_their_own_name_only(client, seance):
    page = client.get(f"/o/{seance.acces.jeton}/fr/").content.decode()
    adresse = re.search(r'src="(/o/a/[^"]+document\.js)"', page)[1]
    assert "immutable" in client.get(adresse)["Cache-Control"]
    assert client.get("/o/a/autre/document.js")["Cache-Control"] == "no-cache"
    assert client.get("/o/a/autre/sw.js").status_code == 404
    assert client.get("/o/sw.js")["Content-Type"].startswith("text/javascript")


@pytest.mark.parametrize("langue", ["fr", "en", "ar", "uk"])
def test_everything_offline_weighs_less_than_twenty_kilobytes(client, langue):
    """For the longest questionnaire of the library that an atelier uses: « alim »."""
    charger_bibliotheque(par="essai")
    version = VersionQuestionnaire.objects.get(questionnaire__code="alim")
    collecte = builders.une_collecte_ouverte(version=version, langues=("fr", "en", "ar", "uk"))
    adresse = f"/o/{builders.lien_principal(collecte).jeton}/{langue}/"
    page = client.get(adresse, headers={"Accept-Encoding": "gzip"})
    assert page["Content-Encoding"] == "gzip"
    scripts = sum(len(gzip.compress(script(nom))) for nom in {*SCRIPTS, "sw.js"} - {"accueil.js"})
    assert len(page.content) + scripts <= 20 * 1024


def test_nobody_sends_before_the_seance_has_been_opened(client):
    par = builders.un_compte()
    seance = builders.une_seance(collecte=builders.une_collecte_ouverte(par=par), par=par)
    assert envoyer(client, [], seance.acces.jeton).status_code == 401
    ouvrir_seance(seance=seance, par=par)
    assert envoyer(client, [], seance.acces.jeton).status_code == 202


def test_the_main_link_of_a_collecte_has_its_document_too(client, seance):
    principal = builders.lien_principal(seance.collecte)
    seance.acces = principal
    assert seule_issue(envoyer(client, [une(seance)], principal.jeton)) == "ok"
    assert Passation.objects.get().acces == principal
