"""Each function by its name, the figures it gives, and what is said of those it cannot give."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Final

from analyses.statistiques.attrition import bornes_part
from analyses.statistiques.deux_groupes import mann_whitney
from analyses.statistiques.multiples import holm
from analyses.statistiques.nominal import stuart_maxwell
from analyses.statistiques.paires import Paires, mcnemar, newcombe, tango
from analyses.statistiques.plusieurs_vagues import cochran, friedman
from analyses.statistiques.proportions import wilson
from analyses.statistiques.puissance import (
    EFFECTIF_MAX,
    NIVEAU,
    effectif_necessaire,
    puissance,
)
from analyses.statistiques.rangs import LIMITE_EXACTE, hodges_lehmann, rangs_signes
from analyses.statistiques.refus import CalculImpossible
from analyses.statistiques.regression_moyenne import changement_attendu
from analyses.statistiques.scores import BAREMES, coter
from analyses.statistiques.unites import differences

from .lecture import Demande

Chiffres = dict[str, Any]
TROP_LONGUE: Final = "La probabilité exacte serait trop longue à calculer."
INFIME: Final = "La probabilité est plus petite que 1e-300\u00a0: elle n’est pas nulle, et ne peut pas être écrite."
TROP_PETITE: Final = "La probabilité est trop petite pour être donnée exactement."


def repondre(demande: Any) -> Chiffres:
    """Return the figures of one request (as read from JSON), ready for JSON.

    Every figure of the function is there. If one or more are ``None``, ``raison`` says why in
    French; otherwise there is no ``raison``. Nothing is raised, whatever the request.
    """
    fonction = demande.get("fonction") if isinstance(demande, dict) else None
    if not isinstance(fonction, str) or fonction not in FONCTIONS:
        connues = ", ".join(FONCTIONS)
        return {"raison": f"«\u00a0fonction\u00a0» doit être l’une de\u00a0: {connues}."}
    cles, calcul = FONCTIONS[fonction]
    chiffres: Chiffres = dict.fromkeys(cles)
    try:
        return chiffres | calcul(Demande(demande))
    except CalculImpossible as refus:
        return chiffres | {"raison": refus.raison}


def _rangs_signes(demande: Demande) -> Chiffres:
    pas = demande.nombre("pas") if demande.a("pas") else None
    ecarts, unite = differences(demande.nombres("avant"), demande.nombres("apres"), pas)
    confiance = demande.confiance()
    test, typique = rangs_signes(ecarts), hodges_lehmann(ecarts, confiance)

    def en_valeur(unites: float | None) -> float | None:
        # Quarters of a unit are exact in binary: the value is that of the decimal fraction.
        return None if unites is None else float(Fraction(unites) * unite)

    raisons = []
    if not test.exact:
        raisons.append(f"Au-delà de {LIMITE_EXACTE} personnes, la probabilité n’est pas exacte.")
    if test.rang_biserial is None:
        raisons.append("Personne n’a changé\u00a0: le rang bisérial n’existe pas.")
    if typique.bas is None:
        raisons.append("Trop peu de personnes pour un intervalle à ce niveau de confiance.")
    return {
        "n": test.n,
        "n_plus": test.n_plus,
        "n_zero": test.n_zero,
        "n_moins": test.n_moins,
        "p_exact": test.p if test.exact else None,
        "rang_biserial": test.rang_biserial,
        "hodges_lehmann": en_valeur(typique.estimation),
        "hl_bas": en_valeur(typique.bas),
        "hl_haut": en_valeur(typique.haut),
    } | _raison(raisons)


def _raison(raisons: list[str]) -> Chiffres:
    return {"raison": " ".join(raisons)} if raisons else {}


def _mcnemar(demande: Demande) -> Chiffres:
    p = mcnemar(demande.effectif("non_oui"), demande.effectif("oui_non"))
    # Below the smallest number of the machine: « 0 » would say that it never happens.
    return {"p_exact": p} if p else {"p_exact": None, "raison": INFIME}


def _difference_appariee(demande: Demande) -> Chiffres:
    paires = Paires(
        oui_oui=demande.effectif("oui_oui"),
        oui_non=demande.effectif("oui_non"),
        non_oui=demande.effectif("non_oui"),
        non_non=demande.effectif("non_non"),
    )
    (t_bas, t_haut), (n_bas, n_haut) = (
        calcul(paires, demande.confiance()) for calcul in (tango, newcombe)
    )
    return {
        "difference": paires.difference,
        "tango_bas": t_bas,
        "tango_haut": t_haut,
        "newcombe_bas": n_bas,
        "newcombe_haut": n_haut,
    }


def _cochran_q(demande: Demande) -> Chiffres:
    test = cochran(demande.lignes_d_entiers("lignes"))
    trop = [TROP_PETITE if test.trop_petite else TROP_LONGUE]
    return {
        "q": test.q,
        "ddl": test.ddl,
        "p_chi2": test.p_chi2,
        "p_exact": test.p_exact,
    } | _raison(trop if test.p_exact is None else [])


def _friedman(demande: Demande) -> Chiffres:
    test = friedman(demande.lignes("lignes"), exact=False)
    return {
        "chi2": test.chi2,
        "ddl": test.ddl,
        "p_chi2": test.p_chi2,
        "kendall_w": test.kendall_w,
    }


def _proportion(demande: Demande) -> Chiffres:
    bas, haut = wilson(demande.effectif("k"), demande.effectif("n"), demande.confiance())
    return {"wilson_bas": bas, "wilson_haut": haut}


def _holm(demande: Demande) -> Chiffres:
    return {"p_ajuste": holm(demande.nombres_ou_rien("p"))}


def _mann_whitney(demande: Demande) -> Chiffres:
    test = mann_whitney(demande.nombres("a"), demande.nombres("b"))
    return {
        "u": test.u,
        "p_exact": test.p if test.exact else None,
        "rang_biserial": test.rang_biserial,
    } | _raison([] if test.exact else [TROP_PETITE if test.trop_petite else TROP_LONGUE])


def _stuart_maxwell(demande: Demande) -> Chiffres:
    test = stuart_maxwell(demande.lignes_d_entiers("flux"))
    return {"chi2": test.chi2, "ddl": test.ddl, "p_chi2": test.p_chi2}


def _attrition(demande: Demande) -> Chiffres:
    bornes = bornes_part(
        demande.effectif("favorables"),
        demande.effectif("repondants"),
        demande.effectif("inscrits"),
    )
    return {"observe": bornes.observe, "bas": bornes.bas, "haut": bornes.haut}


def _regression_moyenne(demande: Demande) -> Chiffres:
    attendu = changement_attendu(
        demande.nombre("moyenne_entree"),
        demande.nombre("moyenne_reference"),
        demande.nombre("fidelite"),
    )
    return {"changement_attendu": attendu}


def _puissance(demande: Demande) -> Chiffres:
    parts = demande.nombre("progressent"), demande.nombre("reculent")
    niveau = demande.nombre("niveau") if demande.a("niveau") else NIVEAU
    voulu = effectif_necessaire(*parts, niveau=niveau)
    trop = [f"Même {EFFECTIF_MAX} familles n’auraient pas huit chances sur dix de le montrer."]
    return {
        "puissance": puissance(demande.effectif("n"), *parts, niveau),
        "effectif_necessaire": voulu,
    } | _raison(trop if voulu is None else [])


def _score(demande: Demande) -> Chiffres:
    echelle = demande.mot("echelle")
    if echelle not in BAREMES:
        raise CalculImpossible(
            f"«\u00a0echelle\u00a0» doit être l’une de\u00a0: {', '.join(BAREMES)}."
        )
    resultat = coter(BAREMES[echelle], demande.entiers_ou_rien("reponses"))
    sans = ["Cette échelle n’a pas de catégorie publiée."]
    return {"score": resultat.score, "categorie": resultat.categorie} | _raison(
        sans if resultat.categorie is None else []
    )


_RANGS: Final = ("n", "n_plus", "n_zero", "n_moins", "p_exact", "rang_biserial")
_HL: Final = ("hodges_lehmann", "hl_bas", "hl_haut")
_INTERVALLES: Final = ("tango_bas", "tango_haut", "newcombe_bas", "newcombe_haut")

FONCTIONS: Final[Mapping[str, tuple[tuple[str, ...], Callable[[Demande], Chiffres]]]] = (
    MappingProxyType(
        {
            "rangs_signes": ((*_RANGS, *_HL), _rangs_signes),
            "mcnemar": (("p_exact",), _mcnemar),
            "difference_appariee": (("difference", *_INTERVALLES), _difference_appariee),
            "cochran_q": (("q", "ddl", "p_chi2", "p_exact"), _cochran_q),
            "friedman": (("chi2", "ddl", "p_chi2", "kendall_w"), _friedman),
            "proportion": (("wilson_bas", "wilson_haut"), _proportion),
            "holm": (("p_ajuste",), _holm),
            "mann_whitney": (("u", "p_exact", "rang_biserial"), _mann_whitney),
            "stuart_maxwell": (("chi2", "ddl", "p_chi2"), _stuart_maxwell),
            "attrition": (("observe", "bas", "haut"), _attrition),
            "regression_moyenne": (("changement_attendu",), _regression_moyenne),
            "puissance": (("puissance", "effectif_necessaire"), _puissance),
            "score": (("score", "categorie"), _score),
        }
    )
)
