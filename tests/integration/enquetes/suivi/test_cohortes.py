"""A cohort is declared, locked by the database, and its link is cut."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from enquetes.actions import quarantaine
from enquetes.actions.collectes import arreter_releve, clore_collecte
from enquetes.actions.retention import purger_reponses
from enquetes.actions.suivi.cartes import carte_de_code, passation_de
from enquetes.actions.suivi.cohortes import (
    ProjetCritere,
    creer_cohorte,
    criteres_possibles,
    declarer_criteres,
)
from enquetes.actions.suivi.coupure import couper_lien
from enquetes.bibliotheque import lire
from enquetes.models import Carte, Cohorte, Collecte, Critere, Enveloppe, Passation, Rang
from enquetes.parcours.lecture import definition_depuis
from tests import builders
from tests.boite import enveloppe, envoyer, poser_la_cle
from tests.suivi import repondre, un_projet_de_cohorte, une_carte, une_cohorte
from voix.commun.cles import CleDetruite
from voix.commun.erreurs import AccesRefuse, EtatIncompatible, SaisieInvalide
from voix.comptes.models import Trace
from voix.comptes.roles import Role

pytestmark = pytest.mark.django_db


def test_a_cohort_has_four_waves_each_open_within_its_days():
    cohorte = une_cohorte()
    aujourdhui = timezone.localdate()
    ouvertes = [v.get_rang_display() for v in cohorte.vagues.all() if v.est_ouverte(aujourdhui)]
    assert cohorte.vagues.count() == 4
    assert ouvertes == ["entrée"]
    assert Trace.objects.filter(verbe="creer_cohorte").count() == 1


def test_pressing_twice_makes_one_cohort():
    projet, par = un_projet_de_cohorte(), builders.un_compte()
    assert creer_cohorte(projet=projet, par=par) == creer_cohorte(projet=projet, par=par)
    assert Collecte.objects.count() == 4


@pytest.mark.parametrize("role", [Role.AMBASSADEUR, Role.EVALUATION])
def test_other_roles_follow_nobody(role):
    with pytest.raises(AccesRefuse):
        creer_cohorte(projet=un_projet_de_cohorte(), par=builders.un_compte(role=role))


def test_the_dietician_of_another_place_is_refused():
    ailleurs = builders.un_territoire("32")
    par = builders.un_compte(Role.DIETETIQUE, ailleurs, "loin@exemple.fr")
    with pytest.raises(AccesRefuse):
        creer_cohorte(projet=un_projet_de_cohorte(), par=par)
    assert not Cohorte.visibles_par(par).exists()


@pytest.mark.parametrize(
    ("changement", "mot"),
    [
        ({"criteres": []}, "entre 1 et 5"),
        ({"criteres": [ProjetCritere("Inconnu", ("zzz",), "hausse")]}, "même façon"),
        ({"coupe_le": timezone.localdate()}, "coupé avant la fin"),
        ({"effectif": 0}, "nombre de familles"),
        ({"vagues": []}, "quatre vagues"),
    ],
)
def test_what_does_not_hold_together_is_refused_with_what_to_do(changement, mot):
    with pytest.raises(SaisieInvalide, match=mot):
        creer_cohorte(projet=un_projet_de_cohorte(**changement), par=builders.un_compte())


@pytest.mark.parametrize(("jours", "tient"), [(10, True), (11, False)])
def test_a_cohort_whose_first_wave_is_over_is_refused(jours, tient):
    """Nobody could answer it, and its first day never moves: no change would ever be read."""
    projet = un_projet_de_cohorte()
    entree = projet.vagues[0]
    passes = timedelta(days=jours)
    passee = replace(
        entree,
        cible=entree.cible - passes,
        ouvre_le=entree.ouvre_le - passes,
        ferme_le=entree.ferme_le - passes,
    )
    projet = replace(projet, vagues=[passee, *projet.vagues[1:]])
    if tient:
        creer_cohorte(projet=projet, par=builders.un_compte())
        assert Cohorte.objects.count() == 1
        return
    with pytest.raises(SaisieInvalide, match="déjà finie"):
        creer_cohorte(projet=projet, par=builders.un_compte())
    assert not Cohorte.objects.exists()


def test_more_than_five_outcomes_are_refused_by_the_database_too():
    cohorte = une_cohorte()
    with pytest.raises(DatabaseError), transaction.atomic():
        Critere.objects.create(
            cohorte=cohorte, rang=6, libelle="x", questions=["a3"], sens="hausse"
        )


def test_outcomes_change_before_the_first_exit_answer_and_never_after():
    par = builders.un_compte()
    cohorte = une_cohorte(par=par, vague_du_jour=Rang.SORTIE)
    nouveaux = [ProjetCritere("Cuisiner", ("a11",), "hausse")]
    declarer_criteres(cohorte=cohorte, criteres=nouveaux, par=par)
    assert [c.libelle for c in cohorte.criteres.all()] == ["Cuisiner"]
    repondre(Carte.de(cohorte, 1), Rang.SORTIE, {"a3": "2"})
    with pytest.raises(EtatIncompatible):
        declarer_criteres(cohorte=cohorte, criteres=nouveaux, par=par)


@pytest.mark.parametrize("geste", ["insert", "update", "delete"])
def test_the_database_itself_locks_the_outcomes(geste):
    cohorte = une_cohorte(vague_du_jour=Rang.SORTIE)
    repondre(Carte.de(cohorte, 1), Rang.SORTIE, {"a3": "2"})
    gestes = {
        "insert": lambda: Critere.objects.create(
            cohorte=cohorte, rang=3, libelle="x", questions=["a11"], sens="hausse"
        ),
        "update": lambda: cohorte.criteres.update(sens="baisse"),
        "delete": lambda: cohorte.criteres.all().delete(),
    }
    with pytest.raises(DatabaseError, match="locked"), transaction.atomic():
        gestes[geste]()
    assert cohorte.criteres.filter(sens="hausse").count() == 2


def test_only_what_both_waves_ask_in_an_order_can_be_judged():
    lue = builders.une_version().lue()
    version = un_projet_de_cohorte().vagues[0].version.lue()
    assert criteres_possibles(version, lue) == {}
    possibles = criteres_possibles(version, version)
    assert ("cu1", "cu2", "cu3") in possibles
    assert ("oui1",) in possibles


def test_questions_read_together_have_a_name():
    """« 6 questions ensemble, dont… » named one of them and said nothing of what they are."""
    fourni = definition_depuis(lire("suivi-entree"))
    cuisine = tuple(f"cu{n}" for n in range(1, 7))
    nom = "Cuisiner à la maison (6 questions lues ensemble)"
    assert criteres_possibles(fourni, fourni)[cuisine] == nom
    version = un_projet_de_cohorte().vagues[0].version.lue()
    dit = criteres_possibles(version, version)["cu1", "cu2", "cu3"]
    assert dit.startswith("3 questions lues ensemble\u00a0: Sauriez-vous cuisiner un légume")
    assert "/ Sauriez-vous lire une étiquette" in dit
    assert len(dit) <= 200


def test_a_wave_is_not_counted_by_itself():
    par = builders.un_compte()
    collecte = une_cohorte(par=par).vague(Rang.ENTREE).collecte
    for geste in (arreter_releve, clore_collecte):
        with pytest.raises(EtatIncompatible, match="vague d’un suivi"):
            geste(collecte=collecte, par=par)


def test_cutting_the_link_destroys_the_key_and_closes_the_waves(
    django_capture_on_commit_callbacks,
):
    par = builders.un_compte()
    cohorte = une_cohorte(par=par)
    code = une_carte(cohorte).code
    carte = carte_de_code(code)
    with django_capture_on_commit_callbacks(execute=True):
        couper_lien(cohorte=cohorte, par=par)
    assert carte_de_code(code) is None
    assert not Carte.objects.filter(empreinte__isnull=False).exists()
    assert not Collecte.objects.filter(etat="ouverte").exists()
    with pytest.raises(CleDetruite):
        passation_de(carte, cohorte.vague(Rang.ENTREE))


@pytest.mark.parametrize("decidee", [False, True])
def test_answers_in_quarantine_do_not_keep_the_link_from_being_cut(client, decidee):
    """What waits keeps the fingerprint of its card, and an emptied copy may keep none."""
    poser_la_cle()
    par, cohorte = builders.un_compte(), une_cohorte(cartes=0)
    acces = builders.lien_principal(cohorte.vague(Rang.ENTREE).collecte)
    fausses = {"champs": {"a3": ["77"]}, "langue": "fr", "lien": acces.jeton}
    fausses["carte"] = une_carte(cohorte).code
    envoyer(client, [enveloppe(acces, contenu=fausses)], acces.jeton)
    assert Enveloppe.objects.get().code_effacement
    if decidee:
        quarantaine.ecarter(enveloppe=Enveloppe.objects.get(), raison="Essai.", par=par)
    client.force_login(par)
    assert client.post(reverse("enquetes:couper_lien", args=[cohorte.pk])).status_code == 302
    cohorte.refresh_from_db()
    assert cohorte.est_coupee
    copie = Enveloppe.objects.get()
    assert (copie.etat, copie.brute, copie.code_effacement) == ("sans_suite", "", "")


def test_the_nightly_purge_cuts_links_on_their_day_and_not_before(
    django_capture_on_commit_callbacks,
):
    cohorte = une_cohorte()
    with django_capture_on_commit_callbacks(execute=True):
        purger_reponses(au=cohorte.coupe_le - timedelta(days=1), par="essai")
        cohorte.refresh_from_db()
        assert not cohorte.est_coupee
        purger_reponses(au=cohorte.coupe_le, par="essai")
    cohorte.refresh_from_db()
    assert cohorte.est_coupee


def test_nothing_in_the_database_links_a_card_to_an_answer(settings):
    """The attack: a copy of the database, without the keys. No value of one is in the other."""
    cohorte = une_cohorte(cartes=3)
    identifiant = repondre(Carte.de(cohorte, 2), Rang.ENTREE, {"a3": "2"})
    carte = Carte.de(cohorte, 2)
    valeurs = {str(v) for v in Carte.objects.filter(pk=carte.pk).values_list()[0]}
    passation = Passation.objects.get(pk=identifiant)
    assert identifiant.hex not in "".join(valeurs)
    assert carte.empreinte not in str(Passation.objects.filter(pk=passation.pk).values()[0])
    cle = Path(settings.DOSSIER_DONNEES) / "cles" / cohorte.cle.hex
    assert cle.stat().st_mode & 0o077 == 0


def test_two_cohorts_of_one_name_are_refused_by_the_database_too():
    """Whatever writes them: cards, lists and reports of the two would be mixed up (ADR 0176)."""
    cohorte = une_cohorte(cartes=0)
    lignes = {"structure": cohorte.structure, "territoire": cohorte.territoire, "effectif": 70}
    with pytest.raises(IntegrityError), transaction.atomic():
        Cohorte.objects.create(
            titre=cohorte.titre.upper(),
            coupe_le=cohorte.coupe_le,
            creee_par=cohorte.creee_par,
            **lignes,
        )
    assert Cohorte.objects.count() == 1
