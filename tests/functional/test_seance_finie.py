"""The closing of a séance, as phones see it: who began goes on, who comes is told."""

import pytest
from playwright.sync_api import expect

from enquetes.actions.seances import clore_seance
from tests import builders
from tests.functional.test_hors_ligne import attendre, cle, document, la_passation, seance

__all__ = ["cle", "document", "seance"]

pytestmark = [pytest.mark.functional, pytest.mark.django_db(transaction=True)]


def test_who_has_the_document_goes_on_after_the_closing_and_a_new_phone_is_told(
    document, seance, live_server, navigateur
):
    document.get_by_role("button", name="Commencer").click()
    document.get_by_label("Non", exact=True).check()
    document.get_by_role("button", name="Continuer").click()
    clore_seance(seance=seance, par=builders.un_compte())
    document.reload()
    expect(document.get_by_text("Cet atelier est fini")).to_have_count(0)
    while not document.locator("#bilan").is_visible():
        document.get_by_role("button", name="Continuer").click()
    document.get_by_role("button", name="Envoyer mes réponses").click()
    attendre(document, "attente", "0")
    assert la_passation().tardive
    neuf = navigateur.new_context().new_page()
    neuf.goto(f"{live_server.url}/o/{seance.acces.jeton}/fr/")
    expect(neuf.get_by_role("heading", name="Cet atelier est fini")).to_be_visible()
    expect(neuf.get_by_role("button", name="Commencer")).to_have_count(0)
    neuf.context.close()
