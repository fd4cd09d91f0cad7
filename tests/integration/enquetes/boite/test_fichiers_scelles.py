"""The sealed file of a device: each envelope ends in the séance where it was answered (ADR 0118)."""

import io
import json
from datetime import timedelta
from uuid import UUID

import pytest
from django.urls import reverse
from django.utils import timezone

from enquetes.actions import boite, quarantaine
from enquetes.actions.arrivees import arrivees
from enquetes.actions.seances import clore_seance, ouvrir_seance
from enquetes.echanges.correspondance import identifiant_de
from enquetes.models import Enveloppe, EtatEnveloppe, Mode, Motif, Passation, Rapport, Seance
from enquetes.parcours.enveloppe import COMPTE_RENDU
from enquetes.views import quarantaine as vues
from tests import builders
from tests.boite import REPONSES, enveloppe, envoyer, seule_issue, une
from voix.comptes.models import Trace
from voix.comptes.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def autre(seance, par):
    """Return another séance of the same collecte, the same place and the same day."""
    suivante = builders.une_seance(collecte=seance.collecte, par=par, titre="Atelier du soir")
    return ouvrir_seance(seance=suivante, par=par)


@pytest.fixture
def equipe(client, par):
    client.force_login(par)
    return client


def reponse(seance, **options):
    lien = {"lien": seance.acces.jeton}
    return une(seance, contenu={"champs": REPONSES, "langue": "fr"} | lien, **options)


def compte_rendu(seance, *, lien=True):
    contenu = {"rapport": {"refus": "1"}} | ({"lien": seance.acces.jeton} if lien else {})
    return enveloppe(seance.acces, contenu=contenu, q=COMPTE_RENDU, v="1")


def importer(client, seance, *items) -> str:
    fichier = io.BytesIO(json.dumps({"voix": 1, "items": items}).encode())
    fichier.name = "voix.json"
    page = client.post(reverse("enquetes:importer_scelle", args=[seance.pk]), {"fichier": fichier})
    return page.content.decode()


def test_imported_on_the_wrong_page_it_is_filed_in_its_own_seance(equipe, seance, autre):
    page = importer(equipe, autre, reponse(seance), reponse(seance), compte_rendu(seance))
    assert set(Passation.objects.values_list("acces__seance", flat=True)) == {seance.pk}
    assert Rapport.objects.get().seance == seance
    assert "2 réponses reçues" in page
    assert "Un compte rendu reçu" in page
    assert (
        f"3 envois rangés dans une autre séance, celle où l’appareil a servi\u00a0: {seance.titre}"
        in (page.replace("&nbsp;", "\u00a0"))
    )


def test_a_tablet_answer_keeps_its_mode_and_the_trace_tells_who_imported(equipe, seance, par):
    importer(equipe, seance, reponse(seance))
    assert Passation.objects.get().mode == Mode.TABLETTE
    trace = Trace.objects.get(verbe="importer_fichier")
    assert (trace.acteur, trace.details) == (f"compte:{par.pk}", {"nombre": 1})


def test_imported_twice_the_second_changes_nothing(equipe, seance, autre):
    items = [reponse(seance), compte_rendu(seance)]
    importer(equipe, seance, *items)
    page = importer(equipe, autre, *items)
    assert "0 réponse reçue, 2 déjà là" in page
    assert Passation.objects.get().acces == seance.acces


@pytest.mark.parametrize("cas", ["autre_animateur", "ailleurs", "trop_ancienne", "supprimee"])
def test_what_is_not_ones_own_is_refused_in_words_and_kept_nowhere(client, seance, par, cas):
    """An ambassadeur imports on her own page a file of somebody else's séance."""
    ambassadrice = builders.un_compte(role=Role.AMBASSADEUR, email="amb@exemple.fr")
    sienne = builders.une_seance(collecte=seance.collecte, par=ambassadrice)
    items = [reponse(seance), compte_rendu(seance)]
    if cas == "ailleurs":
        items = [
            une(sienne, contenu={"champs": REPONSES, "langue": "fr", "lien": "x" * 22})
            for _ in range(2)
        ]
    if cas in {"trop_ancienne", "supprimee"}:
        Seance.objects.filter(pk=seance.pk).update(animateur=ambassadrice)
    if cas == "trop_ancienne":
        vieille = timezone.now() - timedelta(days=62)
        Seance.objects.filter(pk=seance.pk).update(prevue_le=vieille)
    if cas == "supprimee":
        Seance.objects.get(pk=seance.pk).acces.delete()
    client.force_login(ambassadrice)
    page = importer(client, sienne, *items, reponse(sienne))
    assert (
        "2 envois de ce fichier viennent d’une séance ou d’un suivi que vous n’animez pas" in page
    )
    assert "1 réponse reçue" in page
    assert Enveloppe.objects.count() == Passation.objects.count() == 1
    assert not Rapport.objects.exists()


