"""Requests: the right figures under the right names, and never a number for an impossible one."""

import json
import statistics
from fractions import Fraction
from itertools import combinations_with_replacement

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyses.statistiques.demandes import FONCTIONS, repondre
from analyses.statistiques.demandes.fonctions import TROP_LONGUE, TROP_PETITE
from analyses.statistiques.scores import BAREMES

BONNES = {
    "rangs_signes": {"avant": [1, 2, 3, 4, 2, 1, 3], "apres": [2, 4, 3, 5, 3, 2, 2], "pas": 1},
    "mcnemar": {"non_oui": 9, "oui_non": 2},
    "difference_appariee": {
        "oui_oui": 2,
        "oui_non": 2,
        "non_oui": 9,
        "non_non": 2,
        "confiance": 0.95,
    },
    "cochran_q": {"lignes": [[1, 0, 1], [0, 0, 1], [1, 1, 1]]},
    "friedman": {"lignes": [[1, 2, 3.5], [2, 2, 3]]},
    "proportion": {"k": 8, "n": 10, "confiance": 0.9},
    "holm": {"p": [0.01, 0.04]},
    "mann_whitney": {"a": [1, 2, 2.5], "b": [2, 3]},
    "stuart_maxwell": {"flux": [[1, 2], [5, 1]]},
    "attrition": {"favorables": 30, "repondants": 48, "inscrits": 70},
    "regression_moyenne": {"moyenne_entree": 2, "moyenne_reference": 3, "fidelite": 0.6},
    "puissance": {"n": 70, "progressent": 0.4, "reculent": 0.1, "niveau": 0.05},
    "score": {"echelle": "fies", "reponses": [1, 1, 0, 0, 0, 0, 0, 0]},
}
CLES = {
    "rangs_signes": "n n_plus n_zero n_moins p_exact rang_biserial hodges_lehmann hl_bas hl_haut",
    "mcnemar": "p_exact",
    "difference_appariee": "difference tango_bas tango_haut newcombe_bas newcombe_haut",
    "cochran_q": "q ddl p_chi2 p_exact",
    "friedman": "chi2 ddl p_chi2 kendall_w",
    "proportion": "wilson_bas wilson_haut",
    "holm": "p_ajuste",
    "mann_whitney": "u p_exact rang_biserial",
    "score": "score categorie",
}
FAUTES = (
    None,
    True,
    False,
    "3",
    "NaN",
    float("nan"),
    float("inf"),
    -float("inf"),
    {},
    -1,
    1e300,
    [None],
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda enfants: (
        st.lists(enfants, max_size=5) | st.dictionaries(st.text(max_size=4), enfants, max_size=4)
    ),
    max_leaves=12,
)


def demander(fonction, **valeurs):
    resultat = repondre({"fonction": fonction, **valeurs})
    json.dumps(resultat, allow_nan=False)
    # « raison » is there if and only if a figure is missing.
    chiffres = {cle: v for cle, v in resultat.items() if cle != "raison"}
    assert ("raison" in resultat) == (None in chiffres.values() or not chiffres)
    assert not any(isinstance(valeur, bool) for valeur in chiffres.values())
    return resultat


def sans_chiffre(resultat):
    assert resultat["raison"].endswith(".")
    assert len(resultat["raison"]) > 10
    return all(valeur is None for cle, valeur in resultat.items() if cle != "raison")


def test_each_function_has_an_example_here():
    assert set(BONNES) == set(FONCTIONS)


@pytest.mark.parametrize("fonction", BONNES)
def test_a_good_request_has_every_figure_and_no_reason(fonction):
    resultat = demander(fonction, **BONNES[fonction])
    assert "raison" not in resultat
    if fonction in CLES:
        assert list(resultat) == CLES[fonction].split()


@pytest.mark.parametrize("fonction", BONNES)
def test_what_is_missing_or_misread_gives_no_number(fonction):
    bonne = BONNES[fonction]
    for nom in bonne:
        if nom not in ("pas", "confiance", "niveau"):
            absente = {cle: v for cle, v in bonne.items() if cle != nom}
            assert sans_chiffre(demander(fonction, **absente)), nom
        for faute in FAUTES:
            if nom.startswith("moyenne") and faute == -1:
                continue
            assert sans_chiffre(demander(fonction, **(bonne | {nom: faute}))), (nom, faute)


@pytest.mark.parametrize(
    "faute", [True, "1", float("nan"), float("inf"), [1], {}, 10**400, 10**16]
)
@pytest.mark.parametrize(
    ("fonction", "nom"),
    [
        ("rangs_signes", "avant"),
        ("rangs_signes", "apres"),
        ("mann_whitney", "a"),
        ("holm", "p"),
        ("score", "reponses"),
    ],
)
def test_one_bad_value_in_a_list_spoils_the_request(fonction, nom, faute):
    liste = [*BONNES[fonction][nom][:-1], faute]
    assert sans_chiffre(demander(fonction, **(BONNES[fonction] | {nom: liste})))


