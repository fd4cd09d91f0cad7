"""Attacks on what really leaves: the files of every closing, read by whoever knows who is where.

The attacker is the one of the engine's tests: it shares nothing with it but the words of the rules.
"""

import json
from io import StringIO

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from analyses.actions.verification import verifier_registre
from analyses.confidentialite.moteur import solveur, temoins
from analyses.confidentialite.moteur.parametres import SENSIBLE
from analyses.models import Cellule, Refus
from enquetes.models import Passation
from tests.integration.analyses.test_clotures import clore, importer, personnes
from tests.unit.analyses.moteur.attaquant import Attaque, Vue

pytestmark = pytest.mark.django_db
__all__ = ["importer"]

CODES = ("oui", "non", "_sr")
JOURS = ("2025-03-31", "2025-05-31", "2025-07-31", "2025-09-30")


def exporter(nom: str, dossier) -> list[dict]:
    call_command("exporter_tableaux", nom, "--dossier", str(dossier), stdout=StringIO())
    return [json.loads(fichier.read_text("utf-8")) for fichier in sorted(dossier.iterdir())]


def comptee(ligne: dict, au: str) -> bool:
    """Return whether a person of the file was there on a day."""
    return ligne["recorded_at"] <= au and not (ligne["erased_at"] and ligne["erased_at"] <= au)


def dessous(dimension: dict, code: str) -> set[str]:
    """Return a code and all those that it holds, by the tree of the file."""
    codes = {code}
    while plus := {c["code"] for c in dimension["codes"] if c.get("parent") in codes} - codes:
        codes |= plus
    return codes


def vues(tables: list[dict], lignes: list[dict], question: str) -> list[Vue]:
    """Return every cell of a question, with who is in it: what a professional knows."""
    trouvees = []
    for table in (t for t in tables if t["question"] == question):
        groupes = {d["name"]: d for d in table["dimensions"][:-1]}
        for cellule in table["cells"]:
            code = cellule["at"][question]
            dedans = {nom: dessous(d, cellule["at"][nom]) for nom, d in groupes.items()}
            qui = frozenset(
                rang
                for rang, ligne in enumerate(lignes)
                if comptee(ligne, table["as_of"])
                and all(
                    ligne[nom] in codes or cellule["at"][nom] == groupes[nom]["codes"][0]["code"]
                    for nom, codes in dedans.items()
                )
            )
            if code == "TOTAL":
                assert cellule["value"] == len(qui)
                continue
            bas = cellule.get("value", cellule.get("low", 0))
            haut = cellule.get("value", cellule.get("high", len(qui)))
            trouvees.append(Vue(qui, (code,), bas, haut))
    return list(dict.fromkeys(trouvees))


def vrais(lignes: list[dict]) -> dict[int, set[str]]:
    return {rang: {ligne["repas"] or "_sr"} for rang, ligne in enumerate(lignes)}


def attaquer(tables: list[dict], lignes: list[dict], combien: int = 150) -> list[tuple]:
    attaque = Attaque(vues(tables, lignes, "repas"), list(CODES))
    hasard = np.random.default_rng(68)
    return attaque.fuites(vrais(lignes), SENSIBLE, hasard=hasard, combien=combien)


@pytest.fixture
def histoire(importer, tmp_path):
    """Four closings: arrivals, erasures, a unit that shrinks, and one closing that is refused."""
    lignes = personnes(90, graine=21)
    lignes += personnes(70, graine=22, jour="2025-05-01")
    lignes += personnes(4, graine=23, jour="2025-07-01")
    lignes += personnes(70, graine=24, jour="2025-09-01")
    for ligne in lignes[:90]:
        if ligne["structure"] == "S3":
            ligne["erased_at"] = "2025-09-10"
    nom, refusees = importer(lignes), []
    for au in JOURS:
        try:
            clore(nom, au)
        except CommandError as refus:
            refusees.append((au, str(refus)))
    return nom, lignes, refusees, exporter(nom, tmp_path / "d")


def test_an_evaluator_and_a_professional_over_four_closings_learn_nothing(histoire):
    _, lignes, refusees, tables = histoire
    # What would open a past publication is refused, not published with less.
    assert "2025-07-31" in dict(refusees)
    publiees = {t["as_of"] for t in tables}
    assert publiees == set(JOURS) - set(dict(refusees))
    assert {"2025-03-31", "2025-05-31"} <= publiees
    assert attaquer(tables, lignes) == []


def test_a_reader_of_one_closing_learns_nothing(histoire):
    _, lignes, _, tables = histoire
    for au in ("2025-03-31", "2025-05-31"):
        assert attaquer([t for t in tables if t["as_of"] == au], lignes, 60) == []


def test_two_insiders_who_pool_leave_others_in_doubt(histoire):
    """Each cell of a minority that two of its members read: others may have answered otherwise."""
    _, lignes, _, tables = histoire
    dits, p, lues = vrais(lignes), SENSIBLE, 0
    attaque = Attaque(vues(tables, lignes, "repas"), list(CODES))
    for qui in attaque.groupes:
        for code in CODES:
            compte = sum(code in dits[rang] for rang in qui)
            if not p.c <= compte < p.m:
                continue
            bas, haut = attaque.bornes(qui, code)
            assert haut - p.c > max(0, bas - p.c)
            lues += 1
    assert lues


