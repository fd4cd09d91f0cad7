"""What is held above the units counts for whoever looks from above: never in silence nowhere."""

import pytest
from django.urls import reverse

from analyses.actions.clotures import publier_releve
from analyses.actions.restitutions import ecrire_restitution, publier_restitution
from analyses.extraction.lecture import releves_de
from analyses.mesures import perimetre_du_programme, perimetre_du_territoire
from enquetes.actions.collectes import arreter_releve, clore_collecte
from tests import builders
from tests.integration.analyses.registres.scenes import (
    importer,
    mesure,
    un_membre,
    un_programme,
    une_coordination,
    une_region,
)
from tests.integration.analyses.registres.test_personnes import POUVOIR, effectif
from tests.navigateur import Personne

pytestmark = pytest.mark.django_db


def proposition(code: str, reference: str) -> dict[str, str]:
    return {
        "territoire": code, "reference": reference, "recue_le": "2024-01-01", "texte": "Le soir.",
        "repondue_le": "2024-02-01", "decision": "adoptee",
    }  # fmt: skip


def test_a_proposition_of_the_region_counts_in_the_region_and_in_no_unit():
    programme = un_programme(2)
    importer("propositions", proposition("59001", "P1"), proposition("32", "P2"))
    assert mesure(perimetre_du_territoire(une_region()), "P10").n == 2
    assert mesure(perimetre_du_territoire(un_membre("59001")), "P10").n == 1
    assert mesure(perimetre_du_programme(programme), "P10").n == 1


def test_the_return_of_a_collecte_of_the_region_counts_there():
    un_programme(1)
    par = une_coordination()
    collecte = builders.une_collecte_ouverte(
        par=par, territoire=une_region(), version=builders.une_version(POUVOIR)
    )
    for code in "1234":
        builders.des_passations(collecte, 30, reponses={"po1": code})
    arreter_releve(collecte=collecte, par=par)
    publier_releve(releve_id=releves_de(collecte)[0].pk, par=par)
    clore_collecte(collecte=collecte, par=par)
    ecrite = ecrire_restitution(
        collecte=collecte, questions=["po1"], mot={"fr": "Merci."}, par=par
    )
    publier_restitution(restitution=ecrite, par=par)
    region = perimetre_du_territoire(une_region())
    assert (mesure(region, "P15").k, mesure(region, "P15").n) == (1, 1)
    assert "Rien n’est encore saisi" not in mesure(region, "P13").motif
    assert mesure(perimetre_du_territoire(un_membre()), "P15").n == 0


def test_persons_of_the_region_are_not_added_to_those_of_its_units():
    """They may be the same; and what a unit hides would be found by subtraction."""
    un_programme(2)
    importer("effectifs", effectif("59001", 200, 100), effectif("59002", 200, 90))
    importer("effectifs", effectif("32", 900, 500))
    assert mesure(perimetre_du_territoire(une_region()), "P05").k in {None, 190}


def test_a_territoire_that_only_keeps_a_register_is_in_the_list():
    importer_dans = un_membre("59001", "Avec registre")
    un_membre("59002", "Sans rien")
    importer("acteurs", {"territoire": "59001", "nom": "A", "type": "ccas"})
    personne = Personne()
    personne.client.force_login(une_coordination())
    page = personne.ouvrir(reverse("analyses:indicateurs"))
    assert "Avec registre" in page.texte
    assert "Sans rien" not in page.texte
    page.suivre("Avec registre")
    assert importer_dans.nom in page.texte
