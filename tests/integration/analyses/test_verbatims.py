"""The queue of free texts: states, separation of roles, batches, forgetting (confidentialité §7)."""

import random
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from analyses.actions.relectures import (
    attester_presence,
    reformuler_verbatim,
    refuser_verbatim,
    valider_verbatim,
)
from analyses.actions.verbatims import LOT_MIN, liberer_lots, oublier_originaux, preparer_relecture
from analyses.extraction.verbatims import file_de, lots_de, questions_libres
from analyses.models import EtatVerbatim, LotVerbatims, Relecture, Verbatim
from enquetes.actions.effacements import effacer_par_code
from enquetes.actions.passations import code_effacement, terminer_passation
from enquetes.models import Passation, Seance
from tests import builders
from voix.commun.erreurs import AccesRefuse, EtatIncompatible, SaisieInvalide
from voix.comptes.models import Trace
from voix.comptes.roles import Role

from .verbatims import TEXTES, prepares, relire_deux_fois, une_collecte_ecrite, une_lectrice

pytestmark = pytest.mark.django_db

E = EtatVerbatim


@pytest.fixture
def deux():
    """Return two readers of two structures."""
    return une_lectrice("ada@exemple.fr", "CCAS"), une_lectrice("bea@exemple.fr", "Épicerie")


def test_texts_are_taken_once_and_masked_by_type():
    collecte, par = une_collecte_ecrite()
    textes = prepares(collecte, par)
    assert set(textes) == set(TEXTES)
    assert {v.etat for v in textes.values()} == {E.MASQUE_PROPOSE}
    assert textes[TEXTES[0]].texte == "Ma fille [prénom] aime les légumes"
    assert textes[TEXTES[3]].texte == "Appelez-moi au [téléphone]"
    assert textes[TEXTES[4]].texte == "J’habite à [lieu] c’est loin"
    assert preparer_relecture(nom=collecte.nom, par=par) == 0
    assert Verbatim.objects.count() == len(TEXTES)


def test_words_typed_beside_a_choice_are_texts_too():
    collecte, _ = une_collecte_ecrite()
    assert [q.cle for q in questions_libres(collecte)] == ["avis", "venu.precision"]


def test_a_later_text_joins_the_queue_and_drafts_do_not():
    collecte, par = une_collecte_ecrite()
    prepares(collecte, par)
    builders.des_passations(collecte, 1, reponses={"avis": "Encore un"})
    builders.des_passations(collecte, 1, reponses={"avis": "Brouillon"}, etat="brouillon")
    builders.des_passations(collecte, 1, reponses={"avis": "   "})
    assert preparer_relecture(nom=collecte.nom, par=par) == 1


def test_two_readers_of_two_structures_make_a_text_ready(deux):
    collecte, par = une_collecte_ecrite()
    texte = prepares(collecte, par, *deux)[TEXTES[2]]
    une = valider_verbatim(verbatim=texte, tour=1, par=deux[0])
    assert (une.etat, une.decide_le) == (E.VALIDE_1, None)
    autre = valider_verbatim(verbatim=une, tour=1, par=deux[1])
    assert (autre.etat, autre.decide_le) == (E.PUBLIABLE, timezone.localdate())
    assert Relecture.objects.filter(verbatim=texte).count() == 2
    verbes = Trace.objects.filter(objet_id=str(texte.pk)).values_list("verbe", flat=True)
    assert list(verbes) == ["valider_verbatim"] * 2
    assert not any(TEXTES[2] in str(trace.details) for trace in Trace.objects.all())


def test_the_second_reader_of_a_sensitive_question_is_of_another_structure(deux):
    collecte, par = une_collecte_ecrite()
    collegue = une_lectrice("cloe@exemple.fr", "CCAS")
    texte = prepares(collecte, par, *deux, collegue)[TEXTES[2]]
    valider_verbatim(verbatim=texte, tour=1, par=deux[0])
    assert texte.pk not in file_de(collegue, collecte.pk)
    assert texte.pk in file_de(deux[1], collecte.pk)
    with pytest.raises(AccesRefuse, match="autre structure"):
        valider_verbatim(verbatim=texte, tour=1, par=collegue)


def test_two_readers_of_the_territoire_are_colleagues_too():
    collecte, par = une_collecte_ecrite()
    une, autre = une_lectrice("une@exemple.fr"), une_lectrice("autre@exemple.fr")
    texte = prepares(collecte, par, une, autre)[TEXTES[2]]
    valider_verbatim(verbatim=texte, tour=1, par=une)
    with pytest.raises(AccesRefuse, match="structure"):
        valider_verbatim(verbatim=texte, tour=1, par=autre)


