"""Erasure attacked: guessed codes, a tombstone that tells, a backup that comes back, a purge at once."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from enquetes.actions import journal_effacements as journal
from enquetes.actions.effacements import (
    effacer_carte,
    effacer_par_code,
    rejouer_effacements,
)
from enquetes.actions.passations import code_effacement, terminer_passation
from enquetes.actions.retention import fin_de_conservation, purger_reponses
from enquetes.actions.suivi.cartes import carte_de_code, passation_de
from enquetes.models import Carte, Collecte, Enveloppe, EtatEnveloppe, Passation, Rang
from enquetes.parcours import code_effacement as codes
from enquetes.signaux import reponses_effacees
from enquetes.views import reseau
from enquetes.views.passation import effacement
from enquetes.views.suivi import cartes as cartes_suivies
from tests import builders
from tests.suivi import repondre, une_carte, une_cohorte
from voix.commun.erreurs import AccesRefuse, EtatIncompatible, SaisieInvalide
from voix.comptes.models import Trace
from voix.comptes.roles import Role

pytestmark = pytest.mark.django_db


AVIS = {"code": "avis", "type": "texte_long", "texte": {"fr": "Votre avis ?"}}
DEFINITION = builders.UNE_DEFINITION | {
    "code": "effacer",
    "pages": [{"code": "p1", "questions": [AVIS]}],
}


def une_collecte(**changements) -> Collecte:
    return builders.une_collecte_ouverte(version=builders.une_version(DEFINITION), **changements)


def envoyee(collecte=None, **changements) -> Passation:
    """Return answers as a person sends them, with their code."""
    collecte = collecte or Collecte.objects.first() or une_collecte()
    champs = {"etat": "brouillon", "reponses": {"avis": "un texte à moi"}} | changements
    (brouillon,) = builders.des_passations(collecte, 1, **champs)
    return terminer_passation(passation_id=brouillon.pk, acces=brouillon.acces)


def page_de(client, code: str):
    return client.post("/effacer/", {"code": code})


def corps(page) -> str:
    """Return a page without its proof against forged forms."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page.content.decode())


INCONNU = codes.depuis_octets(b"\x07" * 16)


# Guessing


def test_a_million_codes_drawn_at_random_find_nobody():
    """31.7 bits: each of these is well formed, so it costs a try of the five of an hour."""
    passation = envoyee()
    juste = code_effacement(passation)
    tires = {codes.depuis_octets(n.to_bytes(16, "big")) for n in range(0, 2_000_000, 7)}
    assert len(tires) > 100_000
    assert juste not in tires
    for code in sorted(tires)[:50]:
        effacer_par_code(code=code)
    passation.refresh_from_db()
    assert passation.etat == "terminee"


def test_right_codes_are_counted_too_or_the_limit_would_tell(client):
    """Were only wrong ones counted, a sixth try that passes would say that five were right."""
    for essai in range(5):
        code = code_effacement(envoyee()) if essai % 2 else INCONNU
        assert page_de(client, code).status_code == 200
    assert page_de(client, code_effacement(envoyee())).status_code == 429
    assert Passation.objects.filter(etat="effacee").count() == 2


def test_the_card_page_cannot_be_used_to_try_the_codes_of_last_pages(client):
    """It knows cards only: no oracle for the other codes, and its own limit holds."""
    reponse = client.post("/carte/", {"code": code_effacement(envoyee())}, follow=True)
    assert reponse.status_code == 404


@pytest.mark.parametrize("forme", ["{}", "\u202e{}", "{}\n", " {} "])
def test_nothing_hidden_in_what_is_typed_reaches_another_code(client, forme):
    autre = envoyee()
    page_de(client, forme.format("XXXX-XXXX"))
    autre.refresh_from_db()
    assert autre.etat == "terminee"


# The same answer, and as long


def test_found_or_not_the_page_is_the_same_to_the_letter(client):
    trouve = page_de(client, code_effacement(envoyee()))
    rien = page_de(client, INCONNU)
    encore = page_de(client, INCONNU)
    assert corps(trouve) == corps(rien) == corps(encore)
    assert trouve.headers.items() == rien.headers.items()


