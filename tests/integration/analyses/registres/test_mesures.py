"""What counts for which territoire: registers kept below, séances, territoires that move."""

from datetime import date, timedelta

import pytest
from django.db.models.signals import post_init
from django.utils import timezone

from analyses.extraction.seances import soutiens_dits
from analyses.mesures import (
    evolutions,
    mesurer_tout,
    perimetre_du_programme,
    perimetre_du_territoire,
    protection,
)
from analyses.models import MODELES, Programme
from enquetes.actions.rapports import completer_rapport, terminer_rapport
from enquetes.actions.seances import clore_seance
from tests import builders
from tests.integration.analyses.registres.scenes import (
    importer,
    mesure,
    un_acteur,
    un_membre,
    un_programme,
    une_coordination,
    une_region,
)

pytestmark = pytest.mark.django_db


def du_programme(code):
    return mesure(perimetre_du_programme(Programme.nomme("essai")), code)


def un_lieu_dit():
    return builders.un_territoire("59001A", un_membre())


def test_what_is_written_below_counts_for_the_territoire_of_the_programme():
    un_programme(2)
    un_lieu_dit()
    importer("acteurs", un_acteur(rencontre_le="2023-01-01"), un_acteur(territoire="59001A"))
    importer("acteurs", un_acteur(territoire="59002"))
    assert (du_programme("I4").k, du_programme("I4").n) == (1, 3)
    ici = mesure(perimetre_du_territoire(un_membre()), "I4")
    assert (ici.k, ici.n) == (1, 2)
    # Two members, not three territoires.
    assert du_programme("I9").n == 2
    assert mesure(perimetre_du_territoire(une_region()), "I9").n == 2
    assert mesure(perimetre_du_territoire(un_lieu_dit()), "I4").n == 1


def test_the_latest_count_is_that_of_each_place():
    un_programme(1)
    un_lieu_dit()
    ligne = {"accompagnees": "100", "engagees": "50", "origine": "x", "au": "2025-12-31"}
    importer("effectifs", ligne | {"territoire": "59001", "du": "2023-01-01"})
    importer("effectifs", ligne | {"territoire": "59001", "du": "2024-01-01"})
    importer("effectifs", ligne | {"territoire": "59001A", "du": "2022-01-01"})
    assert du_programme("P06").n == 200


def test_a_place_inside_another_tells_nothing_of_its_persons():
    """The territoire around counts it: one minus the other would give the rest."""
    un_programme(1)
    un_lieu_dit()
    ligne = {"du": "2024-01-01", "au": "2024-12-31", "accompagnees": "100", "origine": "x"}
    importer("effectifs", ligne | {"territoire": "59001", "engagees": "3"})
    importer("effectifs", ligne | {"territoire": "59001A", "engagees": "50"})
    assert du_programme("P06").k == 53
    assert mesure(perimetre_du_territoire(un_lieu_dit()), "P06").k is None


def test_territoires_together_are_told_only_when_each_stands_alone():
    """No programme: the region minus the first would give the second."""
    ligne = {"du": "2024-01-01", "au": "2024-12-31", "accompagnees": "100", "origine": "x"}
    un_membre(), un_membre("59002")
    importer("effectifs", ligne | {"territoire": "59001", "engagees": "50"})
    importer("effectifs", ligne | {"territoire": "59002", "engagees": "3"})
    assert mesure(perimetre_du_territoire(un_membre()), "P06").k == 50
    assert mesure(perimetre_du_territoire(un_membre("59002")), "P06").k is None
    assert mesure(perimetre_du_territoire(une_region()), "P06").k is None


def test_a_territoire_that_moves_keeps_its_registers():
    un_programme(1)
    importer("acteurs", *[un_acteur(nom=f"n{i}", rencontre_le="2023-01-01") for i in range(10)])
    membre = un_membre()
    membre.parent = None
    membre.chemin = "/59001/"
    membre.save()
    assert du_programme("I4").valeur == 100


def une_seance_racontee(**valeurs):
    par = une_coordination()
    seance = builders.une_seance(
        par=par, territoire=un_membre(), genre="comite_usagers", titre="Comité d’usagers"
    )
    completer_rapport(seance=seance, valeurs=valeurs, par=par)
    return seance, par


