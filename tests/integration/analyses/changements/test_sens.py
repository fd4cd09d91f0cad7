"""Nothing is called better that nobody called so: direction declared, said by a module, or not told."""

import re
from dataclasses import replace

import pytest

from analyses.actions.changements import arreter_changement
from analyses.changements.imprime import enonces
from analyses.changements.lecture import lire
from analyses.extraction.paires import questions_de, vagues_de
from enquetes.actions.suivi.cartes import declarer_rupture, emettre_cartes
from enquetes.actions.suivi.cohortes import ProjetCritere, creer_cohorte
from enquetes.bibliotheque import lire as lire_fourni
from enquetes.models import Carte, Rang
from tests import builders
from tests.suivi import finir, repondre, un_projet_de_cohorte, une_cohorte
from voix.commun.erreurs import SaisieInvalide

pytestmark = pytest.mark.django_db


def une_cohorte_de_la_bibliotheque(criteres, cartes=0):
    par, projet = builders.un_compte(), un_projet_de_cohorte()
    version = builders.une_version(lire_fourni("suivi-familles"))
    vagues = [replace(vague, version=version) for vague in projet.vagues]
    cohorte = creer_cohorte(projet=replace(projet, vagues=vagues, criteres=criteres), par=par)
    if cartes:
        emettre_cartes(cohorte=cohorte, nombre=cartes, a_partir=1, par=par)
    return cohorte, par


def test_the_module_says_which_way_is_better_of_what_nobody_declared():
    criteres = [ProjetCritere("Légumes secs", ("a3",), "hausse")]
    cohorte, _ = une_cohorte_de_la_bibliotheque(criteres)
    lues = {q.code: q for q in questions_de(cohorte, vagues_de(cohorte)[2])}
    assert lues["li4"].baisse
    assert lues["a7"].baisse
    assert not lues["a11"].baisse
    assert lues["a11"].orientee
    assert not lues["a9"].orientee


@pytest.mark.parametrize("code", ["li4", "a7"])
def test_an_outcome_declared_against_its_module_is_refused_and_told_how(code):
    with pytest.raises(SaisieInvalide, match="choisissez «\u00a0moins, c’est mieux"):
        une_cohorte_de_la_bibliotheque([ProjetCritere("À l’envers", (code,), "hausse")])
    une_cohorte_de_la_bibliotheque([ProjetCritere("À l’endroit", (code,), "baisse")])


def test_more_lonely_is_a_step_back_on_the_page(client):
    """Twenty of thirty feel lonelier, six less: undeclared, and the module knows."""
    criteres = [ProjetCritere("Légumes secs", ("a3",), "hausse")]
    cohorte, par = une_cohorte_de_la_bibliotheque(criteres, cartes=36)
    for carte in Carte.objects.order_by("numero"):
        carte.cohorte = cohorte
        repondre(carte, Rang.ENTREE, {"a3": "2", "li4": "2"})
        apres = "3" if carte.numero <= 20 else "1" if carte.numero <= 26 else "2"
        repondre(carte, Rang.SORTIE, {"a3": "3" if carte.numero < 20 else "2", "li4": apres})
    finir(cohorte)
    fait = arreter_changement(cohorte=cohorte, rang=Rang.SORTIE, par=par)
    lecture = lire(fait.contenu, fait.nombre, fait.arrete_le)
    seule = next(c for c in lecture.autres if c.code == "li4")
    assert seule.sens == "moins, c’est mieux"
    # Which count is told less narrowly, beside the silence, is drawn by the key of the cohort.
    assert re.search(
        r"(6|moins de 7) progressent, .*, (20|entre 16 et 20) reculent", seule.phrases[0]
    )
    net = r"le recul concerne (14|entre 10 et 14|entre 14 et 20) familles"
    assert any(re.search(net, phrase) for phrase in seule.phrases), seule.phrases
    client.force_login(par)
    page = client.get(f"/espace/changements/{cohorte.pk}/3/").content.decode()
    assert page.count("moins, c’est mieux") >= 1


def test_a_question_that_nobody_gave_a_direction_is_told_without_any():
    """« Avez-vous un jardin ? » is of no module: more is not better, nor a gain."""
    par, cohorte = builders.un_compte(), une_cohorte(cartes=36)
    for carte in Carte.objects.order_by("numero"):
        carte.cohorte = cohorte
        for rang, jours in ((Rang.ENTREE, "1"), (Rang.SORTIE, "3" if carte.numero < 25 else "0")):
            repondre(carte, rang, {"a3": "2", "a11": jours})
    finir(cohorte)
    fait = arreter_changement(cohorte=cohorte, rang=Rang.SORTIE, par=par)
    lecture = lire(fait.contenu, fait.nombre, fait.arrete_le)
    critere = next(c for c in lecture.autres if c.code == "a11")
    dit = " ".join(critere.phrases)
    assert "la réponse augmente pour" in dit
    assert critere.sens == ""
    colonnes = [colonne.libelle for colonne in critere.tableau.colonnes]
    for jamais in ("progress", "gain", "mieux", "recul"):
        assert jamais not in dit.lower()
        assert not any(jamais in libelle.lower() for libelle in colonnes)


def test_a_report_printed_the_other_way_round_is_read_the_other_way_round():
    critere = {
        "code": "li4", "questions": ["li4"], "baisse": False, "montre": True,
        "connus": {"progressent": [20, 20], "stables": [10, 10], "reculent": [6, 6], "manquent": [0, 0]},
    }  # fmt: skip
    places = {("c", 2, case): n for n, case in enumerate(critere["connus"])}
    dits = {
        baisse: {
            e.trait: e.bas
            for e in enonces({"criteres": [critere]}, 2, ["li4"], places, baisse=baisse)
        }
        for baisse in (False, True)
    }
    assert dits[False] == {0: 20, 1: 10, 2: 6, 3: 0}
    assert dits[True] == {2: 20, 1: 10, 0: 6, 3: 0}


def test_a_card_without_continuation_is_in_no_pair():
    """Its page says so: it counts at each wave, never in the change."""
    par, cohorte = builders.un_compte(), une_cohorte(cartes=12)
    declarer_rupture(cohorte=cohorte, a_partir=13, par=par)
    for carte in Carte.objects.order_by("numero"):
        carte.cohorte = cohorte
        repondre(carte, Rang.ENTREE, {"a3": "1"})
        repondre(carte, Rang.SORTIE, {"a3": "2"})
    finir(cohorte)
    fait = arreter_changement(cohorte=cohorte, rang=Rang.SORTIE, par=par)
    assert fait.nombre == 12
    assert fait.contenu["par_vague"][0] == ["entrée", 12]