@pytest.mark.parametrize("faute", [True, "1", None, float("nan"), [1], 2, 0.5])
def test_one_bad_value_in_a_table_spoils_the_request(faute):
    assert sans_chiffre(demander("cochran_q", lignes=[[1, 0, 1], [0, faute, 1]]))


@pytest.mark.parametrize(
    "demande", [None, 3, "mcnemar", [], {}, {"fonction": None}, {"fonction": "x"}]
)
def test_what_is_not_a_request_is_said(demande):
    resultat = repondre(demande)
    assert list(resultat) == ["raison"]
    assert "mann_whitney" in resultat["raison"]


@given(demande=JSON)
@settings(max_examples=60)
def test_nothing_is_ever_raised(demande):
    json.dumps(repondre(demande), allow_nan=False)


@pytest.mark.parametrize("fonction", BONNES)
@given(donnees=st.data())
@settings(max_examples=40)
def test_nothing_is_ever_raised_inside_a_request(fonction, donnees):
    valeurs = {nom: donnees.draw(JSON | st.just(bonne)) for nom, bonne in BONNES[fonction].items()}
    demander(fonction, **valeurs)


@pytest.mark.parametrize(
    ("fonction", "valeurs"),
    [
        ("rangs_signes", {"avant": [], "apres": [], "pas": 1}),
        ("rangs_signes", {"avant": [1, 2], "apres": [1], "pas": 1}),
        ("rangs_signes", {"avant": [1, None], "apres": [1, 2], "pas": 1}),
        ("rangs_signes", {"avant": [1], "apres": [2], "pas": 0}),
        ("rangs_signes", {"avant": [0] * 5001, "apres": [1] * 5001, "pas": 1}),
        ("difference_appariee", {"oui_oui": 0, "oui_non": 0, "non_oui": 0, "non_non": 0}),
        ("difference_appariee", BONNES["difference_appariee"] | {"confiance": 95}),
        ("mcnemar", {"non_oui": 2.5, "oui_non": 1}),
        ("mcnemar", {"non_oui": 10**12, "oui_non": 1}),
        ("proportion", {"k": 0, "n": 0, "confiance": 0.95}),
        ("proportion", {"k": 3, "n": 2, "confiance": 0.95}),
        ("proportion", {"k": 1, "n": 2, "confiance": 1}),
        ("holm", {"p": [None, None]}),
        ("holm", {"p": [1.2]}),
        ("mann_whitney", {"a": [], "b": [1]}),
        ("cochran_q", {"lignes": [[1, 1, 1], [0, 0, 0]]}),
        ("cochran_q", {"lignes": [[1, 0], [1]]}),
        ("friedman", {"lignes": [[1, 1, 1], [2, 2, 2]]}),
        ("friedman", {"lignes": [[1], [2]]}),
        ("friedman", {"lignes": []}),
        ("friedman", {"lignes": [list(range(11))] * 5000}),
        ("stuart_maxwell", {"flux": [[1] * 300] * 300}),
        ("puissance", {"n": 0, "progressent": 0.4, "reculent": 0.1}),
        ("puissance", {"n": 70, "progressent": 40, "reculent": 10}),
        ("puissance", {"n": 70, "progressent": 0.7, "reculent": 0.4}),
        ("puissance", {"n": 10**6, "progressent": 0.4, "reculent": 0.1}),
        ("puissance", BONNES["puissance"] | {"niveau": 1e-300}),
        ("score", {"echelle": "pnns-gs2", "reponses": [1]}),
        ("score", {"echelle": "fies", "reponses": [1, 1, 1, 1, 1, 1, 1]}),
        ("score", {"echelle": "fies", "reponses": [1, 1, 1, 1, 1, 1, 1, None]}),
        ("score", {"echelle": "who5", "reponses": [1, 1, 1, 1, 6]}),
        ("score", {"echelle": "who5", "reponses": [1, 1, 1, 1, 2.5]}),
    ],
)
def test_impossible_requests(fonction, valeurs):
    assert sans_chiffre(demander(fonction, **valeurs))


@given(
    paires=st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=1, max_size=12),
    pas=st.sampled_from(["0.1", "0.5", "1", "0.25"]),
)
def test_the_estimate_is_in_the_unit_of_the_answers(paires, pas):
    unite = Fraction(pas)
    avant, apres = [float(a * unite) for a, _ in paires], [float(b * unite) for _, b in paires]
    resultat = demander("rangs_signes", avant=avant, apres=apres, pas=float(pas))
    ecarts = [(b - a) * unite for a, b in paires]
    moyennes = [(x + y) / 2 for x, y in combinations_with_replacement(ecarts, 2)]
    assert resultat["hodges_lehmann"] == float(statistics.median(moyennes))
    sans_pas = demander("rangs_signes", avant=avant, apres=apres)
    assert sans_pas == resultat


