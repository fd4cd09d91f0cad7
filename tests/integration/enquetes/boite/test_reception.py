"""The inbox: committed before it is acknowledged, opened afterwards, never lost, never doubled."""

import json
import threading
from datetime import timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.utils import timezone

from enquetes.actions import boite
from enquetes.actions.appareils import preparer_appareil, revoquer_appareil
from enquetes.actions.seances import clore_seance
from enquetes.models import (
    Appareil,
    Enveloppe,
    EtatEnveloppe,
    EtatPassation,
    Mode,
    Passation,
    Seance,
)
from tests.boite import CANONIQUES, envoyer, rangee, seule_issue, une

pytestmark = pytest.mark.django_db


def test_an_answer_sealed_on_a_tablet_becomes_a_passation(client, seance, tablette):
    scellee = une(seance)
    assert seule_issue(envoyer(client, [scellee], tablette)) == "ok"
    passation = Passation.objects.get()
    assert passation.pk == rangee(scellee)
    assert passation.reponses == CANONIQUES
    assert (passation.etat, passation.mode) == (EtatPassation.TERMINEE, Mode.TABLETTE)
    assert passation.acces == seance.acces
    ligne = Enveloppe.objects.get()
    assert (ligne.etat, ligne.recue_a) == (EtatEnveloppe.OUVERTE, None)  # the moment is gone


def test_a_personal_phone_sends_with_the_link_itself(client, seance):
    assert seule_issue(envoyer(client, [une(seance)], seance.acces.jeton)) == "ok"
    assert Passation.objects.get().mode == Mode.TELEPHONE


def test_lost_acknowledgements_and_replays_make_one_row(client, seance, tablette):
    scellee = une(seance)
    vues = [seule_issue(envoyer(client, [scellee], tablette)) for _ in range(5)]
    assert vues == ["ok", "dup", "dup", "dup", "dup"]
    assert Passation.objects.count() == 1


def test_replayed_from_another_device_a_month_later(client, seance, tablette, par):
    scellee = une(seance)
    envoyer(client, [scellee], tablette)
    autre = preparer_appareil(seance=seance, par=par)[1]
    clore_seance(seance=seance, par=par)
    Seance.objects.update(close_le=timezone.now() - timedelta(days=31))
    Enveloppe.objects.update(jour=timezone.localdate() - timedelta(days=31))
    boite.purger()
    assert Enveloppe.objects.get().brute == ""
    assert seule_issue(envoyer(client, [scellee], autre)) == "dup"
    assert Passation.objects.count() == 1


def test_the_same_id_with_another_content_is_a_conflict_and_changes_nothing(
    client, seance, tablette
):
    identifiant = uuid4()
    envoyer(client, [une(seance, identifiant=identifiant)], tablette)
    autre = une(seance, {"venu": ["non"]}, identifiant=identifiant)
    assert seule_issue(envoyer(client, [autre], tablette)) == "conflict"
    assert Passation.objects.get().reponses == CANONIQUES


def test_two_contents_of_one_id_in_one_batch(client, seance, tablette):
    identifiant = uuid4()
    lot = [une(seance, identifiant=identifiant), une(seance, identifiant=identifiant)]
    assert seule_issue(envoyer(client, lot, tablette)) == "conflict"


def test_a_malformed_item_does_not_block_the_others(client, seance, tablette):
    bonne = une(seance)
    lot = [{"id": "rien"}, 7, None, bonne, bonne | {"id": str(uuid4()), "iv": 3}]
    vues = envoyer(client, lot, tablette).json()["items"]
    assert vues[bonne["id"]] == "ok"
    assert sorted(vues.values()) == ["malformed", "malformed", "ok"]


@pytest.mark.parametrize(
    ("corps", "statut"),
    [
        ("", 415),
        ("{", 400),
        ("[]", 400),
        ('{"items": 3}', 400),
        (json.dumps({"items": [{}] * 51}), 413),
        ("[" * 200_000, 400),
        (b'{"items": ["\xff\xfe"]}', 400),
        ('{"items": ["' + "a" * 2_000_000 + '"]}', 413),
    ],
    ids=["vide", "coupe", "liste", "forme", "cinquante-et-un", "profond", "utf8", "lourd"],
)
def test_what_is_not_a_batch_is_refused_and_breaks_nothing(
    client, seance, tablette, corps, statut
):
    assert envoyer(client, corps, tablette).status_code == statut
    assert seule_issue(envoyer(client, [une(seance)], tablette)) == "ok"


def test_ten_megabytes_of_text_in_one_answer_is_not_an_envelope(
    client, seance, tablette, settings
):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 20_000_000
    lourde = une(seance) | {"ct": "A" * 10_000_000}
    assert seule_issue(envoyer(client, [lourde], tablette)) == "malformed"


@pytest.mark.parametrize(
    ("jeton", "entetes", "statut"),
    [
        ("ap.inconnu", {}, 401),
        ("", {}, 401),
        ("é" * 30, {}, 401),
        (None, {"Origin": "https://ailleurs.exemple"}, 403),
        (None, {"Origin": "null"}, 403),
        (None, {"Origin": ""}, 403),
        (None, {"Origin": "http://[::"}, 403),
        (None, {"Origin": "http://testserver"}, 202),
    ],
)
def test_only_our_own_pages_with_a_token_send(client, seance, tablette, jeton, entetes, statut):
    page = envoyer(client, [une(seance)], tablette if jeton is None else jeton, **entetes)
    assert page.status_code == statut
    assert page.json()["voix"] == 1
    assert Enveloppe.objects.count() == (1 if statut == 202 else 0)


