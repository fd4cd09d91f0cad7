"""Reading the cube: one address a table, closed lists, a reason for what is not there, few statements."""

import pytest

from analyses.actions.clotures import publier_releve
from tests import builders
from tests.integration.analyses.test_resultats import collecte, prise
from voix.comptes.roles import Role

pytestmark = pytest.mark.django_db
__all__ = ["collecte", "prise"]


def test_each_table_has_one_address_and_a_form_without_script_leads_to_it(client, prise):
    publier_releve(releve_id=prise.releve.pk, par="essai")
    client.force_login(builders.un_compte(role=Role.EVALUATION, email="eva@exemple.fr"))
    racine = "/espace/resultats/avis/"
    for choisis, adresse in (
        ({"question": "venu", "par": "", "parmi": ""}, "venu/?releve=1"),
        ({"question": "venu", "par": "mois"}, "venu/?releve=1&par=mois"),
        # One month only is not compared by month: the same table has the same address.
        (
            {"question": "venu", "par": "mois", "parmi": "mois:2026-11"},
            "venu/?releve=1&parmi=mois:2026-11",
        ),
    ):
        assert (
            client.get(racine, choisis | {"releve": "1"}).headers["Location"] == racine + adresse
        )
    assert f'href="{racine}venu/?releve=1&amp;par=mois"' in client.get(racine).content.decode()


@pytest.mark.parametrize(
    ("parmi", "dit"),
    [
        ("structure:t0", "Ce groupe n’est pas montré seul"),
        ("source:lien", "ne prévoit pas la comparaison"),
        ("manque:pain", "accepte plusieurs réponses"),
        ("rien", "n’existe pas"),
    ],
)
def test_who_asks_for_a_group_that_is_not_shown_is_told_why(client, prise, parmi, dit):
    publier_releve(releve_id=prise.releve.pk, par="essai")
    client.force_login(builders.un_compte(role=Role.EVALUATION, email="eva@exemple.fr"))
    page = client.get("/espace/resultats/avis/venu/", {"parmi": parmi}).content.decode()
    assert dit in page
    assert "Seulement parmi\u00a0:" not in page.replace("&nbsp;", "\u00a0")


@pytest.mark.parametrize(("par", "au_plus"), [("", 10), ("territoire", 11), ("mois", 11)])
def test_a_closed_table_costs_few_statements_whatever_it_holds(
    client, prise, django_assert_max_num_queries, par, au_plus
):
    """What keeps a table under 100 ms (``bench.cube``): no answer is read, one statement a table."""
    client.force_login(builders.un_compte(role=Role.EVALUATION, email="eva@exemple.fr"))
    publier_releve(releve_id=prise.releve.pk, par="essai")
    adresse = f"/espace/resultats/avis/venu/?par={par}"
    client.get(adresse)
    with django_assert_max_num_queries(au_plus) as lues:
        assert client.get(adresse).status_code == 200
    comptees = [r["sql"] for r in lues if 'FROM "enquetes_passation"' in r["sql"]]
    assert all("reponses" not in sql for sql in comptees)


def test_where_nobody_has_a_structure_none_is_offered(client, prise):
    publier_releve(releve_id=prise.releve.pk, par="essai")
    client.force_login(builders.un_compte(role=Role.EVALUATION, email="eva@exemple.fr"))
    page = client.get("/espace/resultats/avis/venu/?par=territoire").content.decode()
    assert '<option value="structure"' not in page
    assert '<optgroup label="Structure"' not in page
    assert '<option value="territoire" selected>' in page
    refusee = client.get("/espace/resultats/avis/venu/?par=structure").content.decode()
    assert "Aucune réponse de cette collecte ne vient d’une structure" in refusee
    seul = f"structure:t{prise.collecte.territoire_id}"
    parmi = client.get("/espace/resultats/avis/venu/", {"parmi": seul}).content.decode()
    assert "Seulement parmi\u00a0: Territoire" in parmi.replace("&nbsp;", "\u00a0")