def test_found_or_not_the_answer_leaves_at_the_same_beat(client, monkeypatch):
    """A false clock: the work takes 3 or 190 ms, the answer leaves at 250 in both cases."""
    heures, attentes = iter([0.0, 0.003, 10.0, 10.19]), []
    monkeypatch.setattr(reseau, "monotonic", lambda: next(heures))
    monkeypatch.setattr(reseau, "sleep", attentes.append)
    page_de(client, INCONNU)
    page_de(client, code_effacement(envoyee()))
    assert attentes == pytest.approx([0.247, 0.06])


def test_found_or_not_the_same_tables_are_asked():
    """What the database is told differs by what is erased, never by where it is looked for."""

    def tables(code: str) -> set[str]:
        with CaptureQueriesContext(connection) as requetes:
            effacer_par_code(code=code)
        return {
            nom for q in requetes for nom in re.findall(r'(?:FROM|UPDATE|INTO) "(\w+)"', q["sql"])
        }

    assert tables(INCONNU) == tables(code_effacement(envoyee()))


def test_a_receipt_has_the_day_and_no_content(client):
    passation = envoyee()
    code = code_effacement(passation)
    page = corps(page_de(client, code))
    assert f"{timezone.localdate():%d/%m/%Y}" in page
    assert code not in page
    assert str(passation.pk) not in page
    assert "un texte" not in page


# The tombstone


def test_a_tombstone_keeps_what_counts_need_and_nothing_of_the_answers():
    passation = envoyee(signes="rapide", langue="uk")
    effacer_par_code(code=code_effacement(passation))
    tombe = Passation.objects.get(pk=passation.pk)
    assert (tombe.etat, tombe.reponses, tombe.code_effacement) == ("effacee", {}, None)
    assert (tombe.langue, tombe.signes) == ("", "")


def test_who_follows_a_cohort_sees_no_difference_after_an_erasure(client):
    """The attack of the dietician: she knows who has which number, and looks before and after."""
    par = builders.un_compte()
    cohorte = une_cohorte(par=par, cartes=3)
    code = une_carte(cohorte).code
    carte = carte_de_code(code)
    for numero in (1, 2, carte.numero):
        repondre(Carte.de(cohorte, numero), Rang.ENTREE, {"a3": "1"})
    client.force_login(par)
    adresses = [
        f"/espace/suivi/{cohorte.pk}/",
        f"/espace/suivi/{cohorte.pk}/cartes/{carte.numero}/",
    ]
    avant = [corps(client.get(adresse)) for adresse in adresses]
    assert "a répondu" in avant[1]
    effacer_par_code(code=code)
    assert [corps(client.get(adresse)) for adresse in adresses] == avant
    assert not Trace.objects.filter(verbe__contains="effac").exists()


def test_the_journal_of_erasures_tells_neither_who_nor_how_many(settings):
    """A line for nobody too: its size does not say whether something was there."""
    fichier = Path(settings.DOSSIER_DONNEES) / journal.NOM
    passation = envoyee()
    code = code_effacement(passation)
    effacer_par_code(code=INCONNU)
    effacer_par_code(code=code)
    lu = fichier.read_text()
    assert len(lu.splitlines()) == 2
    for secret in (passation.pk.hex, str(passation.pk), code, code.replace("-", "")):
        assert secret not in lu
    assert all(re.fullmatch(r"\d{4}-\d{2} [0-9a-f]{32}", ligne) for ligne in lu.splitlines())
    assert fichier.stat().st_mode & 0o077 == 0
    assert fichier.stat().st_mtime % 86_400 == 0


# A backup put back


def test_a_backup_put_back_after_an_erasure_is_erased_again():
    passation, autre = envoyee(), envoyee()
    avant = Passation.objects.filter(pk=passation.pk).values().get()
    effacer_par_code(code=code_effacement(passation))
    Passation.objects.filter(pk=passation.pk).update(
        **{champ: avant[champ] for champ in ("etat", "reponses", "code_effacement", "langue")}
    )
    call_command("purger")
    passation.refresh_from_db()
    autre.refresh_from_db()
    assert (passation.etat, passation.reponses) == ("effacee", {})
    assert autre.etat == "terminee"
    assert rejouer_effacements(par="essai") == 0
    assert Trace.objects.filter(verbe="rejouer_effacements").count() == 1