def test_a_told_seance_feeds_moments_and_meetings():
    un_programme(1)
    preuve = {"preuve": "Compte rendu", "preuve_le": timezone.localdate()}
    seance, par = une_seance_racontee(
        moment="conception",
        implication=4,
        supports="Navette, garde d’enfants et goûter",
        presents_beneficiaires=6,
        **preuve,
    )
    assert du_programme("I8").k == 0
    seance = clore_seance(seance=seance, par=par)
    assert du_programme("I8").k == 0
    terminer_rapport(seance=seance, par=par)
    assert (du_programme("I8").k, du_programme("P04").k) == (1, 1)
    assert (du_programme("P17").k, du_programme("P17").n) == (1, 1)


def test_a_seance_written_in_the_register_too_counts_once():
    un_programme(1)
    seance, par = une_seance_racontee(supports="repas")
    seance = clore_seance(seance=seance, par=par)
    terminer_rapport(seance=seance, par=par)
    jour = timezone.localdate(seance.prevue_le)
    ligne = {"territoire": "59001", "le": jour.isoformat(), "intitule": seance.titre}
    importer("reunions", ligne)
    assert du_programme("P17").n == 1
    importer("reunions", ligne | {"le": (jour - timedelta(days=1)).isoformat()})
    assert du_programme("P17").n == 2


def test_a_told_seance_is_a_day_of_the_evolution():
    programme = un_programme(1)
    seance, par = une_seance_racontee(supports="repas")
    seance = clore_seance(seance=seance, par=par)
    terminer_rapport(seance=seance, par=par)
    jour = timezone.localdate(seance.prevue_le)
    suivies = evolutions(perimetre_du_programme(programme), jour + timedelta(days=500))
    assert {points[-1][0] for e in suivies if (points := e.points)} == {jour}


@pytest.mark.parametrize(
    ("texte", "soutiens"),
    [
        ("", ()),
        ("Rien", ()),
        ("Navette, GARDE d’enfants, goûter", ("transport", "garde", "repas")),
        (
            "horaire du soir, défraiement, traduit en arabe",
            ("horaire", "defraiement", "traduction"),
        ),
        ("document FALC", ("traduction",)),
    ],
)
def test_supports_are_read_in_the_words_of_facilitators(texte, soutiens):
    assert soutiens_dits(texte) == soutiens


@pytest.mark.parametrize("nombre", [1, 6])
def test_the_cost_does_not_grow_with_the_territoires(nombre, django_assert_max_num_queries):
    programme = un_programme(nombre)
    for code in range(59001, 59001 + nombre):
        acteurs = [un_acteur(territoire=str(code), nom=f"n{i}") for i in range(3)]
        importer("acteurs", *acteurs)
        action = {"territoire": str(code), "objectif": "participation", "acteurs": "n0|n1"}
        importer("actions", action | {"intitule": "A", "commencee_le": "2023-06-01"})
    with django_assert_max_num_queries(20):
        lues = mesurer_tout(perimetre_du_programme(programme))
    assert {m.indicateur.code: m.k for m in lues}["I7"] == 0
    assert {m.indicateur.code: m.details for m in lues}["I11"] == (("Actions du porteur seul", 0),)


def test_no_object_is_made_for_a_row_of_a_register():
    """A thousand territoires are fifty thousand rows: making objects of them took half of the page."""
    programme = un_programme(2)
    importer("acteurs", *(un_acteur(nom=f"n{i}") for i in range(4)))
    importer("jalons", {"territoire": "59001", "type": "probleme", "atteint": "non"})
    faits = []

    def noter(sender, **_):
        if sender in MODELES.values():
            faits.append(sender)

    post_init.connect(noter)
    try:
        mesures = mesurer_tout(perimetre_du_programme(programme))
        evolutions(perimetre_du_programme(programme), date(2026, 1, 1))
    finally:
        post_init.disconnect(noter)
    assert {m.indicateur.code: m.n for m in mesures}["I4"] == 4
    assert faits == []


def test_too_many_territoires_to_protect_apart_tell_the_whole_only(monkeypatch):
    monkeypatch.setattr(protection, "GROUPES_MAX", 1)
    un_programme(2)
    ligne = {"du": "2024-01-01", "au": "2024-12-31", "accompagnees": "100", "origine": "x"}
    for code in ("59001", "59002"):
        importer("effectifs", ligne | {"territoire": code, "engagees": "50"})
    assert du_programme("P06").k == 100
    assert mesure(perimetre_du_territoire(un_membre()), "P06").k is None
