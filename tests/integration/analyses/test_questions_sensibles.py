"""Two sensitive questions are never crossed, by any way, and who asks is told why (ADR 0101)."""

from io import StringIO
from itertools import permutations

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from analyses.actions.clotures import publier_releve
from analyses.actions.plans import choisir_plan, ecrire_plan
from analyses.actions.referent import abaisser_profil, demander_ventilation
from analyses.extraction.groupes import QUESTION, dimensions_possibles
from analyses.models import Demande, Population, Publication
from enquetes.actions.collectes import arreter_releve
from tests import builders
from tests.integration.analyses.api import un_programme
from tests.integration.analyses.test_classes_de_mois import une_collecte
from voix.commun.erreurs import SaisieInvalide
from voix.comptes.roles import Role

pytestmark = pytest.mark.django_db

SENSIBLES = ("renonce", "visite", "manque")
JAMAIS = "Deux questions sensibles ne se croisent donc pas"


@pytest.fixture
def collecte():
    """Return a collecte whose answers would be plenty: sixty persons in each group."""
    collecte = une_collecte()
    for renonce in ("oui", "non"):
        for venu in ("oui", "non"):
            builders.des_passations(
                collecte, 60, reponses={"renonce": renonce, "venu": venu, "manque": ["pain"]}
            )
    return collecte


@pytest.fixture
def eva():
    return builders.un_compte(role=Role.EVALUATION, email="eva@exemple.fr")


def clore(collecte) -> Publication:
    releve = arreter_releve(collecte=collecte, par=builders.un_compte(email="c@exemple.fr"))
    return publier_releve(releve_id=releve.pk, par="essai")


def mots(page) -> str:
    return page.content.decode().replace("&nbsp;", "\u00a0")


def test_no_surface_crosses_two_of_them_however_many_answered(client, collecte, eva):
    choisir_plan(collecte=collecte, croisements=[["mois"], ["venu"]], par="essai")
    clore(collecte)
    client.force_login(eva)
    programme = un_programme(eva)
    for lignes, colonnes in permutations(SENSIBLES, 2):
        raison = "accepte plusieurs réponses" if colonnes == "manque" else JAMAIS
        for demande in (f"par={colonnes}", f"par=mois,{colonnes}", f"parmi={colonnes}:oui"):
            assert raison in mots(client.get(f"/espace/resultats/avis/{lignes}/?{demande}"))
            refus = programme.refus(f"collectes/avis/tableaux/{lignes}?{demande}", 404)
            assert (refus["code"], raison in refus["message"]) == ("ventilation", True)
        with pytest.raises(CommandError):
            call_command(
                "tableau", "avis", "--lignes", lignes, "--colonnes", colonnes, stdout=StringIO()
            )
    # An ordinary one is crossed: what is refused above is not refused for another reason.
    assert programme.lire("collectes/avis/tableaux/renonce?par=venu")["cells"]
    axes = Population.objects.values_list("dimensions", flat=True)
    assert "venu" in axes
    assert not any(nom in dimensions.split("|") for dimensions in axes for nom in SENSIBLES)


def test_no_plan_and_no_request_may_have_one(collecte, eva):
    for croisement in (["visite"], ["mois", "visite"], ["visite", "venu"]):
        with pytest.raises(SaisieInvalide, match=JAMAIS):
            choisir_plan(collecte=collecte, croisements=[croisement], par="essai")
        with pytest.raises(CommandError, match=JAMAIS):
            call_command("planifier", "avis", ",".join(croisement))
        with pytest.raises(SaisieInvalide, match=JAMAIS):
            demander_ventilation(collecte=collecte, croisement=croisement, motif="m", par=eva)
    with pytest.raises(SaisieInvalide, match="accepte plusieurs réponses"):
        choisir_plan(collecte=collecte, croisements=[["manque"]], par="essai")
    assert not Demande.objects.exists()


def test_a_plan_that_came_by_another_way_publishes_nothing(collecte):
    dimension = {"nom": "d", "titre": "D", "source": f"{QUESTION}renonce", "codes": []}
    ecrire_plan(collecte_id=collecte.pk, dimensions=[dimension], croisements=[["d"]], par="essai")
    with pytest.raises(SaisieInvalide, match=JAMAIS):
        clore(collecte)
    assert not Publication.objects.exists()


def test_thresholds_of_an_ordinary_one_do_not_make_it_group(collecte):
    """What a question is about is written in its questionnaire; a referent lowers numbers."""
    referent = builders.un_compte(role=Role.REFERENT, email="r@exemple.fr")
    abaisser_profil(collecte=collecte, question="renonce", raison="essai", par=referent)
    assert "renonce" not in {d["nom"] for d in dimensions_possibles(collecte)}
    with pytest.raises(SaisieInvalide, match=JAMAIS):
        choisir_plan(collecte=collecte, croisements=[["renonce"]], par="essai")


@pytest.mark.parametrize("page", ["plan", "demandes"])
def test_where_a_comparison_is_chosen_the_rule_is_told_and_they_are_not_offered(
    client, collecte, eva, page
):
    client.force_login(eva)
    lue = mots(client.get(reverse(f"analyses:{page}", args=["avis"])))
    assert "deux questions sensibles ne se croisent pas" in lue
    assert 'value="venu"' in lue
    assert not any(f'value="{nom}"' in lue for nom in SENSIBLES)
