"""Yes/no outcomes: before and after as one table of pairs, and what two reports must not tell."""

import csv
from io import StringIO

import pytest

from analyses.actions.changements import arreter_changement
from analyses.changements.lecture import lire
from analyses.models import Changement
from enquetes.actions.suivi.cohortes import ProjetCritere
from enquetes.models import Carte, Cohorte, Rang
from tests import builders
from tests.suivi import finir, repondre, une_cohorte
from voix.comptes.roles import Role

pytestmark = pytest.mark.django_db

ENTREE_OUI, DEVIENNENT_OUI, DEVIENNENT_NON = 20, 16, 7


@pytest.fixture
def jardins() -> Cohorte:
    """Sixty families: twenty had a garden, sixteen get one, seven lose theirs, one leaves at exit."""
    criteres = [
        ProjetCritere("Avoir un jardin", ("oui1",), "hausse"),
        ProjetCritere("Légumes secs", ("a3",), "hausse"),
    ]
    cohorte = une_cohorte(cartes=60, criteres=criteres)
    for carte in Carte.objects.order_by("numero"):
        carte.cohorte = cohorte
        numero = carte.numero
        avant = numero <= ENTREE_OUI
        change = numero <= DEVIENNENT_NON if avant else numero <= ENTREE_OUI + DEVIENNENT_OUI
        apres = avant != change
        mots = {True: "oui", False: "non"}
        repondre(carte, Rang.ENTREE, {"oui1": mots[avant], "a3": "1"})
        repondre(carte, Rang.MI_PARCOURS, {"oui1": mots[avant], "a3": "1"})
        if numero != 60:
            repondre(carte, Rang.SORTIE, {"oui1": mots[apres], "a3": "1"})
    finir(cohorte)
    return cohorte


def test_before_and_after_are_told_in_words_with_both_intervals(jardins, client):
    par = builders.un_compte(Role.EVALUATION, email="eval@exemple.fr")
    fait = arreter_changement(cohorte=jardins, rang=Rang.SORTIE, par="commande")
    critere = fait.contenu["criteres"][0]
    vrais = {"oui_oui": 13, "oui_non": 7, "non_oui": 16, "non_non": 23, "manquent": 0}
    for case, vrai in vrais.items():
        bas, haut = critere["couples"][case]
        assert bas <= vrai <= haut
    lecture = lire(fait.contenu, fait.nombre, fait.arrete_le)
    dites = " ".join(lecture.declares[0].phrases)
    assert "Répondent oui" in dites
    assert "à l’entrée" in dites
    assert [c.libelle for c in lecture.declares[0].tableau.colonnes][:2] == [
        "Oui les deux fois",
        "Oui, puis non",
    ]
    client.force_login(par)
    annexe = client.get(f"/espace/changements/{jardins.pk}/3/annexe.csv").content
    ligne = next(csv.DictReader(StringIO(annexe.decode("utf-8-sig")), delimiter=";"))
    bas, haut = (
        float(ligne[nom].replace(",", "."))
        for nom in ("newcombe_bas_pourcent", "newcombe_haut_pourcent")
    )
    assert bas < 100 * 9 / 59 < haut


def entrees_dites(fait: Changement) -> set[str]:
    """Return the outcomes of which a report tells where somebody started."""
    couples = {c["code"] for c in fait.contenu["criteres"] if c.get("couples")}
    moyennes = {c["code"] for c in fait.contenu["criteres"] if c.get("moyennes")}
    return couples | moyennes | {d["code"] for d in fait.contenu["departs"]}


def test_two_reports_do_not_tell_together_how_the_family_between_them_started(jardins):
    """The attack: sixty pairs, then fifty-nine; « oui » at entrée, subtracted, is one answer."""
    dits = [
        entrees_dites(arreter_changement(cohorte=jardins, rang=rang, par="commande"))
        for rang in (Rang.MI_PARCOURS, Rang.SORTIE)
    ]
    assert dits[1]
    assert not set.intersection(*dits)


def test_one_report_does_not_tell_twice_where_its_families_started(jardins):
    """The attack: the starting half counts who skipped the second question, the pairs do not."""
    fait = arreter_changement(cohorte=jardins, rang=Rang.SORTIE, par="commande")
    couples = {c["code"] for c in fait.contenu["criteres"] if c.get("couples")}
    assert couples
    assert not couples & {d["code"] for d in fait.contenu["departs"]}


def test_fewer_is_better_turns_the_split_and_not_the_answers():
    criteres = [ProjetCritere("Avoir un jardin", ("oui1",), "baisse")]
    cohorte = une_cohorte(cartes=40, criteres=criteres)
    for carte in Carte.objects.order_by("numero"):
        carte.cohorte = cohorte
        repondre(carte, Rang.ENTREE, {"oui1": "oui" if carte.numero <= 30 else "non"})
        repondre(carte, Rang.SORTIE, {"oui1": "oui" if carte.numero <= 10 else "non"})
    finir(cohorte)
    fait = arreter_changement(cohorte=cohorte, rang=Rang.SORTIE, par="commande")
    critere = fait.contenu["criteres"][0]
    assert critere["couples"]["oui_non"] == critere["connus"]["progressent"]
    assert critere["couples"]["oui_non"][1] >= 20
    assert critere["nette"][0][0] > 0
    assert critere["couples"]["newcombe"][1] < 0
