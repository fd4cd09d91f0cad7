"""A sheet typed twice: asked about, never refused; what is taken away is on the paper still (collecte §5)."""

import re

import pytest
from django.urls import reverse

from enquetes.actions.papier import retirer_feuille, tirer_feuilles
from enquetes.models import FeuilleSaisie, Passation, Seance
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


def test_a_sheet_taken_away_twice_is_told_twice(client):
    """Pressed twice, or opened again in an old tab: it worked, and nothing else goes."""
    seance, par = une_salle()
    client.force_login(par)
    taper(client, seance)
    taper(client, seance, q_age="42")
    retirer = reverse("enquetes:retirer_feuille", args=[seance.pk, 2])
    for envoi in (client.post, client.post, client.get):
        page = envoi(retirer, follow=True)
        assert page.redirect_chain == [
            (reverse("enquetes:feuilles_papier", args=[seance.pk]), 302)
        ]
        assert "Feuille 2 retirée. Barrez ce numéro sur le papier." in page.content.decode()
    assert [f.numero for f in FeuilleSaisie.objects.all()] == [1]
    assert Trace.objects.filter(verbe="retirer_feuille").count() == 1
    jamais = reverse("enquetes:retirer_feuille", args=[seance.pk, 3])
    assert client.post(jamais).status_code == 404, "no sheet ever had this number"


def test_two_presses_at_the_same_moment_take_away_once(client):
    seance, par = une_salle()
    client.force_login(par)
    taper(client, seance)
    lue = FeuilleSaisie.objects.get()
    retirer_feuille(feuille=lue, par=par)
    retirer_feuille(feuille=FeuilleSaisie(pk=lue.pk, seance=seance, numero=1), par=par)
    assert Trace.objects.filter(verbe="retirer_feuille").count() == 1


def test_a_number_crossed_out_on_the_paper_is_never_given_again(client):
    """Two sheets would carry it, and nobody could tell which one was typed."""
    seance, par = une_salle()
    client.force_login(par)
    taper(client, seance)
    for numero in (2, 3):
        assert f"Écrivez {numero} en" in taper(client, seance, q_age=f"4{numero}").content.decode()
        client.post(reverse("enquetes:retirer_feuille", args=[seance.pk, numero]))
    assert "Écrivez 4 en" in taper(client, seance, q_age="44").content.decode()
    Seance.objects.update(dernier_numero=0)  # typed before numbers were remembered
    assert "Écrivez 5 en" in taper(client, seance, q_age="45").content.decode()


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
