"""Clocks that are wrong (collecte §7, line 10): the answers are taken in, at the server's date."""

from datetime import timedelta

import pytest
from django.utils import timezone

from enquetes.actions.ecarts import lots_a_verifier
from enquetes.actions.seances import ouvrir_seance
from enquetes.models import Enveloppe, EtatEnveloppe, Motif, Passation, Signe
from tests import builders
from tests.boite import enveloppe, envoyer, poser_la_cle, seule_issue

pytestmark = pytest.mark.django_db

DEFINITION = builders.UNE_DEFINITION | {
    "code": "horloges",
    "pages": [
        {
            "code": "depuis",
            "questions": [
                {
                    "code": "premiere",
                    "type": "mois",
                    "options": {"futur": "non"},
                    "texte": {"fr": "Votre première visite ?"},
                }
            ],
        },
        {
            "code": "avis",
            "questions": [{"code": "avis", "type": "texte_long", "texte": {"fr": "Votre avis ?"}}],
        },
    ],
}


@pytest.fixture(autouse=True)
def cle():
    return poser_la_cle()


@pytest.fixture
def seance(par):
    version = builders.une_version(DEFINITION)
    collecte = builders.une_collecte_ouverte(par=par, version=version)
    return ouvrir_seance(seance=builders.une_seance(collecte=collecte, par=par), par=par)


@pytest.fixture
def par():
    return builders.un_compte()


def mois(jours: int) -> str:
    return f"{timezone.localdate() + timedelta(days=jours):%m/%Y}"


@pytest.mark.parametrize("tape", [mois(45), "12/2099"], ids=["six-semaines", "2099"])
def test_a_month_that_only_a_clock_ahead_allows_is_left_out_and_the_rest_is_kept(
    client, seance, tape
):
    """The device believed that this month had come; its owner sees « bien envoyées »."""
    champs = {"premiere": [tape], "avis": ["Le riz manque."]}
    scellee = enveloppe(seance.acces, champs)
    assert seule_issue(envoyer(client, [scellee], seance.acces.jeton)) == "ok"
    assert Enveloppe.objects.get().etat == EtatEnveloppe.OUVERTE
    passation = Passation.objects.get()
    assert passation.reponses == {"avis": "Le riz manque."}
    assert passation.jour == timezone.localdate()
    assert passation.signes == Signe.HORLOGE
    (lot,) = lots_a_verifier(seance.collecte)
    assert "l’horloge de l’appareil avançait" in lot.motif


def test_a_clock_behind_changes_nothing(client, seance):
    champs = {"premiere": ["01/1970"], "avis": ["Le riz manque."]}
    envoyer(client, [enveloppe(seance.acces, champs)], seance.acces.jeton)
    passation = Passation.objects.get()
    assert passation.reponses == {"premiere": "1970-01", "avis": "Le riz manque."}
    assert passation.signes == ""


def test_what_is_no_month_at_all_still_waits(client, seance):
    champs = {"premiere": ["hier"], "avis": ["Le riz manque."]}
    envoyer(client, [enveloppe(seance.acces, champs)], seance.acces.jeton)
    assert Enveloppe.objects.get().motif == Motif.REPONSES
