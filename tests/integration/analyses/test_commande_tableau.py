"""``manage.py tableau``: the table that was published, in the format of the house, or what to write."""

import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from analyses.actions.clotures import publier_releve
from analyses.models import Publication
from enquetes.actions.collectes import arreter_releve
from tests import builders
from tests.integration.analyses.test_resultats import AVIS, collecte, prise, repondre
from voix.comptes.roles import Role

__all__ = ["collecte", "prise"]
pytestmark = pytest.mark.django_db


def test_the_command_publishes_nothing_that_the_coordination_has_not_read(prise):
    with pytest.raises(CommandError, match="relevé 1 ne sont pas publiés"):
        call_command("tableau", "avis", "--lignes", "venu")
    assert not Publication.objects.exists()


@pytest.fixture
def publiee(prise):
    return publier_releve(releve_id=prise.releve.pk, par="essai")


def test_the_command_writes_the_format_of_the_house(publiee, capsys):
    call_command("tableau", "avis", "--lignes", "venu", "--colonnes", "mois", "--json")
    ecrit = json.loads(capsys.readouterr().out)
    assert ecrit["format"] == "voix-sdc-table/1"
    assert [d["role"] for d in ecrit["dimensions"]] == ["group", "response"]
    total = [c for c in ecrit["cells"] if c["at"] == {"mois": "TOTAL", "venu": "TOTAL"}]
    assert total == [
        {"at": {"mois": "TOTAL", "venu": "TOTAL"}, "status": "published", "value": 65}
    ]
    petits = [c["value"] for c in ecrit["cells"] if c["status"] == "published"]
    assert min(petits) >= 5


@pytest.mark.parametrize(
    ("arguments", "dit"),
    [
        (("rien", "--lignes", "venu"), "pas de collecte «\u00a0rien\u00a0»."),
        (("Avís", "--lignes", "venu"), "Vouliez-vous écrire «\u00a0avis\u00a0»\u00a0?"),
        (("avis", "--lignes", "xyz"), "«\u00a0xyz\u00a0» n’a pas de tableau. Choisissez parmi"),
        (("avis", "--lignes", "venue"), "Vouliez-vous écrire «\u00a0venu\u00a0»\u00a0?"),
        (("avis", "--lignes", "mots"), "«\u00a0mots\u00a0» n’a pas de tableau."),
        (
            ("avis", "--lignes", "venu", "--releve", "7"),
            "pas de relevé 7. Choisissez parmi\u00a0: 1.",
        ),
        (
            ("avis", "--lignes", "venu", "--colonnes", "Térritoires"),
            (
                "«\u00a0Térritoires\u00a0» n’est pas une ventilation de cette question. Vouliez-vous "
                "écrire «\u00a0territoire\u00a0»\u00a0? Choisissez une ventilation du plan d’analyse"
                "\u00a0: territoire ; structure ; mois."
            ),
        ),
        (
            ("avis", "--lignes", "venu", "--colonnes", "zzz"),
            "«\u00a0zzz\u00a0» n’est pas une ventilation de cette question. Choisissez une",
        ),
    ],
)
def test_the_command_says_what_is_wrong_and_what_to_write(publiee, arguments, dit):
    with pytest.raises(CommandError) as faute:
        call_command("tableau", *arguments)
    assert dit in str(faute.value)


@pytest.mark.parametrize("format_", [(), ("--json",)])
def test_the_command_refuses_what_the_closing_refused_in_the_words_of_the_screen(
    collecte, client, format_
):
    lieux = [builders.un_territoire(f"9{rang}", nom=f"Lieu {rang}") for rang in range(2)]
    for nombres in ((30, 30), (2, 20)):
        for nombre, lieu in zip(nombres, lieux, strict=True):
            builders.des_passations(collecte, nombre, reponses={"venu": "oui"}, territoire=lieu)
        releve = arreter_releve(collecte=collecte, par=builders.un_compte())
        publier_releve(releve_id=releve.pk, par="essai")
    with pytest.raises(CommandError) as faute:
        call_command("tableau", "avis", "--lignes", "venu", "--colonnes", "territoire", *format_)
    assert "Trop peu de nouvelles réponses" in str(faute.value)
    lecteur = builders.un_compte(role=Role.EVALUATION, email="eva@exemple.fr")
    client.force_login(lecteur)
    page = client.get("/espace/resultats/avis/venu/", {"par": "territoire"}, follow=True)
    assert str(faute.value) in page.content.decode()


def test_the_command_says_the_groupings_of_organisations_too():
    version = builders.une_version(AVIS)
    lieux = builders.une_collecte_ouverte(version=version, nom="lieux", unite="organisation")
    repondre(lieux, 3, venu="oui", foyer=4)
    arreter_releve(collecte=lieux, par=builders.un_compte())
    with pytest.raises(CommandError) as faute:
        call_command("tableau", "lieux", "--lignes", "venu", "--colonnes", "territoir")
    assert "Vouliez-vous écrire «\u00a0territoire\u00a0»\u00a0?" in str(faute.value)
    assert "territoire ; mois ; foyer." in str(faute.value)


def test_a_table_by_territoire_is_named_so_and_holds_no_structure(collecte, capsys):
    """Structures are counted with their territoires: the first level alone is a table of its own."""
    for rang in range(3):
        lieu = builders.un_territoire(f"9{rang}", nom=f"Lieu {rang}")
        for nom in ("Un", "Deux"):
            maison = builders.une_structure(lieu, nom=f"{nom} {rang}")
            builders.des_passations(
                collecte, 30, reponses={"venu": "oui"}, territoire=lieu, structure=maison
            )
    releve = arreter_releve(collecte=collecte, par=builders.un_compte())
    publier_releve(releve_id=releve.pk, par="essai")
    call_command("tableau", "avis", "--lignes", "venu", "--colonnes", "territoire", "--json")
    ecrit = json.loads(capsys.readouterr().out)
    assert ecrit["id"] == "venu-territoire"
    assert ecrit["where"] == {"collecte": ["avis"], "releve": ["1"]}
    assert [d["name"] for d in ecrit["dimensions"]] == ["territoire", "venu"]
    groupes = ecrit["dimensions"][0]["codes"]
    assert [g["label"] for g in groupes] == ["Ensemble", "Lieu 0", "Lieu 1", "Lieu 2"]
    assert {c["at"]["territoire"] for c in ecrit["cells"]} == {g["code"] for g in groupes}
    call_command("tableau", "avis", "--lignes", "venu", "--colonnes", "structure", "--json")
    entier = json.loads(capsys.readouterr().out)
    assert (entier["id"], len(entier["dimensions"][0]["codes"])) == ("venu-structure", 10)
