"""Sealed answers are opened by a process of its own, which may be killed at any moment (ADR 0055)."""

import fcntl
import os
import signal
import subprocess
import sys
import time

import pytest

from enquetes.actions import boite, ouvreur
from enquetes.actions.collectes import arreter_releve
from enquetes.actions.seances import clore_seance
from enquetes.models import Enveloppe, EtatEnveloppe, Passation
from tests.boite import envoyer, issues, une
from tests.serveur import RACINE, adresse_de_la_base
from voix.commun import a_part

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ouvreur_a_part(settings, monkeypatch):
    """Let the opener be a process, over the database of the tests; wait for its end afterwards."""
    settings.OUVREUR_A_PART = True
    monkeypatch.setattr(ouvreur, "PATIENCE", 1.0)
    monkeypatch.setenv("DATABASE_URL", adresse_de_la_base())
    monkeypatch.setenv("VOIX_DONNEES", str(settings.DOSSIER_DONNEES))
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "voix.settings.test")
    yield
    with ouvreur._fichier().open("a") as ouvert:
        fcntl.flock(ouvert, fcntl.LOCK_EX)


def attendre(nombre: int) -> None:
    for _ in range(600):
        if Passation.objects.count() >= nombre:
            return
        time.sleep(0.1)


def test_answers_are_acknowledged_then_opened_by_one_process(
    client, seance, tablette, ouvreur_a_part
):
    for _ in range(3):
        recu = issues(envoyer(client, [une(seance) for _ in range(4)], tablette))
        assert set(recu.values()) == {"ok"}
        # It runs, or it has just ended with nothing left: never two of them.
        assert a_part.prendre(ouvreur._fichier()) is None
    attendre(12)
    assert Passation.objects.count() == 12
    assert set(Enveloppe.objects.values_list("etat", flat=True)) == {EtatEnveloppe.OUVERTE}


def test_killed_while_it_opens_another_one_takes_what_is_left(
    client, seance, tablette, ouvreur_a_part
):
    lots = [[une(seance) for _ in range(40)] for _ in range(5)]
    for lot in lots:
        boite.recevoir(items=lot, acces=seance.acces, appareil=None)
    ordre = [sys.executable, str(RACINE / "manage.py"), "boite", "--ouvrir"]
    processus = subprocess.Popen(ordre, env=os.environ.copy(), start_new_session=True)
    attendre(1)
    processus.send_signal(signal.SIGKILL)
    processus.wait()
    assert Enveloppe.objects.filter(etat=EtatEnveloppe.NOUVELLE).exists()
    # A device that sends again what was acknowledged is told so, opened or not.
    assert set(issues(envoyer(client, lots[0], tablette)).values()) == {"dup"}
    attendre(200)
    assert Passation.objects.count() == Enveloppe.objects.count() == 200


def test_it_looks_once_more_after_it_let_the_lock_go(seance, monkeypatch):
    """What is committed between its last look and its end has started nobody."""
    vraie = ouvreur._ouvrir_tant_qu_il_en_vient
    tours = []

    def d_abord_rien(patience):
        tours.append(1)
        if len(tours) == 1:
            boite.recevoir(items=[une(seance)], acces=seance.acces, appareil=None)
            return 0
        return vraie(patience)

    monkeypatch.setattr(ouvreur, "_ouvrir_tant_qu_il_en_vient", d_abord_rien)
    assert ouvreur.tenir(patience=0.1) == 1
    assert Passation.objects.count() == 1


def test_a_second_one_leaves_at_once():
    verrou = a_part.prendre(ouvreur._fichier())
    assert ouvreur.tenir(patience=60) == 0
    os.close(verrou)


def test_what_was_acknowledged_is_opened_before_anything_is_counted(seance, par):
    def arrive(nombre):
        lot = [une(seance) for _ in range(nombre)]
        boite.recevoir(items=lot, acces=seance.acces, appareil=None)

    arrive(12)
    assert arreter_releve(collecte=seance.collecte, par=par).nb_passations == 12
    arrive(3)
    clore_seance(seance=seance, par=par)
    assert Passation.objects.count() == 15
