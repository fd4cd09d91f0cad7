"""The document of a questionnaire: nothing of a person in it, light, and no path into the staff's."""

import json
import re
import subprocess

import pytest
from django.test import Client

from enquetes.actions.seances import ouvrir_seance
from enquetes.models import Passation
from enquetes.views.scripts import SCRIPTS, script, source
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
    assert [p["champs"][0]["c"] for p in plan["pages"]] == ["venu", "manque", "foyer", "mots"]
    assert plan["pages"][1]["si"] == {"q": "venu", "eq": "oui"}
    assert plan["v"] == seance.collecte.version.empreinte[:12]


def test_scripts_are_kept_for_ever_under_their_own_name_only(client, seance):
    page = client.get(f"/o/{seance.acces.jeton}/fr/").content.decode()
    adresse = re.search(r'src="(/o/a/[^"]+coffre\.js)"', page)[1]
    assert "immutable" in client.get(adresse)["Cache-Control"]
    assert client.get("/o/a/autre/coffre.js")["Cache-Control"] == "no-cache"
    assert client.get("/o/a/autre/sw.js").status_code == 404
    assert client.get("/o/sw.js")["Content-Type"].startswith("text/javascript")


def test_a_page_drawn_for_older_scripts_keeps_nothing(client, seance):
    """All or nothing (``garder``): one refusal, and what the device had stays whole."""
    assert client.get("/o/a/autre/coffre.js").status_code == 200
    assert client.get("/o/a/autre/coffre.js?frais").status_code == 404
    page = client.get(f"/o/{seance.acces.jeton}/fr/").content.decode()
    plan = json.loads(re.search(r'id="plan" type="application/json">(.*?)</script>', page)[1])
    assert {client.get(f"{adresse}?frais").status_code for adresse in plan["garder"]} == {200}


MEME_PROGRAMME = """
const { parse } = require("internal/deps/acorn/acorn/dist/acorn");
const [ecrit, envoye] = JSON.parse(require("fs").readFileSync(0, "utf8")).map((texte) =>
  JSON.stringify(parse(texte, { ecmaVersion: 2022, sourceType: "module" }),
    (cle, valeur) => (cle === "start" || cle === "end" ? undefined : valeur)));
process.exit(ecrit === envoye ? 0 : 1);
"""


@pytest.mark.parametrize("nom", [*SCRIPTS, "sw.js"])
def test_what_is_sent_is_the_programme_that_is_written(nom):
    """Both are parsed by node's own reader: only spaces and comments may have gone."""

    def meme(envoye):
        deux = json.dumps([source(nom), envoye])
        ordre = ["node", "--expose-internals", "-e", MEME_PROGRAMME]
        return subprocess.run(ordre, input=deux.encode(), check=False).returncode == 0

    assert meme(script(nom).decode())
    assert not meme(script(nom).decode() + ";0")


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
