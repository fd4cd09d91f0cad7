"""The facilitator's report sent by a prepared device (collecte §4.4): sealed, opened, never emptied."""

import json
import re
from datetime import date, time
from itertools import permutations
from uuid import UUID

import pytest

from enquetes.actions.fichiers_scelles import importer_fichier
from enquetes.actions.rapports import PARTIES_DU_RAPPORT, completer_rapport
from enquetes.echanges import scellement
from enquetes.echanges.correspondance import identifiant_de
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
    "accord": "oral",
    "promesse": "Revenir en janvier.",
}


APPAREIL, AUTRE = (f"{n}1f7b6c0-0000-4000-8000-000000000000" for n in "ab")


def rang(n, de=APPAREIL, vu=0):
    return {"de": de, "n": n, "vu": vu}


def sceller(seance, dits, rang=None, **options):
    contenu = {"rapport": dits} | (rang or {})
    return enveloppe(seance.acces, contenu=contenu, q=COMPTE_RENDU, v="1", **options)


def lire_le_plan(client, seance, adresse=""):
    page = client.get(adresse or f"/o/{seance.acces.jeton}/compte-rendu/").content.decode()
    return json.loads(re.search(r'id="plan"[^>]*>(.*?)</script>', page)[1])


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
    apres = {"vu": lire_le_plan(client, seance)["vu"]}  # its page was drawn after the correction
    for n in (1, 2):
        envoyer(client, [sceller(seance, dits, rang=rang(n) | apres)], tablette)
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


# --- a correction sealed later wins, whatever the order in which they arrive -----------------------

TROIS = (
    {"presents_beneficiaires": "10", "lieu": "salle", "debut": "14:00", "langues": "arabe"},
    {"presents_beneficiaires": "11", "lieu": "mairie", "langues": "arabe, dari"},
    {"presents_beneficiaires": "12", "debut": "14:30"},
)


@pytest.mark.parametrize("ordre", list(permutations((1, 2, 3))))
@pytest.mark.parametrize("ensemble", [True, False])
def test_what_was_sealed_last_on_a_device_wins(client, seance, tablette, ordre, ensemble):
    """Sent together, the identifiers say in which order they are opened; or one after the other."""
    scellees = [
        sceller(
            seance,
            TROIS[n - 1],
            rang=rang(n),
            identifiant=identifiant_de(UUID(int=place << 64, version=4)),
        )
        for place, n in enumerate(ordre, start=1)
    ]
    for lot in [scellees] if ensemble else [[une] for une in scellees]:
        envoyer(client, lot, tablette)
        envoyer(client, lot, tablette)  # a retry
    rapport = Rapport.objects.get()
    assert rapport.presents_beneficiaires == 12
    assert (rapport.lieu, rapport.debut) == ("mairie", time(14, 30))
    assert rapport.langues == "arabe, dari"
    traces = str(list(Trace.objects.filter(verbe="deposer_rapport").values()))
    assert "'10'" in traces
    assert "'11'" in traces


@pytest.mark.parametrize("par_fichier", [1, 2])
def test_so_it_does_when_one_of_both_comes_by_a_sealed_file(
    client, seance, tablette, par, par_fichier
):
    dits = {n: {"presents_beneficiaires": str(9 + n), "incidents": f"Fait {n}."} for n in (1, 2)}
    scellees = {n: sceller(seance, dits[n], rang=rang(n)) for n in (1, 2)}
    par_le_reseau = 3 - par_fichier
    importer_fichier(items=[scellees[par_fichier]], acces=seance.acces, par=par)
    envoyer(client, [scellees[par_le_reseau]], tablette)
    assert Rapport.objects.get().presents_beneficiaires == 11
    assert Rapport.objects.get().incidents == "Fait 1.\nFait 2."


def test_two_devices_each_keep_their_own_order(client, seance, tablette):
    for n, de, presents in ((2, APPAREIL, 11), (1, AUTRE, 20), (1, APPAREIL, 10)):
        dits = {"presents_beneficiaires": str(presents)}
        envoyer(client, [sceller(seance, dits, rang=rang(n, de))], tablette)
    assert Rapport.objects.get().presents_beneficiaires == 20


def test_an_old_envelope_without_a_rank_never_takes_the_place_of_one_that_has(
    client, seance, tablette
):
    def deposer(presents, **options):
        dits = {"presents_beneficiaires": presents, "refus": presents}
        envoyer(client, [sceller(seance, dits, **options)], tablette)
        return Rapport.objects.get().presents_beneficiaires

    assert deposer("9") == 9
    assert deposer("10") == 10
    assert deposer("11", rang=rang(1)) == 11
    assert deposer("12") == 11
    assert Enveloppe.objects.filter(etat=EtatEnveloppe.OUVERTE).count() == 4


