"""The inbox: committed before it is acknowledged, opened afterwards, never lost, never doubled."""

import json
import threading
from datetime import timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.utils import timezone

from enquetes.actions import boite
from enquetes.actions.appareils import preparer_appareil, revoquer_appareil
from enquetes.actions.passations import effacer_par_code, enregistrer_page
from enquetes.actions.seances import clore_seance, ouvrir_seance
from enquetes.echanges import scellement
from enquetes.models import (
    Appareil,
    Enveloppe,
    EtatEnveloppe,
    EtatPassation,
    Mode,
    Motif,
    Passation,
    Seance,
)
from tests import builders
from tests.boite import enveloppe, envoyer, issues, poser_la_cle
from tests.integration.enquetes.test_passation import PETIT
from voix.commun.erreurs import AccesRefuse, EtatIncompatible, SaisieInvalide
from voix.comptes.roles import Role

pytestmark = pytest.mark.django_db

REPONSES = {"venu": ["oui"], "manque": ["pain", "autre"], "manque.precision": ["Du riz"]}
CANONIQUES = {"venu": "oui", "manque": ["pain", "autre"], "manque.precision": "Du riz"}


@pytest.fixture(autouse=True)
def cle():
    return poser_la_cle()


@pytest.fixture
def par():
    return builders.un_compte()


@pytest.fixture
def seance(par):
    collecte = builders.une_collecte_ouverte(
        par=par, version=builders.une_version(PETIT), langues=("fr", "ar")
    )
    return ouvrir_seance(seance=builders.une_seance(collecte=collecte, par=par), par=par)


@pytest.fixture
def tablette(seance, par):
    """Return the token of a prepared tablet."""
    return preparer_appareil(seance=seance, par=par)[1]


def une(seance, champs=None, **options):
    return enveloppe(seance.acces, champs or REPONSES, **options)


def seule_issue(page):
    (issue,) = issues(page).values()
    return issue


def test_an_answer_sealed_on_a_tablet_becomes_a_passation(client, seance, tablette):
    scellee = une(seance)
    assert seule_issue(envoyer(client, [scellee], tablette)) == "ok"
    passation = Passation.objects.get()
    assert str(passation.pk) == scellee["id"]
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


# --- opening -----------------------------------------------------------------------------------


def motif_de(client, seance, tablette, **options):
    assert seule_issue(envoyer(client, [une(seance, **options)], tablette)) == "ok"
    assert not Passation.objects.exists()
    ligne = Enveloppe.objects.get()
    assert ligne.etat == EtatEnveloppe.QUARANTAINE
    return ligne.motif


@pytest.mark.parametrize(
    ("options", "motif"),
    [
        ({"v": "0" * 12}, Motif.VERSION),
        ({"v": ""}, None),
        ({"v": "0"}, Motif.VERSION),
        ({"q": "autre"}, Motif.VERSION),
        ({"contenu": []}, Motif.CONTENU),
        ({"contenu": {"champs": {"venu": "oui"}}}, Motif.CONTENU),
        ({"contenu": {"champs": {"venu": [{}]}}}, Motif.CONTENU),
        ({"contenu": {"champs": {"venu": ["oui"] * 65}}}, Motif.CONTENU),
        ({"champs": {"venu": ["jamais"]}}, Motif.REPONSES),
        ({"champs": {"venu": ["oui"], "manque": ["rien", "pain"]}}, Motif.REPONSES),
        ({"champs": {"inconnue": ["oui"]}}, Motif.VIDE),
    ],
)
def test_what_cannot_become_answers_waits_on_the_server(client, seance, tablette, options, motif):
    if motif is None:
        assert seule_issue(envoyer(client, [une(seance, **options)], tablette)) == "malformed"
    else:
        assert motif_de(client, seance, tablette, **options) == motif


