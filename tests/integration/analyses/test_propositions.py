"""Before publishing, the coordination reads what will be shown; what it read is what is published."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.urls import reverse

from analyses.actions.bilans import Bilan
from analyses.actions.chantiers import Etape, chantier_de, ecarter_prete, lancer, publier_prete
from analyses.actions.propositions import PERIMEE, _fichier
from analyses.models import Cellule, Population, Publication
from enquetes.actions.collectes import arreter_releve
from enquetes.models import Passation
from tests import builders
from tests.integration.analyses.test_resultats import AVIS
from voix.commun.erreurs import AccesRefuse, EtatIncompatible
from voix.comptes.models import Trace
from voix.comptes.roles import Role

pytestmark = pytest.mark.django_db
ADRESSE = "/espace/resultats/avis/"


@pytest.fixture
def par():
    return builders.un_compte()


@pytest.fixture
def releve(par):
    collecte = builders.une_collecte_ouverte(version=builders.une_version(AVIS), nom="avis")
    for nom, nombre in (("Grande", 40), ("Moyenne", 20), ("Petite", 6)):
        structure = builders.une_structure(builders.un_territoire(), nom)
        builders.des_passations(collecte, nombre, structure=structure, reponses={"venu": "oui"})
    return arreter_releve(collecte=collecte, par=par)


def rangees():
    return sorted(
        Cellule.objects.values_list("population__predicat", "question", "reponse", "bas", "haut")
    )


def test_the_page_says_what_will_be_shown_and_nothing_is_yet(client, par, releve):
    client.force_login(par)
    client.post(f"{ADRESSE}preparer-les-tableaux/")
    assert not Publication.objects.exists()
    page = client.get(ADRESSE).content.decode()
    assert "rien n’est encore publié" in page
    assert "66 réponses sont comptées" in page
    assert "«\u00a0Moyenne\u00a0» et «\u00a0Petite\u00a0» sont montrés ensemble." in page
    assert "Publier ces tableaux" in page
    bilan = chantier_de(releve.pk).bilan
    assert f"{bilan.exactes + bilan.bandes + bilan.masquees} cases" in page


def test_the_cost_of_few_cells_is_not_told():
    # How many are exact would say which.
    assert Bilan(12, exactes=20, bandes=8, masquees=1).cases == 0
    assert Bilan(12, exactes=20, bandes=8, masquees=2).cases == 30


def test_what_was_read_is_what_is_published(client, par, releve):
    client.force_login(par)
    lancer(releve_id=releve.pk, par=par)
    page = client.post(f"{ADRESSE}preparer-les-tableaux/publier/", follow=True)
    assert "Les tableaux sont publiés" in page.content.decode()
    publie = rangees()
    assert chantier_de(releve.pk).etape == Etape.FAITE
    assert not _fichier(releve.pk).exists()
    assert publier_prete(releve_id=releve.pk, par=par) is None  # twice is once
    assert Publication.objects.count() == 1
    assert publie
    assert {n for n, *_ in publie} == set(Population.objects.values_list("predicat", flat=True))


def test_a_proposal_left_aside_publishes_nothing_and_may_be_made_again(client, par, releve):
    client.force_login(par)
    lancer(releve_id=releve.pk, par=par)
    page = client.post(f"{ADRESSE}preparer-les-tableaux/ecarter/", follow=True).content.decode()
    assert "Rien n’est publié. Les réponses sont gardées." in page
    assert "Préparer les tableaux" in page
    assert Trace.objects.filter(verbe="ecarter_proposition").count() == 1
    ecarter_prete(releve_id=releve.pk, par=par)  # nothing is left to set aside
    assert Trace.objects.filter(verbe="ecarter_proposition").count() == 1
    lancer(releve_id=releve.pk, par=par)
    assert chantier_de(releve.pk).etape == Etape.PRETE


def test_an_answer_erased_since_makes_it_start_again(client, par, releve):
    client.force_login(par)
    lancer(releve_id=releve.pk, par=par)
    premiere = Passation.objects.filter(collecte=releve.collecte).first()
    Passation.objects.filter(pk=premiere.pk).update(reponses={"venu": "non"})
    page = client.post(f"{ADRESSE}preparer-les-tableaux/publier/", follow=True).content.decode()
    assert "Préparez les tableaux de nouveau" in page
    assert not Publication.objects.exists()
    assert chantier_de(releve.pk).etape == Etape.REFUSEE
    lancer(releve_id=releve.pk, par=par)
    assert publier_prete(releve_id=releve.pk, par=par) is not None


@pytest.mark.parametrize("place", [0, 40, -1], ids=["signature", "origin", "result"])
def test_a_file_that_was_touched_publishes_nothing(par, releve, place):
    lancer(releve_id=releve.pk, par=par)
    brut = bytearray(_fichier(releve.pk).read_bytes())
    brut[place] ^= 1
    _fichier(releve.pk).write_bytes(brut)
    with pytest.raises(EtatIncompatible, match="ont changé"):
        publier_prete(releve_id=releve.pk, par=par)
    assert not Publication.objects.exists()
    assert PERIMEE in chantier_de(releve.pk).motif


def test_only_the_coordination_of_the_place_decides(client, par, releve):
    lancer(releve_id=releve.pk, par=par)
    ailleurs = builders.un_compte(
        email="la@exemple.fr", territoire=builders.un_territoire(code="99", nom="Ailleurs")
    )
    evaluation = builders.un_compte(role=Role.EVALUATION, email="e@exemple.fr")
    for autre in (ailleurs, evaluation):
        with pytest.raises(AccesRefuse):
            publier_prete(releve_id=releve.pk, par=autre)
        with pytest.raises(AccesRefuse):
            ecarter_prete(releve_id=releve.pk, par=autre)
    client.force_login(evaluation)
    page = client.get(ADRESSE).content.decode()
    assert "La coordination lit ce qui sera montré" in page
    assert "Moyenne" not in page
    assert client.post(reverse("analyses:publier", args=["avis"])).status_code == 403


ECRIT_AILLEURS = """
from analyses.actions.propositions import _ecrit
from analyses.confidentialite.moteur.questions import Question
situations = {(frozenset("abcdefgh"), "x"): True, (frozenset(), "y"): False}
print(_ecrit([Question("q", ("oui", "non"), multiple=True, seules=frozenset("ijklmnop")), situations]))
"""


def test_what_it_was_made_from_is_written_alike_by_every_process():
    """Prepared by one process and published by another: each has its own order of sets."""
    ecrits = {
        subprocess.run(
            [sys.executable, "manage.py", "shell", "--no-imports", "-c", ECRIT_AILLEURS],
            cwd=settings.BASE_DIR,
            env=os.environ | {"PYTHONHASHSEED": graine},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for graine in ("1", "2", "3")
    }
    (ecrit,) = ecrits
    assert "'a','b','c','d','e','f','g','h'" in ecrit
    assert "'i','j','k'" in ecrit
