"""Attacks through the API: whatever is asked for, it tells no cell that the closing did not show.

The attacker asks for every grouping and every group that a plan could name, hidden ones too, of two
closings; it knows who is where, and it is the one of the engine's tests.
"""

import json
import re
from datetime import date
from io import StringIO
from itertools import product

import numpy as np
import pytest
from django.core.management import call_command

from analyses.actions.clotures import publier_releve
from analyses.actions.plans import choisir_plan
from analyses.confidentialite.moteur.parametres import SENSIBLE
from analyses.models import Population, Publication
from enquetes.actions.collectes import arreter_releve
from enquetes.models import Passation
from tests import builders
from tests.integration.analyses.api import un_programme
from tests.integration.analyses.test_resultats import AVIS
from tests.unit.analyses.moteur.attaquant import Attaque, Vue
from voix.comptes.models import Compte
from voix.comptes.roles import Role

pytestmark = pytest.mark.django_db

MAISONS = ("Le Marché", "Le Pont", "La Petite")
MOIS = (date(2026, 9, 10), date(2026, 10, 10))
PREMIERS = ((12, 9), (10, 13), (3, 2))
"""Persons by house, then month, at the first closing: the last house is never shown alone."""
ARRIVES = ((8, 7), (7, 6), (2, 1))
"""Who came since: enough in each house and each month, a few in a month of a house."""


def repondre(collecte, maisons, nombres) -> None:
    hasard = np.random.default_rng(3)
    for maison, par_mois in zip(maisons, nombres, strict=True):
        for jour, nombre in zip(MOIS, par_mois, strict=True):
            for venu in hasard.choice(["oui", "non", "_pnr"], nombre, p=[0.6, 0.3, 0.1]):
                builders.des_passations(
                    collecte, 1, structure=maison, jour=jour, reponses={"venu": str(venu)}
                )


@pytest.fixture
def collecte():
    """Return a collecte that was closed twice."""
    collecte = builders.une_collecte_ouverte(version=builders.une_version(AVIS), nom="avis")
    maisons = [builders.une_structure(collecte.territoire, nom=n) for n in MAISONS]
    choisir_plan(
        collecte=collecte,
        croisements=[["structure"], ["mois"], ["structure", "mois"]],
        par="essai",
    )
    for nombres in (PREMIERS, ARRIVES):
        repondre(collecte, maisons, nombres)
        releve = arreter_releve(collecte=collecte, par=builders.un_compte(email="c@exemple.fr"))
        publier_releve(releve_id=releve.pk, par="essai")
    return collecte


def demandes(collecte) -> list[str]:
    """Return all that may be asked for: groupings of the plan or not, groups that are shown or not."""
    codes = {
        f"{d['nom']}:{c['code']}"
        for publication in Publication.objects.filter(collecte=collecte)
        for d in publication.parametres["dimensions"]
        for c in d["codes"]
    }
    for axes in Population.objects.values_list("axes", flat=True):
        codes |= {f"{axe['dimension']}:{'+'.join(axe['codes'])}" for axe in axes}
    parmi = ["", "structure:TOTAL", "source:lien", "venu:oui", "rien", *sorted(codes)]
    pars = ["", "structure", "mois", "mois,structure", "territoire", "source", "venu", "mots"]
    return [
        f"releve={releve}&par={par}&parmi={un.replace('+', '%2B')}"
        for releve, par, un in product((1, 2), pars, parmi)
    ]


def lire_tout(collecte) -> dict[str, dict]:
    """Return every table that the API gives of the one question whose answers are attacked."""
    programme, donnees = un_programme(Compte.objects.get(email="eva@exemple.fr")), {}
    for demande in demandes(collecte):
        page = programme.appeler(f"collectes/avis/tableaux/venu?{demande}")
        if page.status_code == 200:
            donnees[demande] = page.json()
        else:
            assert (page.status_code, page.json()["code"]) == (404, "ventilation"), demande
    return donnees


