"""A version that has a fault is withdrawn: nobody new, nothing lost, told apart (ADR 0089)."""

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from enquetes.actions.appareils import preparer_appareil
from enquetes.actions.collectes import preparer_collecte
from enquetes.actions.ecarts import ecarter, lots_a_verifier
from enquetes.actions.questionnaires import publier_version, remettre_version, retirer_version
from enquetes.actions.seances import collectes_possibles, ouvrir_seance
from enquetes.models import EtatPassation, Passation, VersionQuestionnaire
from tests import builders
from tests.boite import envoyer, poser_la_cle, seule_issue, une
from tests.integration.enquetes.test_passation import PETIT
from tests.navigateur import Personne
from voix.commun.erreurs import AccesRefuse, EtatIncompatible, SaisieInvalide
from voix.comptes.models import Trace
from voix.comptes.roles import Role

pytestmark = pytest.mark.django_db

DEFINITION: dict[str, Any] = PETIT | {"langues": ["fr"]}
RAISON = "La question 2 blesse des personnes."


@pytest.fixture
def par():
    return builders.un_compte()


@pytest.fixture
def version(par):
    """Return a version written by the territoire of ``par``."""
    return publier_version(
        definition=DEFINITION, origine="import", territoire=builders.un_territoire(), par=par
    )


@pytest.fixture
def seance(par, version):
    collecte = builders.une_collecte_ouverte(par=par, version=version)
    return ouvrir_seance(seance=builders.une_seance(collecte=collecte, par=par), par=par)


def retirer(version, par):
    return retirer_version(version=version, raison=RAISON, par=par)


def test_withdrawn_with_a_reason_once_and_taken_back(version, par):
    with pytest.raises(SaisieInvalide, match="pourquoi"):
        retirer_version(version=version, raison="  ", par=par)
    premiere = retirer(version, par).retiree_le
    assert retirer_version(version=version, raison="Autre", par=par).retiree_le == premiere
    retiree = VersionQuestionnaire.objects.get()
    assert (retiree.raison_retrait, retiree.retiree_par) == (RAISON, par)
    assert retiree.definition == version.definition
    assert not remettre_version(version=retiree, par=par).est_retiree
    remettre_version(version=retiree, par=par)
    verbes = Trace.objects.filter(verbe__endswith="_version").values_list("verbe", flat=True)
    assert list(verbes) == ["publier_version", "retirer_version", "remettre_version"]


def test_only_its_own_coordination_withdraws_and_nobody_by_account_that_of_voix(version):
    loin = builders.un_compte(territoire=builders.un_territoire("32"), email="loin@exemple.fr")
    animateur = builders.un_compte(role=Role.AMBASSADEUR, email="ambassadeur@exemple.fr")
    for compte in (loin, animateur):
        with pytest.raises(AccesRefuse):
            retirer(version, compte)
    with pytest.raises(AccesRefuse, match="celui de Voix"):
        retirer(builders.une_version(), builders.un_compte())
    assert not VersionQuestionnaire.objects.filter(retiree_le__isnull=False).exists()


@pytest.mark.parametrize(
    "faux", [{"raison_retrait": "Sans date"}, {"retiree_le": "2026-01-01T00:00Z"}]
)
def test_the_database_refuses_a_withdrawal_without_a_reason(version, faux):
    with pytest.raises(IntegrityError), transaction.atomic():
        VersionQuestionnaire.objects.filter(pk=version.pk).update(**faux)


def test_a_withdrawn_version_lets_nobody_start_and_whoever_began_end(seance, par, version):
    commencee = Personne().ouvrir(f"/r/{seance.acces.jeton}/").suivre("Commencer")
    commencee.repondre({"venu": "non"})
    retirer(version, par)
    for chemin in ("r", "k"):
        page = Personne().client.get(f"/{chemin}/{seance.acces.jeton}/")
        assert page.status_code == 410
        assert "Ce questionnaire est retiré" in page.content.decode()
        assert RAISON not in page.content.decode()  # for the team
    while "/verifier/" not in commencee.adresse:
        commencee.repondre({})
    commencee.repondre()
    assert Passation.objects.get().etat == EtatPassation.TERMINEE
    assert Passation.objects.get().reponses == {"venu": "non"}


