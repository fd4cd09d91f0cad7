"""The facilitator's report sent by a prepared device (collecte §4.4): sealed, opened, never emptied."""

from datetime import date, time

import pytest

from enquetes.actions.rapports import PARTIES_DU_RAPPORT, completer_rapport
from enquetes.echanges import scellement
from enquetes.forms.rapports import PARTIES
from enquetes.models import Enveloppe, EtatEnveloppe, Passation, Rapport
from enquetes.parcours.enveloppe import COMPTE_RENDU
from tests.boite import enveloppe, envoyer, seule_issue
from voix.comptes.models import Trace

pytestmark = pytest.mark.django_db

DITS = {
    "lieu": "salle",
    "debut": "14:05",
    "fin": "16:30",
    "presents_beneficiaires": "9",
    "presents_benevoles": "2",
    "presents_professionnels": "1",
    "presents_elus": "0",
    "reponses_telephone": "3",
    "reponses_tablette": "5",
    "reponses_papier": "1",
    "reponses_main_levee": "9",
    "refus": "1",
    "aides_a_lire": "2",
    "langues": "français, arabe",
    "supports": "garde d’enfants",
    "coanimation": "deux personnes de l’épicerie",
    "moment": "diagnostic",
    "implication": "2",
    "preuve": "Une affiche faite ensemble",
    "preuve_le": "2026-11-26",
    "incidents": "La salle était froide.",
    "citations": "« On nous écoute enfin. »",
    "promesse": "Revenir en janvier.",
}


def sceller(seance, dits, **options):
    return enveloppe(seance.acces, contenu={"rapport": dits}, q=COMPTE_RENDU, v="1", **options)


def test_every_field_of_the_report_can_be_said_without_network(client, seance, tablette):
    """The name of the place and the date are the séance's own; all the rest of the list is here."""
    assert set(DITS) == PARTIES_DU_RAPPORT
    assert {nom for partie in PARTIES.values() for nom in partie.base_fields} == set(DITS)
    assert seule_issue(envoyer(client, [sceller(seance, DITS)], tablette)) == "ok"
    rapport = Rapport.objects.get()
    assert rapport.seance == seance
    assert (rapport.debut, rapport.fin) == (time(14, 5), time(16, 30))
    assert rapport.preuve_le == date(2026, 11, 26)
    assert rapport.nb_presents == 12
    assert rapport.nb_annonces == 9
    assert rapport.citations == "« On nous écoute enfin. »"
    assert rapport.termine_le is None  # read again on the page of the séance before it is ended
    assert Enveloppe.objects.get().etat == EtatEnveloppe.OUVERTE
    assert not Passation.objects.exists()


def test_what_was_said_before_is_never_emptied(client, seance, tablette, par):
    avant = {"presents_beneficiaires": 8, "incidents": "Une panne.", "refus": 0}
    completer_rapport(seance=seance, valeurs=avant, par=par)
    dits = {"presents_beneficiaires": "9", "incidents": "La salle était froide."}
    envoyer(client, [sceller(seance, dits)], tablette)
    envoyer(client, [sceller(seance, dits)], tablette)
    rapport = Rapport.objects.get()
    assert rapport.presents_beneficiaires == 9
    assert rapport.incidents == "Une panne.\nLa salle était froide."
    assert rapport.refus == 0
    for lieu in ("salle", "mairie"):  # one of a list replaces the other
        envoyer(client, [sceller(seance, {"lieu": lieu})], tablette)
    assert Rapport.objects.get().lieu == "mairie"
    assert "8" in str(list(Trace.objects.filter(verbe="deposer_rapport").values()))


def test_only_a_prepared_device_reports(client, seance):
    assert seule_issue(envoyer(client, [sceller(seance, DITS)], seance.acces.jeton)) == "ok"
    assert not Rapport.objects.exists()
    assert Enveloppe.objects.get().etat == EtatEnveloppe.QUARANTAINE


@pytest.mark.parametrize(
    "dits",
    [
        {"presents_elus": "douze"},
        {"presents_elus": "1000"},
        {"presents_elus": "-1"},
        {"debut": "25:99"},
        {"moment": "jamais"},
        {"implication": "3"},
        {"implication": "9", "preuve": "x", "preuve_le": "2026-01-01"},
        {"incidents": "x" * 1_500},
        {"citations": "x" * 3_000},
        {"termine_le": "2026-01-01"},
        {"seance": "2"},
        {"refus": 3},
        "rien",
        None,
    ],
)
def test_a_forged_report_waits_on_the_server_and_changes_nothing(client, seance, tablette, dits):
    envoyer(client, [sceller(seance, dits)], tablette)
    assert not Rapport.objects.exists()
    assert Enveloppe.objects.get().etat == EtatEnveloppe.QUARANTAINE


def test_a_questionnaire_sealed_as_a_report_does_not_open(client, seance, tablette):
    scellee = enveloppe(seance.acces, {"venu": ["oui"]}) | {"q": COMPTE_RENDU, "v": "1"}
    envoyer(client, [scellee], tablette)
    assert Enveloppe.objects.get().motif == "sceau"


def test_the_page_holds_no_cookie_and_nothing_of_the_report(client, seance, par):
    completer_rapport(seance=seance, valeurs={"incidents": "SECRETA"}, par=par)
    page = client.get(f"/o/{seance.acces.jeton}/compte-rendu/")
    assert page["X-Voix"] == "1"
    assert not page.cookies
    assert "SECRETA" not in page.content.decode()
    assert scellement.cle_courante().kid in page.content.decode()
    lien = seance.collecte.acces.get(principal=True).jeton
    assert client.get(f"/o/{lien}/compte-rendu/").status_code == 404