def test_what_was_corrected_by_hand_is_kept_from_what_was_sealed_before(
    client, seance, tablette, par
):
    def corriger(**valeurs):
        completer_rapport(seance=seance, valeurs=valeurs, par=par)

    niveau = {"implication": "2", "preuve": "Une affiche", "preuve_le": "2026-11-26"}
    dits = {"presents_beneficiaires": "10", "presents_elus": "2", "refus": "1"}
    envoyer(client, [sceller(seance, dits | niveau, rang=rang(1))], tablette)
    corriger(presents_beneficiaires=12, presents_elus=2, refus=None)
    corriger(implication=None, preuve="", preuve_le=None)
    avant = {"presents_beneficiaires": "11", "presents_elus": "3", "refus": "4"}
    envoyer(client, [sceller(seance, avant | niveau, rang=rang(2))], tablette)
    rapport = Rapport.objects.get()
    assert (rapport.presents_beneficiaires, rapport.refus) == (12, None)
    assert (rapport.implication, rapport.preuve, rapport.preuve_le) == (None, "", None)
    assert rapport.presents_elus == 3  # read by hand, not corrected
    assert not Enveloppe.objects.exclude(etat=EtatEnveloppe.OUVERTE).exists()
    assert "'11'" in str(list(Trace.objects.filter(verbe="deposer_rapport").values()))
    vu = lire_le_plan(client, seance)["vu"]
    apres = {"presents_beneficiaires": "13", "refus": "5"}
    envoyer(client, [sceller(seance, apres, rang=rang(3, vu=vu))], tablette)
    rapport.refresh_from_db()
    assert (rapport.presents_beneficiaires, rapport.refus) == (13, 5)


@pytest.mark.parametrize("nom", ["incidents", "citations", "promesse", "langues"])
def test_a_text_emptied_by_hand_stays_empty_until_a_page_that_saw_it(
    client, seance, tablette, par, nom
):
    envoyer(client, [sceller(seance, {nom: "Un mot de trop."}, rang=rang(1))], tablette)
    completer_rapport(seance=seance, valeurs={nom: ""}, par=par)
    envoyer(client, [sceller(seance, {nom: "Un mot de trop."}, rang=rang(2))], tablette)
    envoyer(client, [sceller(seance, {nom: "Un mot de trop."})], tablette)  # without a rank
    assert getattr(Rapport.objects.get(), nom) == ""
    laisses = Trace.objects.filter(verbe="deposer_rapport", details__has_key="laisses")
    assert [trace.details["laisses"] for trace in laisses] == [{nom: ""}] * 2
    # What a hand took away is written nowhere: nothing is ever erased from a trace.
    assert "Un mot de trop." not in str(list(Trace.objects.values_list("details", flat=True)))
    vu = lire_le_plan(client, seance)["vu"]
    envoyer(client, [sceller(seance, {nom: "Un mot juste."}, rang=rang(3, vu=vu))], tablette)
    assert getattr(Rapport.objects.get(), nom) == "Un mot juste."


def test_the_proof_of_a_level_corrected_by_hand_is_not_completed_by_an_older_one(
    client, seance, tablette, par
):
    completer_rapport(
        seance=seance,
        valeurs={"implication": 3, "preuve": "Un vote.", "preuve_le": date(2026, 11, 27)},
        par=par,
    )
    niveau = {"implication": "2", "preuve": "Une affiche", "preuve_le": "2026-11-26"}
    envoyer(client, [sceller(seance, niveau, rang=rang(1))], tablette)
    rapport = Rapport.objects.get()
    dit = (rapport.implication, rapport.preuve, rapport.preuve_le)
    assert dit == (3, "Un vote.", date(2026, 11, 27))
    [trace] = Trace.objects.filter(verbe="deposer_rapport", details__has_key="laisses")
    assert trace.details["laisses"] == {
        "implication": "2",
        "preuve": "",
        "preuve_le": "2026-11-26",
    }


@pytest.mark.parametrize(
    "faux",
    [
        {"n": "2"},
        {"n": True},
        {"n": 0},
        {"n": 10**9},
        {"n": 1.5},
        {"vu": -1},
        {"vu": None},
        {"de": "main"},
        {"de": "x" * 99},
        {"de": 4},
    ],
)
def test_a_forged_rank_waits_on_the_server(client, seance, tablette, faux):
    envoyer(client, [sceller(seance, {"refus": "1"}, rang=rang(1) | faux)], tablette)
    assert not Rapport.objects.exists()
    assert Enveloppe.objects.get().etat == EtatEnveloppe.QUARANTAINE
