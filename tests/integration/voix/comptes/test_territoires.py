from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from enquetes.echanges.jalons import FICHIER_ALIMACTIV, lire_jalons
from voix.commun.erreurs import SaisieInvalide
from voix.comptes.actions.territoires import charger_territoires
from voix.comptes.models import Territoire, Trace

pytestmark = pytest.mark.django_db


@pytest.fixture
def fichier(tmp_path):
    def ecrire(*lignes: str, titre: str = "chemin;niveau;nom"):
        chemin = tmp_path / "territoires.csv"
        chemin.write_text("\n".join((titre, *lignes)) + "\n", encoding="utf-8")
        return chemin

    return ecrire


def test_shipped_file_holds_every_territoire_of_the_evaluation():
    charger_territoires(par="essai")
    for ligne in lire_jalons(FICHIER_ALIMACTIV):
        territoire = Territoire.objects.get(niveau=ligne.niveau, code=ligne.code)
        assert territoire.chemin.startswith("/11/")
    assert Territoire.objects.filter(parent=None).count() == 2


def test_shipped_file_names_parents_by_official_codes():
    charger_territoires(par="essai")
    bondy = Territoire.objects.filter(code="93010")
    noms = bondy.values_list("parent__nom", "parent__parent__nom").get()
    assert noms == ("Seine-Saint-Denis", "Île-de-France")


def test_loading_twice_changes_nothing_and_a_new_name_is_corrected(fichier):
    premier = charger_territoires(par="essai", fichier=fichier("/11/;region;Ile de France"))
    assert (premier.nb_crees, premier.nb_corriges) == (1, 0)
    deuxieme = charger_territoires(par="essai", fichier=fichier("/11/;region;Île-de-France"))
    assert (deuxieme.nb_crees, deuxieme.nb_corriges) == (0, 1)
    avant = Trace.objects.count()
    charger_territoires(par="essai", fichier=fichier("/11/;region;Île-de-France"))
    assert Trace.objects.count() == avant
    assert Territoire.objects.get().nom == "Île-de-France"


def test_children_may_come_before_their_parents(fichier):
    charger_territoires(
        par="essai", fichier=fichier("/11/93/;departement;Seine-Saint-Denis", "/11/;region;Région")
    )
    assert Territoire.objects.get(code="93").parent == Territoire.objects.get(code="11")


def test_every_defect_is_listed_with_its_line_and_nothing_is_loaded(fichier):
    chemin = fichier(
        "/11/;region;Île-de-France",
        "11/93;departement;Seine-Saint-Denis",
        "/11/;region;Île-de-France",
        "/11/78/;province;Yvelines",
        "/11/91/;departement;",
        "/32/59/;departement;Nord",
        "/11/91/59/;departement;Nord",
    )
    with pytest.raises(SaisieInvalide) as refus:
        charger_territoires(par="essai", fichier=chemin)
    assert [ligne.split("\u00a0:")[0] for ligne in refus.value.message.splitlines()] == [
        "Ligne 3",
        "Ligne 4",
        "Ligne 5",
        "Ligne 6",
        "Ligne 7",
        "Ligne 8",
    ]
    assert not Territoire.objects.exists()


def test_a_known_territoire_at_another_path_is_not_moved_and_not_called_another(fichier):
    charger_territoires(
        par="essai",
        fichier=fichier(
            "/32/;region;Hauts-de-France",
            "/32/59/;departement;Nord",
            "/32/59/59001/;commune;Abancourt",
        ),
    )
    with pytest.raises(SaisieInvalide) as refus:
        charger_territoires(par="essai", fichier=fichier("/32/59001/;commune;Abancourt"))
    assert refus.value.message == (
        "Ligne 2\u00a0: Abancourt est déjà à /32/59/59001/. Voix ne déplace pas un territoire\u00a0: "
        "gardez ce chemin."
    )
    assert Territoire.objects.get(code="59001").chemin == "/32/59/59001/"


def test_command_reads_a_file_and_says_what_it_did(fichier):
    sortie = StringIO()
    call_command("territoires", str(fichier("/11/;region;Région")), stdout=sortie)
    assert sortie.getvalue() == "1 territoires lus, 1 créés, 0 corrigés.\n"


@pytest.mark.parametrize(
    ("contenu", "message"),
    [
        (b"chemin;niveau\n", "première ligne"),
        ("é".encode("latin-1"), "UTF-8"),
        (None, "ne se lit"),
    ],
)
def test_command_says_what_is_wrong_with_the_file(tmp_path, contenu, message):
    fichier = tmp_path / "territoires.csv"
    if contenu is not None:
        fichier.write_bytes(contenu)
    with pytest.raises(CommandError, match=message):
        call_command("territoires", str(fichier))
