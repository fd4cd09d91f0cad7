"""The screens of tablets and of the quarantine: enrolled, withdrawn, imported, decided."""

import io
import json

import pytest
from django.urls import reverse

from enquetes.actions import appareils
from enquetes.models import Appareil, Enveloppe, EtatEnveloppe, Passation
from tests import builders
from tests.boite import envoyer, une
from voix.commun.erreurs import EtatIncompatible
from voix.comptes.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def equipe(client, par, seance):
    client.force_login(par)
    return client


def test_another_tablet_is_enrolled_by_a_qr_code_shown_once(equipe, seance):
    adresse = reverse("enquetes:preparer_seance", args=[seance.pk])
    assert "Quel appareil" in equipe.get(adresse).content.decode()
    page = equipe.post(adresse, {"ou": "autre"}).content.decode()
    assert "Appareil 1" in page
    assert "qr" in page
    assert Appareil.objects.get().seance == seance
    assert "#t=" not in equipe.get(reverse("enquetes:seance", args=[seance.pk])).content.decode()


def test_enrolling_this_very_device_signs_the_team_out_of_it(equipe, seance):
    page = equipe.post(reverse("enquetes:preparer_seance", args=[seance.pk]), {"ou": "ici"})
    assert f"/o/{seance.acces.jeton}/preparer/#t=ap." in page["Location"]
    assert equipe.get("/espace/").status_code == 302
    jeton = page["Location"].partition("#t=")[2]
    assert envoyer(equipe, [une(seance)], jeton).status_code == 202


def test_a_lost_tablet_is_withdrawn_from_its_own_page(equipe, seance):
    equipe.post(reverse("enquetes:preparer_seance", args=[seance.pk]), {"ou": "autre"})
    adresse = reverse("enquetes:revoquer_appareil", args=[seance.pk, Appareil.objects.get().pk])
    assert "Retirer" in equipe.get(adresse).content.decode()
    for _ in range(2):
        assert equipe.post(adresse).status_code == 302
    assert Appareil.objects.get().revoque_le is not None


def test_withdrawn_devices_leave_room_for_others(seance, par, monkeypatch):
    monkeypatch.setattr(appareils, "APPAREILS_AU_PLUS", 2)
    premier, _ = appareils.preparer_appareil(seance=seance, par=par)
    appareils.preparer_appareil(seance=seance, par=par)
    with pytest.raises(EtatIncompatible, match="Retirez d’abord"):
        appareils.preparer_appareil(seance=seance, par=par)
    appareils.revoquer_appareil(appareil=premier, par=par)
    assert appareils.preparer_appareil(seance=seance, par=par)[0].nom == "Appareil 3"


def test_what_a_tablet_announced_is_told(equipe, seance):
    equipe.post(reverse("enquetes:preparer_seance", args=[seance.pk]), {"ou": "autre"})
    Appareil.objects.update(en_attente=3, vu_le="2026-11-25")
    page = equipe.get(reverse("enquetes:seance", args=[seance.pk])).content.decode()
    assert "3 réponses en attente" in page


def importer(client, seance, contenu):
    fichier = io.BytesIO(contenu.encode() if isinstance(contenu, str) else contenu)
    fichier.name = "voix.json"
    return client.post(reverse("enquetes:importer_scelle", args=[seance.pk]), {"fichier": fichier})


def test_a_sealed_file_goes_through_the_same_inbox(equipe, seance):
    contenu = json.dumps({"voix": 1, "items": [une(seance) for _ in range(60)]})
    assert "60 réponses reçues" in importer(equipe, seance, contenu).content.decode()
    assert Passation.objects.count() == 60
    assert "60 déjà là" in importer(equipe, seance, contenu).content.decode()
    assert Passation.objects.count() == 60


@pytest.mark.parametrize("contenu", ["", "rien", "[]", '{"items": 3}', "[" * 100_000, b"\xff\xfe"])
def test_another_file_is_refused_in_words(equipe, seance, contenu):
    page = importer(equipe, seance, contenu)
    assert page.status_code == 409
    assert "fichier" in page.content.decode()


def test_no_file_is_told_too(equipe, seance):
    page = equipe.post(reverse("enquetes:importer_scelle", args=[seance.pk]))
    assert "Choisissez le fichier" in page.content.decode()


def test_coordination_decides_of_the_quarantine(equipe, seance, tablette):
    envoyer(equipe, [une(seance, contenu=[])], tablette)
    liste = equipe.get(reverse("enquetes:quarantaine")).content.decode()
    assert "Le contenu n’est pas lisible" in liste
    ligne = Enveloppe.objects.get()
    adresse = reverse("enquetes:enveloppe", args=[ligne.pk])
    assert equipe.post(adresse, {"geste": "ecarter", "raison": ""}).status_code == 409
    longue = equipe.post(adresse, {"geste": "ecarter", "raison": "é" * 201}).content.decode()
    assert "Gardez 200 signes au plus. Il y en a 201." in longue
    assert f'value="{"é" * 201}"' in longue, "it was cut at 200, unsaid"
    equipe.post(adresse, {"geste": "ecarter", "raison": "Essai de l’équipe"})
    ligne.refresh_from_db()
    assert ligne.etat == EtatEnveloppe.ECARTEE
    assert "Essai de l’équipe" in equipe.get(reverse("enquetes:quarantaine")).content.decode()
    equipe.post(adresse, {"geste": "rouvrir"})
    ligne.refresh_from_db()
    assert ligne.etat == EtatEnveloppe.QUARANTAINE


def test_the_quarantine_of_another_territoire_is_not_seen(client, seance, tablette):
    envoyer(client, [une(seance, contenu=[])], tablette)
    ailleurs = builders.un_compte(
        role=Role.COORDINATION, territoire=builders.un_territoire("32"), email="loin@exemple.fr"
    )
    client.force_login(ailleurs)
    assert "Aucune enveloppe" in client.get(reverse("enquetes:quarantaine")).content.decode()
