"""Two taps, two tabs, a dying server: every answer is stored, and stored once.

A real server, in its own processes, on the database of the tests (SQLite in a file, PostgreSQL).
"""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

import pytest
from django.db import connection

from enquetes.actions.passations import code_effacement, enregistrer_page, terminer_passation
from enquetes.models import Acces, EtatPassation, Passation
from enquetes.parcours.definition import Page
from tests import builders
from tests.integration.enquetes.test_passation import PETIT
from tests.serveur import Serveur

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

NOMBRE = 200
PREUVE = "a" * 32
"""CSRF compares a cookie with a field: any 32 signs do for a client of our own."""


@pytest.fixture
def acces():
    collecte = builders.une_collecte_ouverte(version=builders.une_version(PETIT))
    return builders.lien_principal(collecte)


def _poster(serveur: Serveur, adresse: str, **saisie: str) -> tuple[int, str]:
    entetes = {"Content-Type": "application/x-www-form-urlencoded"}
    entetes["Cookie"] = f"csrftoken={PREUVE}"
    corps = urlencode(saisie | {"csrfmiddlewaretoken": PREUVE})
    with closing(HTTPConnection("127.0.0.1", serveur.port, timeout=60)) as lien:
        lien.request("POST", adresse, corps, entetes)
        with lien.getresponse() as recu:
            recu.read()
            return recu.status, recu.headers.get("Location", "")


def _deux_fois(serveur: Serveur, adresses: list[str], **saisie: str) -> list[tuple[int, str]]:
    """Send each form twice at the same instant: the second tap leaves with the first."""

    def taper(adresse: str) -> list[tuple[int, str]]:
        depart = threading.Barrier(2)
        recus: list[tuple[int, str]] = []

        def doigt() -> None:
            depart.wait()
            recus.append(_poster(serveur, adresse, **saisie))

        fils = [threading.Thread(target=doigt) for _ in range(2)]
        for fil in fils:
            fil.start()
        for fil in fils:
            fil.join()
        return recus

    with ThreadPoolExecutor(16) as taps:
        return [recu for recus in taps.map(taper, adresses) for recu in recus]


def test_two_hundred_concurrent_double_submissions_store_one_row_each(acces):
    identifiants = [uuid4() for _ in range(NOMBRE)]
    page = acces.collecte.version.lue().page("venue")
    bases = [f"/r/{acces.jeton}/{identifiant}/" for identifiant in identifiants]
    with Serveur() as serveur:
        premiers = _deux_fois(serveur, [f"{base}{page.code}/" for base in bases], venu="non")
        fins = _deux_fois(serveur, [f"{base}verifier/" for base in bases])
    assert {statut for statut, _ in premiers} == {302}
    assert all(suite.endswith("/foyer/") for _, suite in premiers)
    # The slower tap of an end finds it sent: it is thanked like the first (T5).
    assert {statut for statut, _ in fins} == {302}
    assert all(suite.endswith("/merci/") for _, suite in fins)
    assert sorted(p.pk for p in Passation.objects.all()) == sorted(identifiants)
    assert all(
        (p.etat, p.reponses) == (EtatPassation.TERMINEE, {"venu": "non"})
        for p in Passation.objects.all()
    )
    assert len({p.code_effacement for p in Passation.objects.all()}) == NOMBRE


def test_the_action_itself_ends_once_under_concurrent_calls(acces):
    page = acces.collecte.version.lue().page("venue")
    identifiants = [uuid4() for _ in range(40)]
    for identifiant in identifiants:
        _repondre(acces, identifiant, page, {"venu": "oui"})

    def finir(identifiant: UUID) -> str:
        try:
            return code_effacement(terminer_passation(passation_id=identifiant, acces=acces))
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as fils:
        codes = list(fils.map(finir, [i for i in identifiants for _ in range(5)]))
    assert [len(set(codes[n * 5 : n * 5 + 5])) for n in range(40)] == [1] * 40
    assert Passation.objects.terminees().count() == 40