@pytest.mark.parametrize(
    ("champ", "valeur", "motif"),
    [
        ("id", lambda _: str(uuid4()), Motif.SCEAU),
        ("ct", lambda c: c[:-4] + "AAA=", Motif.SCEAU),
        ("ek", lambda _: "AAAA", Motif.SCEAU),
        ("iv", lambda _: "AA==", Motif.SCEAU),
        ("iv", lambda _: "A", Motif.SCEAU),
        ("kid", lambda _: "deadbeef", Motif.CLE),
    ],
)
def test_forged_envelopes_are_never_counted(client, seance, tablette, champ, valeur, motif):
    forgee = une(seance)
    forgee[champ] = valeur(forgee[champ])
    assert seule_issue(envoyer(client, [forgee], tablette)) == "ok"
    assert Enveloppe.objects.get().motif == motif
    assert not Passation.objects.exists()
    assert seule_issue(envoyer(client, [forgee], tablette)) == "quarantine"


def test_answers_to_a_hidden_question_are_dropped(client, seance, tablette):
    envoyer(client, [une(seance, {"venu": ["non"], "manque": ["n’importe quoi"]})], tablette)
    assert Passation.objects.get().reponses == {"venu": "non"}


def test_a_lone_surrogate_a_nul_and_windows_lines_are_kept_as_words(client, seance, tablette):
    mots = REPONSES | {"manque.precision": ["a\ud800b\0c\r\nd"]}
    envoyer(client, [une(seance, mots)], tablette)
    assert Passation.objects.get().reponses["manque.precision"] == "a\ufffdb\ufffdc\nd"


def test_version_two_published_meanwhile_leaves_version_one_answerable(client, seance, tablette):
    une_v1 = une(seance)
    v2 = json.loads(json.dumps(PETIT))
    v2["pages"][1]["questions"][0]["choix"] = [{"code": "sel", "texte": {"fr": "Du sel"}}] * 1
    nouvelle = builders.une_version(v2)
    seance.collecte.__class__.objects.filter(pk=seance.collecte_id).update(version=nouvelle)
    ancienne = seance.collecte.version
    envoyer(client, [une_v1], tablette)
    assert Passation.objects.get().version == ancienne
    assert Passation.objects.get().reponses == CANONIQUES


def test_the_code_drawn_on_the_device_erases_also_the_sealed_copy(client, seance, tablette):
    scellee = une(seance, contenu={"champs": REPONSES, "langue": "ar", "code": "2222-2222"})
    envoyer(client, [scellee], tablette)
    passation = Passation.objects.get()
    assert passation.langue == "ar"
    assert passation.code_effacement
    effacer_par_code(code="2222-2222")
    passation.refresh_from_db()
    assert (passation.etat, passation.reponses) == (EtatPassation.EFFACEE, {})
    assert Enveloppe.objects.get().brute == ""
    assert seule_issue(envoyer(client, [scellee], tablette)) == "gone"  # and does not come back
    assert Passation.objects.get().reponses == {}


def test_two_people_who_draw_the_same_code_are_both_counted(client, seance, tablette):
    contenu = {"champs": REPONSES, "langue": "fr", "code": "2222-2222"}
    envoyer(client, [une(seance, contenu=contenu), une(seance, contenu=contenu)], tablette)
    assert Passation.objects.count() == 2
    assert Passation.objects.filter(code_effacement__isnull=True).count() == 1


def test_begun_page_by_page_and_ended_by_the_document(client, seance):
    identifiant = uuid4()
    page = seance.collecte.version.lue().pages[0]
    enregistrer_page(
        passation_id=identifiant,
        acces=seance.acces,
        page=page,
        valeurs={"venu": "non"},
        langue="fr",
    )
    envoyer(client, [une(seance, identifiant=identifiant)], seance.acces.jeton)
    passation = Passation.objects.get()
    assert passation.etat == EtatPassation.TERMINEE
    assert passation.reponses == CANONIQUES


def test_an_answer_already_sent_by_another_path_is_never_replaced(client, seance):
    identifiant = uuid4()
    builders.des_passations(
        seance.collecte, 1, pk=identifiant, acces=seance.acces, reponses={"venu": "non"}
    )
    envoyer(client, [une(seance, identifiant=identifiant)], seance.acces.jeton)
    assert Passation.objects.get().reponses == {"venu": "non"}
    assert Enveloppe.objects.get().motif == Motif.DEJA


