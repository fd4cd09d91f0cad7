"""From a file of fictitious persons to what is published: true, protected, remembered."""

import csv
import json
import random
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from analyses.actions.clotures import cloturer
from analyses.cube import cube_de, tous
from analyses.models import Cellule, Publication, Refus
from enquetes.models import Collecte
from voix.commun.erreurs import EtatIncompatible
from voix.comptes.models import Trace

pytestmark = pytest.mark.django_db

DESCRIPTION = {
    "questionnaire": "Essai",
    "dimensions": [
        {
            "name": "structure",
            "codes": [
                {"code": "R1"},
                *({"code": s, "parent": "R1"} for s in ("S1", "S2", "S3")),
            ],
        },
        {"name": "public", "codes": [{"code": "jeunes"}, {"code": "familles"}]},
    ],
    "questions": [
        {"name": "repas", "type": "choix", "codes": ["oui", "non"], "profil": "SENSIBLE"},
        {"name": "aide", "type": "choix_multiple", "codes": ["a", "b"], "profil": "ORDINAIRE"},
    ],
    "plan": [["structure"], ["public"]],
}


def personnes(nombre: int, graine: int = 1, jour: str = "2025-03-15") -> list[dict[str, str]]:
    hasard = random.Random(graine)  # noqa: S311  (a fictitious population)
    return [
        {
            "structure": hasard.choice(["S1", "S1", "S2", "S3"]),
            "public": hasard.choice(["jeunes", "familles"]),
            "repas": hasard.choice(["oui", "non", "non", "non", ""]),
            "aide": hasard.choice(["", "a", "a|b", "b"]),
            "recorded_at": jour,
            "erased_at": "",
        }
        for _ in range(nombre)
    ]


@pytest.fixture
def importer(tmp_path):
    def faire(lignes):
        (tmp_path / "d.json").write_text(json.dumps(DESCRIPTION), "utf-8")
        with (tmp_path / "f.csv").open("w", newline="", encoding="utf-8") as fichier:
            ecrivain = csv.DictWriter(fichier, list(lignes[0]))
            ecrivain.writeheader()
            ecrivain.writerows(lignes)
        sortie = StringIO()
        call_command(
            "importer_microdonnees",
            str(tmp_path / "f.csv"),
            "--description",
            str(tmp_path / "d.json"),
            stdout=sortie,
        )
        return sortie.getvalue().strip().splitlines()[-1]

    return faire


def clore(nom: str, au: str) -> Publication:
    call_command("cloturer", nom, "--au", au, stdout=StringIO())
    return Publication.objects.filter(collecte__nom=nom).latest("numero")


def verite(lignes, ou, question, reponse) -> int:
    """Count in the file what a cell is about; a merged group counts all of its codes."""

    def dedans(ligne) -> bool:
        return all(
            code in {"TOTAL", "R1"} or ligne[nom] in code.split("+")
            for nom, code in ou.items()
            if nom != question
        )

    def repond(ligne) -> bool:
        donnees = ligne[question].split("|") if ligne[question] else ["_sr"]
        return reponse == "TOTAL" or reponse in donnees

    return sum(dedans(ligne) and repond(ligne) for ligne in lignes)


def test_what_is_shown_is_true_and_says_nothing_of_small_counts(importer):
    lignes = personnes(70)
    publication = clore(importer(lignes), "2025-03-31")
    assert publication.nombre == 70
    exactes = 0
    for protege in tous(cube_de(publication)):
        m = 5 if protege.question == "repas" else 3
        for cellule in protege.en_json()["cells"]:
            ou, question = cellule["at"], protege.question
            vrai = verite(lignes, ou, question, ou[question])
            taille = verite(lignes, ou, question, "TOTAL")
            if cellule["status"] == "published":
                assert cellule["value"] == vrai
                if ou[question] != "TOTAL":
                    exactes += 1
                    assert m <= vrai <= taille - m
                else:
                    assert vrai >= (11 if m == 5 else 8)
            elif cellule["status"] == "interval":
                assert cellule["low"] <= vrai <= cellule["high"]
                assert cellule["high"] - cellule["low"] >= m - 1
    assert exactes > 0


def test_closing_twice_the_same_day_changes_nothing(importer):
    nom = importer(personnes(60))
    assert clore(nom, "2025-03-31") == clore(nom, "2025-03-31")
    assert Publication.objects.count() == 1
    assert Trace.objects.filter(verbe="cloturer").count() == 1
    with pytest.raises(CommandError, match="choisissez un jour d’après"):
        clore(nom, "2025-03-30")


def test_a_day_to_come_is_refused_and_erases_nobody(importer):
    """Who will have erased their answers by then is not known: nothing is done in advance."""
    lignes = personnes(60)
    lignes[0]["erased_at"] = "2090-01-01"
    nom = importer(lignes)
    with pytest.raises(CommandError, match="Le 31/12/2099 n’est pas encore venu"):
        clore(nom, "2099-12-31")
    assert not Publication.objects.exists()
    assert clore(nom, "2025-03-31").nombre == 60


def test_a_unit_that_changed_by_a_few_keeps_the_old_figures(importer):
    nom = importer(personnes(60) + personnes(5, graine=2, jour="2025-05-01"))
    clore(nom, "2025-03-31")
    with pytest.raises(CommandError, match="Trop peu de nouvelles réponses"):
        clore(nom, "2025-05-31")
    assert Publication.objects.count() == 1
    assert "repas par structure" in Refus.objects.get().message


def test_a_second_closing_is_audited_with_the_first(importer):
    lignes = personnes(60) + personnes(60, graine=3, jour="2025-05-01")
    nom = importer(lignes)
    premiere = clore(nom, "2025-03-31")
    seconde = clore(nom, "2025-05-31")
    assert (premiere.numero, seconde.numero) == (1, 2)
    assert seconde.precedente == premiere.empreinte
    assert seconde.nombre == 120


def test_too_few_persons_are_refused_and_it_is_remembered(importer):
    nom = importer(personnes(7))
    with pytest.raises(CommandError, match="Effectif insuffisant"):
        clore(nom, "2025-03-31")
    assert {r.motif[:21] for r in Refus.objects.all()} == {"Effectif insuffisant "}
    assert not Cellule.objects.exists()


def test_an_unknown_collecte_or_day_is_told(importer):
    with pytest.raises(CommandError, match="pas de collecte"):
        clore("rien", "2025-03-31")
    nom = importer(personnes(12))
    with pytest.raises(CommandError, match="AAAA-MM-JJ"):
        clore(nom, "demain")


def test_a_refusal_is_an_error_of_the_domain(importer):
    collecte = Collecte.objects.get(nom=importer(personnes(3)))
    with pytest.raises(EtatIncompatible):
        cloturer(collecte=collecte, au=collecte.ferme_le, par="essai")
