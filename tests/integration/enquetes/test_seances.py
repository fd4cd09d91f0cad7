"""A séance: created once, opened near its time, closed at once, reported; who may."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from enquetes.actions.appareils import preparer_appareil, revoquer_appareil
from enquetes.actions.collectes import clore_collecte
from enquetes.actions.seances import (
    annuler_seance,
    clore_seance,
    deplacer_seance,
    ouvrir_seance,
)
from enquetes.models import Acces, EtatSeance, Seance
from enquetes.models.boite import Appareil, Enveloppe
from tests import builders
from voix.commun.erreurs import AccesRefuse, EtatIncompatible, SaisieInvalide
from voix.comptes.models import Habilitation, Trace
from voix.comptes.roles import Role

pytestmark = pytest.mark.django_db


def un_ambassadeur(email="ambassadeur@exemple.fr", **options):
    return builders.un_compte(role=Role.AMBASSADEUR, email=email, **options)


def test_a_seance_with_a_collecte_gets_eight_digits_and_its_own_link():
    collecte = builders.une_collecte_ouverte()
    seance = builders.une_seance(collecte=collecte, par=un_ambassadeur())
    assert seance.code.isdecimal()
    assert len(seance.code) == 8
    assert seance.acces.jeton != builders.lien_principal(collecte).jeton
    assert len(seance.acces.jeton) >= 22  # 128 bits
    assert Trace.objects.filter(verbe="creer_seance", objet_id=str(seance.pk)).exists()


def test_a_seance_without_a_collecte_has_no_code_and_no_link():
    seance = builders.une_seance(par=un_ambassadeur())
    assert seance.code is None
    assert not Acces.objects.filter(seance=seance).exists()


def test_the_same_screen_sent_twice_creates_one_seance():
    par, cle = un_ambassadeur(), uuid4()
    une = builders.une_seance(par=par, cle=cle)
    assert builders.une_seance(par=par, cle=cle) == une
    assert Seance.objects.count() == 1
    with pytest.raises(SaisieInvalide):
        builders.une_seance(par=un_ambassadeur("autre@exemple.fr"), cle=cle)


def test_several_seances_in_one_place_do_not_disturb_its_link():
    collecte = builders.une_collecte_ouverte()
    for _ in range(3):
        builders.une_seance(collecte=collecte)
    assert collecte.acces.des_lieux().count() == 1


def test_a_code_already_drawn_is_never_drawn_again(monkeypatch):
    collecte = builders.une_collecte_ouverte()
    tirages = iter([12345678, 12345678, 87654321])
    monkeypatch.setattr("secrets.randbelow", lambda _: next(tirages))
    assert builders.une_seance(collecte=collecte).code == "12345678"
    assert builders.une_seance(collecte=collecte).code == "87654321"


def test_a_code_begins_with_zeros_like_any_other(monkeypatch):
    monkeypatch.setattr("secrets.randbelow", lambda _: 42)
    assert builders.une_seance(collecte=builders.une_collecte_ouverte()).code == "00000042"


def test_opened_from_one_hour_before_to_twelve_hours_after():
    par = builders.un_compte()
    maintenant = timezone.now()
    trop_tot = builders.une_seance(prevue_le=maintenant + timedelta(hours=1, minutes=5), par=par)
    with pytest.raises(EtatIncompatible, match="trop tôt"):
        ouvrir_seance(seance=trop_tot, par=par)
    bientot = builders.une_seance(prevue_le=maintenant + timedelta(minutes=55), par=par)
    assert ouvrir_seance(seance=bientot, par=par).accueille(maintenant)
    passee = builders.une_seance(prevue_le=maintenant - timedelta(hours=13), par=par)
    with pytest.raises(EtatIncompatible, match="douze heures"):
        ouvrir_seance(seance=passee, par=par)


def test_an_open_seance_stops_welcoming_by_itself():
    par = builders.un_compte()
    seance = ouvrir_seance(seance=builders.une_seance(par=par), par=par)
    assert seance.accueille(seance.prevue_le + timedelta(hours=12))
    assert not seance.accueille(seance.prevue_le + timedelta(hours=12, seconds=1))


def test_closed_at_once_and_opened_again_by_mistake():
    par = builders.un_compte()
    seance = builders.une_seance(par=par)
    for _ in range(2):  # pressed twice
        seance = ouvrir_seance(seance=seance, par=par)
    for _ in range(2):
        seance = clore_seance(seance=seance, par=par)
    assert not seance.accueille(timezone.now())
    assert seance.recoit(timezone.now() + timedelta(days=59))
    assert not seance.recoit(timezone.now() + timedelta(days=61))
    assert ouvrir_seance(seance=seance, par=par).accueille(timezone.now())
    verbes = Trace.objects.filter(objet_id=str(seance.pk)).values_list("verbe", flat=True)
    assert list(verbes) == ["creer_seance", "ouvrir_seance", "clore_seance", "ouvrir_seance"]


def test_moved_and_removed_before_it_is_opened_only():
    par = builders.un_compte()
    seance = builders.une_seance(collecte=builders.une_collecte_ouverte(par=par), par=par)
    code = seance.code
    demain = timezone.now() + timedelta(days=1)
    assert deplacer_seance(seance=seance, prevue_le=demain, salle="Salle B", par=par).code == code
    annuler_seance(seance=seance, par=par)
    assert not Seance.objects.exists()
    assert not Acces.objects.filter(principal=False).exists()
    ouverte = ouvrir_seance(seance=builders.une_seance(par=par), par=par)
    with pytest.raises(EtatIncompatible):
        deplacer_seance(seance=ouverte, prevue_le=demain, salle="", par=par)
    with pytest.raises(EtatIncompatible):
        annuler_seance(seance=ouverte, par=par)


def test_a_seance_that_received_a_sealed_copy_is_not_removed():
    par = builders.un_compte()
    seance = builders.une_seance(collecte=builders.une_collecte_ouverte(par=par), par=par)
    acces = Acces.objects.get(seance=seance)
    Enveloppe.objects.create(
        pk=uuid4(),
        acces=acces,
        empreinte="0" * 64,
        brute="scellée",
        jour=timezone.localdate(),
        recue_a=timezone.now(),
    )
    with pytest.raises(EtatIncompatible, match="ne peut plus être supprimée"):
        annuler_seance(seance=seance, par=par)
    assert Seance.objects.get() == seance


def test_a_seance_of_which_a_tablet_may_keep_answers_is_not_removed(client):
    """Run without network it was never opened: its tablet still holds what eight people said."""
    par = builders.un_compte()
    seance = builders.une_seance(collecte=builders.une_collecte_ouverte(par=par), par=par)
    tablette, _ = preparer_appareil(seance=seance, par=par)
    client.force_login(par)
    adresse = reverse("enquetes:annuler_seance", args=[seance.pk])
    assert "Cette séance ne se supprime pas encore" in client.get(adresse).content.decode()
    assert "garde peut-être des réponses" in client.post(adresse).content.decode()
    Appareil.objects.update(en_attente=3)
    revoquer_appareil(appareil=tablette, par=par)
    with pytest.raises(EtatIncompatible, match="garde peut-être"):  # it said that three wait there
        annuler_seance(seance=seance, par=par)
    assert Seance.objects.get() == seance
    Appareil.objects.update(en_attente=0)
    assert "Supprimer cette séance" in client.get(adresse).content.decode()
    assert client.post(adresse).status_code == 302
    assert not Seance.objects.exists()


def test_an_ambassadeur_sees_its_own_seances_and_coordination_the_territoires():
    moi, autre = un_ambassadeur(), un_ambassadeur("autre@exemple.fr")
    la_mienne = builders.une_seance(par=moi)
    la_sienne = builders.une_seance(par=autre)
    ailleurs = builders.un_territoire("32")
    loin = builders.un_compte(territoire=ailleurs, email="loin@exemple.fr")
    la_bas = builders.une_seance(territoire=ailleurs, par=loin)
    assert set(Seance.visibles_par(moi)) == {la_mienne}
    assert set(Seance.visibles_par(builders.un_compte())) == {la_mienne, la_sienne}
    assert set(Seance.visibles_par(loin)) == {la_bas}
    for action in (ouvrir_seance, clore_seance, annuler_seance):
        with pytest.raises(AccesRefuse):
            action(seance=la_sienne, par=moi)


def test_a_withdrawn_role_closes_ones_own_seances_too():
    moi = un_ambassadeur()
    seance = builders.une_seance(par=moi)
    Habilitation.objects.filter(compte=moi).delete()
    assert not Seance.visibles_par(moi).exists()
    with pytest.raises(AccesRefuse):
        ouvrir_seance(seance=seance, par=moi)


def test_evaluation_runs_nothing_and_nobody_runs_elsewhere():
    evaluation = builders.un_compte(role=Role.EVALUATION, email="eval@exemple.fr")
    with pytest.raises(AccesRefuse):
        builders.une_seance(par=evaluation)
    with pytest.raises(AccesRefuse):
        builders.une_seance(par=un_ambassadeur(), territoire=builders.un_territoire("32"))


def test_a_collecte_of_elsewhere_or_closed_cannot_be_asked():
    ailleurs = builders.un_territoire("32")
    loin = builders.un_compte(territoire=ailleurs, email="loin@exemple.fr")
    collecte = builders.une_collecte_ouverte(par=loin, territoire=ailleurs)
    ici = {"par": un_ambassadeur(), "territoire": builders.un_territoire()}
    with pytest.raises(SaisieInvalide):
        builders.une_seance(collecte=collecte, **ici)
    proche = builders.une_collecte_ouverte(nom="proche")
    with pytest.raises(EtatIncompatible):
        builders.une_seance(
            collecte=clore_collecte(collecte=proche, par=builders.un_compte()), **ici
        )


@pytest.mark.parametrize(
    "faux", [{"code": "123"}, {"code": "1234567a"}, {"etat": "close"}, {"etat": "ouverte"}]
)
def test_the_database_refuses_a_seance_that_means_nothing(faux):
    collecte = builders.une_collecte_ouverte()
    seance = builders.une_seance(collecte=collecte)
    with pytest.raises(IntegrityError), transaction.atomic():
        Seance.objects.filter(pk=seance.pk).update(**faux)


# --- screens -----------------------------------------------------------------------------------


def test_a_seance_is_prepared_in_four_screens(client):
    client.force_login(un_ambassadeur())
    collecte = builders.une_collecte_ouverte()
    adresse = reverse("enquetes:nouvelle_seance")
    lieu = f"t{builders.un_territoire().pk}"
    reponses = {"cle": str(uuid4())}
    for champs, question in [
        ({}, "Que préparez-vous"),
        ({"genre": "atelier"}, "Où"),
        ({"lieu": lieu, "salle": ""}, "Quand"),
        ({"jour": "2026-12-03", "heure": "14:30"}, "À quel questionnaire"),
    ]:
        reponses |= champs
        page = client.get(adresse, reponses).content.decode()
        assert f"{question}" in page
    assert not Seance.objects.exists()
    for _ in range(2):  # a double tap
        page = client.post(adresse, reponses | {"collecte": collecte.nom})
    seance = Seance.objects.get()
    assert page["Location"] == reverse("enquetes:seance", args=[seance.pk])
    assert seance.collecte == collecte
    assert timezone.localtime(seance.prevue_le).strftime("%d/%m %H:%M") == "03/12 14:30"


@pytest.mark.parametrize(
    ("champs", "phrase"),
    [
        ({"cle": "rien"}, "expiré"),
        ({"genre": "bal"}, "Choisissez une réponse de la liste."),
        ({"genre": "atelier", "lieu": "t999999"}, "Choisissez un lieu de la liste."),
    ],
)
def test_a_forged_address_is_told_plainly(client, champs, phrase):
    client.force_login(un_ambassadeur())
    page = client.get(reverse("enquetes:nouvelle_seance"), champs)
    assert phrase in page.content.decode()
    assert page.status_code < 500


def test_a_seance_is_run_from_its_page(client):
    par = un_ambassadeur()
    client.force_login(par)
    seance = builders.une_seance(collecte=builders.une_collecte_ouverte(), par=par)
    adresse = reverse("enquetes:seance", args=[seance.pk])
    assert "Ouvrir la séance" in client.get(adresse).content.decode()
    client.post(reverse("enquetes:ouvrir_seance", args=[seance.pk]))
    assert seance.code_lisible in client.get(adresse).content.decode()
    client.post(reverse("enquetes:clore_seance", args=[seance.pk]))
    assert "Faire le compte rendu" in client.get(adresse).content.decode()
    seance.refresh_from_db()
    assert seance.etat == EtatSeance.CLOSE


def test_a_refusal_is_said_on_the_page_of_the_seance(client):
    par = un_ambassadeur()
    client.force_login(par)
    seance = builders.une_seance(par=par, prevue_le=timezone.now() + timedelta(days=3))
    page = client.post(reverse("enquetes:ouvrir_seance", args=[seance.pk]))
    assert page.status_code == 409
    assert "trop tôt" in page.content.decode()


def test_an_ambassadeur_of_a_commune_asks_the_regions_questionnaire():
    commune = builders.un_territoire("93010", parent=builders.un_territoire(), nom="Bondy")
    collecte = builders.une_collecte_ouverte()
    seance = builders.une_seance(
        collecte=collecte, par=un_ambassadeur(territoire=commune), territoire=commune
    )
    assert seance.acces.territoire == commune