def test_an_ordinary_question_only_asks_for_another_person():
    collecte, par = une_collecte_ecrite(profil="ordinaire")
    une, autre = une_lectrice("une@exemple.fr", "CCAS"), une_lectrice("autre@exemple.fr", "CCAS")
    texte = prepares(collecte, par, une, autre)[TEXTES[2]]
    assert relire_deux_fois(texte, une, autre).etat == E.PUBLIABLE


@pytest.mark.parametrize("profil", ["sensible", "ordinaire"])
def test_nobody_reads_a_text_twice(profil, deux):
    collecte, par = une_collecte_ecrite(profil=profil)
    texte = prepares(collecte, par, *deux)[TEXTES[2]]
    for _ in range(3):
        assert valider_verbatim(verbatim=texte, tour=1, par=deux[0]).etat == E.VALIDE_1
    assert texte.pk not in file_de(deux[0], collecte.pk)


def test_who_was_there_reads_nothing(deux):
    collecte, par = une_collecte_ecrite()
    texte = prepares(collecte, par, deux[1])[TEXTES[2]]
    with pytest.raises(AccesRefuse, match="Dites d’abord"):
        valider_verbatim(verbatim=texte, tour=1, par=deux[0])
    attester_presence(nom=collecte.nom, present=True, par=deux[0])
    attester_presence(nom=collecte.nom, present=False, par=deux[0])
    with pytest.raises(AccesRefuse, match="reconnaître"):
        valider_verbatim(verbatim=texte, tour=1, par=deux[0])


def test_who_ran_the_workshop_reads_nothing_of_it_whatever_she_says(deux):
    collecte, par = une_collecte_ecrite()
    seance = Seance.objects.create(
        genre="atelier",
        titre="Atelier",
        territoire=collecte.territoire,
        collecte=collecte,
        animateur=deux[0],
        code="12345678",
        prevue_le=timezone.now(),
    )
    acces = builders.lien_principal(collecte)
    acces.pk, acces.jeton, acces.principal, acces.seance = None, "atelier", False, seance
    acces.save()
    passation = Passation.objects.get(reponses__avis=TEXTES[2])
    passation.acces = acces
    passation.save()
    textes = prepares(collecte, par, *deux)
    assert textes[TEXTES[2]].pk not in file_de(deux[0], collecte.pk)
    assert textes[TEXTES[1]].pk in file_de(deux[0], collecte.pk)
    with pytest.raises(AccesRefuse, match="atelier"):
        valider_verbatim(verbatim=textes[TEXTES[2]], tour=1, par=deux[0])
    assert valider_verbatim(verbatim=textes[TEXTES[2]], tour=1, par=deux[1]).etat == E.VALIDE_1


def test_a_refusal_is_enough_and_final(deux):
    collecte, par = une_collecte_ecrite()
    texte = prepares(collecte, par, *deux)[TEXTES[2]]
    refuse = refuser_verbatim(verbatim=texte, tour=1, par=deux[0])
    assert (refuse.etat, refuse.decide_le) == (E.REFUSE, timezone.localdate())
    assert texte.pk not in file_de(deux[1], collecte.pk)
    with pytest.raises(EtatIncompatible, match="Une autre personne"):
        valider_verbatim(verbatim=texte, tour=1, par=deux[1])


def test_a_changed_text_is_read_again_by_somebody_else(deux):
    collecte, par = une_collecte_ecrite()
    texte = prepares(collecte, par, *deux)[TEXTES[0]]
    valider_verbatim(verbatim=texte, tour=1, par=deux[0])
    change = reformuler_verbatim(
        verbatim=texte, tour=1, texte="Ma fille aime les légumes", par=deux[1]
    )
    assert (change.etat, change.tour) == (E.REFORMULE, 2)
    again = reformuler_verbatim(verbatim=texte, tour=1, texte="les légumes", par=deux[1])
    assert again.texte == "Ma fille aime les légumes"
    with pytest.raises(EtatIncompatible, match="Une autre personne"):
        refuser_verbatim(verbatim=texte, tour=1, par=deux[0])
    assert texte.pk in file_de(deux[0], collecte.pk)
    assert valider_verbatim(verbatim=change, tour=2, par=deux[0]).etat == E.PUBLIABLE


@pytest.mark.parametrize(
    ("voulu", "refus"),
    [
        ("Ma fille aime les légumes et le boxing", "boxing"),
        ("[…]", "plus rien"),
        ("", "plus rien"),
        ("Ma fille adore les légumes", "adore"),
    ],
)
def test_words_are_never_added(deux, voulu, refus):
    collecte, par = une_collecte_ecrite()
    texte = prepares(collecte, par, *deux)[TEXTES[0]]
    with pytest.raises(SaisieInvalide, match=refus):
        reformuler_verbatim(verbatim=texte, tour=1, texte=voulu, par=deux[0])
    texte.refresh_from_db()
    assert texte.tour == 1