def test_a_form_cannot_send_and_no_cookie_is_set(client, seance, tablette):
    page = client.post("/o/envois/", {"items": "[]"}, headers={"Authorization": tablette})
    assert page.status_code == 415
    assert not envoyer(client, [une(seance)], tablette).cookies


def test_a_stolen_tablet_is_revoked_and_what_it_sent_is_kept(client, seance, par):
    appareil, jeton = preparer_appareil(seance=seance, par=par)
    envoyer(client, [une(seance)], jeton)
    revoquer_appareil(appareil=appareil, par=par)
    assert envoyer(client, [une(seance)], jeton).status_code == 401
    assert Passation.objects.count() == 1


def test_the_token_of_a_device_is_stored_nowhere(seance, tablette):
    assert tablette not in json.dumps(list(Appareil.objects.values()), default=str)
    assert len(tablette) >= 25


def test_sent_sixty_days_after_the_end_but_no_later(client, seance, tablette, par):
    clore_seance(seance=seance, par=par)
    assert seule_issue(envoyer(client, [une(seance)], tablette)) == "ok"
    assert Enveloppe.objects.get().tardive
    Seance.objects.update(close_le=timezone.now() - timedelta(days=61))
    assert envoyer(client, [une(seance)], tablette).status_code == 401


def test_each_contact_tells_how_many_wait(client, seance, par):
    appareil, jeton = preparer_appareil(seance=seance, par=par)
    envoyer(client, json.dumps({"items": [], "reste": 3}), jeton)
    appareil.refresh_from_db()
    assert (appareil.en_attente, appareil.vu_le) == (3, timezone.localdate())
    envoyer(client, [], jeton)  # « Préparer » tries the token: it says nothing of what waits
    appareil.refresh_from_db()
    assert appareil.en_attente == 3
    envoyer(client, json.dumps({"items": [], "reste": 0}), jeton)
    appareil.refresh_from_db()
    assert appareil.en_attente == 0


# --- what the server suffers -------------------------------------------------------------------


def test_killed_between_the_commit_and_the_opening_the_sweeper_opens_it(
    client, seance, tablette, monkeypatch
):
    scellee = une(seance)
    monkeypatch.setattr("enquetes.views.boite.traiter", lambda *, identifiants: None)
    assert seule_issue(envoyer(client, [scellee], tablette)) == "ok"
    monkeypatch.undo()
    assert not Passation.objects.exists()
    assert seule_issue(envoyer(client, [scellee], tablette)) == "dup"
    assert boite.en_retard() == 0
    Enveloppe.objects.update(recue_a=timezone.now() - timedelta(minutes=6))
    assert boite.en_retard() == 1
    with pytest.raises(CommandError, match="attendent"):
        call_command("boite", "--verifier", stdout=StringIO())
    call_command("boite", stdout=StringIO())
    assert Passation.objects.get().reponses == CANONIQUES
    assert boite.en_retard() == 0


def test_the_next_contact_sweeps_too(client, seance, tablette):
    boite.recevoir(items=[une(seance)], acces=seance.acces, appareil=None)
    Enveloppe.objects.update(recue_a=timezone.now() - timedelta(minutes=6))
    envoyer(client, [], tablette)
    assert Passation.objects.count() == 1


def test_a_database_that_cannot_commit_is_never_acknowledged(
    client, seance, tablette, monkeypatch
):
    def plein(_lignes):
        raise OperationalError("database or disk is full")

    scellee = une(seance)
    monkeypatch.setattr("enquetes.actions.boite.deposer", plein)
    assert seule_issue(envoyer(client, [scellee], tablette)) == "retry"
    monkeypatch.undo()
    assert seule_issue(envoyer(client, [scellee], tablette)) == "ok"


def test_a_database_that_is_stopped_answers_503_in_json(client, seance, tablette, monkeypatch):
    def arretee(_jeton):
        raise OperationalError("server closed the connection")

    monkeypatch.setattr("enquetes.views.boite.porteur", arretee)
    page = envoyer(client, [une(seance)], tablette)
    assert page.status_code == 503
    assert page.json()["erreur"] == "occupe"


@pytest.mark.django_db(transaction=True)
def test_the_same_batch_sent_eight_times_at_once_makes_one_row_each(seance):
    lot = [une(seance) for _ in range(15)]
    recues = []

    def appareil():
        for _ in range(20):  # a device sends again what it was told to
            vues = boite.recevoir(items=lot, acces=seance.acces, appareil=None)
            if "retry" not in vues.issues.values():
                recues.append(vues)
                break
        connection.close()

    fils = [threading.Thread(target=appareil) for _ in range(8)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    vues = [issue for reception in recues for issue in reception.issues.values()]
    assert (vues.count("ok"), vues.count("dup")) == (15, 105)
    assert boite.balayer() == 15
    assert Passation.objects.count() == 15


def test_after_a_restored_backup_devices_are_asked_for_their_bin(client, seance, tablette):
    assert envoyer(client, [], tablette).json()["renvoyer"] == 0
    call_command("boite", "--renvoyer-depuis", "2026-11-25", stdout=StringIO())
    assert envoyer(client, [], tablette).json()["renvoyer"] == 1764025200 + 365 * 86400