@pytest.fixture
def eva():
    return builders.un_compte(role=Role.EVALUATION, email="eva@exemple.fr")


def test_what_the_page_refuses_the_api_refuses_and_the_rest_is_the_same(client, collecte, eva):
    client.force_login(eva)
    donnees = lire_tout(collecte)
    refusees = 0
    for demande in demandes(collecte):
        page = client.get(f"/espace/resultats/avis/venu/?{demande}")
        if page.context.get("refus"):
            refusees += 1
            assert demande not in donnees
        else:
            assert donnees[demande] == page.context["tableau"].en_json()
    assert refusees
    assert any(parmi(t) for t in donnees.values())


def ici(table: dict, cellule: dict) -> frozenset:
    """Return which group and answer a cell is of, however it was asked for: a whole is no condition."""
    racines = {d["name"]: d["codes"][0]["code"] for d in table["dimensions"][:-1]}
    at = {n: c for n, c in (parmi(table) | cellule["at"]).items() if racines.get(n) != c}
    # There is one place only: it is a whole too.
    return frozenset(
        (n, c) for n, c in at.items() if not re.fullmatch(r"TOTAL|t\d+", c) or n == "venu"
    )


def parmi(table: dict) -> dict[str, str]:
    """Return the one group that a table is of, by dimension; its closing is told by its date."""
    return {n: c for n, (c,) in table["where"].items() if n not in {"collecte", "releve"}}


def test_every_cell_is_one_that_the_register_shows(collecte, eva, tmp_path):
    dossier = tmp_path / "tableaux"
    call_command("exporter_tableaux", "avis", "--dossier", str(dossier), stdout=StringIO())
    fichiers = [json.loads(f.read_text("utf-8")) for f in dossier.iterdir()]
    montrees = {
        (t["as_of"], ici(t, c), c["status"], c.get("value"), c.get("low"), c.get("high"))
        for t in fichiers
        if t["question"] == "venu"
        for c in t["cells"]
    }
    for demande, table in lire_tout(collecte).items():
        for c in table["cells"]:
            dite = (table["as_of"], ici(table, c), c["status"])
            assert (*dite, c.get("value"), c.get("low"), c.get("high")) in montrees, demande


def vues(collecte, donnees: dict[str, dict]) -> list[Vue]:
    """Return every cell with who is in it, as somebody knows who comes where, and when."""
    gens = list(Passation.objects.filter(collecte=collecte))
    codes = {
        "structure": {p.pk: f"t{p.territoire_id}s{p.structure_id}" for p in gens},
        "mois": {p.pk: f"{p.jour:%Y-%m}" for p in gens},
    }
    trouvees = []
    for demande, table in donnees.items():
        releve = int(demande.partition("&")[0].removeprefix("releve="))
        for cellule in table["cells"]:
            groupe = dict(ici(table, cellule))
            reponse = groupe.pop("venu", "TOTAL")
            qui = frozenset(
                p.pk
                for p in gens
                if p.releve.numero <= releve
                and all(dans(codes[nom][p.pk], code) for nom, code in groupe.items())
            )
            if reponse == "TOTAL":
                assert cellule["value"] == len(qui), (demande, groupe)
            else:
                bas = cellule.get("value", cellule.get("low", 0))
                haut = cellule.get("value", cellule.get("high", len(qui)))
                trouvees.append(Vue(qui, (reponse,), bas, haut))
    return list(dict.fromkeys(trouvees))


def dans(code: str, groupe: str) -> bool:
    """Return whether a house or a month is in a group; ``t5`` holds all houses of place 5."""
    return code in groupe.split("+") or code.startswith(f"{groupe}s")


def vrais(collecte) -> dict:
    return {p.pk: {p.reponses["venu"]} for p in Passation.objects.filter(collecte=collecte)}


