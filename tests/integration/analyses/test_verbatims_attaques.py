"""The queue of free texts attacked: names of the project, other languages, what stays behind (§7)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from analyses.actions.relectures import reformuler_verbatim, valider_verbatim
from analyses.actions.verbatims import liberer_lots, preparer_relecture
from analyses.models import Acteur, EtatVerbatim, Verbatim
from enquetes.models import Enveloppe, FeuilleSaisie, Passation, Rang
from tests import builders
from tests.suivi import DEFINITION, repondre, un_projet_de_cohorte, une_cohorte
from voix.commun.erreurs import EtatIncompatible, SaisieInvalide
from voix.comptes.models import Compte
from voix.comptes.roles import Role

from .verbatims import TEXTES, prepares, relire_deux_fois, une_collecte_ecrite, une_lectrice

pytestmark = pytest.mark.django_db

E = EtatVerbatim


@pytest.fixture
def deux():
    """Return two readers of two structures."""
    return une_lectrice("ada@exemple.fr", "CCAS"), une_lectrice("bea@exemple.fr", "Épicerie")


# Names of the project


def test_the_names_of_the_project_are_masked_whatever_they_look_like(deux):
    collecte, par = une_collecte_ecrite(nombre=0)
    builders.une_structure(collecte.territoire, "Le Panier Vert")
    Acteur.objects.create(
        nom="Maraîchers du Bois", type="association", territoire=collecte.territoire
    )
    paula = builders.un_compte(role=Role.DIETETIQUE, email="dt@exemple.fr")
    Compte.objects.filter(pk=paula.pk).update(nom="Paula Vandamme")
    textes = [
        "le panier vert ferme trop tôt",
        "les légumes des maraichers du bois sont bons",
        "vandamme explique bien",
        "un panier de légumes verts",
    ]
    for texte in textes:
        builders.des_passations(collecte, 1, reponses={"avis": texte})
    lus = {original: v.texte for original, v in prepares(collecte, par, *deux).items()}
    assert list(map(lus.get, textes)) == [
        "[structure] ferme trop tôt",
        "les légumes des [structure] sont bons",
        "[nom] explique bien",
        "un panier de légumes verts",
    ]


# Another language


def test_a_text_in_another_language_never_leaves_in_it(deux):
    collecte, par = une_collecte_ecrite()
    builders.des_passations(collecte, 1, reponses={"avis": "Хліб завжди черствий, дякую"})
    texte = prepares(collecte, par, *deux)["Хліб завжди черствий, дякую"]
    with pytest.raises(EtatIncompatible, match="pas en français"):
        valider_verbatim(verbatim=texte, tour=1, par=deux[0])
    with pytest.raises(SaisieInvalide, match="en français"):
        reformuler_verbatim(verbatim=texte, tour=1, texte="Хліб черствий", par=deux[0])
    dit = reformuler_verbatim(
        verbatim=texte, tour=1, texte="Le pain est toujours sec, merci à Olena", par=deux[0]
    )
    assert (dit.etat, dit.texte) == (E.REFORMULE, "Le pain est toujours sec, merci à [prénom]")
    assert valider_verbatim(verbatim=dit, tour=2, par=deux[1]).etat == E.PUBLIABLE


# What was received goes from the answers too


def test_thirty_days_after_the_decision_the_text_is_nowhere(deux):
    """The attack of whoever reads the database: answers, sealed copy, and what was typed twice."""
    collecte, par = une_collecte_ecrite()
    par_original = prepares(collecte, par, *deux)
    texte, autre = par_original[TEXTES[0]], par_original[TEXTES[2]]
    passation = Passation.objects.get(pk=texte.passation_id)
    passation.reponses |= {"venu": "oui"}
    passation.save()
    Enveloppe.objects.create(
        pk=passation.pk, acces=passation.acces, empreinte="0" * 64, brute="scellé",
        jour=timezone.localdate(), etat="ouverte",
    )  # fmt: skip
    FeuilleSaisie.objects.create(
        seance=builders.une_seance(collecte, par), numero=1, passation=passation,
        saisie_le=timezone.localdate(), tiree=True, seconde_le=timezone.localdate(),
        premiere={"reponses": dict(passation.reponses), "illisibles": []},
        seconde={"reponses": dict(passation.reponses), "illisibles": []},
    )  # fmt: skip
    relire_deux_fois(texte, *deux)
    Verbatim.objects.filter(pk=texte.pk).update(
        decide_le=timezone.localdate() - timedelta(days=30)
    )
    call_command("purger_verbatims")
    passation.refresh_from_db()
    assert passation.reponses == {"venu": "oui"}
    assert Enveloppe.objects.get().brute == ""
    feuille = FeuilleSaisie.objects.get()
    assert feuille.premiere["reponses"] == feuille.seconde["reponses"] == {"venu": "oui"}
    assert "Lina" not in str(list(Verbatim.objects.filter(pk=texte.pk).values()))
    assert Passation.objects.get(pk=autre.passation_id).reponses == {"avis": TEXTES[2]}
    assert preparer_relecture(nom=collecte.nom, par=par) == 0


def test_texts_of_a_followed_family_never_leave(deux):
    """Four waves would put four texts of one person side by side: a wave is counted by nobody."""
    question = {"code": "avis", "type": "texte_long", "texte": {"fr": "Votre avis ?"}}
    definition = DEFINITION | {
        "code": "suivi-texte",
        "pages": [*DEFINITION["pages"], {"code": "avis", "questions": [question]}],
    }
    vagues = [
        replace(vague, version=builders.une_version(definition))
        for vague in un_projet_de_cohorte().vagues
    ]
    par = builders.un_compte()
    cohorte = une_cohorte(par=par, cartes=12, vagues=vagues)
    collecte = cohorte.vague(Rang.ENTREE).collecte
    for carte in cohorte.cartes.all():
        repondre(carte, Rang.ENTREE, {"a3": "1", "avis": f"plus de légumes {carte.numero}"})
    for texte in prepares(collecte, par, *deux).values():
        relire_deux_fois(texte, *deux)
    assert Verbatim.objects.filter(etat=E.PUBLIABLE).count() == 12
    with pytest.raises(EtatIncompatible, match="Rien ne peut"):
        liberer_lots(nom=collecte.nom, par=par)