def test_too_long_a_text_is_not_agreed_on(deux):
    collecte, par = une_collecte_ecrite()
    builders.des_passations(collecte, 1, reponses={"avis": "on attend longtemps " * 20})
    texte = next(
        v for original, v in prepares(collecte, par, *deux).items() if len(original) > 300
    )
    with pytest.raises(EtatIncompatible, match="300 au plus"):
        valider_verbatim(verbatim=texte, tour=1, par=deux[0])
    court = reformuler_verbatim(verbatim=texte, tour=1, texte="on attend longtemps", par=deux[0])
    assert valider_verbatim(verbatim=court, tour=2, par=deux[1]).etat == E.PUBLIABLE


def test_the_database_refuses_what_the_rules_forbid(deux):
    collecte, par = une_collecte_ecrite()
    texte = prepares(collecte, par, *deux)[TEXTES[0]]
    tous = Verbatim.objects.filter(pk=texte.pk)
    lot = LotVerbatims.objects.create(
        collecte=collecte, question="avis", territoire=collecte.territoire,
        nombre=5, libere_le=timezone.localdate(),
    )  # fmt: skip
    aujourdhui = timezone.localdate()
    for faute in (
        {"etat": "publiable"},
        {"etat": "publiable", "decide_le": aujourdhui, "texte": "a" * 301},
        {"decide_le": aujourdhui},
        {"original": ""},
        {"lot": lot, "rang": 1},
        {"etat": "inconnu"},
        {"profil": "ouvert"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            tous.update(**faute)
    with pytest.raises(IntegrityError), transaction.atomic():
        LotVerbatims.objects.filter(pk=lot.pk).update(nombre=LOT_MIN - 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Verbatim.objects.create(
            collecte=collecte, passation_id=texte.passation_id, question="avis",
            profil="sensible", territoire=collecte.territoire, original="x",
        )  # fmt: skip


def test_texts_leave_together_in_a_random_order(deux):
    collecte, par = une_collecte_ecrite()
    textes = prepares(collecte, par, *deux)
    for texte in list(textes.values())[: LOT_MIN - 1]:
        relire_deux_fois(texte, *deux)
    with pytest.raises(EtatIncompatible, match="au moins 5"):
        liberer_lots(nom=collecte.nom, par=par)
    assert lots_de(collecte.pk) == []
    relire_deux_fois(list(textes.values())[LOT_MIN - 1], *deux)
    (lot,) = liberer_lots(nom=collecte.nom, par=par)
    assert lot.nombre == LOT_MIN
    (lu,) = lots_de(collecte.pk)
    sortis = list(lu.verbatims.all())
    assert [v.rang for v in sortis] == list(range(1, LOT_MIN + 1))
    assert all(v.texte in {t.texte for t in textes.values()} for v in sortis)
    with pytest.raises(EtatIncompatible):
        liberer_lots(nom=collecte.nom, par=par)


def test_the_order_of_a_batch_is_drawn(monkeypatch, deux):
    collecte, par = une_collecte_ecrite()
    for texte in prepares(collecte, par, *deux).values():
        relire_deux_fois(texte, *deux)
    monkeypatch.setattr("secrets.SystemRandom", lambda: random.Random(1))  # noqa: S311  (a draw that can be told again)
    liberer_lots(nom=collecte.nom, par=par)
    par_rang = list(Verbatim.objects.order_by("rang").values_list("pk", flat=True))
    attendu = sorted(par_rang)
    random.Random(1).shuffle(attendu)  # noqa: S311  (the same draw)
    assert par_rang == attendu != sorted(par_rang)


@pytest.mark.parametrize(("nombre", "profil"), [(10, "sensible"), (7, "ordinaire")])
def test_nothing_leaves_of_a_group_too_small(nombre, profil, deux):
    collecte, par = une_collecte_ecrite(nombre, profil)
    for texte in prepares(collecte, par, *deux).values():
        relire_deux_fois(texte, *deux)
    with pytest.raises(EtatIncompatible, match="assez de réponses"):
        liberer_lots(nom=collecte.nom, par=par)


def test_nothing_leaves_before_a_count(deux):
    collecte, par = une_collecte_ecrite()
    Passation.objects.update(releve=None)
    for texte in prepares(collecte, par, *deux).values():
        relire_deux_fois(texte, *deux)
    with pytest.raises(EtatIncompatible):
        liberer_lots(nom=collecte.nom, par=par)


def test_territoires_leave_apart(deux):
    collecte, par = une_collecte_ecrite()
    ailleurs = builders.un_territoire("93", parent=collecte.territoire)
    Passation.objects.filter(reponses__avis__in=TEXTES[:3]).update(territoire=ailleurs)
    for texte in prepares(collecte, par, *deux).values():
        relire_deux_fois(texte, *deux)
    with pytest.raises(EtatIncompatible):
        liberer_lots(nom=collecte.nom, par=par)


def test_a_text_in_which_detectors_see_more_goes_back_to_readers(deux):
    """The lists learn; what was agreed on before them is read again before it leaves."""
    collecte, par = une_collecte_ecrite()
    textes = list(prepares(collecte, par, *deux).values())
    for texte in textes:
        relire_deux_fois(texte, *deux)
    Verbatim.objects.filter(pk=textes[0].pk).update(texte="avec Samira", original="")
    (lot,) = liberer_lots(nom=collecte.nom, par=par)
    assert lot.nombre == len(textes) - 1
    rouvert = Verbatim.objects.get(pk=textes[0].pk)
    assert (rouvert.etat, rouvert.lot, rouvert.original) == (E.VALIDE_2, None, "avec Samira")
    assert preparer_relecture(nom=collecte.nom, par=par) == 1
    rouvert.refresh_from_db()
    assert (rouvert.etat, rouvert.tour, rouvert.texte) == (E.MASQUE_PROPOSE, 2, "avec [prénom]")


def test_originals_are_forgotten_thirty_days_after_the_decision(deux, capsys):
    collecte, par = une_collecte_ecrite()
    textes = prepares(collecte, par, *deux)
    relire_deux_fois(textes[TEXTES[0]], *deux)
    refuser_verbatim(verbatim=textes[TEXTES[1]], tour=1, par=deux[0])
    jour = timezone.localdate()
    assert oublier_originaux(au=jour + timedelta(days=29), par="essai") == 0
    assert oublier_originaux(au=jour + timedelta(days=30), par="essai") == 2
    assert oublier_originaux(au=jour + timedelta(days=30), par="essai") == 0
    publiable, refuse, attend = (Verbatim.objects.get(pk=textes[t].pk) for t in TEXTES[:3])
    assert (publiable.original, publiable.texte) == ("", "Ma fille [prénom] aime les légumes")
    assert (refuse.original, refuse.texte) == ("", "")
    assert attend.original == TEXTES[2]
    assert Trace.objects.filter(verbe="oublier_originaux").count() == 1
    call_command("purger_verbatims")
    assert capsys.readouterr().out == "0 textes effacés.\n"
    for faux in ("demain", str(jour + timedelta(days=1))):
        with pytest.raises(CommandError):
            call_command("purger_verbatims", f"--au={faux}")


def test_whoever_erases_her_answers_takes_her_text_away_at_once(deux):
    collecte, par = une_collecte_ecrite()
    passation = builders.des_passations(
        collecte, 1, reponses={"avis": "Un texte de trop"}, etat="brouillon"
    )[0]
    envoyee = terminer_passation(passation_id=passation.pk, acces=passation.acces)
    texte = prepares(collecte, par, *deux)["Un texte de trop"]
    valider_verbatim(verbatim=texte, tour=1, par=deux[0])
    effacer_par_code(code=code_effacement(envoyee))
    assert not Verbatim.objects.filter(pk=texte.pk).exists()
    assert not Relecture.objects.filter(verbatim_id=texte.pk).exists()
    assert Verbatim.objects.count() == len(TEXTES)


def test_rights_are_asked_by_actions(deux):
    collecte, par = une_collecte_ecrite()
    texte = prepares(collecte, par, *deux)[TEXTES[2]]
    evaluation = builders.un_compte(role=Role.EVALUATION, email="eva@exemple.fr")
    for compte in (evaluation, deux[0]):
        with pytest.raises(AccesRefuse):
            preparer_relecture(nom=collecte.nom, par=compte)
        with pytest.raises(AccesRefuse):
            liberer_lots(nom=collecte.nom, par=compte)
    for compte in (evaluation, une_lectrice_d_ailleurs()):
        with pytest.raises(AccesRefuse):
            attester_presence(nom=collecte.nom, present=False, par=compte)
        with pytest.raises(AccesRefuse):
            valider_verbatim(verbatim=texte, tour=1, par=compte)


def une_lectrice_d_ailleurs():
    return builders.un_compte(
        role=Role.AMBASSADEUR, territoire=builders.un_territoire("32"), email="loin@exemple.fr"
    )


def test_nothing_of_a_text_says_when_it_was_written():
    champs = {champ.name for champ in Verbatim._meta.concrete_fields}
    assert not champs & {"cree_le", "recu_le", "extrait_le", "jour"}
    assert Verbatim._meta.pk.default is not None
