"""``manage.py demo``, with fewer people than the real one."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from enquetes.management.commands import demo
from enquetes.management.demonstration.lieux import LIEUX_BESOINS
from enquetes.management.demonstration.personnes import Lieu
from enquetes.models import Acces, Collecte, Passation
from voix.comptes.models import Compte, Habilitation, Structure, Territoire, Trace
from voix.comptes.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def petite(monkeypatch, settings):
    """Keep two places and a few people: the real ones take half a minute."""
    settings.DEBUG = True
    quelques = [
        Lieu(lieu.territoire, lieu.structure, effectif)
        for lieu, effectif in zip(LIEUX_BESOINS, (14, 3), strict=False)
    ]
    monkeypatch.setattr(demo, "LIEUX_BESOINS", quelques)


def _demo() -> dict[str, Any]:
    sortie = StringIO()
    call_command("demo", json=True, stdout=sortie)
    bilan: dict[str, Any] = json.loads(sortie.getvalue().splitlines()[-1])
    return bilan


def _compter() -> list[int]:
    modeles = (Territoire, Structure, Compte, Habilitation, Collecte, Acces, Passation, Trace)
    return [modele._default_manager.count() for modele in modeles]


def test_last_line_is_the_json_of_the_contract():
    bilan = _demo()
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


def test_every_state_of_a_collecte_is_seen_and_only_invented_people_are_marked():
    _demo()
    assert dict(Collecte.objects.values_list("nom", "etat")) == {
        "alimactiv": "ouverte",
        "besoins": "ouverte",
        "atelier-cuisine": "close",
        "benevoles": "preparation",
        "cuisine": "en_pause",
    }
    alimactiv = Collecte.objects.get(nom="alimactiv")
    assert (alimactiv.unite, alimactiv.fictive) == ("organisation", False)
    assert alimactiv.releves.get().nb_passations == 17
    assert set(Collecte.objects.exclude(pk=alimactiv.pk).values_list("fictive", flat=True)) == {
        True
    }


def test_each_account_signs_in_on_the_page_and_lands_in_its_space():
    for role, compte in _demo()["comptes"].items():
        client = Client()
        page = client.post(
            reverse("account_login"), {"login": compte["login"], "password": compte["secret"]}
        )
        assert (page.status_code, page["Location"]) == (302, "/espace/"), role
        assert client.get("/espace/").status_code == 200


def test_links_of_open_collectes_lead_to_their_welcome_page():
    collectes = _demo()["collectes"]
    for nom in ("alimactiv", "besoins"):
        assert Client().get(collectes[nom]["url"]).status_code == 200


def test_running_it_again_changes_nothing_but_what_was_broken():
    premier, avant = _demo(), _compter()
    compte = Compte.objects.get(email="evaluation@voix.example")
    compte.set_password("autre chose")
    compte.save()
    assert _demo() == premier
    assert _compter() == avant
    compte.refresh_from_db()
    assert compte.check_password(premier["comptes"]["evaluation"]["secret"])


def test_collecte_closed_by_a_visitor_stays_closed():
    _demo()
    Collecte.objects.filter(nom__in=["besoins", "cuisine"]).update(
        etat="close", close_le="2026-01-01T00:00Z"
    )
    _demo()
    assert Collecte.objects.get(nom="besoins").etat == "close"
    assert Collecte.objects.get(nom="cuisine").etat == "close"


def test_without_json_it_is_readable():
    sortie = StringIO()
    call_command("demo", stdout=sortie)
    assert "coordination@voix.example" in sortie.getvalue()
    assert "{" not in sortie.getvalue()


def test_it_refuses_where_debug_is_off(settings):
    settings.DEBUG = False
    with pytest.raises(CommandError, match="DEBUG"):
        call_command("demo")
    assert not Compte.objects.exists()
