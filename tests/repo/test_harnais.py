"""The harness is as strict as it says: each of its refusals is seen here once."""

import os
import random
import socket
import threading
import time
import warnings
from pathlib import Path

import pytest
from django.core.paginator import Paginator, UnorderedObjectListWarning
from django.core.servers.basehttp import ThreadedWSGIServer
from django.template import Context, Origin, Template, engines
from django.test.testcases import QuietWSGIRequestHandler
from pytest_socket import SocketConnectBlockedError

from tests import builders, visites
from tests.gabarits import NOTRES, UnknownVariableError
from tests.w3c import messages_du_w3c
from voix.comptes.models import Territoire

DE_FICHIER = "scope=" + '"module"'
BLOQUE = "ignore:A test tried to use"  # pytest-socket also warns, which is an error too


@pytest.mark.filterwarnings(BLOQUE)
@pytest.mark.parametrize("adresse", ["192.0.2.1", "2001:db8::1"])
def test_no_test_reaches_another_machine(adresse):
    with pytest.raises(SocketConnectBlockedError):
        socket.create_connection((adresse, 80), timeout=1)


@pytest.mark.filterwarnings(BLOQUE)
def test_no_test_asks_for_a_name():
    with pytest.raises(SocketConnectBlockedError):
        socket.create_connection(("exemple.fr", 80), timeout=1)
    assert socket.getaddrinfo("localhost", 80)


def rendre(source: str, fichier: str) -> str:
    django = engines["django"].engine
    return Template(source, origin=Origin(fichier), engine=django).render(Context({"la": 1}))


def test_a_variable_that_a_template_of_ours_shows_exists(sentinelle):
    ici = str(NOTRES / "essai.html")
    assert rendre("{{ la }}{% if absente %}non{% endif %}", ici) == "1"
    for source in ("{{ absente }}", "{{ la.absente }}", "{{ absente|default:'' }}"):
        with pytest.raises(UnknownVariableError, match=r"essai\.html"):
            rendre(source, ici)
    assert len(sentinelle.dites) == 3
    sentinelle.dites.clear()
    assert rendre("{{ absente }}", "/ailleurs/allauth/login.html") == ""


def test_a_warning_is_an_error():
    with pytest.raises(UserWarning, match="prenez garde"):
        warnings.warn("prenez garde", stacklevel=1)


@pytest.mark.django_db
def test_pages_of_a_list_without_an_order_are_refused():
    with pytest.raises(UnorderedObjectListWarning):
        Paginator(Territoire.objects.order_by(), 10).page(1)
    assert list(Paginator(Territoire.objects.all(), 10).page(1)) == []


@pytest.mark.django_db
def test_rows_without_an_order_come_in_any_order():
    """Whoever counts on the order of the rows of a database that was not asked for one finds out."""
    region = builders.un_territoire()
    for rang in range(20):
        builders.un_territoire(f"93{rang:03}", parent=region)
    ordonnes = list(Territoire.objects.all())
    assert ordonnes == sorted(ordonnes, key=lambda t: t.chemin)
    random.seed(1)
    assert list(Territoire.objects.order_by()) != ordonnes
    assert {t.pk for t in Territoire.objects.order_by()} == {t.pk for t in ordonnes}


def test_tests_run_in_any_order(pytestconfig):
    assert pytestconfig.pluginmanager.hasplugin("randomly")
    assert pytestconfig.getoption("randomly_reorganize")


@pytest.mark.xdist_group("harnais")
def test_tests_of_a_group_stay_on_one_worker(request):
    """Where the group is not written, pytest-xdist spreads the tests and says nothing."""
    ensemble = "PYTEST_XDIST_WORKER" in os.environ and request.config.option.loadgroup
    assert request.node.nodeid.endswith("@harnais") == bool(ensemble)


def test_what_a_file_makes_once_is_made_by_one_worker():
    une_fois = [f for f in Path("tests").rglob("test_*.py") if DE_FICHIER in f.read_text()]
    assert len(une_fois) >= 4
    assert [str(f) for f in une_fois if "mark.xdist_group(" not in f.read_text()] == []


def test_the_checker_of_the_w3c_sees_what_is_wrong():
    """Without this, a checker that no longer reads the pages would find them all right."""
    fautive = '<!doctype html><html lang="fr"><title>Un</title><p id="a">Un<p id="a">Deux</html>'
    assert [m["message"] for m in messages_du_w3c(fautive)] == [
        "Duplicate ID “a”.",
        "The first occurrence of ID “a” was here.",
    ]
    assert messages_du_w3c(fautive.replace(' id="a"', "")) == []


def test_the_end_of_a_test_waits_for_what_a_closed_browser_still_asks():
    """Tables emptied under a visit that writes: a deadlock, or a row that the next test finds."""
    lache, repondu = threading.Event(), []

    def lente(environ, start_response):
        lache.wait(10)
        repondu.append(environ["PATH_INFO"])
        start_response("204 No Content", [("Content-Length", "0")])
        return [b""]

    with visites.comptees(), ThreadedWSGIServer(("127.0.0.1", 0), QuietWSGIRequestHandler) as ici:
        ici.set_app(lente)
        threading.Thread(target=ici.serve_forever, daemon=True).start()
        with socket.create_connection(ici.server_address) as navigateur:
            navigateur.sendall(b"POST /depot HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n")
        while not visites.en_cours():
            time.sleep(0.01)
        threading.Timer(0.2, lache.set).start()
        assert visites.attendre_leur_fin()
        assert repondu == ["/depot"]
        ici.shutdown()
