"""Whether a unit lies inside another that counts it: of the tree only, whatever things are called."""

import pytest

from analyses.actions.registres import creer_programme
from analyses.mesures.unites import sont_contenues
from tests import builders
from tests.integration.analyses.registres.scenes import importer, une_coordination, une_region
from voix.comptes.models import Territoire

pytestmark = pytest.mark.django_db

EFFECTIF = {"du": "2026-01-01", "au": "2026-06-30", "accompagnees": "200", "origine": "Registre"}


@pytest.fixture
def departement():
    return builders.un_territoire("59", une_region(), "Nord")


@pytest.fixture
def commune(departement):
    return builders.un_territoire("59001", departement, "Abancourt")


def mettre_en_programme(*territoires, nom="essai"):
    return creer_programme(
        nom=nom,
        titre="Programme d’essai",
        territoire=une_region(),
        territoires=list(territoires),
        par=une_coordination(),
    )


def compter(territoire, registre="effectifs", **colonnes):
    bilan = importer(registre, {"territoire": territoire.code} | (colonnes or EFFECTIF))
    assert bilan.nb_ajoutees == 1


def deplacer(territoire, parent):
    """Move a territoire and all that lies in it, as the tree is corrected: paths, then the parent."""
    avant, apres = territoire.chemin, f"{parent.chemin}{territoire.code}/"
    for dessous in Territoire.objects.sous(territoire):
        dessous.chemin = apres + dessous.chemin.removeprefix(avant)
        dessous.save(update_fields=["chemin"])
    Territoire.objects.filter(pk=territoire.pk).update(parent=parent)
    territoire.refresh_from_db()


def contenue(*unites):
    """Return what is said without registers, then with them."""
    return tuple(
        sont_contenues(unites, aussi_les_registres=aussi_les_registres)
        for aussi_les_registres in (False, True)
    )


def test_a_unit_inside_a_member_of_a_programme_is_counted_there_at_any_depth(departement, commune):
    quartier = builders.un_territoire("Q1", commune, "Centre")
    assert contenue(quartier) == (False, False)
    mettre_en_programme(departement)
    assert contenue(commune) == contenue(quartier) == (True, True)
    assert contenue(departement) == (False, False), "what contains is not contained"
    assert contenue(une_region()) == (False, False)


def test_being_itself_in_a_programme_is_not_lying_inside_it(commune):
    voisine = builders.un_territoire("59002", commune.parent, "Abscon")
    mettre_en_programme(commune, voisine)
    assert contenue(commune, voisine) == (False, False)


def test_one_unit_of_the_list_may_contain_another(departement, commune):
    ailleurs = builders.un_territoire("62", une_region(), "Pas-de-Calais")
    assert contenue(departement, commune) == (False, False), "none of them is counted anywhere"
    mettre_en_programme(departement)
    assert contenue(departement, ailleurs) == (False, False)
    assert contenue(departement, ailleurs, commune) == (True, True)


def test_neither_a_neighbour_nor_an_equal_name_nor_the_beginning_of_a_code_contains(
    departement, commune
):
    debut = builders.un_territoire("5", une_region(), "Nord")  # « /32/5/ » begins « /32/59/ »
    autre = builders.un_territoire("62", une_region(), "Nord")
    homonyme = builders.un_territoire("62001", autre, "Abancourt")
    voisine = builders.un_territoire("59002", departement, "Abscon")
    mettre_en_programme(debut, homonyme, voisine)
    for territoire in (debut, homonyme, voisine):
        compter(territoire)
    assert contenue(commune) == (False, False)


@pytest.mark.parametrize(
    ("registre", "colonnes"),
    [
        ("effectifs", EFFECTIF),
        (
            "ambassadeurs",
            {"arrete_le": "2026-06-30", "recrutes": "30", "formes": "20", "actifs": "12"},
        ),
    ],
)
def test_a_territoire_that_only_counts_persons_contains_where_registers_count(
    departement, commune, registre, colonnes
):
    compter(departement, registre, **colonnes)
    assert contenue(commune) == (False, True)
    assert contenue(departement) == (False, False)


def test_a_register_without_persons_and_a_structure_contain_nobody(departement, commune):
    importer("acteurs", {"territoire": departement.code, "nom": "Épicerie", "type": "epicerie"})
    builders.une_structure(departement, "Épicerie du Nord")
    compter(commune)
    builders.une_structure(commune, "Épicerie d’Abancourt")
    assert contenue(commune) == (False, False)


def test_a_unit_that_moves_is_counted_where_it_is_now_with_all_it_holds(departement, commune):
    quartier = builders.un_territoire("Q1", commune, "Centre")
    ailleurs = builders.un_territoire("62", une_region(), "Pas-de-Calais")
    mettre_en_programme(ailleurs)
    assert contenue(commune) == contenue(quartier) == (False, False)
    deplacer(commune, ailleurs)
    quartier.refresh_from_db()
    assert contenue(commune) == contenue(quartier) == (True, True)
    deplacer(commune, departement)
    quartier.refresh_from_db()
    assert contenue(commune) == contenue(quartier) == (False, False)


def test_no_unit_lies_nowhere():
    mettre_en_programme(une_region())
    assert contenue() == (False, False)
