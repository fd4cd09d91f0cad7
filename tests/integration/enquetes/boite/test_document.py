"""The document of a questionnaire: nothing of a person in it, light, and no path into the staff's."""

import gzip
import json
import re
import subprocess

import pytest
from django.test import Client

from enquetes.actions.questionnaires import charger_bibliotheque
from enquetes.actions.seances import ouvrir_seance
from enquetes.models import Passation, VersionQuestionnaire
from enquetes.views.scripts import A_PART, SCRIPTS, SOURCES, script
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
        deux = json.dumps([(SOURCES / nom).read_text("utf-8"), envoye])
        ordre = ["node", "--expose-internals", "-e", MEME_PROGRAMME]
        return subprocess.run(ordre, input=deux.encode(), check=False).returncode == 0

    assert meme(script(nom).decode())
    assert not meme(script(nom).decode() + ";0")


@pytest.mark.parametrize("langue", ["fr", "en", "ar", "uk"])
def test_everything_offline_weighs_less_than_twenty_kilobytes(client, langue):
    """For the longest questionnaire of the library that an atelier uses: « alim »."""
    charger_bibliotheque(par="essai")
    version = VersionQuestionnaire.objects.get(questionnaire__code="alim")
    collecte = builders.une_collecte_ouverte(version=version, langues=("fr", "en", "ar", "uk"))
    adresse = f"/o/{builders.lien_principal(collecte).jeton}/{langue}/"
    page = client.get(adresse, headers={"Accept-Encoding": "gzip"})
    assert page["Content-Encoding"] == "gzip"
    # The report is a prepared device's, see below; cards are asked for in waves only.
    scripts = sum(len(gzip.compress(script(nom))) for nom in {*SCRIPTS, "sw.js"} - A_PART)
    assert (
        len(page.content) + scripts <= 19.5 * 1024
    )  # the budget is 20: half a kilobyte of margin
    plan = re.search(r'id="plan"[^>]*>(.*?)</script>', gzip.decompress(page.content).decode())[1]
    assert not re.search(r"\\u0[46]", plan)  # letters as they are, where six signs would say each


def test_the_report_of_a_prepared_device_weighs_less_than_six_kilobytes_more(client, seance):
    adresse = f"/o/{seance.acces.jeton}/compte-rendu/"
    page = client.get(adresse, headers={"Accept-Encoding": "gzip"})
    assert len(page.content) + len(gzip.compress(script("rapport.js"))) <= 6 * 1024
    preparation = client.get(f"/o/{seance.acces.jeton}/preparer/").content.decode()
    assert adresse in preparation
    assert "rapport.js" in preparation
    assert (
        adresse
        not in client.get(f"/o/{seance.acces.jeton}/fr/").content.decode().split('"garder"')[1]
    )


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
