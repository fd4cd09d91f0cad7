"""What a device keeps may arrive after the count: taken in, told apart, and no figure moves."""

import re

import pytest

from enquetes.actions import boite
from enquetes.actions.collectes import arreter_releve, clore_collecte
from enquetes.models import Collecte, Enveloppe, EtatPassation, Passation
from tests import builders
from tests.boite import envoyer, issues, seule_issue, une
from voix.comptes.roles import Role

pytestmark = pytest.mark.django_db


def des_scellees(seance, nombre):
    return [une(seance) for _ in range(nombre)]


@pytest.fixture
def evaluation(client):
    """Return a function that reads what evaluators read of a collecte."""
    compte = builders.un_compte(role=Role.EVALUATION, email="e@exemple.fr")

    def lire(collecte):
        client.force_login(compte)
        page = client.get(f"/espace/resultats/{collecte.nom}/", follow=True)
        assert collecte.titre in page.content.decode()
        return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page.content.decode())

    return lire


def test_late_answers_of_a_closed_collecte_are_taken_in_and_change_no_figure(
    client, seance, tablette, par, evaluation
):
    collecte = seance.collecte
    boite.recevoir(items=des_scellees(seance, 12), acces=seance.acces, appareil=None)
    clore_collecte(collecte=collecte, par=par)
    assert collecte.releves.get().nb_passations == 12
    avant = evaluation(collecte)
    tardives = des_scellees(seance, 12)
    assert set(issues(envoyer(client, tardives, tablette)).values()) == {"ok"}
    assert Passation.objects.filter(etat=EtatPassation.TERMINEE).count() == 24
    assert Passation.objects.filter(releve__isnull=True).count() == 12
    assert evaluation(collecte) == avant
    assert collecte.releves.count() == 1
    clore_collecte(collecte=Collecte.objects.get(pk=collecte.pk), par=par)  # closed is for good
    assert collecte.releves.count() == 1
    # The device is not held: sent again, it is told that they are there.
    assert set(issues(envoyer(client, tardives, tablette)).values()) == {"dup"}


def test_between_two_counts_a_late_one_joins_the_next(client, seance, tablette, par, evaluation):
    collecte = seance.collecte
    boite.recevoir(items=des_scellees(seance, 11), acces=seance.acces, appareil=None)
    arreter_releve(collecte=collecte, par=par)
    avant = evaluation(collecte)
    assert seule_issue(envoyer(client, des_scellees(seance, 1), tablette)) == "ok"
    assert evaluation(collecte) == avant
    envoyer(client, des_scellees(seance, 10), tablette)
    assert arreter_releve(collecte=collecte, par=par).nb_passations == 11
    assert not Enveloppe.objects.filter(etat="nouvelle").exists()