def test_whatever_breaks_puts_in_quarantine_and_says_nothing_of_the_words(
    client, seance, tablette, monkeypatch, caplog
):
    def casse(*_args):
        raise RuntimeError("Du riz")

    monkeypatch.setattr("enquetes.actions.boite.ouvrir_enveloppe", casse)
    assert motif_de(client, seance, tablette) == Motif.ERREUR
    assert "Du riz" not in caplog.text


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


# --- keys --------------------------------------------------------------------------------------


def test_manage_check_finds_a_broken_key(cle):
    assert [m for m in run_checks() if m.id == "enquetes.E001"] == []
    cle.write_text("rien")
    (message,) = [m for m in run_checks() if m.id == "enquetes.E001"]
    assert cle.name in message.msg
    with pytest.raises(CommandError, match="illisibles"):
        call_command("boite", "--verifier", stdout=StringIO())


def test_a_key_under_another_name_is_found_too(cle):
    cle.rename(cle.with_name("boite-0001-deadbeef.pem"))
    assert scellement.defauts_des_cles() == ["boite-0001-deadbeef.pem"]


def test_old_keys_open_what_was_sealed_before_and_new_ones_seal(client, seance, tablette):
    avant = une(seance)
    call_command("boite", "--nouvelle-cle", stdout=StringIO())
    assert une(seance)["kid"] != avant["kid"]
    envoyer(client, [avant], tablette)
    assert Passation.objects.count() == 1


def test_a_key_is_readable_by_its_owner_only(tmp_path, settings):
    settings.DOSSIER_DONNEES = tmp_path / "neuf"
    assert scellement.nouvelle_cle().stat().st_mode & 0o077 == 0


def test_a_lost_key_that_comes_back_opens_the_quarantine(client, seance, tablette, cle, par):
    scellee = une(seance)
    ailleurs = cle.rename(cle.parent.parent / cle.name)
    scellement.nouvelle_cle()
    envoyer(client, [scellee], tablette)
    ligne = Enveloppe.objects.get()
    assert ligne.motif == Motif.CLE
    assert not boite.rouvrir(enveloppe=ligne, par=par)
    ailleurs.rename(cle)
    assert boite.rouvrir(enveloppe=ligne, par=par)
    assert Passation.objects.count() == 1


# --- quarantine --------------------------------------------------------------------------------


def test_an_envelope_is_set_aside_with_a_reason_and_that_can_be_undone(
    client, seance, tablette, par
):
    motif_de(client, seance, tablette, contenu=[])
    ligne = Enveloppe.objects.get()
    with pytest.raises(SaisieInvalide):
        boite.ecarter(enveloppe=ligne, raison="  ", par=par)
    ambassadeur = builders.un_compte(role=Role.AMBASSADEUR, email="a@exemple.fr")
    with pytest.raises(AccesRefuse):
        boite.ecarter(enveloppe=ligne, raison="essai", par=ambassadeur)
    boite.ecarter(enveloppe=ligne, raison="Essai de l’équipe.", par=par)
    assert not boite.rouvrir(enveloppe=ligne, par=par)
    ligne.refresh_from_db()
    assert ligne.etat == EtatEnveloppe.QUARANTAINE


def test_the_purge_leaves_what_is_not_decided(client, seance, tablette):
    motif_de(client, seance, tablette, contenu=[])
    Enveloppe.objects.update(jour=timezone.localdate() - timedelta(days=400))
    assert boite.purger() == 0


@pytest.mark.parametrize("etat", ["close", "sans"])
def test_no_device_is_prepared_for_nothing(par, seance, etat):
    autre = (
        builders.une_seance(par=par) if etat == "sans" else clore_seance(seance=seance, par=par)
    )
    with pytest.raises(EtatIncompatible):
        preparer_appareil(seance=autre, par=par)
