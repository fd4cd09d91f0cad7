"""A question with a condition on the wall: what it says of the question that decides (ADR 0148)."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from analyses.confidentialite.moteur.liens import Lien
from analyses.confidentialite.moteur.modele import Nature
from analyses.confidentialite.moteur.mur import Silences, exposer
from analyses.confidentialite.moteur.parametres import ORDINAIRE
from analyses.confidentialite.moteur.questions import Donnees, Question
from analyses.confidentialite.moteur.registre import CellulePubliee, Population, Registre
from analyses.confidentialite.moteur.resultats import TROP_LIEE
from analyses.confidentialite.moteur.unites import Axe, Dimension, Groupe, Personnes
from tests.unit.analyses.moteur.enumerateur import regle_enfreinte

ICI = Groupe((Axe("seance", ("s1",)),))
SILENCES = ("_pnr", "_sr")
MUETTES = Silences(SILENCES, ("pourquoi",))
VENU = Question("venu", ("oui", "non", *SILENCES), parametres=ORDINAIRE)
LIEN = Lien((VENU,), {(code,): code == "oui" for code in VENU.reponses})
N_MIN = ORDINAIRE.n_min


def pourquoi(*, multiple):
    codes = ("a", "b", "c", *SILENCES)
    seules = frozenset(SILENCES) if multiple else frozenset()
    return Question(
        "pourquoi", codes, multiple=multiple, seules=seules, parametres=ORDINAIRE, lien=LIEN
    )


def salle(reponses):
    """Return a room, from the answers by question."""
    nombre = len(next(iter(reponses.values())))
    return Donnees(
        Personnes(
            {"seance": Dimension("seance", ("s1",))}, {"seance": np.zeros(nombre, np.int64)}
        ),
        np.array([f"{rang:032x}" for rang in range(nombre)]),
        reponses,
    )


def reponses(nombre, oui, muets, *, multiple):
    """Return who said yes, and why for all of them but some."""
    venu = np.array([0] * oui + [1] * (nombre - oui))
    dite = np.array([rang % 2 if rang < oui - muets else 4 for rang in range(nombre)])
    if multiple:
        coches = np.eye(5, dtype=bool)[dite]
        coches[: oui - muets : 3, :2] = True
        return {"venu": venu, "pourquoi": coches}
    return {"venu": venu, "pourquoi": dite}


def murs(nombre, *, multiple):
    """Iterate over rooms: how many said yes, what is shown of it, and whether the reasons are."""
    for oui in range(nombre + 1):
        for muets in range(min(oui, nombre - N_MIN) + 1):
            vus = exposer(
                salle(reponses(nombre, oui, muets, multiple=multiple)),
                [VENU, pourquoi(multiple=multiple)],
                ICI,
                Registre(),
                silences=MUETTES,
                cle=b"k",
            )
            montres = {t.question: t.lignes[0].cellules for t in vus.tableaux}
            dit = next((c for c in montres.get("venu", ()) if c.reponses == ("oui",)), None)
            yield oui, dit, "pourquoi" in montres


@pytest.mark.parametrize("multiple", [True, False])
@pytest.mark.parametrize("nombre", [8, 9])
def test_that_eight_said_why_does_not_tell_that_all_said_yes(nombre, multiple):
    """Shown, so eight at least answered, and had said yes: what is left to guess of the others."""
    for oui, dit, montre in murs(nombre, multiple=multiple):
        if montre:
            bas, haut = (dit.bas, dit.haut) if dit else (0, nombre)
            assert not regle_enfreinte(nombre, max(bas, N_MIN), haut, oui, ORDINAIRE), oui


@pytest.mark.parametrize("multiple", [True, False])
def test_in_a_larger_room_reasons_are_shown(multiple):
    vus = list(murs(14, multiple=multiple))
    assert any(montre for _, _, montre in vus)
    for oui, dit, montre in vus:
        if montre:
            bas, haut = (dit.bas, dit.haut) if dit else (0, 14)
            assert not regle_enfreinte(14, max(bas, N_MIN), haut, oui, ORDINAIRE), oui


@pytest.mark.parametrize(("nombre", "montre"), [(8, False), (9, False), (10, True)])
def test_several_ticks_after_what_is_not_counted_need_room_for_silence_too(nombre, montre):
    """What decides has no table: that nobody was silent would still tell what all had answered."""
    dites = reponses(nombre, nombre, 0, multiple=True)
    sans = replace(pourquoi(multiple=True), lien=None)
    vus = exposer(salle(dites), [sans], ICI, Registre(), silences=MUETTES, cle=b"k")
    assert bool(vus.tableaux) is montre


@pytest.mark.parametrize("multiple", [True, False])
@pytest.mark.parametrize(("nombre", "montre"), [(11, False), (16, True)])
def test_that_eight_answered_is_read_beside_what_was_shown_of_the_answer_that_decides(
    nombre, montre, multiple
):
    """Of eleven three said no, and eight answered what only a yes asks: nobody else was silent."""
    d = salle(reponses(nombre, nombre - 3, 0, multiple=multiple))
    ici = Population(ICI.predicat, frozenset(d.uids.tolist()))
    tenu = Registre()
    tenu.ajouter([ici], [CellulePubliee("venu", ici.empreinte, ("non",), 3, 3, Nature.EXACT)])
    raisons = pourquoi(multiple=multiple)
    vus = exposer(d, [raisons], ICI, tenu, silences=MUETTES, cle=b"k")
    assert bool(vus.tableaux) is montre


@pytest.mark.parametrize("entier", [True, False])
def test_what_would_be_too_long_to_prove_is_refused_before_anything_is_tried(entier):
    """Seven codes decide: more than a minute at nine, in a page that somebody waits for."""
    codes = tuple(f"c{rang}" for rang in range(7 if entier else 2))
    aides = Question(
        "aides",
        (*codes, *SILENCES),
        multiple=True,
        seules=frozenset(SILENCES),
        parametres=ORDINAIRE,
    )
    situations = {
        (frozenset(choix),): bool(choix)
        for combien in range(len(codes) + 1)
        for choix in combinations(codes, combien)
    }
    suite = Question(
        "pourquoi",
        ("a", "b", *SILENCES),
        parametres=ORDINAIRE,
        lien=Lien((aides,), situations, entier=entier),
    )
    hasard = np.random.default_rng(0)
    coches = np.zeros((20, len(codes) + 2), bool)
    coches[:, : len(codes)] = hasard.random((20, len(codes))) < 0.6
    coches[:, -1] = ~coches.any(axis=1)
    dite = np.where(coches[:, -1], 3, hasard.choice(2, 20))
    vus = exposer(
        salle({"aides": coches, "pourquoi": dite}), [suite], ICI, Registre(), silences=MUETTES
    )
    assert vus.tableaux == []
    assert [refus.motif for refus in vus.refus] == [TROP_LIEE]
