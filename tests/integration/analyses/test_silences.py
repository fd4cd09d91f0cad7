"""Who has no code, in a file: as many groups as places where it lacks, each with its own figures."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from analyses.actions.demandes import registre_de
from analyses.models import Population, Publication
from tests.integration.analyses.test_microdonnees import importer

pytestmark = pytest.mark.django_db

OUI_NON = ("oui", "non")


def fermer(dossier, codes, effectifs, *questions):
    """Import some persons, close, and return the name of the collecte."""
    questions = questions or ("SENSIBLE",)
    noms = [f"q{rang}" for rang in range(len(questions))]
    description = {
        "questionnaire": "silences",
        "dimensions": [{"name": "s", "codes": codes}],
        "questions": [
            {"name": nom, "type": "choix", "codes": OUI_NON, "profil": profil}
            for nom, profil in zip(noms, questions, strict=True)
        ],
        "plan": [["s"]],
    }
    (dossier / "d.json").write_text(json.dumps(description), "utf-8")
    lignes = [
        ",".join([code, *(OUI_NON[(rang + pas) % 2] for pas in range(len(noms))), "2025-03-01"])
        for code, combien in effectifs.items()
        for rang in range(combien)
    ]
    entete = ",".join(["s", *noms, "recorded_at"])
    (dossier / "f.csv").write_text("\n".join([entete, *lignes]) + "\n", "utf-8")
    nom = importer(str(dossier / "f.csv"), str(dossier / "d.json"))
    call_command("cloturer", nom, au="2025-04-01", stdout=StringIO())
    return nom


def lire(dossier, nom, question="q0"):
    """Return the exported sizes by code, and the parent of each code."""
    call_command("exporter_tableaux", nom, dossier=dossier / "t", stdout=StringIO())
    (fichier,) = (dossier / "t").glob(f"c1-*-{question}-s.json")
    table = json.loads(fichier.read_text("utf-8"))
    arbre = {c["code"]: c.get("parent", "") for c in table["dimensions"][0]["codes"]}
    tailles = {c["at"]["s"]: c["value"] for c in table["cells"] if c["at"][question] == "TOTAL"}
    return tailles, arbre


def verifier():
    sortie = StringIO()
    call_command("verifier_registre", stdout=sortie)
    return sortie.getvalue()


DEUX = [
    {"code": "T1"},
    {"code": "T2"},
    {"code": "A", "parent": "T1"},
    {"code": "B", "parent": "T2"},
]


def test_three_silences_are_three_groups_and_children_add_up(tmp_path):
    effectifs = {"A": 30, "B": 40, "T1": 12, "T2": 24, "": 35}
    tailles, arbre = lire(tmp_path, fermer(tmp_path, DEUX, effectifs))
    assert tailles == {
        "TOTAL": 141,
        "T1": 42,
        "A": 30,
        "_nr(T1)": 12,
        "T2": 64,
        "B": 40,
        "_nr(T2)": 24,
        "_nr": 35,
    }
    for haut in ("TOTAL", "T1", "T2"):
        assert tailles[haut] == sum(n for c, n in tailles.items() if arbre[c] == haut)


def test_two_profiles_do_not_write_the_cells_of_one_group_on_the_members_of_another(tmp_path):
    """E/nr2: « Non renseigné (N = 9): oui entre 11 et 15 », and the register could not be verified."""
    effectifs = {"A": 30, "B": 40, "T1": 9, "T2": 24}
    nom = fermer(tmp_path, DEUX, effectifs, "SENSIBLE", "ORDINAIRE")
    assert lire(tmp_path, nom, "q0")[0]["_nr(T2)"] == 24
    assert lire(tmp_path, nom, "q1")[0]["_nr(T1)"] == 9
    assert "rien à signaler" in verifier()
    assert not [
        c
        for p in Population.objects.prefetch_related("cellules")
        for c in p.cellules.all()
        if c.haut > p.nombre
    ]


def test_who_answered_is_not_said_not_to_have(tmp_path):
    """A7: T1 has nothing below it; put with T2, 8 of its persons were « Non renseigné » of T2."""
    codes = [
        *({"code": c} for c in ("T1", "T2", "T3")),
        *({"code": c, "parent": "T2"} for c in ("S1", "S2")),
    ]
    tailles, arbre = lire(
        tmp_path, fermer(tmp_path, codes, {"T1": 8, "S1": 4, "S2": 20, "T3": 30})
    )
    assert tailles == {"TOTAL": 62, "T1+T2": 32, "S1+T1": 12, "S2": 20, "T3": 30}
    assert arbre["S1+T1"] == arbre["S2"] == "T1+T2"


UNE = [{"code": "R0"}, {"code": "A", "parent": "R0"}, {"code": "B", "parent": "R0"}]


@pytest.mark.parametrize("muets", [0, 3, 25])
def test_one_code_at_the_top_is_everybody_only_if_everybody_has_it(tmp_path, muets):
    """A5: R0 was told with those who have no code at all."""
    tailles, arbre = lire(tmp_path, fermer(tmp_path, UNE, {"A": 30, "B": 30, "": muets}))
    racine = "R0" if not muets else "TOTAL"
    assert [code for code, parent in arbre.items() if not parent] == [racine]
    assert tailles[racine] == 60 + muets
    assert tailles.get("R0", 60) == 60


def test_a_register_written_before_is_read_with_the_names_of_today(tmp_path, monkeypatch):
    """Before, ``_nr`` was relative to its parent: what had one meaning still says it."""
    nom = fermer(tmp_path, DEUX, {"A": 30, "B": 40, "T2": 24})
    publication = Publication.objects.get()
    publication.parametres.pop("adresses")
    ancienne = Population.objects.get(predicat="s=_nr(T2)")
    ancienne.predicat, ancienne.axes[0]["codes"] = "s=_nr", ["_nr"]
    monkeypatch.setattr(
        "analyses.actions.demandes.Population.objects.filter", lambda **_: [ancienne]
    )
    registre = registre_de([publication], [])
    assert [p.predicat for ps in registre.populations.values() for p in ps] == ["s=_nr(T2)"]
    assert ancienne.predicat == "s=_nr"
    assert nom