def test_a_draft_of_a_card_that_comes_back_with_a_backup_goes_again():
    cohorte = une_cohorte()
    carte = une_carte(cohorte)
    identifiant = passation_de(carte_de_code(carte.code), cohorte.vague(Rang.ENTREE))
    acces = builders.lien_principal(cohorte.vague(Rang.ENTREE).collecte)
    champs = {"etat": "brouillon", "acces": acces, "pk": identifiant}
    builders.des_passations(acces.collecte, 1, **champs)
    effacer_par_code(code=carte.code)
    assert not Passation.objects.filter(pk=identifiant).exists()
    builders.des_passations(acces.collecte, 1, **champs)
    assert rejouer_effacements(par="essai") == 1
    assert not Passation.objects.filter(pk=identifiant).exists()


def test_a_backup_older_than_the_cut_is_cut_again(settings):
    cohorte = une_cohorte()
    jour = cohorte.coupe_le
    dossier = Path(settings.DOSSIER_DONNEES) / "cles"
    purger_reponses(au=jour, par="essai")
    assert not (dossier / cohorte.cle.hex).exists()
    (dossier / cohorte.cle.hex).write_text("revenue")
    type(cohorte).objects.filter(pk=cohorte.pk).update(coupee_le=None)
    purger_reponses(au=jour, par="essai")
    assert list(dossier.glob(cohorte.cle.hex)) == []


def test_a_journal_with_a_torn_line_is_still_read(settings):
    """A power cut in the middle of a line loses that line, not the file."""
    passation = envoyee()
    effacer_par_code(code=code_effacement(passation))
    fichier = Path(settings.DOSSIER_DONNEES) / journal.NOM
    fichier.write_text("2026-1\n\x00\x00\n" + fichier.read_text())
    assert len(journal.inscrits()) == 1


def test_lines_are_forgotten_once_nothing_can_come_back():
    effacer_par_code(code=code_effacement(envoyee()))
    aujourdhui = timezone.localdate()
    journal.tailler(au=aujourdhui + timedelta(days=30 * (journal.MOIS_GARDES - 1)))
    assert len(journal.inscrits()) == 1
    journal.tailler(au=aujourdhui + timedelta(days=31 * (journal.MOIS_GARDES + 2)))
    assert journal.inscrits() == frozenset()


# A purge at the same time


def test_a_purge_in_the_middle_of_an_erasure_and_the_other_way_round():
    """Both end in the same state, neither fails, the purge counts only what it has erased."""
    collecte = une_collecte()
    une, autre = envoyee(collecte), envoyee(collecte)
    moment = timezone.now() - timedelta(days=31 * 40)
    Collecte.objects.filter(pk=collecte.pk).update(etat="close", close_le=moment, ouvre_le=moment)
    purges = []

    def purger(**_signal):
        if not purges:
            purges.append(None)
            purges.append(purger_reponses(au=timezone.localdate(), par="essai").passations)

    reponses_effacees.connect(purger)
    try:
        effacer_par_code(code=code_effacement(une))
    finally:
        reponses_effacees.disconnect(purger)
    assert purges[-1] == 1
    assert set(Passation.objects.values_list("etat", flat=True)) == {"effacee"}
    effacer_par_code(code=codes.depuis_octets(autre.pk.bytes))


# What the purge leaves


def test_a_collecte_that_nobody_closes_is_not_kept_for_ever():
    """The attack of forgetting: without a closing, no end would ever come."""
    collecte = une_collecte(conservation_mois=12)
    passation = envoyee(collecte)
    fermee = timezone.localdate() - timedelta(days=31 * 14)
    Collecte.objects.filter(pk=collecte.pk).update(ouvre_le=fermee, ferme_le=fermee)
    collecte.refresh_from_db()
    fin = fin_de_conservation(collecte)
    assert fermee + timedelta(days=365) < fin <= fermee + timedelta(days=365 + 31)
    purger_reponses(au=fin, par="essai")
    passation.refresh_from_db()
    assert (passation.etat, passation.signes) == ("effacee", "")