@pytest.mark.parametrize("lien", ["\ud800", "a\0b", "é" * 22, "", "x" * 5000])
def test_a_link_that_is_no_token_stops_neither_the_file_nor_the_quarantine(
    equipe, seance, tablette, lien
):
    forgee = {"champs": REPONSES, "langue": "fr", "lien": lien}
    page = importer(equipe, seance, une(seance, contenu=forgee), reponse(seance))
    assert "1 réponse reçue" in page
    assert "1 envoi de ce fichier vient" in page
    assert Passation.objects.count() == 1
    envoyer(equipe, [une(seance, contenu=forgee)], tablette)
    adresse = reverse("enquetes:quarantaine")
    suite = equipe.post(adresse, {"motif": Motif.LIEN}, follow=True).content.decode()
    assert "Ouvertes\u00a0: 0 sur 1" in suite
    assert Enveloppe.objects.filter(motif=Motif.LIEN, etat=EtatEnveloppe.QUARANTAINE).exists()


def test_an_older_report_goes_with_the_answers_of_its_device(equipe, seance, autre):
    """Sealed before reports said their link: the answers of the same file say it."""
    importer(equipe, autre, reponse(seance), compte_rendu(seance, lien=False))
    assert Rapport.objects.get().seance == seance


def test_an_older_report_alone_is_that_of_the_page(equipe, autre):
    assert "Un compte rendu reçu" in importer(equipe, autre, compte_rendu(autre, lien=False))
    assert Rapport.objects.get().seance == autre


def test_a_link_cannot_send_a_report(client, seance):
    envoyer(client, [compte_rendu(seance)], seance.acces.jeton)
    assert Enveloppe.objects.get().motif == Motif.VERSION
    assert not Rapport.objects.exists()


def test_what_no_key_opens_waits_then_goes_to_its_own_seance(equipe, seance, autre, cle, par):
    scellee = reponse(seance)
    ailleurs = cle.rename(cle.parent.parent / cle.name)
    assert "1 envoi gardé à part" in importer(equipe, autre, scellee)
    ligne = Enveloppe.objects.get()
    assert (ligne.motif, ligne.acces) == (Motif.CLE, autre.acces)
    ailleurs.rename(cle)
    assert not quarantaine.rouvrir(enveloppe=ligne, par=par)  # never in the wrong one
    ligne.refresh_from_db()
    assert ligne.motif == Motif.LIEN
    assert quarantaine.rouvrir(enveloppe=ligne, par=par)
    assert Passation.objects.get().acces == seance.acces


def test_a_device_of_one_seance_never_files_what_was_answered_in_another(
    client, seance, autre, tablette
):
    """``tablette`` is of ``seance``; what it sends says ``autre``."""
    assert seule_issue(envoyer(client, [reponse(autre)], tablette)) == "ok"
    assert Enveloppe.objects.get().motif == Motif.LIEN
    assert not Passation.objects.exists()


def test_imported_after_the_closing_it_is_late(equipe, seance, par):
    clore_seance(seance=seance, par=par)
    importer(equipe, seance, reponse(seance))
    assert Enveloppe.objects.get().tardive


@pytest.mark.parametrize("close", [True, False])
def test_filed_in_its_own_seance_by_a_second_try_it_is_late_there(
    client, seance, autre, tablette, par, close
):
    """``tablette`` is of ``seance``, still open; what it sends was answered in ``autre``."""
    if close:
        clore_seance(seance=autre, par=par)
    envoyer(client, [reponse(autre)], tablette)
    assert quarantaine.rouvrir(enveloppe=Enveloppe.objects.get(), par=par)
    passation = Passation.objects.get()
    assert (passation.acces, passation.tardive) == (autre.acces, close)
    assert arrivees(autre).a_temps == (not close)


