"""A real browser, Debian's Chromium, on a phone's screen."""

import pytest
from django.test import Client
from playwright.sync_api import Locator, sync_playwright

from outils.navigateur import chemin_de_chromium
from tests import builders
from tests.functional import verifications

OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-quic",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
    # No page of the tests reaches another machine (tests/repo/test_harnais.py sees it refused).
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]
TELEPHONE = {"width": 360, "height": 640}
BUREAU = {"width": 1280, "height": 800}


def _puis_attendre(geste):
    """Return a gesture that ends once the page it led to is whole.

    Playwright comes back when the new page has begun; on a busy machine, what a test reads next
    could be the top of a page whose end had not arrived.
    """

    def geste_entier(self, *valeurs, **options):
        resultat = geste(self, *valeurs, **options)
        if not self.page.is_closed():
            self.page.wait_for_load_state()
        return resultat

    return geste_entier


@pytest.fixture(scope="session", autouse=True)
def regard(pytestconfig):
    """Look at pages on one database: on a second one, tests only do what a person does (ADR 0099)."""
    verifications.REGARD["porte"] = not pytestconfig.getoption("avec_base")


@pytest.fixture(scope="session", autouse=True)
def gestes_entiers():
    with pytest.MonkeyPatch.context() as rapiece:
        for nom in ("click", "press", "tap"):
            rapiece.setattr(Locator, nom, _puis_attendre(getattr(Locator, nom)))
        yield


@pytest.fixture(scope="session")
def navigateur():
    with sync_playwright() as playwright:
        lance = playwright.chromium.launch(executable_path=chemin_de_chromium(), args=OPTIONS)
        yield lance
        lance.close()


@pytest.fixture
def page(navigateur):
    """Return a page of a phone; nothing it does may fail or warn silently."""
    contexte = navigateur.new_context(viewport=TELEPHONE, locale="fr-FR")
    onglet = contexte.new_page()
    erreurs = []
    onglet.on("pageerror", lambda erreur: erreurs.append(str(erreur)))
    onglet.on(
        "console",
        lambda m: erreurs.append(m.text) if "Content Security Policy" in m.text else None,
    )
    yield onglet
    contexte.close()
    assert erreurs == []


@pytest.fixture
def page_sans_js(navigateur):
    contexte = navigateur.new_context(
        viewport=TELEPHONE, locale="fr-FR", java_script_enabled=False
    )
    yield contexte.new_page()
    contexte.close()


@pytest.fixture
def connecter(live_server):
    """Return a function that signs a page in as an account; sign-in itself has its own tests."""

    def poser_le_temoin(page, compte, il_y_a=0):
        client = Client()
        builders.entrer(client, compte, il_y_a)
        temoin = {"name": "sessionid", "value": client.cookies["sessionid"].value}
        page.context.add_cookies([temoin | {"url": live_server.url}])
        return page

    return poser_le_temoin
