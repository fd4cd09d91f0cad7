"""The milestones of the territoires enter by the same actions as a phone."""

from collections import Counter
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from enquetes.actions.jalons import deposer_jalons
from enquetes.actions.questionnaires import charger_bibliotheque
from enquetes.echanges.jalons import FICHIER_ALIMACTIV, LigneJalons, lire_jalons
from enquetes.models import Acces, Mode, Passation, Unite
from tests.builders import un_compte, un_territoire, une_collecte_ouverte
from tests.navigateur import Personne
from voix.commun.erreurs import AccesRefuse, EtatIncompatible, SaisieInvalide
from voix.comptes.models import Territoire

pytestmark = pytest.mark.django_db


@pytest.fixture
def region():
    """Return the région of the file, with every territoire that it names."""
    region = un_territoire("11", nom="Île-de-France")
    for ligne in lire_jalons(FICHIER_ALIMACTIV):
        Territoire.objects.create(
            code=ligne.code,
            nom=ligne.territoire,
            niveau=ligne.niveau,
            parent=region,
            chemin=f"{region.chemin}{ligne.niveau}-{ligne.code}/",
        )
    return region


@pytest.fixture
def collecte(region):
    versions = {
        version.questionnaire.code: version for version in charger_bibliotheque(par="essai")
    }
    return une_collecte_ouverte(
        nom="alimactiv",
        version=versions["alimactiv"],
        territoire=region,
        unite=Unite.ORGANISATION,
    )


def _deposer() -> str:
    sortie = StringIO()
    call_command("alimactiv", par="coordination@exemple.fr", stdout=sortie)
    return sortie.getvalue()


def test_command_files_one_passation_a_territoire_with_the_recount_of_the_matrix(collecte):
    assert _deposer() == "17 territoires dans la collecte alimactiv.\n"
    passations = list(collecte.passations.terminees().select_related("territoire"))
    assert Counter(code for p in passations for code in p.reponses["jalons"]) == {
        "cartographie": 8,
        "diagnostic": 5,
        "mutualisation": 3,
        "reunion": 12,
        "autre": 6,
        "rien": 3,
    }
    assert len({p.territoire_id for p in passations}) == len(passations) == 17
    assert {p.mode for p in passations} == {Mode.IMPORT}
    grigny = next(p for p in passations if p.territoire.nom == "Grigny")
    assert grigny.reponses == {
        "jalons": ["cartographie", "diagnostic", "mutualisation", "reunion"]
    }


def test_same_file_twice_files_nothing_twice(collecte):
    _deposer()
    avant = set(Passation.objects.values_list("pk", flat=True))
    assert _deposer() == "17 territoires dans la collecte alimactiv.\n"
    assert set(Passation.objects.values_list("pk", flat=True)) == avant
    assert Acces.objects.filter(collecte=collecte, principal=False).count() == 17


def test_unknown_territoires_are_all_named_and_nothing_is_filed(collecte):
    lignes = [
        LigneJalons("1", "Bondy", "commune", "93010", ("reunion",)),
        LigneJalons("1", "Ailleurs", "commune", "00001", ("reunion",)),
        LigneJalons("1", "Plus loin", "commune", "00002", ("rien",)),
    ]
    with pytest.raises(SaisieInvalide, match=r"Ailleurs \(commune 00001\), Plus loin"):
        deposer_jalons(collecte=collecte, lignes=lignes, par=un_compte(role=None))
    assert not Passation.objects.exists()


def test_line_without_milestone_did_not_answer(collecte):
    par = un_compte(role=None)
    assert (
        deposer_jalons(
            collecte=collecte, lignes=[LigneJalons("1", "Bondy", "commune", "93010", ())], par=par
        )
        == []
    )
    assert not Passation.objects.exists()


def test_account_without_right_files_nothing(collecte):
    etranger = un_compte(role=None, email="etranger@exemple.fr")
    with pytest.raises(AccesRefuse):
        deposer_jalons(collecte=collecte, lignes=lire_jalons(FICHIER_ALIMACTIV), par=etranger)
    assert not Passation.objects.exists()


def test_collecte_that_is_not_open_receives_nothing(collecte):
    collecte.etat = "en_pause"
    with pytest.raises(EtatIncompatible, match="en pause"):
        deposer_jalons(collecte=collecte, lignes=[], par=un_compte(role=None))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"par": "personne@exemple.fr"}, "Aucun compte"),
        ({"collecte": "inconnue"}, "Aucune collecte"),
        ({"fichier": "/nulle/part.csv"}, "ne se lit pas"),
    ],
)
def test_command_says_what_is_wrong(collecte, options, message):
    with pytest.raises(CommandError, match=message):
        call_command("alimactiv", **({"par": "coordination@exemple.fr"} | options))


def test_command_refuses_a_file_that_is_not_utf8(collecte, tmp_path):
    fichier = tmp_path / "jalons.csv"
    fichier.write_bytes("session;territoire;é\n".encode("latin-1"))
    with pytest.raises(CommandError, match="UTF-8"):
        call_command("alimactiv", par="coordination@exemple.fr", fichier=fichier)


def test_an_organisation_is_never_promised_what_only_a_person_is(collecte):
    lien = f"/r/{Acces.objects.get(collecte=collecte, principal=True).jeton}/"
    personne = Personne().ouvrir(lien)
    assert "Les résultats peuvent la nommer, jamais vous." in personne.texte
    assert "C’est anonyme" not in personne.texte
    personne.suivre("Commencer").repondre({"jalons": ["diagnostic"]})
    while personne.etape != "verifier":
        personne.repondre()
    personne.repondre()
    assert "Les résultats peuvent nommer votre organisation, jamais vous." in personne.texte
    assert "Personne ne saura" not in personne.texte
