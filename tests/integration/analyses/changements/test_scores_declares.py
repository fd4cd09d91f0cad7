"""An official scale through a whole cohort: its score is judged, its questions are not printed (ADR 0090)."""

from dataclasses import replace

import pytest

from analyses.actions.changements import arreter_changement
from analyses.changements.lecture import lire
from enquetes.actions.suivi.cartes import emettre_cartes
from enquetes.actions.suivi.cohortes import (
    ProjetCritere,
    creer_cohorte,
    criteres_possibles,
    declarer_criteres,
)
from enquetes.bibliotheque.echelles import definition_de, gabarits
from enquetes.forms.suivi import SEPARATEUR
from enquetes.models import Carte, Rang
from tests import builders
from tests.suivi import finir, repondre, un_projet_de_cohorte, une_cohorte
from voix.commun.erreurs import SaisieInvalide

pytestmark = pytest.mark.django_db
SCORE = ("@echelle",)
FAMILLES = 40


def une_echelle(code: str):
    """Return a published scale, every text pasted and its source confirmed."""
    textes = {e.code: f"Texte {n}" for n, e in enumerate(gabarits()[code].emplacements)}
    definition = definition_de(gabarits()[code], textes, source="Guide, page 12")
    return builders.une_version(definition | {"titre": {"fr": definition["titre"]}})


def suivre(code: str, criteres, cartes: int = 0):
    """Return a cohort that answers one scale at its four waves."""
    par, projet, version = builders.un_compte(), un_projet_de_cohorte(), une_echelle(code)
    vagues = [replace(vague, version=version) for vague in projet.vagues]
    cohorte = creer_cohorte(projet=replace(projet, vagues=vagues, criteres=criteres), par=par)
    if cartes:
        emettre_cartes(cohorte=cohorte, nombre=cartes, a_partir=1, par=par)
    return cohorte, par


def test_the_score_of_a_scale_is_judged_and_its_questions_are_not_printed(client):
    """Of forty families, thirty answer better everywhere, four worse, six the same."""
    cohorte, par = suivre("who5", [ProjetCritere("Score WHO-5", SCORE, "hausse")], FAMILLES)
    for carte in Carte.objects.order_by("numero"):
        carte.cohorte = cohorte
        mieux = 1 if carte.numero <= 30 else -1 if carte.numero <= 34 else 0
        for rang, valeur in ((Rang.ENTREE, 2), (Rang.SORTIE, 2 + mieux)):
            repondre(carte, rang, {f"who5_{n}": str(valeur) for n in range(1, 6)})
    finir(cohorte)
    fait = arreter_changement(cohorte=cohorte, rang=Rang.SORTIE, par=par)
    montres = {c["code"] for c in fait.contenu["criteres"] if c["montre"]}
    assert montres == {"critere1"}
    (lu,) = lire(fait.contenu, fait.nombre, fait.arrete_le).declares
    assert "Évolution nette" in lu.verdict
    assert "WHO-5" in lu.mesure
    assert "Guide, page 12" in lu.mesure
    assert fait.contenu["departs"] == []
    client.force_login(par)
    texte = client.get(f"/espace/changements/{cohorte.pk}/3/").content.decode()
    assert "Texte 1" not in texte.split("Ce que nous avons retenu")[0]


def test_a_score_goes_the_way_its_scale_says():
    with pytest.raises(SaisieInvalide, match="moins, c’est mieux"):
        suivre("fies", [ProjetCritere("Score FIES", SCORE, "hausse")])
    cohorte, _ = suivre("fies", [ProjetCritere("Score FIES", SCORE, "baisse")])
    assert cohorte.criteres.get().questions == ["@echelle"]


def test_a_score_and_one_of_its_questions_are_never_both_declared(client):
    cohorte, par = suivre("who5", [ProjetCritere("Score WHO-5", SCORE, "hausse")])
    version = cohorte.vague(Rang.ENTREE).collecte.version.lue()
    assert SCORE in criteres_possibles(version, version)
    deux = [
        ProjetCritere("Score WHO-5", SCORE, "hausse"),
        ProjetCritere("Texte 1", ("who5_1",), "hausse"),
    ]
    autre = une_cohorte(par=par, cartes=0)
    cuisine = [
        ProjetCritere("Cuisiner", ("cu1", "cu2", "cu3"), "hausse"),
        ProjetCritere("Restes", ("cu2",), "hausse"),
    ]
    for cible, criteres in ((cohorte, deux), (autre, cuisine)):
        with pytest.raises(SaisieInvalide, match=r"commun|posé"):
            declarer_criteres(cohorte=cible, criteres=criteres, par=par)
    client.force_login(par)
    donnees = {
        "critere_1": SEPARATEUR.join(("cu1", "cu2", "cu3")),
        "sens_1": "hausse",
        "critere_2": "cu2",
        "sens_2": "hausse",
    }
    donnees |= {f"sens_{n}": "hausse" for n in range(3, 6)}
    page = client.post(f"/espace/suivi/{autre.pk}/criteres/", donnees)
    assert "une question en commun" in page.content.decode().replace("\u00a0", " ")


def test_a_scale_for_entree_only_is_no_measure_of_change():
    version = une_echelle("epices").lue()
    assert SCORE not in criteres_possibles(version, version)
