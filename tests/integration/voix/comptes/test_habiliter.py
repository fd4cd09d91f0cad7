"""``manage.py habiliter``: somebody must be the first to sign in."""

from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from tests import builders
from voix.comptes.models import Compte, Habilitation, Trace
from voix.comptes.roles import Role

pytestmark = pytest.mark.django_db

EMAIL = "Camille@exemple.fr"


def habiliter(*args, **options):
    sortie = StringIO()
    call_command("habiliter", *args, stdout=sortie, **options)
    return sortie.getvalue()


def test_the_first_account_signs_in_with_a_code_and_coordinates(client):
    builders.un_territoire("32")
    assert "a maintenant ce rôle" in habiliter(EMAIL, territoire="32", nom="Camille")
    assert "avait déjà ce rôle" in habiliter(EMAIL, territoire="32")
    compte = Compte.objects.get(email=EMAIL.lower())
    assert not compte.has_usable_password()
    assert Habilitation.objects.get().role == Role.COORDINATION
    assert set(Trace.objects.values_list("acteur", "verbe")) == {
        ("commande:habiliter", "creer_compte"),
        ("commande:habiliter", "habiliter"),
    }
    client.post("/compte/login/code/", {"email": EMAIL})
    assert mail.outbox[0].to == [EMAIL.lower()]
    client.force_login(compte)
    assert "Équipe" in client.get("/espace/").content.decode()


def test_what_is_wrong_is_said_and_nothing_is_made():
    builders.un_territoire("32")
    with pytest.raises(CommandError, match="pas dans la base"):
        habiliter(EMAIL, territoire="99")
    with pytest.raises(CommandError, match="Écrivez-la comme"):
        habiliter("camille", territoire="32")
    assert not Compte.objects.exists()


def test_a_code_of_two_places_asks_which():
    region = builders.un_territoire("32")
    builders.un_territoire("32", parent=region)
    with pytest.raises(CommandError, match="Écrivez le chemin"):
        habiliter(EMAIL, territoire="32")
    assert "a maintenant" in habiliter(EMAIL, territoire=region.chemin)
