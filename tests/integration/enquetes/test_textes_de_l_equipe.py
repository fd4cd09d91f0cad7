"""What the staff writes: never cut, counted as people count, and each mistake names its field."""

import pytest
from django.urls import reverse

from enquetes.actions.ecarts import lots_a_verifier
from enquetes.models import Collecte
from tests import builders
from tests.integration.enquetes.test_ecrans_collectes import coordination, saisie

__all__ = ["coordination"]
pytestmark = pytest.mark.django_db


def test_the_words_of_a_collecte_are_counted_as_people_count_them(client, coordination):
    """Pasted over the limit, they were cut in silence; a line end counted twice."""
    adresse = reverse("enquetes:nouvelle_collecte", args=[builders.une_version().pk])
    assert "maxlength" not in client.get(adresse).content.decode()
    juste = "a\r\n" * 499 + "ab"
    assert client.post(adresse, saisie(raison=juste)).status_code == 302
    assert len(Collecte.objects.get().raison) == 1000
    page = client.post(adresse, saisie(raison=juste + "c")).content.decode()
    assert "Gardez 1\u202f000 signes au plus. Il y en a 1\u202f001." in page
    assert "abc</textarea>" in page


def test_each_line_of_the_summary_of_a_collecte_says_its_field(client, coordination):
    adresse = reverse("enquetes:nouvelle_collecte", args=[builders.une_version().pk])
    page = client.post(adresse, saisie(ouvre_le="", ferme_le="", raison="a\0b")).content.decode()
    dit = "écrivez une date, par exemple 31/01/2027."
    assert f'<a href="#id_ouvre_le">Premier jour\u00a0: {dit}</a>' in page
    assert f'<a href="#id_ferme_le">Dernier jour\u00a0: {dit}</a>' in page
    assert "Pourquoi, avec vos mots\u00a0: un signe que l’on ne voit pas" in page


def test_why_answers_are_set_aside_is_kept_and_what_is_wrong_with_it_said(client, coordination):
    collecte = builders.une_collecte_ouverte(par=coordination)
    builders.des_passations(collecte, 3, reponses={"venu": "oui"}, signes="vite")
    (lot,) = lots_a_verifier(collecte)
    adresse = reverse("enquetes:a_verifier", args=[collecte.nom])
    page = client.post(adresse, {"lot": lot.cle, "raison": "é" * 301}).content.decode()
    assert "Gardez 300 signes au plus. Il y en a 301." in page
    assert f'value="{"é" * 301}"' in page
    page = client.post(adresse, {"lot": lot.cle, "raison": ""}).content.decode()
    assert "Dites pourquoi ces réponses sont mises à l’écart." in page
