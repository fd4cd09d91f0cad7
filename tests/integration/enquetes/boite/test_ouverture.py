"""What is inside an envelope: opened once, or kept in quarantine; keys that come and go."""

import json
from datetime import timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.utils import timezone

from enquetes.actions import boite, quarantaine
from enquetes.actions.appareils import preparer_appareil
from enquetes.actions.effacements import effacer_par_code
from enquetes.actions.passations import enregistrer_page
from enquetes.actions.seances import clore_seance
from enquetes.echanges import scellement
from enquetes.echanges.correspondance import identifiant_de
from enquetes.models import (
    Enveloppe,
    EtatEnveloppe,
    EtatPassation,
    Motif,
    Passation,
)
from tests import builders
from tests.boite import CANONIQUES, REPONSES, envoyer, seule_issue, une
from tests.integration.enquetes.test_passation import PETIT
from voix.commun.erreurs import AccesRefuse, EtatIncompatible, SaisieInvalide
from voix.comptes.roles import Role

pytestmark = pytest.mark.django_db


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
    envoyer(client, [une(seance, identifiant=identifiant_de(identifiant))], seance.acces.jeton)
    passation = Passation.objects.get()
    assert passation.etat == EtatPassation.TERMINEE
    assert passation.reponses == CANONIQUES


def test_an_answer_already_sent_by_another_path_is_never_replaced(client, seance):
    identifiant = uuid4()
    builders.des_passations(
        seance.collecte, 1, pk=identifiant, acces=seance.acces, reponses={"venu": "non"}
    )
    envoyer(client, [une(seance, identifiant=identifiant_de(identifiant))], seance.acces.jeton)
    assert Passation.objects.get().reponses == {"venu": "non"}
    assert Enveloppe.objects.get().motif == Motif.DEJA


def test_whatever_breaks_puts_in_quarantine_and_says_nothing_of_the_words(
    client, seance, tablette, monkeypatch, caplog
):
    def casse(*_args):
        raise RuntimeError("Du riz")

    monkeypatch.setattr("enquetes.actions.depouillement.lire_reponses", casse)
    assert motif_de(client, seance, tablette) == Motif.ERREUR
    assert "Du riz" not in caplog.text


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
    assert not quarantaine.rouvrir(enveloppe=ligne, par=par)
    ailleurs.rename(cle)
    assert quarantaine.rouvrir(enveloppe=ligne, par=par)
    assert Passation.objects.count() == 1


# --- quarantine --------------------------------------------------------------------------------


def test_an_envelope_is_set_aside_with_a_reason_and_that_can_be_undone(
    client, seance, tablette, par
):
    motif_de(client, seance, tablette, contenu=[])
    ligne = Enveloppe.objects.get()
    with pytest.raises(SaisieInvalide):
        quarantaine.ecarter(enveloppe=ligne, raison="  ", par=par)
    ambassadeur = builders.un_compte(role=Role.AMBASSADEUR, email="a@exemple.fr")
    with pytest.raises(AccesRefuse):
        quarantaine.ecarter(enveloppe=ligne, raison="essai", par=ambassadeur)
    quarantaine.ecarter(enveloppe=ligne, raison="Essai de l’équipe.", par=par)
    assert not quarantaine.rouvrir(enveloppe=ligne, par=par)
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
