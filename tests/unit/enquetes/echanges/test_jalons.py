from collections import Counter

import pytest

from enquetes.bibliotheque import lire
from enquetes.echanges.identifiants import identifiant_stable
from enquetes.echanges.jalons import FICHIER_ALIMACTIV, JALONS, lire_jalons
from voix.commun.erreurs import SaisieInvalide

TITRE = "session;territoire;niveau;code;cartographie;diagnostic;mutualisation;reunion;autre;rien\n"


@pytest.fixture
def fichier(tmp_path):
    def ecrire(lignes: str, titre: str = TITRE):
        chemin = tmp_path / "jalons.csv"
        chemin.write_text(titre + lignes, encoding="utf-8")
        return chemin

    return ecrire


def test_file_of_the_evaluation_gives_the_recount_of_the_matrix():
    lignes = lire_jalons(FICHIER_ALIMACTIV)
    assert Counter(jalon for ligne in lignes for jalon in ligne.jalons) == {
        "cartographie": 8,
        "diagnostic": 5,
        "mutualisation": 3,
        "reunion": 12,
        "autre": 6,
        "rien": 3,
    }
    assert Counter(ligne.session for ligne in lignes) == {"1": 7, "2": 3, "3": 7}
    assert sum(ligne.jalons != ("rien",) for ligne in lignes) == 14
    connaissance = [
        ligne for ligne in lignes if {"cartographie", "diagnostic"} & set(ligne.jalons)
    ]
    assert len(connaissance) == 8
    assert sum("reunion" in ligne.jalons for ligne in connaissance) == 6


def test_milestones_of_the_file_are_the_choices_of_the_question():
    [question] = lire("alimactiv")["pages"][0]["questions"]
    assert question["code"] == "jalons"
    assert tuple(choix["code"] for choix in question["choix"]) == JALONS


def test_every_defect_is_listed_at_once_with_its_line(fichier):
    chemin = fichier(
        "1;Grigny;commune;91286;x;;;oui;;\n"
        "1;Bondy;commune;;x;;;;;x\n"
        "1;Cergy;commune;95127;x\n"
        "2;Grigny;commune;91286;;;;;;x\n"
    )
    with pytest.raises(SaisieInvalide) as refus:
        lire_jalons(chemin)
    lignes = refus.value.message.splitlines()
    assert [ligne.split("\u00a0:")[0].split(",")[0] for ligne in lignes] == [
        "Ligne 2",
        "Ligne 3",
        "Ligne 3",
        "Ligne 4",
        "Ligne 5",
    ]


def test_missing_column_is_named(fichier):
    with pytest.raises(SaisieInvalide, match="cartographie, rien"):
        lire_jalons(
            fichier("", "session;territoire;niveau;code;diagnostic;mutualisation;reunion;autre")
        )


def test_unanswered_line_has_no_milestone(fichier):
    [ligne] = lire_jalons(fichier("1;Grigny;commune;91286;;;;;;\n"))
    assert ligne.jalons == ()


def test_stable_identifier_is_a_uuid4_and_depends_on_each_key():
    un = identifiant_stable("jalons", "alimactiv", "commune", "93010")
    assert un.version == 4
    assert un == identifiant_stable("jalons", "alimactiv", "commune", "93010")
    assert un != identifiant_stable("jalons", "alimactiv", "commune9", "3010")
