"""The analysis plan: chosen before results, never after."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from analyses.actions.plans import PAR_DEFAUT, choisir_plan, ecrire_plan, plan_en_vigueur
from analyses.extraction.groupes import dimensions_possibles
from analyses.models import PlanAnalyse, Publication
from tests import builders
from tests.integration.analyses.test_cube import DEFINITION
from voix.commun.erreurs import EtatIncompatible, SaisieInvalide
from voix.comptes.models import Trace
from voix.comptes.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def collecte():
    return builders.une_collecte_ouverte(version=builders.une_version(DEFINITION))


def publier(collecte):
    return Publication.objects.create(
        collecte=collecte,
        numero=1,
        au=date(2025, 3, 31),
        plan=plan_en_vigueur(collecte=collecte, par="essai"),
        version="v",
        nombre=40,
        parametres={},
        empreinte="e",
    )


def test_a_collecte_without_plan_has_the_default_one(collecte):
    plan = plan_en_vigueur(collecte=collecte, par="essai")
    assert plan.croisements == [[], *(list(c) for c in PAR_DEFAUT)]
    assert plan_en_vigueur(collecte=collecte, par="essai") == plan
    assert Trace.objects.filter(verbe="ecrire_plan").count() == 1


def test_an_evaluator_chooses_it_on_a_page(client, collecte):
    client.force_login(builders.un_compte(role=Role.EVALUATION, email="e@exemple.fr"))
    adresse = reverse("analyses:plan", args=[collecte.nom])
    assert "Comparer selon" in client.get(adresse).content.decode()
    page = client.post(
        adresse, {"seules": ["public", "mois"], "c1_1": "public", "c1_2": "structure"}, follow=True
    )
    assert "est enregistré" in page.content.decode()
    plan = PlanAnalyse.objects.get()
    assert plan.croisements == [[], ["public"], ["mois"], ["public", "structure"]]
    assert [d["nom"] for d in plan.dimensions] == ["structure", "mois", "public"]
    assert 'value="public" selected' in client.get(adresse).content.decode()


def test_it_no_longer_changes_once_results_were_shown(client, collecte):
    publier(collecte)
    compte = builders.un_compte(role=Role.EVALUATION, email="e@exemple.fr")
    with pytest.raises(EtatIncompatible, match="ne change plus"):
        choisir_plan(collecte=collecte, croisements=[["mois"]], par=compte)
    client.force_login(compte)
    page = client.get(reverse("analyses:plan", args=[collecte.nom])).content.decode()
    assert "ne change plus" in page
    assert '<form method="post" novalidate>' not in page


@pytest.mark.parametrize(
    ("croisements", "dit"),
    [
        ([["a", "b", "c", "d"]], "au plus 3"),
        ([["inconnue"]], "n’est pas une dimension"),
        ([["e", "a", "f"]], "une question avec une autre, pas davantage"),
    ],
)
def test_a_plan_too_fine_or_of_unknown_things_is_refused(collecte, croisements, dit):
    dimensions = [{"nom": n, "titre": n, "source": "mois", "codes": []} for n in "abcd"]
    dimensions += [{"nom": n, "titre": n, "source": f"question:{n}", "codes": []} for n in "ef"]
    with pytest.raises(SaisieInvalide, match=dit):
        ecrire_plan(
            collecte_id=collecte.pk, dimensions=dimensions, croisements=croisements, par="essai"
        )
    assert not PlanAnalyse.objects.exists()


def test_the_same_grouping_in_another_order_is_one_table(collecte):
    """Twice in the plan, it was written twice under one name, and downloaded so."""
    dimensions = [{"nom": n, "titre": n, "source": "mois", "codes": []} for n in "ab"]
    plan = ecrire_plan(
        collecte_id=collecte.pk,
        dimensions=dimensions,
        croisements=[["b", "a"], ["a", "b"], ["a"], ["a", "a"]],
        par="essai",
    )
    assert plan.croisements == [[], ["b", "a"], ["a"]]


def test_a_sensitive_question_is_not_offered(client, collecte):
    """Who goes without food is a list of persons, if others may be counted by it."""
    assert "q" not in {d["nom"] for d in dimensions_possibles(collecte)}
    client.force_login(builders.un_compte(role=Role.EVALUATION, email="e@exemple.fr"))
    page = client.get(reverse("analyses:plan", args=[collecte.nom])).content.decode()
    assert 'value="public"' in page
    assert 'value="q"' not in page


def test_a_command_writes_it_once(collecte, capsys):
    for _ in range(2):
        call_command("planifier", collecte.nom, "mois", "structure,public")
    assert "mois ; structure,public" in capsys.readouterr().out
    assert PlanAnalyse.objects.get().croisements == [[], ["mois"], ["structure", "public"]]
    with pytest.raises(CommandError, match="«\u00a0rien\u00a0» n’est pas une dimension"):
        call_command("planifier", collecte.nom, "rien")
    with pytest.raises(CommandError, match="pas de collecte"):
        call_command("planifier", "rien", "mois")
    publier(collecte)
    with pytest.raises(CommandError, match="ne change plus"):
        call_command("planifier", collecte.nom, "public")
