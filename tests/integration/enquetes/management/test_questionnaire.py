"""``manage.py questionnaire``: for people who write in an editor and test in a terminal."""

import io

import pytest
from django.core.management import CommandError, call_command

from enquetes.echanges.fichier import EXEMPLE
from enquetes.models import VersionQuestionnaire
from tests import builders

pytestmark = pytest.mark.django_db


def lancer(*arguments):
    sortie, erreurs = io.StringIO(), io.StringIO()
    try:
        call_command("questionnaire", *map(str, arguments), stdout=sortie, stderr=erreurs)
        statut: str | int | None = 0
    except SystemExit as fin:
        statut = fin.code
    return statut, sortie.getvalue(), erreurs.getvalue()


def test_right_file_is_said_right():
    assert lancer("verifier", EXEMPLE) == (0, f"{EXEMPLE}\u00a0: tout est juste.\n", "")


def test_every_error_is_told_with_its_line_and_nothing_is_published(tmp_path):
    fichier = tmp_path / "faux.yaml"
    texte = EXEMPLE.read_text("utf-8").replace("type: sourire", "type: sourir")
    fichier.write_text(texte.replace("duree_minutes: 4", "duree_minutes: beaucoup"), "utf-8")
    builders.un_territoire("11")
    for verbe in (["verifier", fichier], ["importer", fichier, "--territoire", "/11/"]):
        statut, _, erreurs = lancer(*verbe)
        assert statut == 1
        assert f"{fichier}:17: " in erreurs
        assert f"{fichier}:{texte.split('sourir ')[0].count(chr(10)) + 1}: " in erreurs
        assert "→ Vouliez-vous écrire" in erreurs
    assert not VersionQuestionnaire.objects.exists()


def test_a_slip_of_writing_is_told_with_the_other_errors(tmp_path):
    fichier = tmp_path / "faux.yaml"
    texte = EXEMPLE.read_text("utf-8").replace("type: sourire", "type: sourir")
    fichier.write_text(texte.replace("duree_minutes: 4", "duree_minutes: 4 : 5"), "utf-8")
    statut, _, erreurs = lancer("verifier", fichier)
    assert statut == 1
    assert (
        f"{fichier}:17: Cette ligne est mal écrite. Le reste du fichier a été vérifié" in erreurs
    )
    assert "→ Ce texte contient" in erreurs
    assert "Vouliez-vous écrire «\u00a0sourire\u00a0»" in erreurs


@pytest.mark.parametrize("octets", [b"", b"x" * 300_001, b"[" * 100_000])
def test_what_is_about_the_whole_file_names_no_line_that_is_not(tmp_path, octets):
    fichier = tmp_path / "faux.yaml"
    fichier.write_bytes(octets)
    statut, _, erreurs = lancer("verifier", fichier)
    assert statut == 1
    assert erreurs.startswith(f"{fichier}: ")
    assert ":0:" not in erreurs


def test_a_wrong_file_and_a_wrong_command_are_told_together(tmp_path, capsys):
    fichier = tmp_path / "faux.yaml"
    fichier.write_text(
        EXEMPLE.read_text("utf-8").replace("type: sourire", "type: sourir"), "utf-8"
    )
    erreurs = io.StringIO()
    with pytest.raises(CommandError, match="ne désigne aucun territoire"):
        call_command("questionnaire", "importer", str(fichier), territoire="99", stderr=erreurs)
    assert "sourire" in erreurs.getvalue()


def test_importing_twice_publishes_once():
    territoire = builders.un_territoire("11")
    for reference in ("11", "/11/"):
        statut, sortie, _ = lancer("importer", EXEMPLE, "--territoire", reference)
        assert statut == 0
        assert "est publié, version 1" in sortie
    assert VersionQuestionnaire.objects.get().questionnaire.territoire == territoire


def test_unknown_territoire_and_file_are_explained(tmp_path):
    with pytest.raises(CommandError, match="ne désigne aucun territoire"):
        lancer("importer", EXEMPLE, "--territoire", "99")
    with pytest.raises(CommandError, match="ne s’ouvre pas"):
        lancer("verifier", tmp_path / "absent.yaml")


def test_account_publishes_only_where_it_may():
    ici = builders.un_territoire("11")
    builders.un_territoire("32")
    compte = builders.un_compte(territoire=ici)
    statut, *_ = lancer("importer", EXEMPLE, "--territoire", "/11/", "--par", compte.email)
    assert statut == 0
    assert VersionQuestionnaire.objects.get().publiee_par == compte
    with pytest.raises(CommandError, match="ne permet pas"):
        lancer("importer", EXEMPLE, "--territoire", "/32/", "--par", compte.email)
    with pytest.raises(CommandError, match=r"Aucun compte ne porte l’adresse absent@exemple\.fr"):
        lancer("importer", EXEMPLE, "--territoire", "/11/", "--par", "absent@exemple.fr")
    assert VersionQuestionnaire.objects.count() == 1


def test_advice_is_said_and_forbids_nothing(tmp_path):
    builders.un_territoire("11")
    fichier = tmp_path / "long.yaml"
    pages = "".join(
        f"  - code: p{n}\n    questions:\n      - {{code: q{n}, type: oui_non, texte: Oui}}\n"
        for n in range(31)
    )
    entete = "format: voix-questionnaire/1\ncode: long\ntitre: Long\npages:\n"
    fichier.write_text(entete + pages, "utf-8")
    statut, sortie, erreurs = lancer("importer", fichier, "--territoire", "11")
    assert statut == 0
    assert "est publié" in sortie
    assert f"{fichier}:4: conseil\u00a0: Il y a 31\u00a0questions." in erreurs