def test_withdrawn_meanwhile_what_a_device_keeps_is_taken_in_and_told_apart(
    client, seance, par, version
):
    poser_la_cle()
    jeton = preparer_appareil(seance=seance, par=par)[1]
    assert envoyer(client, [une(seance)], jeton).json()["retiree"] == ""
    retirer(version, par)
    tardive = une(seance)
    page = envoyer(client, [tardive], jeton)
    assert seule_issue(page) == "ok"
    assert page.json()["retiree"] == version.empreinte[:12]
    assert envoyer(client, [], seance.acces.jeton).json()["retiree"] == version.empreinte[:12]
    assert Passation.objects.filter(version=version).count() == 2
    (lot,) = lots_a_verifier(seance.collecte)
    assert (lot.nombre, "retiré à cause d’un défaut" in lot.motif) == (2, True)
    ecarter(collecte=seance.collecte, cle=lot.cle, raison=RAISON, par=par)
    assert not seance.collecte.passations.non_relevees().exists()
    remettre_version(version=version, par=par)
    assert envoyer(client, [tardive], jeton).json() | {"now": 0} == {
        "voix": 1,
        "now": 0,
        "items": {tardive["id"]: "dup"},
        "renvoyer": 0,
        "retiree": "",
    }


def test_nothing_new_is_prepared_with_it(client, seance, par, version):
    projet = builders.un_projet(nom="autre", version=version)
    prete = preparer_collecte(projet=projet, par=par)
    retirer(version, par)
    version.refresh_from_db()
    client.force_login(par)
    with pytest.raises(EtatIncompatible, match="a été retirée"):
        preparer_collecte(projet=builders.un_projet(nom="encore", version=version), par=par)
    page = client.post(reverse("enquetes:ouvrir_collecte", args=[prete.nom]))
    assert "a été retirée" in page.content.decode()
    lieu = {"territoire": seance.territoire, "structure": None}
    assert collectes_possibles(**lieu) == []
    with pytest.raises(EtatIncompatible, match="a été retiré"):
        builders.une_seance(collecte=type(prete).objects.get(pk=seance.collecte_id), par=par)
    preparer = client.get(f"/o/{seance.acces.jeton}/preparer/")
    assert preparer.status_code == 410
    assert b'"retiree":1' in client.get(f"/o/{seance.acces.jeton}/fr/").content


def test_the_version_before_is_offered_again(client, par, version):
    corrigee = publier_version(
        definition=DEFINITION | {"titre": {"fr": "Corrigé"}},
        origine="import",
        territoire=builders.un_territoire(),
        par=par,
    )
    client.force_login(par)
    retirer(corrigee, par)
    assert list(VersionQuestionnaire.objects.dernieres()) == [version]
    page = client.get(reverse("enquetes:questionnaires")).content.decode()
    assert "Versions retirées" in page
    assert reverse("enquetes:questionnaire", args=[corrigee.pk]) in page


def test_withdrawn_and_put_back_on_the_screen(client, seance, par, version):
    client.force_login(par)
    adresse = reverse("enquetes:retirer_version", args=[version.pk])
    fiche = reverse("enquetes:questionnaire", args=[version.pk])
    assert adresse in client.get(fiche).content.decode()
    assert seance.collecte.titre in client.get(adresse).content.decode()
    assert "Dites en une phrase" in client.post(adresse, {"raison": ""}).content.decode()
    assert client.post(adresse, {"raison": RAISON})["Location"] == fiche
    for page in (
        fiche,
        reverse("enquetes:collecte", args=[seance.collecte.nom]),
        reverse("enquetes:seance", args=[seance.pk]),
    ):
        assert RAISON in client.get(page).content.decode()
    assert "Questionnaire retiré" in client.get(reverse("enquetes:collectes")).content.decode()
    assert "Ouvrir une collecte" not in client.get(fiche).content.decode()
    client.post(adresse, {"remettre": ""})
    assert "Ouvrir une collecte" in client.get(fiche).content.decode()


def test_the_one_of_voix_is_withdrawn_by_the_command(client, par):
    voix = builders.une_version(PETIT)
    client.force_login(par)
    adresse = reverse("enquetes:retirer_version", args=[voix.pk])
    assert "celui de Voix" in client.get(adresse).content.decode()
    assert client.post(adresse, {"raison": RAISON}).status_code == 403
    call_command("questionnaire", "retirer", "petit", "1", raison=RAISON, stdout=io.StringIO())
    voix.refresh_from_db()
    assert voix.raison_retrait == RAISON
    call_command("questionnaire", "remettre", "petit", "1", stdout=io.StringIO())
    voix.refresh_from_db()
    assert not voix.est_retiree
    with pytest.raises(CommandError, match="n’a de version 7"):
        call_command("questionnaire", "retirer", "petit", "7", raison=RAISON)
