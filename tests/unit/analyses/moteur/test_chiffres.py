"""Means beside tables: attacked with all that is shown, never outside the truth."""

import numpy as np
import pytest

from analyses.confidentialite.moteur.auditeur import auditer
from analyses.confidentialite.moteur.cloture import cloturer
from analyses.confidentialite.moteur.modele import Moyenne, respecte
from analyses.confidentialite.moteur.parties import moyenne_dite
from analyses.confidentialite.moteur.questions import Donnees, Question
from analyses.confidentialite.moteur.registre import Registre
from analyses.confidentialite.moteur.relecture import relire
from analyses.confidentialite.moteur.unites import Dimension, Personnes

from .fabrique import probleme, rien

CODES = ("1", "2", "3", "4", "5", "_sr")
VALEURS = (1.0, 2.0, 3.0, 4.0, 5.0, None)
NOTE = Question("note", CODES, valeurs=VALEURS)
POIDS = [0.1, 0.2, 0.3, 0.2, 0.15, 0.05]


def scene(nb, graine, poids=POIDS):
    hasard = np.random.default_rng(graine)
    lieux = Dimension("lieu", ("A", "B", "C"), ("", "", ""))
    return Donnees(
        Personnes({"lieu": lieux}, {"lieu": hasard.integers(0, 3, nb)}),
        np.array([f"u{i:04d}" for i in range(nb)]),
        {"note": hasard.choice(6, nb, p=poids)},
    )


def sauf(ici, absents):
    garde = np.isin(ici.uids, list(absents), invert=True)
    codes = {nom: valeurs[garde] for nom, valeurs in ici.personnes.codes.items()}
    return Donnees(
        Personnes(ici.personnes.dimensions, codes),
        ici.uids[garde],
        {nom: r[garde] for nom, r in ici.reponses.items()},
    )


def lieux_de(ici):
    return ici.personnes.codes["lieu"]


def registre_de(*clotures):
    registre = Registre()
    for c in clotures:
        registre.ajouter(c.populations, c.cellules, c.regroupements, c.moyennes)
    return registre


def vraies(ici, cloture):
    """Return (shown, true) in points, for each row that has a mean."""
    for tableau in cloture.tableaux:
        for ligne in tableau.lignes:
            if ligne.moyenne is None:
                continue
            (population,) = {p for p in cloture.populations if p.predicat == ligne.groupe.predicat}
            dedans = np.isin(ici.uids, list(population.membres))
            notes = ici.reponses["note"][dedans]
            yield ligne, ligne.moyenne / 100, (notes[notes < 5] + 1).mean()


@pytest.mark.parametrize("graine", range(6))
@pytest.mark.parametrize("nb", [34, 60, 120])
def test_the_true_mean_is_in_what_is_shown_and_all_is_attacked_again(nb, graine):
    ici = scene(nb, graine)
    cloture = cloturer(ici, [NOTE], [("lieu",)], cle=b"secret")
    for ligne, montree, vraie in vraies(ici, cloture):
        assert ligne.effectif >= 30
        assert abs(montree - vraie) <= 0.05 + 1e-9
    # The nightly audit reads means from the register and attacks them too.
    verdicts = dict(relire(ici, [NOTE], registre_de(cloture)))
    assert verdicts["note"].sur


def test_a_mean_is_shown_beside_exact_cells():
    ici = scene(300, 1)
    cloture = cloturer(ici, [NOTE], [("lieu",)], cle=b"secret")
    montrees = list(vraies(ici, cloture))
    assert montrees
    assert {m.population for m in cloture.moyennes} <= {p.empreinte for p in cloture.populations}


def test_no_mean_under_thirty_persons_nor_of_answers_too_alike():
    assert not cloturer(scene(29, 2), [NOTE], [()]).moyennes
    semblables = [0.0, 0.0, 0.0, 0.02, 0.98, 0.0]
    assert not cloturer(scene(90, 2, semblables), [NOTE], [()]).moyennes


def test_attack_two_groups_whose_difference_is_a_few_persons():
    """Mean × n of all, less mean × n of nearly all, gives the few: the auditor must refuse."""
    n = 40
    appartenance = np.array([np.ones(n, bool), np.arange(n) >= 3])
    reponses = np.array([4, 4, 4] + [i % 5 for i in range(n - 3)])
    sans = probleme(appartenance, reponses, 6, valeurs=np.array([*VALEURS[:5], np.nan]))
    bas, haut = rien(sans)
    assert auditer(sans, bas, haut).sur
    exactes = tuple(
        Moyenne(g, vraie - 1e-4, vraie + 1e-4)
        for g, qui in enumerate(appartenance)
        for vraie in [(reponses[qui] + 1).mean()]
    )
    avec = probleme(
        appartenance, reponses, 6, valeurs=np.array([*VALEURS[:5], np.nan]), moyennes=exactes
    )
    assert not auditer(avec, bas, haut).sur


def test_a_mean_once_shown_binds_later_closings_and_erasures():
    """Somebody erases answers between two closings: old means hold, and what differs is attacked."""
    ici = scene(150, 4)
    premiere = cloturer(ici, [NOTE], [("lieu",)], cle=b"secret")
    assert premiere.moyennes
    registre = registre_de(premiere)
    moins = sauf(ici, {"u0007"})
    seconde = cloturer(moins, [NOTE], [("lieu",)], registre, cle=b"secret")
    assert not seconde.moyennes  # one person less: the former closing stays
    # Fourteen persons of each place: every unit changes by enough to be told again.
    partis = {ici.uids[i] for lieu in range(3) for i in np.flatnonzero(lieux_de(ici) == lieu)[:14]}
    apres = sauf(ici, partis)
    troisieme = cloturer(apres, [NOTE], [("lieu",)], registre, cle=b"secret")
    ensemble = registre_de(premiere, troisieme)
    sans = registre_de(premiere, troisieme)
    sans.moyennes = []
    # Erased persons' counts may be known from old cells: means must add nothing to what leaks.
    avec, nu = (dict(relire(apres, [NOTE], r))["note"] for r in (ensemble, sans))
    assert {(f.morceaux, f.classe) for f in avec.fuites} <= {
        (f.morceaux, f.classe) for f in nu.fuites
    }
    assert all(t.certificat.sur for t in troisieme.tableaux)
    for _, montree, vraie in vraies(apres, troisieme):
        assert abs(montree - vraie) <= 0.05 + 1e-9


def test_published_again_a_population_says_the_same():
    ici = scene(150, 4)
    premiere = cloturer(ici, [NOTE], [("lieu",)], cle=b"secret")
    encore = cloturer(ici, [NOTE], [("lieu",)], registre_de(premiere), cle=b"secret")
    assert not encore.moyennes
    assert [x.moyenne for t in encore.tableaux for x in t.lignes] == [
        x.moyenne for t in premiere.tableaux for x in t.lignes
    ]


def d_accord(p):
    bas, haut = rien(p)
    return respecte(p, bas, haut, p.verite)


def test_the_truth_agrees_with_shown_means():
    n = 40
    reponses = np.array([i % 5 for i in range(n)])
    valeurs = np.array([*VALEURS[:5], np.nan])
    ici = probleme(
        [np.ones(n, bool)], reponses, 6, valeurs=valeurs, moyennes=(moyenne_dite(0, 300),)
    )
    assert d_accord(ici)
    faux = probleme(
        [np.ones(n, bool)], reponses, 6, valeurs=valeurs, moyennes=(moyenne_dite(0, 320),)
    )
    assert not d_accord(faux)
