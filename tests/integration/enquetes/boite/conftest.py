"""A séance whose tablet is ready to send."""

import pytest

from enquetes.actions.appareils import preparer_appareil
from enquetes.actions.seances import ouvrir_seance
from tests import builders
from tests.boite import poser_la_cle
from tests.integration.enquetes.test_passation import PETIT


@pytest.fixture(autouse=True)
def cle():
    return poser_la_cle()


@pytest.fixture
def par():
    return builders.un_compte()


@pytest.fixture
def seance(par):
    collecte = builders.une_collecte_ouverte(
        par=par, version=builders.une_version(PETIT), langues=("fr", "ar")
    )
    return ouvrir_seance(seance=builders.une_seance(collecte=collecte, par=par), par=par)


@pytest.fixture
def tablette(seance, par):
    """Return the token of a prepared tablet."""
    return preparer_appareil(seance=seance, par=par)[1]
