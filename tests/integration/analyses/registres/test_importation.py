"""A register's file: everything or nothing, twice is once, every error at once."""

import pytest

from analyses.actions.registres import ImportRefuse, importer_registre
from analyses.indicateurs.registres import REGISTRES
from analyses.indicateurs.registres.lecture import TAILLE_MAX, modele
from analyses.models import MODELES, Acteur, Action, Effectif, Implication, Reunion
from tests import builders
from tests.integration.analyses.registres.scenes import (
    importer,
    un_acteur,
    un_fichier,
    un_membre,
    un_programme,
    une_coordination,
)
from voix.comptes.models import Trace

pytestmark = pytest.mark.django_db


def refus(octets: bytes, registre: str = "acteurs") -> list[tuple[int, str, str]]:
    with pytest.raises(ImportRefuse) as leve:
        importer_registre(nom=registre, octets=octets, par=une_coordination())
    assert MODELES[registre].objects.count() == 0
    assert all(d.message and d.conseil for d in leve.value.defauts)
    return [(d.ligne, d.colonne, d.message) for d in leve.value.defauts]


def test_a_file_enters_and_the_same_file_changes_nothing():
    un_membre()
    lignes = [un_acteur(), un_acteur(nom="Ferme", type="producteur", rencontre_le="15/03/2023")]
    premier = importer("acteurs", *lignes)
    assert (premier.nb_ajoutees, premier.nb_changees, premier.nb_identiques) == (2, 0, 0)
    traces = Trace.objects.count()
    second = importer("acteurs", *lignes)
    assert (second.nb_ajoutees, second.nb_changees, second.nb_identiques) == (0, 0, 2)
    assert Trace.objects.count() == traces
    assert str(Acteur.objects.get(nom="Ferme").rencontre_le) == "2023-03-15"


def test_a_known_row_is_corrected_and_nothing_is_taken_away():
    un_membre()
    importer("acteurs", un_acteur(), un_acteur(nom="Ferme"))
    bilan = importer("acteurs", un_acteur(rencontre_le="2023-03-15"))
    assert (bilan.nb_ajoutees, bilan.nb_changees) == (0, 1)
    assert Acteur.objects.count() == 2


def test_every_error_is_said_at_once_with_its_line_and_column():
    un_membre()
    dits = refus(
        un_fichier(
            "acteurs",
            un_acteur(),
            un_acteur(nom="", type="epiceri", antenne="peut-être"),
            un_acteur(nom="A", rencontre_le="31/02/2023"),
            un_acteur(nom="B", territoire="99999"),
            un_acteur(nom="C", participe_le="2023-05-01"),
            un_acteur(nom="D", rencontre_le="2023-05-01", raison="autre"),
            un_acteur(),
        )
    )
    assert [(ligne, colonne) for ligne, colonne, _ in dits] == [
        (3, "nom"),
        (3, "type"),
        (3, "antenne"),
        (4, "rencontre_le"),
        (5, "territoire"),
        (6, "rencontre_le"),
        (7, "raison_autre"),
        (8, "nom"),
    ]


@pytest.mark.parametrize(
    ("octets", "message"),
    [
        (b"", "vide"),
        (b"\n\n", "vide"),
        ("territoire;nom;type\n59001;Épicerie;ccas".encode("cp1252"), "UTF-8"),
        (b"PK\x03\x04\x00\x00", "pas du texte"),
        (b"a" * (TAILLE_MAX + 1), "dépasse"),
        (b'"a\nb', "guillemet"),
        pytest.param(
            b"territoire;nom\n59001;" + b"x" * 140_000,
            "Une case a plus de 131072 signes",
            id="une case immense",
        ),
        (modele(REGISTRES["acteurs"]).encode(), "que sa première ligne"),
    ],
)
def test_a_file_that_is_not_one_is_refused(octets, message):
    dits = refus(octets)
    assert len(dits) == 1
    assert message in dits[0][2]


