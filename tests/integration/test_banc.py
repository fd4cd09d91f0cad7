"""The person of ``make bench`` still completes a questionnaire: a bench that is run by hand rots unseen."""

from contextlib import closing
from urllib.parse import urlsplit

import pytest

from bench.navigateur import Navigateur, remplir
from enquetes.bibliotheque import lire
from enquetes.models import Passation
from tests import builders
from tests.etats import lien_de

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_whole_questionnaire_is_filled_in_and_sent(live_server):
    collecte = builders.une_collecte_ouverte(version=builders.une_version(lire("alim")))
    ou = urlsplit(live_server.url)
    with closing(Navigateur(ou.hostname, ou.port)) as personne:
        assert remplir(personne, lien_de(collecte), "Merci") > 10
    assert Passation.objects.get().etat == "terminee"
