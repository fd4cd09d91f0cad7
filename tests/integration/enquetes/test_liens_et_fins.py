"""What is said of a link that no longer serves, of a collecte that has ended, and of one to come."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from enquetes.actions.acces import fermer_acces
from enquetes.actions.collectes import clore_collecte, mettre_en_pause, preparer_collecte
from enquetes.actions.feuilles import donner_feuilles
from enquetes.models import Feuille, Passation
from tests import builders
from tests.integration.enquetes.test_passation import PETIT
from tests.navigateur import Personne

pytestmark = pytest.mark.django_db


@pytest.fixture
def par(client):
    compte = builders.un_compte()
    client.force_login(compte)
    return compte


@pytest.fixture
def lien(par):
    collecte = builders.une_collecte_ouverte(par=par, version=builders.une_version(PETIT))
    return builders.lien_principal(collecte)


def test_a_closed_link_says_so_and_who_had_begun_finishes(par, lien):
    commence = Personne().ouvrir(f"/r/{lien.jeton}/").suivre("Commencer").repondre({"venu": "non"})
    fermer_acces(acces=lien, par=par)
    nouvelle = Personne().ouvrir(f"/r/{lien.jeton}/")
    assert nouvelle.page.status_code == 410
    assert nouvelle.titre == "Ce lien ne sert plus"
    while commence.etape != "merci":
        commence.repondre()
    assert Passation.objects.terminees().get().reponses == {"venu": "non"}


def test_the_end_of_a_collecte_says_to_whom_one_may_still_talk(par, lien):
    commence = Personne().ouvrir(f"/r/{lien.jeton}/").suivre("Commencer").repondre({"venu": "oui"})
    clore_collecte(collecte=lien.collecte, par=par)
    commence.repondre({"manque": ["pain"]})
    assert commence.page.status_code == 410
    assert lien.collecte.demandeur in commence.texte


def test_nobody_is_led_to_answer_again_once_a_collecte_is_closed(par, lien):
    personne = Personne().ouvrir(f"/r/{lien.jeton}/").suivre("Commencer").repondre({"venu": "non"})
    while personne.etape != "merci":
        personne.repondre()
    for adresse in (f"/r/{lien.jeton}/", personne.adresse):
        assert "Je réponds pour une autre personne" in personne.ouvrir(adresse).texte
    clore_collecte(collecte=lien.collecte, par=par)
    for adresse in (f"/r/{lien.jeton}/", personne.adresse):
        assert "Je réponds pour une autre personne" not in personne.ouvrir(adresse).texte


def test_nobody_new_is_led_to_a_link_that_takes_nobody_new(par, lien):
    personne = Personne().ouvrir(f"/r/{lien.jeton}/").suivre("Commencer").repondre({"venu": "non"})
    assert "C’est une autre personne" in personne.ouvrir(f"/r/{lien.jeton}/").texte
    mettre_en_pause(collecte=lien.collecte, par=par)
    assert "C’est une autre personne" not in personne.ouvrir(f"/r/{lien.jeton}/").texte
    assert "Continuer mes réponses" in personne.texte


def aller_au_bout(personne):
    personne.suivre("Commencer").repondre({"venu": "non"})
    while personne.etape != "merci":
        personne.repondre()
    return personne


def test_nobody_else_is_led_to_a_link_without_a_slip_of_theirs(par, lien):
    """« Je réponds pour une autre personne » led to a refusal: the slip had served."""
    acces, (premiere, seconde) = donner_feuilles(acces=lien, nombre=2, par=par)
    personne = aller_au_bout(Personne().ouvrir(f"/f/{premiere}/"))
    for adresse in (personne.adresse, f"/r/{acces.jeton}/"):
        assert "autre personne" not in personne.ouvrir(adresse).texte
    # Of a household that shares the telephone, the next one scans theirs.
    assert "Je réponds pour une autre personne" in personne.ouvrir(f"/f/{seconde}/").texte
    aller_au_bout(personne.suivre("Je réponds pour une autre personne"))
    assert Feuille.objects.filter(utilisee=True).count() == 2


def test_a_closed_collecte_no_longer_hands_its_link_out(client, par, lien):
    adresse = reverse("enquetes:collecte", args=[lien.collecte.nom])
    assert lien.jeton in client.get(adresse).content.decode()
    clore_collecte(collecte=lien.collecte, par=par)
    assert lien.jeton not in client.get(adresse).content.decode()


@pytest.mark.parametrize(("dans", "dit"), [(0, "La collecte est ouverte."), (3, "C’est prêt.")])
def test_what_opening_does_is_said_as_it_is(client, par, dans, dit):
    jour = timezone.localdate() + timedelta(days=dans)
    collecte = preparer_collecte(projet=builders.un_projet(ouvre_le=jour), par=par)
    adresse = reverse("enquetes:ouvrir_collecte", args=[collecte.nom])
    assert dit in client.post(adresse, follow=True).content.decode()