def attaquer(collecte, lues: list[Vue], combien: int | None = 150) -> list[tuple]:
    """Return what leaks, of ``combien`` targets taken by chance, or of all."""
    attaque = Attaque(lues, sorted({code for vue in lues for code in vue.reponses}))
    hasard = np.random.default_rng(93)
    return attaque.fuites(vrais(collecte), SENSIBLE, hasard=hasard, combien=combien)


def test_all_its_answers_read_together_and_subtracted_expose_nobody(collecte, eva):
    donnees = lire_tout(collecte)
    for releve in ("releve=1", "releve=2"):
        assert sum(demande.startswith(releve) for demande in donnees) > 5
    lues = vues(collecte, donnees)
    assert len(lues) > 20
    assert attaquer(collecte, lues) == []


def test_the_attacker_finds_what_one_hidden_cell_would_give(collecte, eva):
    """The attack can succeed: the true count of the house that is never shown alone is enough.

    All targets: what a closing shows depends on a key of chance, and so does what a sample meets.
    """
    lues = vues(collecte, lire_tout(collecte))
    petite = frozenset(
        p.pk
        for p in Passation.objects.filter(
            collecte=collecte, structure__nom="La Petite", releve__numero=1
        )
    )
    oui = sum("oui" in v for pk, v in vrais(collecte).items() if pk in petite)
    assert attaquer(collecte, [*lues, Vue(petite, ("oui",), oui, oui)], combien=None)


# --- Sources and exclusions ---------------------------------------------------------------------


def test_sources_and_exclusions_are_told_as_the_page_tells_them(client, eva):
    """Frozen at the closing; sizes are told all or none, one closing less another never tells of a few."""
    collecte = builders.une_collecte_ouverte(version=builders.une_version(AVIS), nom="avis")
    for arrivees in ({"telephone": 30, "papier": 20}, {"telephone": 20, "papier": 3}):
        for mode, nombre in arrivees.items():
            builders.des_passations(collecte, nombre, mode=mode, reponses={"venu": "oui"})
        releve = arreter_releve(collecte=collecte, par=builders.un_compte(email="c@exemple.fr"))
        publier_releve(releve_id=releve.pk, par="essai")
    releves = {r["numero"]: r for r in un_programme(eva).lire("collectes/avis")["releves"]}
    dits = {n: [s["nombre"] for s in r["sources"]] for n, r in releves.items()}
    assert (sorted(dits[1]), dits[2]) == (["20", "30"], ["masqué", "masqué"])
    client.force_login(eva)
    for numero, lu in releves.items():
        page = client.get("/espace/resultats/avis/", {"releve": numero})
        assert [(s["titre"], s["nombre"]) for s in lu["sources"]] == page.context["sources"]
        assert lu["mises_a_l_ecart"] == page.context["ecartees"] == "moins de 5"
    # They do not move with what happens after the closing.
    Passation.objects.filter(collecte=collecte, mode="papier").update(mode="telephone")
    encore = {r["numero"]: r for r in un_programme(eva).lire("collectes/avis")["releves"]}
    assert encore == releves


def test_a_question_says_what_can_be_read_of_it_and_why_the_rest_cannot(client, collecte, eva):
    programme = un_programme(eva)
    lues = {q["question"]: q for q in programme.lire("collectes/avis/questions")["resultats"]}
    assert list(lues) == ["venu", "manque", "foyer", "mots"]
    assert (lues["mots"]["comptee"], lues["mots"]["groupes"]) == (False, [])
    assert "se lisent" in lues["mots"]["raison"]
    client.force_login(eva)
    page = client.get("/espace/resultats/avis/venu/").context
    venu = lues["venu"]
    assert [(g["par"], g["titre"]) for g in venu["groupements"]] == page["groupements"]
    assert [g["parmi"] for g in venu["groupes"]] == [
        code for _, siens in page["groupes"] for code, _ in siens
    ]
    assert venu["pourquoi"] == page["pourquoi"] != []
    for groupe in venu["groupes"]:
        assert programme.lire(
            f"collectes/avis/tableaux/venu?parmi={groupe['parmi'].replace('+', '%2B')}"
        )["cells"]
