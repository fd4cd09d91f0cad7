"""What a device downloads to answer without network, as it is sent: never more than 20 000 bytes."""

import gzip
import re
from dataclasses import replace

import pytest

from enquetes.actions.questionnaires import charger_bibliotheque
from enquetes.actions.suivi.cohortes import ProjetCritere
from enquetes.models import Rang, VersionQuestionnaire
from tests import builders
from tests.suivi import un_projet_de_cohorte, une_cohorte

pytestmark = pytest.mark.django_db

LANGUES = ("fr", "en", "ar", "uk")
AU_PLUS = 20_000
"""The budget of `collecte.md` §2.2, in the stricter of the two kilobytes."""


def recevoir(client, adresse):
    """Return what is on the wire, and what it says."""
    page = client.get(adresse, headers={"Accept-Encoding": "gzip"})
    assert page["Content-Encoding"] == "gzip"
    return len(page.content), gzip.decompress(page.content).decode()


def peser(client, jeton, langue):
    """Return the bytes of a document with every script that it loads and the service worker."""
    poids, page = recevoir(client, f"/o/{jeton}/{langue}/")
    scripts = set(re.findall(r'(?:src|href)="(/o/a/[^"]+)"', page))
    assert len(scripts) == 1, "one file holds all that a document runs"
    return poids + sum(recevoir(client, un)[0] for un in {*scripts, "/o/sw.js"})


@pytest.mark.parametrize("langue", LANGUES)
def test_every_bundled_questionnaire_holds_in_twenty_thousand_bytes(client, langue):
    charger_bibliotheque(par="essai")
    poids = {}
    for version in VersionQuestionnaire.objects.select_related("questionnaire"):
        code = version.questionnaire.code
        collecte = builders.une_collecte_ouverte(version=version, nom=code, langues=LANGUES)
        poids[code] = peser(client, builders.lien_principal(collecte).jeton, langue)
    assert len(poids) == 11
    assert {code: octets for code, octets in poids.items() if octets > AU_PLUS} == {}


@pytest.mark.parametrize("code", ["suivi-entree", "suivi-familles"])
@pytest.mark.parametrize("langue", LANGUES)
def test_so_does_the_wave_of_a_follow_up_that_asks_for_a_card(client, langue, code):
    """The longest questionnaire of the library, with what reads a card beside."""
    charger_bibliotheque(par="essai")
    version = VersionQuestionnaire.objects.get(questionnaire__code=code)
    vagues = [replace(vague, version=version) for vague in un_projet_de_cohorte().vagues]
    criteres = [ProjetCritere("Légumes secs", ("a3",), "hausse")]
    cohorte = une_cohorte(cartes=0, vagues=vagues, criteres=criteres)
    collecte = cohorte.vague(Rang.ENTREE).collecte
    collecte.langues = list(LANGUES)
    collecte.save(update_fields=["langues"])
    jeton = builders.lien_principal(collecte).jeton
    assert 'id="carte"' in recevoir(client, f"/o/{jeton}/{langue}/")[1]
    assert peser(client, jeton, langue) <= AU_PLUS


def test_letters_are_sent_as_they_are(client, seance):
    """One of Arabic takes two bytes; escaped it would take six."""
    page = recevoir(client, f"/o/{seance.acces.jeton}/ar/")[1]
    plan = re.search(r'id="plan"[^>]*>(.*?)</script>', page)[1]
    assert not re.search(r"\\u0[46]", plan)


def test_preparing_a_device_weighs_less_than_six_kilobytes_more(client, seance):
    poids, page = recevoir(client, f"/o/{seance.acces.jeton}/preparer/")
    adresse = re.search(r'src="(/o/a/[^"]+preparer\.js)"', page)[1]
    assert poids + recevoir(client, adresse)[0] <= 6 * 1024


def test_the_report_of_a_prepared_device_weighs_less_than_six_kilobytes_more(client, seance):
    adresse = f"/o/{seance.acces.jeton}/compte-rendu/"
    poids, page = recevoir(client, adresse)
    script = re.search(r'src="(/o/a/[^"]+rapport\.js)"', page)[1]
    assert poids + recevoir(client, script)[0] <= 6 * 1024
    preparation = recevoir(client, f"/o/{seance.acces.jeton}/preparer/")[1]
    for un in (adresse, "rapport.js", "code.js", "voix.css"):  # the last two come with the corner
        assert un in preparation
    document = recevoir(client, f"/o/{seance.acces.jeton}/fr/")[1]
    assert adresse not in document.split('"garder"')[1]


def test_the_facilitators_corner_weighs_less_than_six_kilobytes_more(client, seance):
    """A shared device keeps it too; whoever answers on a telephone downloads none of it."""
    adresse = f"/o/{seance.acces.jeton}/animation/"
    poids, page = recevoir(client, adresse)
    script = re.search(r'src="(/o/a/[^"]+animer\.js)"', page)[1]
    for un in (script, *(script.replace("animer.js", nom) for nom in ("code.js", "voix.css"))):
        poids += recevoir(client, un)[0]
    assert poids <= 6 * 1024
    preparation = recevoir(client, f"/o/{seance.acces.jeton}/preparer/")[1]
    for un in (adresse, "animer.js", "code.js", "voix.css"):
        assert un in preparation
    document = recevoir(client, f"/o/{seance.acces.jeton}/fr/")[1]
    assert adresse not in re.search(r'"garder":\[.*?\]', document)[0]