def test_a_wrong_header_says_which_columns():
    dits = refus(b"territoire;nomm;type;inconnue\n59001;x;ccas;y")
    assert (1, "nomm") in [(ligne, colonne) for ligne, colonne, _ in dits]
    assert (1, "inconnue") in [(ligne, colonne) for ligne, colonne, _ in dits]
    assert (1, "nom", "La colonne «\u00a0nom\u00a0» manque.") in dits


def test_a_column_that_is_there_twice_is_said_once():
    dits = refus(modele(REGISTRES["acteurs"]).replace(";anime", ";nom", 1).encode() + b"\n")
    assert [(ligne, colonne) for ligne, colonne, _ in dits] == [(1, "nom"), (1, "anime")]


@pytest.mark.parametrize(
    "deja", ["Épicerie du Marché", "épicerie  du marché", "ÉPICERIE DU MARCHE"]
)
def test_one_actor_written_in_two_ways_is_not_two_actors(deja):
    """I4 counts actors: the same one twice would make it wrong, and nobody would see it."""
    un_membre()
    importer("acteurs", un_acteur(nom=deja))
    for ligne, lignes in [
        (2, [un_acteur(nom="Epicerie du Marché"), un_acteur(nom="Autre")]),
        (3, [un_acteur(nom="L’Écluse"), un_acteur(nom="L'ECLUSE"), un_acteur(nom="Écluse")]),
    ]:
        with pytest.raises(ImportRefuse) as leve:
            importer("acteurs", *lignes)
        assert [(d.ligne, d.colonne) for d in leve.value.defauts] == [(ligne, "nom")]
        assert "ne diffèrent que par des majuscules" in leve.value.defauts[0].message
    assert Acteur.objects.count() == 1
    importer("acteurs", un_acteur(nom="Lot 1.1"), un_acteur(nom="Lot 11"))
    assert importer("acteurs", un_acteur(nom=deja)).nb_identiques == 1


@pytest.mark.parametrize("separateur", [";", ",", "\t"])
def test_the_separator_is_found(separateur):
    un_membre()
    importer_registre(
        nom="acteurs",
        octets=un_fichier("acteurs", un_acteur(), separateur=separateur),
        par=une_coordination(),
    )
    assert Acteur.objects.count() == 1


@pytest.mark.parametrize("dit", ["sep=;", "SEP=;\r", '"sep=;"', "sep=;;;;"])
def test_the_line_that_excel_asks_for_is_understood(dit):
    """« sep=; » says to Excel how to open a file: it was twelve errors, one for each column."""
    un_programme(1)
    texte = dit + "\n" + un_fichier("acteurs", un_acteur(nom="A, fils")).decode()
    importer_registre(
        nom="acteurs", octets=b"\xef\xbb\xbf" + texte.encode(), par=une_coordination()
    )
    assert Acteur.objects.get().nom == "A, fils"


def test_after_the_line_of_excel_errors_still_name_the_line_of_the_file():
    un_programme(1)
    octets = b"sep=;\n" + un_fichier("acteurs", un_acteur(), un_acteur(nom="B", type="x"))
    with pytest.raises(ImportRefuse) as refus:
        importer_registre(nom="acteurs", octets=octets, par=une_coordination())
    assert [(d.ligne, d.colonne) for d in refus.value.defauts] == [(4, "type")]


def test_a_line_with_too_many_values_is_told():
    un_membre()
    octets = un_fichier("acteurs", un_acteur()) + b"\n59001;a;ccas;;;;;;;;;;"
    assert refus(octets)[0][0] == 3


def test_ten_thousand_wrong_lines_are_all_told():
    un_membre()
    dits = refus(un_fichier("acteurs", *[un_acteur(nom=f"n{i}", type="x") for i in range(10_000)]))
    assert len(dits) == 10_000
    assert dits[-1][0] == 10_001


