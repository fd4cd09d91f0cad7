"""Once the link is cut no page tells a false zero, nor offers what can no longer be done."""

import pytest
from django.urls import reverse

from enquetes.actions.suivi.cartes import noter_comptes, noter_depart, noter_presences
from enquetes.actions.suivi.coupure import couper_lien
from enquetes.models import Carte, Rang
from tests import builders
from tests.suivi import repondre, une_cohorte
from voix.commun.erreurs import EtatIncompatible

pytestmark = pytest.mark.django_db


@pytest.fixture
def par():
    return builders.un_compte()


@pytest.fixture
def coupee(client, par):
    """Return a cohort whose link is cut; its team is signed in."""
    cohorte = une_cohorte(par=par, cartes=3)
    repondre(Carte.de(cohorte, 1), Rang.ENTREE, {"a3": "1"})
    noter_presences(cohorte=cohorte, numeros=[1], quoi="paniers", par=par)
    client.force_login(par)
    return couper_lien(cohorte=cohorte, par=par)


def test_the_page_of_the_cohort_tells_no_false_zero_and_offers_nothing_by_card(client, coupee):
    texte = client.get(reverse("enquetes:cohorte", args=[coupee.pk])).content.decode()
    assert '<td class="nombre">0</td>' not in texte
    assert "ne peut plus dire quelle carte a répondu" in texte
    for morte in ("rappels", "tablette", "prochaine_liste", "presences", "couper_lien", "rupture"):
        assert reverse(f"enquetes:{morte}", args=[coupee.pk]) not in texte


def test_the_page_of_a_card_offers_nothing_and_keeps_its_counts(client, coupee):
    adresse = reverse("enquetes:carte_suivie", args=[coupee.pk, 1])
    texte = client.get(adresse).content.decode()
    assert "1 panier, 0 atelier." in texte
    assert "n’ouvre plus rien" in texte
    assert '<form method="post"' not in texte.split("<main")[1]
    for morte in ("remplacer_carte", "effacer_carte", "depart"):
        assert reverse(f"enquetes:{morte}", args=[coupee.pk, 1]) not in texte


@pytest.mark.parametrize(
    "morte", ["rappels", "tablette", "prochaine_liste", "presences", "couper_lien", "rupture"]
)
def test_an_address_kept_from_before_says_why(client, coupee, morte):
    page = client.get(reverse(f"enquetes:{morte}", args=[coupee.pk]))
    assert page.status_code == 409
    assert "Le lien est coupé" in page.content.decode()


@pytest.mark.parametrize("morte", ["remplacer_carte", "effacer_carte"])
def test_so_does_the_one_of_a_card(client, coupee, morte):
    page = client.get(reverse(f"enquetes:{morte}", args=[coupee.pk, 1]))
    assert page.status_code == 409
    assert "Le lien est coupé" in page.content.decode()


def test_the_actions_refuse_it_too(coupee, par):
    carte = Carte.de(coupee, 1)
    for geste in (
        lambda: noter_comptes(carte=carte, paniers=3, ateliers=1, par=par),
        lambda: noter_depart(carte=carte, partie=True, par=par),
        lambda: noter_presences(cohorte=coupee, numeros=[1], quoi="ateliers", par=par),
    ):
        with pytest.raises(EtatIncompatible):
            geste()
