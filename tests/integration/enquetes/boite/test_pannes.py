"""The inbox when things break for real: killed servers, cut lines, a full disk (collecte §7)."""

import json
import socket
import threading
from http.client import HTTPConnection, HTTPException
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client

from enquetes.actions import boite
from enquetes.echanges.correspondance import cle_de
from enquetes.models import Enveloppe, EtatEnveloppe, Passation
from tests.boite import envoyer, issues, rangee, seule_issue, une
from tests.serveur import Serveur

pytestmark = pytest.mark.django_db(transaction=True)


def _poster(serveur, jeton, items):
    """Send a batch over a real connection; return the outcomes of a true acknowledgement."""
    ligne = HTTPConnection("127.0.0.1", serveur.port, timeout=20)
    entetes = {"Content-Type": "application/json", "Authorization": f"Bearer {jeton}"}
    try:
        ligne.request("POST", "/o/envois/", json.dumps({"items": items}), entetes)
        reponse = ligne.getresponse()
        corps = reponse.read()
        return json.loads(corps)["items"] if reponse.status == 202 else {}
    finally:
        ligne.close()


class Tablettes:
    """Four tablets that send batches of five again and again, until each is acknowledged."""

    def __init__(self, serveur, seance, jeton):
        self.serveur, self.jeton = serveur, jeton
        self.lots = [[une(seance) for _ in range(5)] for _ in range(24)]
        self.a_faire = list(self.lots)
        self.accuses: set[UUID] = set()
        self.verrou = threading.Lock()
        self.gens = [threading.Thread(target=self._envoyer) for _ in range(4)]

    def _envoyer(self):
        while True:
            with self.verrou:
                if not self.a_faire:
                    return
                lot = self.a_faire.pop(0)
            try:
                vues = _poster(self.serveur, self.jeton, lot)
            except (OSError, HTTPException, ValueError):
                vues = {}
            bonnes = {UUID(i) for i, issue in vues.items() if issue in {"ok", "dup"}}
            with self.verrou:
                self.accuses |= bonnes
                if len(bonnes) < len(lot):
                    self.a_faire.append(lot)

    def attendre(self, nombre):
        while len(self.accuses) < nombre and any(fil.is_alive() for fil in self.gens):
            threading.Event().wait(0.01)


def test_killed_during_batches_nothing_acknowledged_is_lost_and_nothing_is_doubled(
    seance, tablette
):
    with Serveur() as serveur:
        tablettes = Tablettes(serveur, seance, tablette)
        for fil in tablettes.gens:
            fil.start()
        for combien in (20, 50, 80):
            tablettes.attendre(combien)
            assert set(map(cle_de, tablettes.accuses)) <= set(
                Enveloppe.objects.values_list("pk", flat=True)
            )
            serveur.tuer()
            serveur.demarrer()
        for fil in tablettes.gens:
            fil.join()
    envoyees = {rangee(e) for lot in tablettes.lots for e in lot}
    assert set(map(cle_de, tablettes.accuses)) == envoyees
    boite.balayer()  # what a killed process had committed and not opened
    assert set(Passation.objects.values_list("pk", flat=True)) == envoyees
    assert set(Enveloppe.objects.values_list("etat", flat=True)) == {EtatEnveloppe.OUVERTE}


@pytest.mark.parametrize("part", [0.2, 0.9])
def test_an_upload_cut_half_way_stores_nothing_and_is_taken_in_later(seance, tablette, part):
    lot = [une(seance) for _ in range(5)]
    corps = json.dumps({"items": lot}).encode()
    with Serveur(processus=1, fils=2) as serveur:
        with socket.create_connection(("127.0.0.1", serveur.port), timeout=20) as prise:
            entete = (
                "POST /o/envois/ HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                f"Content-Type: application/json\r\nAuthorization: Bearer {tablette}\r\n"
                f"Content-Length: {len(corps)}\r\n\r\n"
            )
            prise.sendall(entete.encode() + corps[: int(len(corps) * part)])
        assert not Enveloppe.objects.exists()
        vues = _poster(serveur, tablette, lot)  # the worker is alive, the device sends again
    assert set(vues.values()) == {"ok"}
    assert Enveloppe.objects.count() == 5


@pytest.fixture
def disque_plein():
    """Fill the disk for real: SQLite is told that its file may not grow."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL's disk cannot be filled from a test; its error is the same class")

    def remplir():
        with connection.cursor() as curseur:
            curseur.execute("PRAGMA page_count")
            pages = curseur.fetchone()[0]
            curseur.execute(f"PRAGMA max_page_count = {pages}")

    def liberer():
        with connection.cursor() as curseur:
            curseur.execute("PRAGMA max_page_count = 1073741823")

    yield remplir, liberer
    liberer()


def test_a_full_disk_acknowledges_nothing_and_loses_nothing(
    client, seance, tablette, disque_plein
):
    remplir, liberer = disque_plein
    remplir()
    gardees, refusees = [], []
    for _ in range(400):
        scellee = une(seance)
        issue = seule_issue(envoyer(client, [scellee], tablette))
        (gardees if issue == "ok" else refusees).append(scellee)
        if len(refusees) == 3:
            break
    assert len(refusees) == 3
    with connection.cursor() as curseur:
        curseur.execute("PRAGMA integrity_check")
        assert curseur.fetchone()[0] == "ok"
    assert Enveloppe.objects.count() == len(gardees)
    liberer()
    assert set(issues(envoyer(client, refusees, tablette)).values()) == {"ok"}
    assert set(issues(envoyer(client, gardees[:20], tablette)).values()) <= {"dup"}


def test_page_by_page_a_full_disk_is_told_in_french_and_keeps_what_was_typed(seance, disque_plein):
    remplir, liberer = disque_plein
    client, page = Client(), None
    remplir()
    long = "Le riz manque. " * 120
    for rang in range(400):
        adresse = f"/r/{seance.acces.jeton}/00000000-0000-4000-8000-{rang:012d}/mots/"
        client.post(adresse.replace("/mots/", "/venue/"), {"venu": "non"})
        page = client.post(adresse, {"mots": long})
        if page.status_code == 503:
            break
    assert page is not None
    assert page.status_code == 503
    assert "Le service est occupé" in page.content.decode()
    assert long.strip() in page.content.decode()
    liberer()
    assert client.post(adresse, {"mots": long}).status_code == 302