@pytest.mark.parametrize("etat", ["quarantaine", "ecartee", "ouverte"])
def test_sealed_copies_end_with_the_answers_even_those_that_never_opened(etat):
    collecte = une_collecte()
    passation = envoyee(collecte)
    details = {"quarantaine": {"motif": "cle"}, "ecartee": {"raison": "illisible"}}.get(etat, {})
    Enveloppe.objects.create(
        pk=passation.pk, acces=passation.acces, empreinte="0" * 64, brute="{}",
        jour=timezone.localdate(), etat=etat, **details,
    )  # fmt: skip
    moment = timezone.now() - timedelta(days=31 * 40)
    Collecte.objects.filter(pk=collecte.pk).update(etat="close", close_le=moment, ouvre_le=moment)
    purger_reponses(au=timezone.localdate(), par="essai")
    enveloppe = Enveloppe.objects.get()
    assert (enveloppe.etat, enveloppe.brute) == (EtatEnveloppe.SANS_SUITE, "")


# Staff erase for somebody who has lost her card, and see nothing


def test_staff_erase_a_card_by_its_number_and_the_trace_does_not_say_which(client):
    par = builders.un_compte()
    cohorte = une_cohorte(par=par, cartes=2)
    repondre(Carte.de(cohorte, 1), Rang.ENTREE, {"a3": "1"})
    repondre(Carte.de(cohorte, 2), Rang.ENTREE, {"a3": "5"})
    client.force_login(par)
    adresse = f"/espace/suivi/{cohorte.pk}/cartes/1/effacer/"
    page = client.post(adresse, {"numero": "1"}, follow=True)
    assert "S’il existait des réponses avec cette carte, elles sont effacées." in corps(page)
    assert Passation.objects.get(etat="terminee").reponses == {"a3": "5"}
    trace = Trace.objects.get(verbe="effacer_carte")
    assert (trace.objet, trace.details) == ("enquetes.cohorte", {})
    encore = client.post(adresse, {"numero": "1"}, follow=True)
    assert corps(encore) == corps(page)


def test_staff_erase_nothing_by_a_slip_of_the_finger_or_without_the_right(client):
    par = builders.un_compte()
    cohorte = une_cohorte(par=par, cartes=2)
    repondre(Carte.de(cohorte, 1), Rang.ENTREE, {"a3": "1"})
    carte = Carte.de(cohorte, 1)
    with pytest.raises(SaisieInvalide, match="numéro"):
        effacer_carte(carte=carte, numero=2, par=par)
    with pytest.raises(AccesRefuse):
        effacer_carte(
            carte=carte, numero=1,
            par=builders.un_compte(role=Role.EVALUATION, email="eva@exemple.fr"),
        )  # fmt: skip
    sans_liste = une_cohorte(par=par, liste_papier=False)
    with pytest.raises(EtatIncompatible, match="liste"):
        effacer_carte(carte=Carte.de(sans_liste, 1), numero=1, par=par)
    client.force_login(par)
    faux = client.post(f"/espace/suivi/{cohorte.pk}/cartes/1/effacer/", {"numero": "2"})
    assert faux.status_code == 409
    assert Passation.objects.terminees().count() == 1


def test_the_limit_is_that_of_the_specification():
    assert effacement.ESSAIS_PAR_HEURE == 5


def test_a_card_says_until_when_and_its_qr_code_holds_the_code_after_a_hash(client, monkeypatch):
    """What follows « # » never reaches a server, nor its logs."""
    adresses, dessiner = [], cartes_suivies.svg

    def noter(adresse, **options):
        adresses.append(adresse)
        return dessiner(adresse, **options)

    monkeypatch.setattr(cartes_suivies, "svg", noter)
    par = builders.un_compte()
    cohorte = une_cohorte(par=par, cartes=0)
    client.force_login(par)
    page = client.post(
        f"/espace/suivi/{cohorte.pk}/cartes/", {"nombre": "2", "a_partir": "1"}
    ).content.decode()
    codes_lus = re.findall(r'class="grand-code"[^>]*>([^<]+)<', page)
    assert [codes.lire(code) for code in codes_lus] == codes_lus
    assert [adresse.split("#") for adresse in adresses] == [
        ["http://testserver/carte/", code] for code in codes_lus
    ]
    assert page.count(f"jusqu’au {cohorte.coupe_le:%d/%m/%Y}, puis le lien est coupé") == 2
