"""A sheet typed twice: asked about, never refused; what is taken away is on the paper still (collecte §5)."""

import re

import pytest
from django.urls import reverse

from enquetes.actions.papier import tirer_feuilles
from enquetes.models import FeuilleSaisie, Passation
from tests import builders
from tests.integration.enquetes.test_papier import FRAPPE, une_salle
from voix.comptes.models import Trace

pytestmark = pytest.mark.django_db


def test_a_key_that_another_answer_has_is_refused_in_words(client):
    seance, par = une_salle()
    client.force_login(par)
    (ailleurs,) = builders.des_passations(seance.collecte, 1)
    page = client.post(
        reverse("enquetes:saisir_feuille", args=[seance.pk]), FRAPPE | {"cle": str(ailleurs.pk)}
    )
    assert "Cette page a déjà servi" in page.content.decode()
    assert 'value="41"' in page.content.decode()
    assert not FeuilleSaisie.objects.exists()


def taper(client, seance, **frappe):
    adresse = reverse("enquetes:saisir_feuille", args=[seance.pk])
    cle = re.search(r'name="cle" value="([^"]+)"', client.get(adresse).content.decode())[1]
    return client.post(adresse, FRAPPE | {"cle": cle} | frappe, follow=True)


def test_a_sheet_typed_like_another_is_asked_about_and_kept_or_taken_away(client):
    seance, par = une_salle()
    client.force_login(par)
    taper(client, seance)
    page = taper(client, seance).content.decode()
    assert "Cette feuille et la feuille 1 ont exactement les mêmes réponses" in page
    retirer = reverse("enquetes:retirer_feuille", args=[seance.pk, 2])
    page = client.post(retirer, {"garder": "oui"}, follow=True).content.decode()
    assert "Écrivez 2 en haut de cette feuille" in page
    assert Passation.objects.count() == 2
    page = client.post(retirer, follow=True).content.decode()
    assert "Feuille 2 retirée" in page
    assert Passation.objects.count() == FeuilleSaisie.objects.count() == 1
    assert Trace.objects.get(verbe="retirer_feuille").details == {"numero": 2}
    assert client.post(retirer).status_code == 404
    assert "Écrivez 2" in taper(client, seance, q_age="42").content.decode()


def test_a_sheet_that_is_drawn_is_no_longer_taken_away(client):
    seance, par = une_salle(2)
    client.force_login(par)
    tirer_feuilles(seance=seance, par=par)
    adresse = reverse("enquetes:retirer_feuille", args=[seance.pk, 2])
    assert "tirée au sort" in client.post(adresse, follow=True).content.decode()
    assert Passation.objects.count() == 2
    assert (
        adresse
        not in client.get(reverse("enquetes:feuilles_papier", args=[seance.pk])).content.decode()
    )