def test_tabs_that_answer_at_once_lose_nothing(acces):
    definition = acces.collecte.version.lue()
    envois: list[tuple[str, dict[str, Any]]] = [
        ("venue", {"venu": "oui"}),
        ("manque", {"manque": ["pain"]}),
        ("foyer", {"foyer": 3}),
        ("mots", {"mots": "Bonjour"}),
    ]
    identifiants = [uuid4() for _ in range(25)]

    def onglet(envoi: tuple[UUID, str, dict[str, Any]]) -> bool:
        identifiant, code, valeurs = envoi
        try:
            return _repondre(acces, identifiant, definition.page(code), valeurs)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as fils:
        gardes = list(fils.map(onglet, [(i, *envoi) for i in identifiants for envoi in envois]))
    assert all(gardes)
    entieres = {cle: valeur for _, valeurs in envois for cle, valeur in valeurs.items()}
    assert [p.reponses for p in Passation.objects.all()] == [entieres] * 25


def _repondre(acces: Acces, identifiant: UUID, page: Page, valeurs: dict[str, Any]) -> bool:
    return enregistrer_page(
        passation_id=identifiant, acces=acces, page=page, valeurs=valeurs, langue="fr"
    )


def test_an_answer_given_while_sending_is_sent_or_refused_never_half_lost(acces):
    """Each answer is either in what was sent, or its tab is told that it was too late."""
    definition = acces.collecte.version.lue()
    for tour in range(30):
        identifiant = uuid4()
        _repondre(acces, identifiant, definition.page("venue"), {"venu": "oui"})
        depart = threading.Barrier(2)
        resultat: dict[str, bool] = {}

        def repondre(
            qui: UUID = identifiant,
            quoi: threading.Barrier = depart,
            ou: dict[str, bool] = resultat,
        ) -> None:
            quoi.wait()
            ou["gardee"] = _repondre(acces, qui, definition.page("foyer"), {"foyer": 2})
            connection.close()

        def envoyer(qui: UUID = identifiant, quoi: threading.Barrier = depart) -> None:
            quoi.wait()
            terminer_passation(passation_id=qui, acces=acces)
            connection.close()

        fils = [threading.Thread(target=repondre), threading.Thread(target=envoyer)]
        for fil in fils:
            fil.start()
        for fil in fils:
            fil.join()
        passation = Passation.objects.get(pk=identifiant)
        assert passation.etat == EtatPassation.TERMINEE
        assert ("foyer" in passation.reponses) == resultat["gardee"], tour


def test_killed_between_two_steps_the_server_comes_back_with_the_answers(acces):
    base = f"/r/{acces.jeton}/{uuid4()}/"
    serveur = Serveur(processus=1, fils=2)
    try:
        serveur.demarrer()
        assert _poster(serveur, f"{base}venue/", venu="oui")[1] == f"{base}manque/"
        serveur.tuer()
        serveur.demarrer()
        assert _poster(serveur, f"{base}manque/", manque="pain")[1] == f"{base}foyer/"
        serveur.tuer()
        serveur.demarrer()
        assert _poster(serveur, f"{base}verifier/")[1] == f"{base}merci/"
    finally:
        serveur.tuer()
    assert Passation.objects.get().reponses == {"venu": "oui", "manque": ["pain"]}


class Foule:
    """Eight people who answer one after the other, and note what the server acknowledged."""

    def __init__(self, serveur: Serveur, jeton: str) -> None:
        self.serveur, self.jeton = serveur, jeton
        self.accuses: set[str] = set()
        self.arret = threading.Event()
        self.gens = [threading.Thread(target=self._repondre) for _ in range(8)]

    def _repondre(self) -> None:
        while not self.arret.is_set():
            identifiant = str(uuid4())
            adresse = f"/r/{self.jeton}/{identifiant}/venue/"
            try:
                statut, _ = _poster(self.serveur, adresse, venu="non")
            except (OSError, HTTPException):
                continue
            if statut == 302:
                self.accuses.add(identifiant)

    def attendre_encore(self, nombre: int) -> None:
        vus = len(self.accuses)
        while len(self.accuses) < vus + nombre:
            self.arret.wait(0.01)

    def __enter__(self) -> "Foule":
        for fil in self.gens:
            fil.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.arret.set()
        for fil in self.gens:
            fil.join()


def test_killed_under_load_the_server_has_stored_all_that_it_acknowledged(acces):
    """What was answered « 302 » before SIGKILL is there; what was not is there whole, or not."""
    with Serveur() as serveur:
        with Foule(serveur, acces.jeton) as foule:
            for _ in range(3):
                foule.attendre_encore(40)
                serveur.tuer()
                serveur.demarrer()
        stockees = {str(p.pk): p.reponses for p in Passation.objects.all()}
    assert foule.accuses <= set(stockees)
    assert all(reponses == {"venu": "non"} for reponses in stockees.values())
