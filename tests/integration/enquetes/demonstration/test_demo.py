"""``manage.py demo``, with fewer people than the real one."""

import json
from io import StringIO
from itertools import pairwise
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client, override_settings
from django.urls import reverse

from analyses.mesures import diversites, entendus, mesurer_tout, perimetre_du_programme
from analyses.models import Changement, Composition, Programme, Restitution
from enquetes.management.commands import demo
from enquetes.management.demonstration.lieux import LIEUX_ATELIERS, LIEUX_BESOINS
from enquetes.management.demonstration.personnes import Lieu
from enquetes.models import Acces, Cohorte, Collecte, Passation
from tests.partage import une_fois
from voix.comptes.models import Compte, Habilitation, Structure, Territoire, Trace
from voix.comptes.roles import Role

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demonstration")]


@pytest.fixture(autouse=True, scope="module")
def petite():
    """Keep two places and a few people: the real ones take half a minute."""
    quelques = [
        Lieu(lieu.territoire, lieu.structure, effectif)
        for lieu, effectif in zip(LIEUX_BESOINS, (14, 3), strict=False)
    ]
    ateliers = [
        Lieu(lieu.territoire, lieu.structure, effectif)
        for lieu, effectif in zip(LIEUX_ATELIERS, (14, 3), strict=False)
    ]
    with pytest.MonkeyPatch.context() as rapiece:
        rapiece.setattr(demo, "LIEUX_BESOINS", quelques)
        rapiece.setattr(demo, "LIEUX_ATELIERS", ateliers)
        rapiece.setattr(demo, "DE_PLUS", (0, 13))
        yield


@pytest.fixture(autouse=True)
def en_developpement(settings):
    settings.DEBUG = True


@pytest.fixture(scope="module")
def faite(petite, django_db_setup, django_db_blocker, tmp_path_factory):
    """Make one demonstration for all who only look at it; what each changes is undone after it."""
    dossier = tmp_path_factory.mktemp("demonstration")
    with une_fois(django_db_blocker, dossier), override_settings(DEBUG=True):
        yield _demo(), dossier


@pytest.fixture
def bilan(faite, _dossier_de_donnees, settings):
    """Return what the demonstration says of itself, with its keys and snapshots in their place."""
    dit, settings.DOSSIER_DONNEES = faite
    return dit


def _demo() -> dict[str, Any]:
    sortie = StringIO()
    call_command("demo", json=True, stdout=sortie)
    bilan: dict[str, Any] = json.loads(sortie.getvalue().splitlines()[-1])
    return bilan


def _compter() -> list[int]:
    comptes = (Territoire, Structure, Compte, Habilitation, Trace)
    suites = (Cohorte, Changement, Composition, Restitution)
    modeles = (*comptes, Collecte, Acces, Passation, *suites)
    return [modele._default_manager.count() for modele in modeles]


def test_last_line_is_the_json_of_the_contract(bilan):
    assert set(bilan) == {"collectes", "comptes"}
    assert {"alimactiv", "besoins"} <= set(bilan["collectes"])
    for nom, collecte in bilan["collectes"].items():
        assert set(collecte) == {"url", "questionnaire", "passations"}
        assert collecte["url"].startswith("/r/")
        assert (
            Collecte.objects.get(nom=nom).version.questionnaire.code == collecte["questionnaire"]
        )
    assert set(bilan["comptes"]) == {str(role) for role in Role}
    assert bilan["collectes"]["alimactiv"]["passations"] == 17
    assert bilan["collectes"]["besoins"]["passations"] >= 14


def test_every_state_of_a_collecte_is_seen_and_only_invented_people_are_marked(bilan):
    assert dict(Collecte.objects.filter(vague=None).values_list("nom", "etat")) == {
        "alimactiv": "ouverte",
        "besoins": "ouverte",
        "atelier-cuisine": "close",
        "ateliers": "close",
        "prochains-ateliers": "ouverte",
        "benevoles": "preparation",
        "cuisine": "en_pause",
        "qui-repond": "close",
        "ecoute": "close",
    }
    alimactiv = Collecte.objects.get(nom="alimactiv")
    assert (alimactiv.unite, alimactiv.fictive) == ("organisation", False)
    assert alimactiv.releves.get().nb_passations == 17
    assert set(Collecte.objects.exclude(pk=alimactiv.pk).values_list("fictive", flat=True)) == {
        True
    }


