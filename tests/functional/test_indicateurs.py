"""Registers and indicators on a telephone: read, filled in, imported."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from analyses.actions.registres import ajouter_mesure, definir_indicateur
from analyses.actions.registres.programmes import ChiffreLu, ProjetIndicateur
from analyses.models import Acteur, Composition, Programme
from tests import builders
from tests.functional.verifications import verifier_html, verifier_page
from tests.integration.analyses.registres.test_diversite import composer, repondre
from voix.comptes.models import Territoire

pytestmark = [pytest.mark.functional, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def compte(settings):
    settings.DEBUG = True
    region = builders.un_territoire("32", nom="Hauts-de-France")
    compte = builders.un_compte(territoire=region, email="coordination@voix.example")
    call_command("tableau1", stdout=StringIO())
    settings.DEBUG = False
    return compte


def adresse(nom: str, *args: object) -> str:
    return reverse(f"analyses:{nom}", args=args)


def test_every_page_is_right_on_a_telephone(page, connecter, live_server, tmp_path, compte):
    programme = Programme.objects.get()
    chiffre = ChiffreLu("I1", "74", "Bilan", timezone.localdate(), n=48)
    ajouter_mesure(programme=programme, chiffre=chiffre, par=compte)
    projet = ProjetIndicateur("V1", "Jalons", "Les jalons.", "nombre(jalons)", forme="nombre")
    propre = definir_indicateur(territoire=programme.territoire, projet=projet, par=compte)
    membre = Territoire.objects.get(code="FICTIF01")
    composer(124, 124, 124, 124, 124, territoire=membre, par=compte)
    repondre(20, 40, 60, 3, 15, territoire=membre, par=compte)
    acteur = Acteur.objects.order_by("pk").first()
    sources = {}
    connecter(page, compte)
    for ou in (
        adresse("indicateurs"),
        adresse("programme", "tableau1"),
        adresse("territoire", membre.pk),
        adresse("evolution_programme", "tableau1"),
        adresse("evolution_territoire", membre.pk),
        adresse("diversite_programme", "tableau1"),
        adresse("diversite_territoire", membre.pk),
        adresse("ou_composer"),
        adresse("composer", membre.pk, "age"),
        adresse("composer", membre.pk, "transport"),
        adresse("decomposer", membre.pk, "age"),
        adresse("definitions"),
        adresse("verifier") + "?pourcent=74&n=48",
        adresse("ajouter_chiffre", "tableau1"),
        adresse("ajouter_programme"),
        adresse("ajouter_indicateur"),
        adresse("retirer_indicateur", propre.pk),
        adresse("registres"),
        adresse("registre", "acteurs"),
        adresse("ajouter_ligne", "acteurs"),
        adresse("ajouter_ligne", "reunions") + f"?territoire={membre.pk}",
        adresse("modifier_ligne", "acteurs", acteur.pk),
        adresse("retirer_ligne", "acteurs", acteur.pk),
        adresse("importer_registre", "acteurs"),
    ):
        reponse = page.goto(f"{live_server.url}{ou}")
        assert reponse.status == 200, ou
        sources[ou] = reponse.text()
        verifier_page(page)
    verifier_html(sources)


def test_errors_are_right_too(page, connecter, live_server, tmp_path, compte):
    connecter(page, compte)
    membre = Territoire.objects.get(code="FICTIF01")
    page.goto(f"{live_server.url}{adresse('ajouter_ligne', 'acteurs')}?territoire={membre.pk}")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.locator("#err")).to_be_focused()
    verifier_page(page)
    page.goto(f"{live_server.url}{adresse('composer', membre.pk, 'age')}")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.locator("#err")).to_be_focused()
    verifier_page(page)
    page.goto(f"{live_server.url}{adresse('importer_registre', 'acteurs')}")
    faux = tmp_path / "acteurs.csv"
    faux.write_text("territoire;nom\nFICTIF01;x\n", encoding="utf-8")
    page.get_by_label("Fichier CSV").set_input_files(faux)
    page.get_by_role("button", name="Importer").click()
    expect(page.locator("#defauts")).to_be_focused()
    verifier_page(page)


def test_an_actor_is_written_down_on_a_telephone(page, connecter, live_server, compte):
    connecter(page, compte)
    membre = Territoire.objects.get(code="FICTIF01")
    page.goto(f"{live_server.url}{adresse('registre', 'acteurs')}?territoire={membre.pk}")
    page.get_by_role("link", name="Ajouter un acteur").click()
    page.get_by_label("Nom").fill("Épicerie du Marché")
    page.get_by_label("Type").select_option("epicerie")
    page.get_by_role("button", name="Enregistrer et continuer").click()
    expect(page.get_by_text("C’est enregistré.")).to_be_visible()
    expect(page.get_by_label("Nom")).to_have_value("")
    assert Acteur.objects.filter(nom="Épicerie du Marché", territoire=membre).exists()


def test_who_is_helped_is_written_down_with_the_keyboard_alone(
    page, connecter, live_server, compte
):
    connecter(page, compte)
    membre = Territoire.objects.get(code="FICTIF01")
    repondre(20, 40, 60, 15, 15, territoire=membre, par=compte)
    page.goto(f"{live_server.url}{adresse('composer', membre.pk, 'age')}")
    page.get_by_label("Moins de 26 ans").focus()
    for nombre in ("90", "170", "200", "100", "60"):
        page.keyboard.type(nombre)
        page.keyboard.press("Tab")
    page.keyboard.type("Logiciel de la structure")
    page.keyboard.press("Enter")
    expect(page.get_by_text("C’est enregistré. Voici ce qui peut se dire.")).to_be_visible()
    expect(page.get_by_role("table")).to_contain_text("De 40 à 59 ans")
    assert Composition.objects.get().total == 620