# --- a whole reason at once --------------------------------------------------------------------------


def test_a_whole_reason_is_tried_again_by_one_press(equipe, seance, tablette, cle, par):
    lot = [reponse(seance) for _ in range(24)]
    ailleurs = cle.rename(cle.parent.parent / cle.name)
    boite.recevoir(items=lot, acces=seance.acces, appareil=None)
    boite.balayer()
    ailleurs.rename(cle)
    envoyer(equipe, [une(seance, contenu=[]), une(seance, contenu=[])], tablette)
    adresse = reverse("enquetes:quarantaine")
    page = equipe.get(adresse).content.decode()
    assert "Essayer à nouveau ces 24 enveloppes" in page
    page = equipe.post(adresse, {"motif": Motif.CLE}, follow=True).content.decode()
    assert "Ouvertes\u00a0: 24." in page
    assert Passation.objects.count() == 24
    assert Enveloppe.objects.filter(etat=EtatEnveloppe.QUARANTAINE).count() == 2
    details = Trace.objects.get(verbe="rouvrir_enveloppes").details
    assert details == {"motif": "cle", "nombre": 24}
    page = equipe.post(adresse, {"motif": Motif.CONTENU}, follow=True).content.decode()
    assert "Ouvertes\u00a0: 0 sur 2" in page
    page = equipe.post(adresse, {"motif": Motif.CLE}, follow=True).content.decode()
    assert "Il ne reste rien à essayer" in page


def test_what_never_opens_does_not_hold_back_what_would(seance, tablette, par, cle, monkeypatch):
    """Two of a lost key come first by their identifiers; the third opens, were one press not enough."""
    monkeypatch.setattr(quarantaine, "ENSEMBLE_AU_PLUS", 2)
    perdues = [
        reponse(seance, identifiant=identifiant_de(UUID(int=rang << 64, version=4)))
        | {"kid": "perdue"}
        for rang in (1, 2)
    ]
    bonne = reponse(seance)
    ailleurs = cle.rename(cle.parent.parent / cle.name)
    boite.recevoir(items=[*perdues, bonne], acces=seance.acces, appareil=None)
    boite.balayer()
    ailleurs.rename(cle)
    appuis = 0
    while not Passation.objects.exists() and (appuis := appuis + 1) < 60:
        quarantaine.rouvrir_toutes(motif=Motif.CLE, par=par)
    assert Passation.objects.count() == 1


def test_a_press_touches_nothing_of_another_territoire(client, seance, tablette):
    envoyer(client, [une(seance, contenu=[])], tablette)
    ailleurs = builders.un_compte(
        role=Role.COORDINATION, territoire=builders.un_territoire("32"), email="loin@exemple.fr"
    )
    assert quarantaine.rouvrir_toutes(motif=Motif.CONTENU, par=ailleurs) == (0, 0, 0)
    assert not Trace.objects.filter(verbe="rouvrir_enveloppes").exists()


def test_what_one_press_leaves_is_told_and_a_long_list_is_cut(
    equipe, seance, tablette, monkeypatch
):
    envoyer(equipe, [une(seance, contenu=[]) for _ in range(4)], tablette)
    monkeypatch.setattr(quarantaine, "ENSEMBLE_AU_PLUS", 3)
    monkeypatch.setattr(vues, "MONTREES_AU_PLUS", 3)
    adresse = reverse("enquetes:quarantaine")
    page = equipe.post(adresse, {"motif": Motif.CONTENU}, follow=True).content.decode()
    assert "Ouvertes\u00a0: 0 sur 3" in page
    assert "Pas encore essayées\u00a0: 1. Appuyez encore une fois." in page
    assert "Il y en a 4&nbsp;: les 3 premières sont ici." in page
    assert "Essayer à nouveau ces 4 enveloppes" in page


@pytest.mark.parametrize("motif", ["\0", "autre", ""])
def test_a_reason_that_does_not_exist_is_nothing_to_try(equipe, motif):
    page = equipe.post(reverse("enquetes:quarantaine"), {"motif": motif})
    assert page["Location"] == reverse("enquetes:quarantaine")
    suite = equipe.get(page["Location"]).content.decode()
    assert "Ouvertes" not in suite
