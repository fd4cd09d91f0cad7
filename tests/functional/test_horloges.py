"""A device whose clock is in 1970 or in 2099 (collecte §7, line 10), with a question about a month."""

import pytest
from django.utils import timezone

from enquetes.actions.seances import ouvrir_seance
from tests import builders
from tests.boite import poser_la_cle
from tests.functional.test_hors_ligne import attendre, envoyer, la_passation
from tests.integration.enquetes.boite.test_horloges import DEFINITION

pytestmark = [pytest.mark.functional, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("annee", [1970, 2099])
def test_this_month_is_taken_whatever_the_clock_of_the_device(page, live_server, annee):
    """In 1970 this month would be to come, were the device's clock the only judge."""
    poser_la_cle()
    par = builders.un_compte()
    collecte = builders.une_collecte_ouverte(par=par, version=builders.une_version(DEFINITION))
    seance = ouvrir_seance(seance=builders.une_seance(collecte=collecte, par=par), par=par)
    page.set_default_timeout(8_000)
    page.clock.set_fixed_time(f"{annee}-01-02T00:00:00Z")
    page.goto(f"{live_server.url}/o/{seance.acces.jeton}/fr/")
    attendre(page, "pret", "1")
    page.context.set_offline(True)
    page.get_by_role("button", name="Commencer").click()
    page.get_by_role("textbox", name="Votre première visite ?").fill(
        f"{timezone.localdate():%m/%Y}"
    )
    page.get_by_role("button", name="Continuer").click()
    page.locator("textarea:visible").fill("Le riz manque.")
    page.get_by_role("button", name="Continuer").click()
    envoyer(page)
    page.context.set_offline(False)
    attendre(page, "attente", "0")
    passation = la_passation()
    assert passation.reponses == {
        "premiere": f"{timezone.localdate():%Y-%m}",
        "avis": "Le riz manque.",
    }
    assert passation.jour == timezone.localdate()
