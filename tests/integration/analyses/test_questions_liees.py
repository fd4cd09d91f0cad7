"""A question asked after a « yes », published beside it: the attack of a reader who subtracts."""

import numpy as np
import pytest
from django.utils import timezone

from analyses.actions.clotures import projeter, publier_releve
from analyses.actions.demandes import profils_de, questions_de
from analyses.actions.plans import choisir_plan, plan_en_vigueur
from analyses.actions.verification import verifier_registre
from analyses.extraction.lecture import colonnes_de
from analyses.extraction.personnes import personnes
from analyses.models import Cellule, Publication
from enquetes.actions.collectes import arreter_releve
from tests import builders

pytestmark = pytest.mark.django_db

RAISONS = ("prix", "attente", "loin")
MAISONS = {"Le Marché": (40, 18, 1), "Le Pont": (36, 14, 3), "La Halle": (44, 20, 2)}
"""By house: how many answered, said yes, and then gave no reason."""


def page(code, **question):
    return {"code": code, "questions": [{"code": code, "texte": {"fr": f"{code} ?"}} | question]}


DEFINITION = {
    "format": "voix-questionnaire/1",
    "code": "soins",
    "titre": {"fr": "Vos soins"},
    "langues": ["fr"],
    "pages": [
        page("renonce", type="oui_non", profil="ordinaire"),
        page(
            "pourquoi",
            type="choix_unique",
            choix=[{"code": c, "texte": {"fr": c}} for c in RAISONS],
        )
        | {"si": {"q": "renonce", "eq": "oui"}},
    ],
}


@pytest.fixture
def publiee():
    collecte = builders.une_collecte_ouverte(version=builders.une_version(DEFINITION), nom="soins")
    hasard = np.random.default_rng(4)
    for nom, (n, oui, muets) in MAISONS.items():
        maison = builders.une_structure(collecte.territoire, nom=nom)
        for rang in range(n):
            dites = {"renonce": "oui" if rang < oui else "non"}
            if muets <= rang < oui:
                dites["pourquoi"] = str(hasard.choice(RAISONS, p=[0.5, 0.4, 0.1]))
            builders.des_passations(collecte, 1, structure=maison, reponses=dites)
    choisir_plan(collecte=collecte, croisements=[["structure"]], par="essai")
    releve = arreter_releve(collecte=collecte, par=builders.un_compte(email="c@exemple.fr"))
    publier_releve(releve_id=releve.pk, par="essai")
    return Publication.objects.get(collecte=collecte)


def montre(publication, question, code):
    """Return the interval that is shown of an answer, by group."""
    lues = Cellule.objects.filter(
        population__publication=publication, question=question, reponse=code
    )
    return {c.population.predicat: (c.bas, c.haut) for c in lues.select_related("population")}


def test_who_said_yes_and_gave_no_reason_cannot_be_counted(publiee):
    oui = montre(publiee, "renonce", "oui")
    silence = montre(publiee, "pourquoi", "_sr")
    tailles = montre(publiee, "", "")
    assert set(oui) == set(silence)
    assert len(oui) > len(MAISONS)
    for groupe, (bas, haut) in oui.items():
        n = tailles[groupe][0]
        muets = (bas - (n - silence[groupe][0]), haut - (n - silence[groupe][1]))
        assert muets[0] >= 5 or muets[1] - muets[0] >= 4, (groupe, muets)


def test_both_questions_have_the_stricter_profile_and_the_night_watch_agrees(publiee):
    collecte = publiee.collecte
    profils = profils_de(collecte, colonnes_de(collecte))
    assert profils == {"renonce": "sensible", "pourquoi": "sensible"}
    assert verifier_registre(par="essai").fautes == []


def test_two_questions_asked_after_the_same_yes_are_told_of_each_other():
    """As the engine is given them at a closing: « combien » needs a second yes."""
    oui = {"q": "renonce", "eq": "oui"}
    suites = [
        page("encore", type="oui_non"),
        page("combien", type="oui_non") | {"si": {"all": [oui, {"q": "encore", "eq": "oui"}]}},
    ]
    definition = DEFINITION | {"code": "soins2", "pages": [*DEFINITION["pages"], *suites]}
    par = builders.un_compte(email="d@exemple.fr")
    collecte = builders.une_collecte_ouverte(
        par=par, version=builders.une_version(definition), nom="soins2"
    )
    plan = plan_en_vigueur(collecte=collecte, par=par)
    projet = projeter(
        collecte, timezone.localdate(), plan, personnes(collecte, timezone.localdate())
    )
    liens = {q.nom: q.lien for q in questions_de(projet) if q.lien}
    soeurs = {nom: [soeur.nom for soeur in lien.soeurs] for nom, lien in liens.items()}
    assert soeurs == {"pourquoi": ["combien"], "combien": ["pourquoi"]}
    assert liens["pourquoi"].soeurs[0].posees == {("oui",)}