def test_the_attacker_would_see_a_leak(histoire):
    """The same attack, on the same files with one band told exactly, finds it."""
    _, lignes, _, tables = histoire
    dits = vrais(lignes)
    toutes = vues(tables, lignes, "repas")
    comptes = {v: sum(v.reponses[0] in dits[rang] for rang in v.qui) for v in toutes}
    bande = next(v for v, x in comptes.items() if x < SENSIBLE.m)
    vrai = comptes[bande]
    assert bande.haut - bande.bas >= SENSIBLE.w
    exacte = Vue(bande.qui, bande.reponses, vrai, vrai)
    attaque = Attaque([*toutes, exacte], list(CODES))
    assert (len(bande.qui), bande.reponses[0], vrai, vrai, vrai) in attaque.fuites(dits, SENSIBLE)


def test_an_erasure_after_a_publication_changes_no_published_figure(importer, tmp_path):
    nom = importer(personnes(60))
    clore(nom, "2025-03-31")
    avant = exporter(nom, tmp_path / "avant")
    Passation.objects.filter(collecte__nom=nom).first().delete()
    with pytest.raises(CommandError, match="l’ancienne reste en vigueur"):
        clore(nom, "2025-04-30")
    assert exporter(nom, tmp_path / "apres") == avant


def test_a_unit_changed_by_a_few_drops_its_grouping_and_the_rest_is_published(importer, tmp_path):
    """§5 by unit (ADR 0068): one late answer, or one erasure, must not silence everybody else."""
    lignes = personnes(70, graine=5)
    neuves = personnes(80, graine=6, jour="2025-05-01")
    peu = [ligne for ligne in neuves if ligne["structure"] == "S3"][:3]
    lignes += [ligne for ligne in neuves if ligne["structure"] != "S3"] + peu
    nom = importer(lignes)
    clore(nom, "2025-03-31")
    seconde = clore(nom, "2025-05-31")
    dits = seconde.parametres["abandonnes"]["repas"]
    assert [d.split("\u00a0: ")[0] for d in dits] == ["structure"]
    assert "Trop peu de nouvelles réponses" in dits[0]
    assert Refus.objects.filter(motif__startswith="Trop peu de nouvelles").exists()
    tables = exporter(nom, tmp_path / "d")
    nouvelles = [t for t in tables if t["as_of"] == "2025-05-31" and t["question"] == "repas"]
    montres = {(t["id"], c["at"].get("structure", "")) for t in nouvelles for c in t["cells"]}
    # Of the dropped grouping, the row of everybody alone.
    assert montres == {("repas", ""), ("repas-public", ""), ("repas-structure", "R1")}
    assert attaquer(tables, lignes) == []


def test_a_solver_that_does_not_finish_publishes_nothing_and_may_be_asked_again(importer):
    nom = importer(personnes(60))
    with pytest.MonkeyPatch.context() as temps:
        temps.setattr(solveur.Lineaire, "minimiser", lambda *_: solveur.RIEN)
        temps.setattr(temoins, "minimiser_en_entiers", lambda *_a, **_k: solveur.RIEN)
        clore(nom, "2025-03-31")
    # What needs no program is published; the groupings that need one are not, and it is said.
    refus = Refus.objects.get(motif__startswith="La preuve n’a pas pu être terminée")
    assert "repas par public" in refus.message
    par_public = Cellule.objects.filter(question="repas", population__dimensions="public")
    assert not par_public.exists()
    suivante = clore(nom, "2025-04-01")
    assert par_public.filter(population__publication=suivante).exists()


def test_clocks_that_are_wrong_lose_nobody_and_date_nobody(importer, tmp_path):
    """1970 is counted with all; a day to come waits for it."""
    lignes = personnes(60)
    lignes[0]["recorded_at"], lignes[1]["recorded_at"] = "1970-01-01", "2099-01-01"
    publication = clore(importer(lignes), "2025-03-31")
    assert publication.nombre == 59
    ecrit = "".join(json.dumps(t) for t in exporter(publication.collecte.nom, tmp_path / "d"))
    assert "1970" not in ecrit
    assert "2099" not in ecrit


def test_erasures_ring_no_false_alarm_and_a_later_closing_speaks_again(importer, tmp_path):
    """A third of the first erase their answers; as many as before come; both closings are attacked."""
    lignes = personnes(90, graine=31)
    lignes += personnes(90, graine=32, jour="2025-05-01")
    for ligne in lignes[:90:3]:
        ligne["erased_at"] = "2025-04-10"
    nom = importer(lignes)
    clore(nom, "2025-03-31")
    seconde = clore(nom, "2025-05-31")
    assert Cellule.objects.filter(population__publication=seconde, question="repas").exists()
    assert verifier_registre(par="essai").fautes == []
    assert attaquer(exporter(nom, tmp_path / "d"), lignes) == []
    # Whoever is left may leave too: what is printed does not change, and still exposes nobody.
    Passation.objects.filter(collecte__nom=nom).delete()
    assert verifier_registre(par="essai").fautes == []