def test_what_exists_is_given_with_the_reason_of_what_does_not():
    """Nobody changed: p is 1, the estimate is 0, and there is no rank-biserial."""
    resultat = demander("rangs_signes", avant=[2] * 8, apres=[2] * 8, pas=1)
    assert (resultat["p_exact"], resultat["hodges_lehmann"], resultat["hl_bas"]) == (1, 0, 0)
    assert resultat["rang_biserial"] is None
    court = demander("rangs_signes", avant=[1, 2], apres=[2, 3], pas=1)
    assert (court["p_exact"], court["hl_bas"], court["hl_haut"]) == (0.5, None, None)
    assert demander("holm", p=[0.01, None, 0.04]) == {"p_ajuste": [0.02, None, 0.04]}
    assert demander("score", echelle="hdds", reponses=[1] * 12)["score"] == 12


def test_too_many_people_for_an_exact_law_is_said():
    lignes = [[1, 0, 0, 1], [0, 1, 1, 0], [1, 0, 0, 0], [0, 1, 0, 0], [1, 1, 1, 0]] * 200
    assert demander("cochran_q", lignes=lignes)["p_exact"] is None
    a, b = [1, 2, 3, 4, 5] * 200, [2, 3, 4, 5, 5] * 200
    assert demander("mann_whitney", a=a, b=b)["p_exact"] is None  # below one in a million
    assert demander("mann_whitney", a=a * 4, b=a * 4)["p_exact"] == 1
    assert demander("mann_whitney", a=a * 4, b=[*b, *a * 3])["p_exact"] is None
    resultat = demander("rangs_signes", avant=a + a, apres=b + b, pas=1)
    assert resultat["p_exact"] is None
    assert resultat["hl_bas"] is not None


def test_no_change_expected_is_not_minus_zero():
    demande = {"moyenne_entree": 2, "moyenne_reference": 0.5, "fidelite": 1}
    resultat = demander("regression_moyenne", **demande)
    assert str(resultat["changement_attendu"]) == "0.0"


def test_the_scales_of_the_specification_are_there():
    voulues = {"fies", "who5", "epices", "hfias", "hdds", "fcs", "rcsi"}
    assert voulues <= set(BAREMES)
    for nom in voulues:
        bareme = BAREMES[nom]
        resultat = demander("score", echelle=nom, reponses=[bareme.minimum] * bareme.items)
        assert resultat["score"] is not None


def test_whole_numbers_may_be_written_with_a_point():
    """R writes 3 as 3.0 in some of its exports: it is still three."""
    assert demander("mcnemar", non_oui=9.0, oui_non=2.0) == demander(
        "mcnemar", **BONNES["mcnemar"]
    )


def test_binary_noise_is_no_rank_wherever_values_are_ranked():
    """0.1 + 0.2 is written 0.30000000000000004: it is 0.3 (domaine §4.1)."""
    friedman = {"fonction": "friedman", "lignes": [[0.1 + 0.2, 0.3, 0.4]] * 5}
    assert repondre(friedman) == repondre(friedman | {"lignes": [[0.3, 0.3, 0.4]] * 5})
    mann_whitney = repondre({"fonction": "mann_whitney", "a": [0.1 + 0.2], "b": [0.3]})
    assert (mann_whitney["u"], mann_whitney["p_exact"]) == (0.5, 1.0)
    grands = {"fonction": "mann_whitney", "a": [2**49], "b": [2**49 + 1]}
    assert repondre(grands)["u"] == 0.0


def test_too_long_and_too_small_are_not_the_same_reason():
    change = {"fonction": "cochran_q", "lignes": [[0, 0, 1, 1]] * 300}
    assert repondre(change)["raison"] == TROP_PETITE
    loin = {"fonction": "mann_whitney", "a": list(range(3000)), "b": list(range(3000, 6000))}
    assert repondre(loin)["raison"] in {TROP_PETITE, TROP_LONGUE}
    separes = {"fonction": "mann_whitney", "a": [1, 2, 3] * 100, "b": [3, 4, 5] * 100}
    lu = repondre(separes)
    assert lu["p_exact"] is not None or lu["raison"] == TROP_PETITE
    vagues = {
        "fonction": "cochran_q",
        "lignes": [[n >> k & 1 for k in range(9)] for n in range(500)],
    }
    assert repondre(vagues)["raison"] == TROP_LONGUE


def test_a_probability_below_the_smallest_number_is_not_told_as_zero():
    """At a hundred million the machine gave 0.0: never a number that is false."""
    dite = demander("mcnemar", non_oui=10**8, oui_non=0)
    assert dite["p_exact"] is None
    assert "plus petite que 1e-300" in dite["raison"]
    assert 0 < demander("mcnemar", non_oui=900, oui_non=0)["p_exact"] < 1e-260
