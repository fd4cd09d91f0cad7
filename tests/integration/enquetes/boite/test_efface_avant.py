"""Erased before they arrive: a code typed while the answers are still on a device (confidentialité §8)."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from enquetes.actions import boite, codes_effaces, quarantaine
from enquetes.actions import journal_effacements as journal
from enquetes.actions.effacements import effacer_par_code, rejouer_effacements
from enquetes.actions.passations import enregistrer_page
from enquetes.actions.retention import purger_reponses
from enquetes.models import CodeEfface, Enveloppe, EtatEnveloppe, EtatPassation, Motif, Passation
from enquetes.parcours import code_effacement as codes
from tests import builders
from tests.boite import REPONSES, envoyer, issues, rangee, seule_issue, une

pytestmark = pytest.mark.django_db

CODE = codes.depuis_octets(b"\x11" * 16)
AUTRE = codes.depuis_octets(b"\x22" * 16)


def avec(code: str, **contenu):
    return {"contenu": {"champs": REPONSES, "langue": "fr", "code": code, **contenu}}


def ligne(scellee) -> Enveloppe:
    return Enveloppe.objects.get(pk=rangee(scellee))


def test_typed_before_they_arrive_the_answers_are_dropped_and_the_device_may_forget(
    client, seance, tablette
):
    scellee, voisine = une(seance, **avec(CODE)), une(seance, **avec(AUTRE))
    page = client.post("/effacer/", {"code": CODE})
    assert "C’est fait" in page.content.decode()
    assert set(issues(envoyer(client, [scellee, voisine], tablette)).values()) == {"ok"}
    assert Passation.objects.get().pk == rangee(voisine)
    assert (ligne(scellee).etat, ligne(scellee).brute) == (EtatEnveloppe.SANS_SUITE, "")
    assert seule_issue(envoyer(client, [scellee], tablette)) == "gone"
    assert not Passation.objects.filter(pk=rangee(scellee)).exists()


def test_typed_between_the_acknowledgement_and_the_opening(client, seance, tablette, monkeypatch):
    scellee = une(seance, **avec(CODE))
    monkeypatch.setattr("enquetes.views.boite.traiter", lambda *, identifiants: None)
    envoyer(client, [scellee], tablette)
    effacer_par_code(code=CODE)
    assert boite.balayer() == 0
    assert ligne(scellee).etat == EtatEnveloppe.SANS_SUITE
    assert not Passation.objects.exists()


@pytest.mark.parametrize("decidee", [False, True])
def test_a_quarantined_envelope_of_that_code_is_emptied_and_cannot_be_filed(
    client, seance, tablette, par, decidee
):
    scellee = une(seance, v="0" * 12, **avec(CODE))
    autre = une(seance, v="0" * 12, **avec(AUTRE))
    envoyer(client, [scellee, autre], tablette)
    assert ligne(scellee).motif == Motif.VERSION
    if decidee:
        quarantaine.ecarter(enveloppe=ligne(scellee), raison="Essai.", par=par)
    effacer_par_code(code=CODE)
    assert (ligne(scellee).etat, ligne(scellee).brute) == (EtatEnveloppe.SANS_SUITE, "")
    assert ligne(scellee).code_effacement == ""
    assert ligne(autre).etat == EtatEnveloppe.QUARANTAINE
    assert list(Enveloppe.objects.a_examiner()) == [ligne(autre)]


def test_wrong_answers_of_an_erased_code_do_not_even_wait(client, seance, tablette):
    effacer_par_code(code=CODE)
    scellee = une(seance, **avec(CODE, champs={"venu": ["jamais"]}))
    assert seule_issue(envoyer(client, [scellee], tablette)) == "ok"
    assert (ligne(scellee).etat, ligne(scellee).brute) == (EtatEnveloppe.SANS_SUITE, "")


def test_a_key_that_comes_back_opens_nothing_of_an_erased_code(client, seance, tablette, cle, par):
    scellee = une(seance, **avec(CODE))
    ailleurs = cle.rename(cle.parent.parent / cle.name)
    envoyer(client, [scellee], tablette)
    assert ligne(scellee).motif == Motif.CLE
    effacer_par_code(code=CODE)
    ailleurs.rename(cle)
    assert not quarantaine.rouvrir(enveloppe=ligne(scellee), par=par)
    assert (ligne(scellee).etat, ligne(scellee).brute) == (EtatEnveloppe.SANS_SUITE, "")


def test_the_draft_that_the_document_was_to_end_goes_with_it(client, seance):
    scellee = une(seance, **avec(CODE))
    page = seance.collecte.version.lue().pages[0]
    enregistrer_page(
        passation_id=rangee(scellee),
        acces=seance.acces,
        page=page,
        valeurs={"venu": "non"},
        langue="fr",
    )
    effacer_par_code(code=CODE)
    envoyer(client, [scellee], seance.acces.jeton)
    assert not Passation.objects.exists()
    assert ligne(scellee).etat == EtatEnveloppe.SANS_SUITE


# --- nothing is told, and nobody fills the database ------------------------------------------------


def test_the_database_holds_neither_the_code_nor_a_time():
    effacer_par_code(code=CODE)
    garde = CodeEfface.objects.get()
    assert CODE not in garde.empreinte
    assert garde.le == timezone.localdate()
    assert {champ.name for champ in CodeEfface._meta.concrete_fields} == {"empreinte", "le"}


def test_typed_twice_it_is_kept_once():
    for _ in range(2):
        effacer_par_code(code=CODE)
    assert CodeEfface.objects.count() == 1


def test_invented_codes_push_out_the_oldest_and_the_table_does_not_grow(monkeypatch):
    monkeypatch.setattr(codes_effaces, "GARDES_AU_PLUS", 10)
    effacer_par_code(code=CODE)
    CodeEfface.objects.update(le=timezone.localdate() - timedelta(days=1))
    for n in range(30):
        effacer_par_code(code=codes.depuis_octets(bytes([n]) * 16))
    assert CodeEfface.objects.count() == 10
    assert not CodeEfface.objects.filter(le__lt=timezone.localdate()).exists()


def test_pushed_out_or_too_old_the_night_erases_what_arrived(client, seance, tablette):
    """The journal, outside the database, remembers ten years: a restored backup comes to it too."""
    effacer_par_code(code=CODE)
    CodeEfface.objects.all().delete()
    scellee = une(seance, **avec(CODE))
    envoyer(client, [scellee, une(seance, **avec(AUTRE))], tablette)
    assert Passation.objects.terminees().count() == 2
    assert rejouer_effacements(par="essai") == 1
    erasee = Passation.objects.get(pk=rangee(scellee))
    assert (erasee.etat, erasee.reponses) == (EtatPassation.EFFACEE, {})
    assert ligne(scellee).brute == ""
    assert Passation.objects.terminees().count() == 1


def test_a_code_is_forgotten_once_no_device_can_send_any_more():
    effacer_par_code(code=CODE)
    jour = timezone.localdate() + codes_effaces.DUREE
    purger_reponses(au=jour, par="essai")
    assert CodeEfface.objects.exists()
    purger_reponses(au=jour + timedelta(days=1), par="essai")
    assert not CodeEfface.objects.exists()


def test_the_journal_writes_one_line_found_or_not(client, seance, tablette):
    envoyer(client, [une(seance, **avec(CODE))], tablette)
    effacer_par_code(code=AUTRE)
    effacer_par_code(code=CODE)
    assert len(journal.inscrits()) == 2


# --- at the same moment ----------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_typed_while_they_are_being_opened_they_are_erased_whoever_is_first(seance):
    """Thirty times, two threads: no order of events leaves the answers."""
    builders.des_passations(seance.collecte, 1, acces=seance.acces, reponses={"venu": "oui"})
    for tour in range(30):
        code = codes.depuis_octets(bytes([tour + 60]) * 16)
        boite.recevoir(items=[une(seance, **avec(code))], acces=seance.acces, appareil=None)
        depart = threading.Barrier(2)

        def ouvrir(depart=depart):
            depart.wait()
            boite.balayer()
            connection.close()

        def effacer(depart=depart, code=code):
            depart.wait()
            effacer_par_code(code=code)
            connection.close()

        fils = [threading.Thread(target=geste) for geste in (ouvrir, effacer)]
        for fil in fils:
            fil.start()
        for fil in fils:
            fil.join()
    boite.balayer()
    assert Passation.objects.terminees().count() == 1
    assert set(Enveloppe.objects.values_list("etat", "brute")) == {("sans_suite", "")}