def test_nobody_writes_in_the_territoire_of_another():
    ailleurs = builders.un_territoire("11")
    un_membre()
    loin = builders.un_compte(territoire=ailleurs, email="loin@exemple.fr")
    with pytest.raises(ImportRefuse) as leve:
        importer_registre(nom="acteurs", octets=un_fichier("acteurs", un_acteur()), par=loin)
    assert leve.value.defauts[0].colonne == "territoire"
    assert Acteur.objects.count() == 0


def test_links_are_found_by_name_in_the_same_territoire():
    un_membre()
    un_membre("59002")
    importer(
        "acteurs", un_acteur(), un_acteur(nom="Ferme"), un_acteur(nom="Loin", territoire="59002")
    )
    action = {"territoire": "59001", "intitule": "Paniers", "objectif": "approvisionnement"}
    action |= {"commencee_le": "2023-06-01"}
    importer("actions", action | {"acteurs": "Épicerie | Ferme"})
    assert Action.objects.get().acteurs.count() == 2
    bilan = importer("actions", action | {"acteurs": "Ferme|Épicerie"})
    assert bilan.nb_identiques == 1
    importer("actions", action | {"acteurs": "Ferme"})
    assert [str(a) for a in Action.objects.get().acteurs.all()] == ["Ferme"]
    with pytest.raises(ImportRefuse, match="Loin"):
        importer("actions", action | {"acteurs": "Loin"})


def test_lists_are_kept_in_the_order_of_the_list():
    un_membre()
    ligne = {"territoire": "59001", "le": "2023-06-01", "intitule": "Réunion"}
    importer("reunions", ligne | {"soutiens": "repas|garde"})
    assert Reunion.objects.get().soutiens == ["garde", "repas"]
    assert importer("reunions", ligne | {"soutiens": "garde|repas"}).nb_identiques == 1


def test_a_programme_knows_its_territoires():
    un_programme(1)
    un_membre("59002")
    ligne = {"programme": "essai", "territoire": "59001", "numero": "1", "present": "oui"}
    ligne |= {"tenu_le": "2023-01-19"}
    importer("presences", ligne)
    with pytest.raises(ImportRefuse, match="pas dans le programme"):
        importer("presences", ligne | {"territoire": "59002"})
    with pytest.raises(ImportRefuse, match="Programmes connus"):
        importer("presences", ligne | {"programme": "inconnu"})


@pytest.mark.parametrize(
    ("colonnes", "message"),
    [
        ({"engagees": "601"}, "Plus de personnes engagées"),
        ({"engagees": "10", "regulieres": "11"}, "Plus de personnes régulières"),
        ({"regulieres": "11"}, "engagees"),
        ({"au": "2023-12-31"}, "La fin vient avant le début"),
        ({"accompagnees": "-4"}, "nombre entier"),
        ({"accompagnees": "1 e6"}, "nombre entier"),
    ],
)
def test_impossible_totals_are_refused(colonnes, message):
    un_membre()
    ligne = {"territoire": "59001", "du": "2024-01-01", "au": "2024-12-31", "origine": "x"}
    with pytest.raises(ImportRefuse, match=message):
        importer("effectifs", ligne | {"accompagnees": "600"} | colonnes)
    assert Effectif.objects.count() == 0


def test_a_territoire_may_be_written_with_its_level():
    un_membre()
    importer(
        "implications",
        {"territoire": "commune-59001", "moment": "bilan", "le": "2024-01-01", "niveau": "2"},
    )
    assert Implication.objects.get().territoire.code == "59001"
    with pytest.raises(ImportRefuse, match="même chose qu’à la ligne 2"):
        importer("acteurs", un_acteur(), un_acteur(territoire="commune-59001"))


def test_every_register_has_a_template_that_reads_back():
    for registre in REGISTRES.values():
        dits = refus(modele(registre).encode(), registre.nom)
        assert dits[0][2] == "Ce fichier n’a que sa première ligne."
