"""A closing in a process of its own: pages say where it is, and a kill publishes nothing by half."""

import fcntl
import json
import os
import signal
import subprocess
import sys
import time

import pytest
from django.db import connection

from analyses.actions.chantiers import (
    Etape,
    _fichier,
    chantier_de,
    lancer,
    mener,
    publier_prete,
)
from analyses.actions.sceau import _temoin
from analyses.models import Cellule, Publication
from enquetes.actions.collectes import arreter_releve
from tests import builders
from tests.integration.analyses.test_resultats import AVIS
from tests.serveur import RACINE, adresse_de_la_base
from voix.comptes.roles import Role


def un_releve(nombre: int = 65):
    collecte = builders.une_collecte_ouverte(version=builders.une_version(AVIS), nom="avis")
    builders.des_passations(collecte, nombre, reponses={"venu": "oui"})
    return arreter_releve(collecte=collecte, par=builders.un_compte())


def coordination():
    return builders.un_compte(role=Role.COORDINATION, email="coord@exemple.fr")


@pytest.fixture
def a_part(settings, monkeypatch, tmp_path):
    """Let closings be processes, over the database of the tests."""
    settings.CHANTIERS_A_PART = True
    monkeypatch.setenv("DATABASE_URL", adresse_de_la_base())
    monkeypatch.setenv("VOIX_DONNEES", str(tmp_path))


def attendre(releve) -> Etape:
    for _ in range(1200):
        etape = chantier_de(releve.pk).etape
        if etape != Etape.EN_COURS:
            with _fichier(releve.pk).open("r+") as ouvert:
                fcntl.flock(ouvert, fcntl.LOCK_EX)  # its process has ended
            return etape
        time.sleep(0.1)
    return Etape.EN_COURS


@pytest.mark.django_db(transaction=True)
def test_it_runs_in_a_process_of_its_own_and_the_page_says_so(client, a_part):
    releve = un_releve()
    compte = builders.un_compte(role=Role.EVALUATION, email="eva@exemple.fr")
    client.force_login(compte)
    adresse = "/espace/resultats/avis/"
    client.post(f"{adresse}preparer-les-tableaux/")
    page = client.get(adresse)
    # Never both: either it runs and nothing is shown, or it is done.
    assert ("est en cours" in page.content.decode()) == ("Refresh" in page)
    assert attendre(releve) == Etape.PRETE
    assert not Cellule.objects.exists()
    assert "La coordination lit ce qui sera montré" in client.get(adresse).content.decode()
    publier_prete(releve_id=releve.pk, par=coordination())
    lancer(releve_id=releve.pk, par=compte)
    assert chantier_de(releve.pk).etape == Etape.FAITE
    assert Publication.objects.count() == 1
    page = client.get(adresse).content.decode()
    assert "Pourquoi certains chiffres ne sont-ils pas exacts" in page
    assert "est en cours" not in page


@pytest.mark.django_db(transaction=True)
def test_a_kill_is_seen_and_it_is_made_again(client, a_part):
    releve = un_releve()
    client.force_login(builders.un_compte(role=Role.EVALUATION, email="eva@exemple.fr"))
    ordre = [sys.executable, str(RACINE / "manage.py"), "publier", "--releve", str(releve.pk)]
    environnement = os.environ | {"DJANGO_SETTINGS_MODULE": "voix.settings.test"}
    processus = subprocess.Popen(ordre, env=environnement, start_new_session=True)
    while chantier_de(releve.pk).etape == Etape.RIEN:
        assert processus.poll() is None
        time.sleep(0.01)
    processus.send_signal(signal.SIGKILL)
    processus.wait()
    if chantier_de(releve.pk).etape != Etape.FAITE:  # the machine was that fast
        assert chantier_de(releve.pk).etape == Etape.INTERROMPUE
        assert not Cellule.objects.exists()
        page = client.get("/espace/resultats/avis/").content.decode()
        assert "Rien n’a été publié, aucune réponse n’est perdue" in page
    if chantier_de(releve.pk).etape != Etape.FAITE:
        client.post("/espace/resultats/avis/preparer-les-tableaux/")
        assert attendre(releve) == Etape.PRETE
        publier_prete(releve_id=releve.pk, par=coordination())
    assert Publication.objects.count() == 1


@pytest.mark.django_db
def test_a_refusal_is_kept_for_the_page(client):
    releve = un_releve()
    # The witness says that a closing was made, and the register has none.
    temoin = _temoin(releve.collecte)
    temoin.parent.mkdir(parents=True)
    temoin.write_text(json.dumps({"numero": 1, "empreinte": "e"}))
    client.force_login(builders.un_compte(role=Role.EVALUATION, email="eva@exemple.fr"))
    client.post("/espace/resultats/avis/preparer-les-tableaux/")
    assert chantier_de(releve.pk).etape == Etape.REFUSEE
    page = client.get("/espace/resultats/avis/").content.decode()
    assert "n’ont pas été publiés" in page
    assert "Le registre de ce qui a déjà été montré est incomplet" in page


@pytest.mark.django_db
def test_two_closings_of_one_releve_never_run_together():
    releve = un_releve()
    _fichier(releve.pk).parent.mkdir(parents=True)
    with _fichier(releve.pk).open("w") as autre:
        fcntl.flock(autre.fileno(), fcntl.LOCK_EX)
        assert chantier_de(releve.pk).etape == Etape.EN_COURS
        assert mener(releve_id=releve.pk, par="essai") is None
    assert connection.in_atomic_block
    assert not Publication.objects.exists()
    assert mener(releve_id=releve.pk, par="essai") is not None


@pytest.mark.django_db
def test_a_releve_that_waits_says_the_total_as_every_page_that_is_ready_does(client):
    par = builders.un_compte()
    client.force_login(par)
    collecte = builders.une_collecte_ouverte(par=par)
    for nombre in (12, 13):
        builders.des_passations(collecte, nombre)
        arreter_releve(collecte=collecte, par=par)
    for adresse in ("", "preparer-les-tableaux/"):
        page = client.get(f"/espace/resultats/{collecte.nom}/{adresse}").content.decode()
        assert "<b>25 réponses</b> en tout, avec celles des relevés d’avant" in page
    page = client.get(f"/espace/resultats/{collecte.nom}/?releve=1").content.decode()
    assert "<b>12 réponses</b>." in page
