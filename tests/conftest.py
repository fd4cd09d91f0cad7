"""The harness: strict, and nothing of the domain (that is in builders)."""

import os
import random
import re
import socket
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db.models import QuerySet
from django.template import engines
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis
from pytest_socket import SocketConnectBlockedError

from tests import modele, visites
from tests.gabarits import Sentinelle
from tests.vidage import couper_les_autres, vider_autrement

# Playwright's synchronous interface runs a loop in the tests' own thread; the ORM is only used
# between two of its calls, never inside the loop.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

# A busy machine is slow, not wrong: property tests judge results, never the clock.
hypothesis.register_profile("voix", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis.load_profile("voix")

NAVIGATEURS = 2  # workers that run a Chromium


@pytest.fixture(autouse=True)
def _dossier_de_donnees(tmp_path: Path, settings):
    """Give each test its own data folder: keys and snapshots never leak from one to the next."""
    settings.DOSSIER_DONNEES = tmp_path


@pytest.fixture(scope="session", autouse=True)
def _aucun_nom_de_machine():
    """Let no test ask who a machine is: pytest-socket only stops it from being called."""
    chercher = socket.getaddrinfo

    def chercher_ici(host, *args, **kwargs):
        nom = host.decode() if isinstance(host, bytes) else host
        if nom not in {None, "", "localhost"} and re.search(r"[^0-9.]", nom) and ":" not in nom:
            raise SocketConnectBlockedError(["localhost"], nom)
        return chercher(host, *args, **kwargs)

    with pytest.MonkeyPatch.context() as rustine:
        rustine.setattr(socket, "getaddrinfo", chercher_ici)
        yield


@pytest.fixture(scope="session", autouse=True)
def _rien_dans_un_ordre_de_hasard():
    """Shuffle the rows of a query that asks for no order: a database promises none."""
    chercher = QuerySet._fetch_all

    def chercher_puis_battre(self):
        neuf = self._result_cache is None
        chercher(self)
        if neuf and not self.ordered:
            random.shuffle(self._result_cache)

    with pytest.MonkeyPatch.context() as rustine:
        rustine.setattr(QuerySet, "_fetch_all", chercher_puis_battre)
        yield


@pytest.fixture(scope="session")
def _une_sentinelle():
    return Sentinelle()


@pytest.fixture
def sentinelle(_une_sentinelle):
    """Return what notes unknown variables, put in place anew: a test of settings makes a new engine."""
    engines["django"].engine.string_if_invalid = _une_sentinelle
    return _une_sentinelle


@pytest.fixture(autouse=True)
def _aucune_variable_inconnue(sentinelle):
    """Fail a test whose pages show a variable that nobody gave, even behind a page of errors."""
    sentinelle.dites.clear()
    yield
    assert sentinelle.dites == []


@pytest.fixture(autouse=True)
def _memoire_vide():
    cache.clear()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings, django_db_blocker, tmp_path_factory
):
    """Let the workers of a run share the making of the database; one process alone makes its own."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        yield
        return
    ensemble = tmp_path_factory.getbasetemp().parent
    with modele.partage(ensemble, django_db_blocker.unblock):
        yield


@pytest.fixture(scope="session", autouse=True)
def _vider_les_tables_ou_l_on_ajoute_seulement(django_db_setup, django_db_blocker):
    """Let the end of a transactional test empty what nothing else may."""
    with django_db_blocker.unblock():
        vider_autrement()
    with visites.comptees():
        yield
    with django_db_blocker.unblock():
        couper_les_autres()


def pytest_addoption(parser):
    parser.addoption(
        "--avec-base",
        action="store_true",
        help="seulement les tests qui ouvrent la base de données (les autres n’en dépendent pas)",
    )


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist, which reads the groups
def pytest_collection_modifyitems(config, items):
    """Say which tests are run, and which of them one worker runs together (ADR 0099).

    A test that asks for no database may not open one: pytest-django refuses it. It says the same on
    every database, so a second run on another one may leave it out. So does a page that a browser looks
    at in each language: the second run looks at the French one.

    Browser tests mostly wait: two workers run them, while the others compute.
    """
    if config.getoption("avec_base"):
        sans = [item for item in items if not _ouvre_la_base(item) or _se_redit(item)]
        config.hook.pytest_deselected(items=sans)
        laisses = set(sans)
        items[:] = [item for item in items if item not in laisses]
    for rang, item in enumerate(item for item in items if "functional" in item.keywords):
        item.add_marker(pytest.mark.xdist_group(f"navigateur-{rang % NAVIGATEURS}"))


def _ouvre_la_base(item) -> bool:
    demandes = {"db", "transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    return bool(demandes) or item.get_closest_marker("django_db") is not None


def _se_redit(item) -> bool:
    """Return whether a browser test says again, in another language, what it says in French."""
    langue = getattr(getattr(item, "callspec", None), "params", {}).get("langue", "fr")
    return "functional" in item.keywords and langue != "fr"


def pytest_report_header() -> str:
    return f"base de données : {settings.DATABASES['default']['ENGINE'].rsplit('.', 1)[-1]}"
