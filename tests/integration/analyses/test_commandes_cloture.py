"""The commands for scripts: what is refused leaves all as it was, and says what to write."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from analyses.actions import verification
from analyses.models import Publication, Verification
from enquetes.echanges import codes_de_fichier
from enquetes.models import Collecte, EtatPassation
from tests.integration.analyses.test_microdonnees import importer

pytestmark = pytest.mark.django_db


def charger(dossier, lignes, *, codes=("oui", "non"), dimensions=("lieu",), nom="essai"):
    description = {
        "questionnaire": nom,
        "dimensions": [{"name": d, "codes": ["A", "B"]} for d in dimensions],
        "questions": [{"name": "q", "type": "choix", "codes": codes}],
        "plan": [[d] for d in dimensions],
    }
    (dossier / "d.json").write_text(json.dumps(description), "utf-8")
    entete = ",".join([*dimensions, "q", "recorded_at", "erased_at"])
    (dossier / "f.csv").write_text("\n".join([entete, *lignes]) + "\n", "utf-8")
    return importer(str(dossier / "f.csv"), str(dossier / "d.json"))


def clore(nom, au):
    sortie = StringIO()
    call_command("cloturer", nom, au=au, stdout=sortie)
    return sortie.getvalue()


def personnes(combien=40, efface="", codes=("oui", "non")):
    return [
        f"{'AB'[rang % 2]},{codes[rang // 2 % len(codes)]},2025-03-01,{efface}"
        for rang in range(combien)
    ]


def restent(nom):
    return Collecte.objects.get(nom=nom).passations.filter(etat=EtatPassation.TERMINEE).count()


def test_a_refused_day_erases_nobody_and_an_earlier_one_can_be_closed(tmp_path):
    """E/divers/perte: a day after everybody was erased is refused; they were lost for good."""
    nom = charger(tmp_path, personnes(efface="2025-05-01"))
    with pytest.raises(CommandError):
        clore(nom, "2025-06-01")
    assert restent(nom) == 40
    assert "40 réponses" in clore(nom, "2025-04-01")
    assert restent(nom) == 40


def test_who_is_erased_by_that_day_is_not_counted_and_is_erased_once_published(tmp_path):
    lignes = personnes(40) + personnes(20, efface="2025-05-01")
    nom = charger(tmp_path, lignes)
    assert "40 réponses" in clore(nom, "2025-05-01")
    assert restent(nom) == 40


def test_nothing_to_group_by_gives_the_tables_of_everybody(tmp_path):
    lignes = [ligne.partition(",")[2] for ligne in personnes()]
    nom = charger(tmp_path, lignes, dimensions=())
    assert "40 réponses" in clore(nom, "2025-04-01")
    call_command("exporter_tableaux", nom, dossier=tmp_path / "t", stdout=StringIO())
    (fichier,) = (tmp_path / "t").iterdir()
    assert len(json.loads(fichier.read_text("utf-8"))["dimensions"]) == 1


@pytest.mark.parametrize("au", ["20250301", "2025-W10", "2025-W10-1", "01/03/2025", "2025-3-1"])
def test_a_day_is_written_in_one_way(tmp_path, au):
    nom = charger(tmp_path, personnes())
    with pytest.raises(CommandError, match="n’est pas une date AAAA-MM-JJ"):
        clore(nom, au)
    with pytest.raises(CommandError, match="n’est pas une date AAAA-MM-JJ"):
        call_command("purger_verbatims", "--au", au)
    assert not Publication.objects.exists()


def test_one_collecte_that_cannot_be_verified_does_not_hide_the_others(tmp_path, monkeypatch):
    """An answer named as the register names a mean: read back, its cells are no counts."""
    saine = charger(tmp_path, personnes(), nom="saine")
    monkeypatch.setattr(codes_de_fichier, "_refus_du_code", lambda code, *, reponses: "")
    codes = ("oui", "|moyenne")
    malade = charger(tmp_path, personnes(codes=codes), codes=codes, nom="malade")
    clore(malade, "2025-04-01")
    clore(saine, "2025-04-01")
    with pytest.raises(CommandError) as faute:
        call_command("verifier_registre")
    assert "malade\u00a0: " in str(faute.value)
    assert "saine" not in str(faute.value)
    ecrite = Verification.objects.get()
    assert (ecrite.publications, ecrite.questions) == (2, 1)
    with pytest.raises(CommandError, match="ne peuvent pas être relus"):
        call_command("exporter_tableaux", malade, dossier=tmp_path / "t", stdout=StringIO())


def test_whatever_happens_is_told_and_the_next_is_verified(tmp_path, monkeypatch):
    noms = [charger(tmp_path, personnes(), nom=nom) for nom in ("un", "deux")]
    for nom in noms:
        clore(nom, "2025-04-01")
    vraie = verification._attaquer

    def tombe(collecte, publications):
        if collecte.nom == "un":
            raise ZeroDivisionError("par zéro")
        return vraie(collecte, publications)

    monkeypatch.setattr(verification, "_attaquer", tombe)
    with pytest.raises(CommandError, match=r"^un\s: n’a pas pu être vérifiée"):
        call_command("verifier_registre")
    assert Verification.objects.get().questions == 1