def test_one_question_is_crossed_with_another(bilan):
    """Whether what was learnt is useful, among those who liked it most and the others."""
    call_command("publier", stdout=StringIO())
    sortie = StringIO()
    call_command(
        "tableau", "atelier-cuisine", lignes="at2", colonnes="at1", json=True, stdout=sortie
    )
    table = json.loads(sortie.getvalue())
    assert [d["name"] for d in table["dimensions"]] == ["at1", "at2"]
    tailles = {c["at"]["at1"]: c["value"] for c in table["cells"] if c["at"]["at2"] == "TOTAL"}
    assert len(tailles) == 3
    assert min(tailles.values()) >= 11
    sortie = StringIO()
    call_command("tableau", "atelier-cuisine", lignes="at1", json=True, stdout=sortie)
    assert '"status": "published"' in sortie.getvalue()


@pytest.fixture
def programme(bilan):
    call_command("publier", stdout=StringIO())
    return perimetre_du_programme(Programme.nomme("tableau1"))


def test_the_programme_shows_every_indicator_of_answers_and_who_was_heard(programme):
    mesures = {m.indicateur.code: m for m in mesurer_tout(programme)}
    for code in ("P13", "P14", "P16"):
        assert mesures[code].valeur is not None, (code, mesures[code].motif)
    # Of two collectes and three waves that are over; under ten, counts and no percentage.
    assert (mesures["P15"].k, mesures["P15"].n) == (1, 5)
    assert {e.collecte for e in entendus(programme)} == {
        "Vous, en quelques mots",
        "Votre avis compte-t-il ici\u00a0?",
    }
    dites = diversites(programme)
    assert [d.trait.code for d in dites] == ["age", "transport"]
    assert all(d.comparaisons and not d.motif for d in dites)


def test_a_return_is_read_by_anybody_in_four_languages_and_is_marked(programme):
    for langue, mot in (
        ("fr", "fictives"),
        ("ar", "تجريبي"),
        ("uk", "вигадан"),
        ("en", "made up"),
    ):
        page = Client().get("/retour/ecoute/", {"langue": langue}).content.decode()
        assert mot in page, langue
        assert page.count('<div class="carte">') == 3
        assert "<h2" in page


def test_each_account_signs_in_on_the_page_and_lands_in_its_space(bilan):
    for role, compte in bilan["comptes"].items():
        client = Client()
        page = client.post(
            reverse("account_login"), {"login": compte["login"], "password": compte["secret"]}
        )
        assert (page.status_code, page["Location"]) == (302, "/espace/"), role
        assert client.get("/espace/").status_code == 200


def test_what_changed_for_seventy_families_is_three_clicks_away(bilan):
    comptes = bilan["comptes"]
    cohorte = Cohorte.objects.get()
    adresses = [
        "/espace/",
        reverse("analyses:changements"),
        reverse("analyses:contrastes", args=[cohorte.pk]),
        reverse("analyses:changement", args=[cohorte.pk, 3]),
    ]
    for role in (Role.DIETETIQUE, Role.EVALUATION, Role.COORDINATION):
        client, compte = Client(), comptes[role]
        client.post(
            reverse("account_login"), {"login": compte["login"], "password": compte["secret"]}
        )
        for page, lien in pairwise(adresses):
            assert f'href="{lien}"' in client.get(page).content.decode(), role
        assert client.get(adresses[-1]).content.decode().count("Évolution nette") == 2


def test_links_of_open_collectes_lead_to_their_welcome_page(bilan):
    for nom in ("alimactiv", "besoins"):
        assert Client().get(bilan["collectes"][nom]["url"]).status_code == 200


def test_running_it_again_changes_nothing_but_what_was_broken(bilan):
    avant = _compter()
    compte = Compte.objects.get(email="evaluation@voix.example")
    compte.set_password("autre chose")
    compte.save()
    assert _demo() == bilan
    assert _compter() == avant
    compte.refresh_from_db()
    assert compte.check_password(bilan["comptes"]["evaluation"]["secret"])


def test_collecte_closed_by_a_visitor_stays_closed(bilan):
    Collecte.objects.filter(nom__in=["besoins", "cuisine"]).update(
        etat="close", close_le="2026-01-01T00:00Z"
    )
    _demo()
    assert Collecte.objects.get(nom="besoins").etat == "close"
    assert Collecte.objects.get(nom="cuisine").etat == "close"


def test_without_json_it_is_readable(bilan):
    sortie = StringIO()
    call_command("demo", stdout=sortie)
    assert "coordination@voix.example" in sortie.getvalue()
    assert "{" not in sortie.getvalue()


def test_it_refuses_where_debug_is_off(settings):
    settings.DEBUG = False
    avant = _compter()
    with pytest.raises(CommandError, match="DEBUG"):
        call_command("demo")
    assert _compter() == avant
