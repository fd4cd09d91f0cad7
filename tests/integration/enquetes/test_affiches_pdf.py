"""Posters as files: one page a sheet, read by machines, nothing cut, whatever was typed."""

from io import BytesIO

import pikepdf
import pytest
from django.urls import reverse

from enquetes.actions.acces import ajouter_acces
from enquetes.actions.questionnaires import charger_bibliotheque
from enquetes.models import Collecte, VersionQuestionnaire
from tests import builders
from tests.pdf import verifier_pdf
from voix.comptes.roles import Role

pytestmark = pytest.mark.django_db

LONG = "Votre avis sur l’aide alimentaire et les ateliers de cuisine du quartier. " * 3
A4, A3 = (595, 842), (842, 1191)


@pytest.fixture
def collecte():
    charger_bibliotheque(par="essai")
    version = VersionQuestionnaire.objects.get(questionnaire__code="alim")
    return builders.une_collecte_ouverte(version=version, langues=("fr", "en", "ar", "uk"))


def pages(client, nom, *args, format_=""):
    """Return the size of each page of a poster."""
    reponse = client.get(reverse(f"enquetes:{nom}", args=args), {"format": format_})
    assert reponse.status_code == 200
    assert reponse["Content-Type"] == "application/pdf"
    verifier_pdf(reponse.content)
    with pikepdf.open(BytesIO(reponse.content)) as lu:
        return [tuple(round(float(b)) for b in page.mediabox[2:]) for page in lu.pages]


@pytest.mark.parametrize(("format_", "taille"), [("", A4), ("a3", A3), ("zzz", A4)])
@pytest.mark.parametrize("longueur", [10, 60, 200])
def test_the_poster_of_a_seance_is_one_sheet_in_four_languages(
    client, collecte, format_, taille, longueur
):
    Collecte.objects.filter(pk=collecte.pk).update(
        titre=LONG[:longueur], demandeur=LONG[:longueur]
    )
    ambassadeur = builders.un_compte(Role.AMBASSADEUR, email="a@exemple.fr")
    seance = builders.une_seance(collecte=collecte, par=ambassadeur)
    client.force_login(ambassadeur)
    assert pages(client, "affiche_de_seance_pdf", seance.pk, format_=format_) == [taille]


def test_the_posters_of_a_collecte_are_one_page_a_link(client, collecte):
    par = builders.un_compte(email="c@exemple.fr")
    commune = builders.un_territoire("93010", parent=collecte.territoire, nom="Bondy")
    lien = ajouter_acces(collecte=collecte, territoire=commune, par=par)
    client.force_login(par)
    assert pages(client, "affiche_pdf", collecte.nom, lien.pk) == [A4]
    assert pages(client, "affiches_pdf", collecte.nom, format_="a3") == [A3, A3]
    page = client.get(reverse("enquetes:affiche", args=[collecte.nom, lien.pk])).content.decode()
    assert f'href="{reverse("enquetes:affiche_pdf", args=[collecte.nom, lien.pk])}"' in page


def test_without_any_open_link_the_page_says_so(client, collecte):
    par = builders.un_compte(email="c@exemple.fr")
    collecte.acces.update(ouvert=False)
    client.force_login(par)
    reponse = client.get(reverse("enquetes:affiches_pdf", args=[collecte.nom]))
    assert "Tous les liens de cette collecte sont fermés" in reponse.content.decode()
