"""Invite, change, withdraw: within one's own territoires, and never without a coordination."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from tests import builders
from voix.commun.erreurs import AccesRefuse
from voix.comptes.actions.habilitations import Lieu, changer_role, inviter_collegue
from voix.comptes.models import Compte, Habilitation, Structure, Trace
from voix.comptes.roles import DROITS, Droit, Role, accordables

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordination(client):
    compte = builders.un_compte()
    client.force_login(compte)
    return compte


def inviter(client, lieu, **champs):
    valeurs = {"email": "Paula@exemple.fr", "nom": "Paula", "role": "evaluation", "lieu": lieu}
    return client.post("/espace/equipe/inviter/", valeurs | champs)


def test_an_invitation_gives_a_role_and_says_how_to_sign_in(
    client, coordination, django_capture_on_commit_callbacks
):
    commune = builders.un_territoire("93010", parent=builders.un_territoire())
    with django_capture_on_commit_callbacks(execute=True):
        assert inviter(client, f"t{commune.pk}").status_code == 302
    habilitation = Habilitation.objects.get(compte__email="paula@exemple.fr")
    assert (habilitation.role, habilitation.territoire) == ("evaluation", commune)
    assert not habilitation.compte.has_usable_password()
    assert "Recevoir un code par e-mail" in mail.outbox[0].body
    assert "/compte/login/" in mail.outbox[0].body
    assert Trace.objects.filter(verbe="inviter_collegue").count() == 1


def test_the_same_invitation_twice_is_made_once(client, coordination):
    lieu = f"t{builders.un_territoire().pk}"
    inviter(client, lieu)
    assert "Un e-mail lui est envoyé" in client.get("/espace/equipe/").content.decode()
    inviter(client, lieu)
    assert "Aucun e-mail n’est parti" in client.get("/espace/equipe/").content.decode()
    assert Habilitation.objects.filter(compte__email="paula@exemple.fr").count() == 1


def test_no_role_is_chosen_for_the_person_who_invites(client, coordination):
    page = inviter(client, f"t{builders.un_territoire().pk}", role="")
    assert "Choisissez un rôle." in page.content.decode()
    assert not Habilitation.objects.filter(compte__email="paula@exemple.fr").exists()


def test_nobody_invites_outside_their_territoire(client, coordination):
    ailleurs = builders.un_territoire("32")
    page = inviter(client, f"t{ailleurs.pk}")
    assert page.status_code == 200
    assert "Paula" in page.content.decode()
    assert not Compte.objects.filter(email="paula@exemple.fr").exists()


def test_a_coordination_names_no_data_referent_neither_itself_nor_another(client, coordination):
    """Who asks for more numbers does not choose who decides: an address of one's own is easily had."""
    territoire = builders.un_territoire()
    page = client.get("/espace/equipe/inviter/").content.decode()
    assert ('value="referent"' in page, 'value="evaluation"' in page) == (False, True)
    for email in (coordination.email, "paula@exemple.fr"):
        page = inviter(client, f"t{territoire.pk}", role="referent", email=email)
        assert "Choisissez un rôle." in page.content.decode()
        with pytest.raises(AccesRefuse):
            inviter_collegue(
                email=email,
                nom="",
                role=Role.REFERENT,
                lieu=Lieu(territoire=territoire),
                adresse="",
                par=coordination,
            )
    sien = Habilitation.objects.get(compte=coordination)
    client.post(f"/espace/equipe/{sien.pk}/role/", {"role": "referent"})
    with pytest.raises(AccesRefuse):
        changer_role(habilitation=sien, role=Role.REFERENT, par=coordination)
    assert list(Habilitation.objects.values_list("role", flat=True)) == ["coordination"]


@pytest.mark.parametrize("role", accordables())
def test_nobody_grants_a_right_that_they_lack(role):
    """Whoever manages the team holds every right of the roles that they grant, in the same place."""
    tenus = DROITS[Role.COORDINATION]
    assert [r for r in Role if Droit.GERER_EQUIPE in DROITS[r]] == [Role.COORDINATION]
    assert DROITS[role] <= tenus
    assert not DROITS[Role.REFERENT] <= tenus


def test_a_role_is_changed_and_the_old_one_kept_as_withdrawn(client, coordination):
    autre = builders.un_compte(role=Role.EVALUATION, email="eva@exemple.fr")
    avant = Habilitation.objects.get(compte=autre)
    client.post(f"/espace/equipe/{avant.pk}/role/", {"role": "ambassadeur"})
    assert list(Habilitation.de(autre).values_list("role", flat=True)) == ["ambassadeur"]
    avant.refresh_from_db()
    assert avant.retiree_par == coordination


def test_a_role_is_withdrawn_and_the_account_loses_its_pages(client, coordination):
    autre = builders.un_compte(role=Role.EVALUATION, email="eva@exemple.fr")
    adresse = f"/espace/equipe/{Habilitation.objects.get(compte=autre).pk}/retirer/"
    assert client.get(adresse).status_code == 200
    assert client.post(adresse).status_code == 302
    client.force_login(autre)
    assert client.get("/espace/resultats/").status_code == 403


def test_a_role_withdrawn_twice_is_told_withdrawn_twice(client, coordination):
    autre = builders.un_compte(role=Role.EVALUATION, email="eva@exemple.fr")
    sienne = Habilitation.objects.get(compte=autre)
    adresse = f"/espace/equipe/{sienne.pk}/retirer/"
    for envoi in (client.post, client.post, client.get):
        page = envoi(adresse, follow=True)
        assert page.redirect_chain == [("/espace/equipe/", 302)]
        assert "Le rôle est retiré." in page.content.decode()
    assert Trace.objects.filter(verbe="retirer_habilitation").count() == 1
    client.post(f"/espace/equipe/{sienne.pk}/role/", {"role": "ambassadeur"})
    assert not Habilitation.de(autre).exists()
    ailleurs = builders.un_territoire("32")
    loin = builders.un_compte(territoire=ailleurs, email="loin@exemple.fr")
    Habilitation.objects.filter(compte=loin).update(
        retiree_le=timezone.now(), retiree_par=coordination
    )
    pk = Habilitation.objects.get(compte=loin).pk
    assert client.post(f"/espace/equipe/{pk}/retirer/").status_code == 404


def test_the_only_coordination_cannot_leave(client, coordination):
    sienne = Habilitation.objects.get(compte=coordination)
    page = client.post(f"/espace/equipe/{sienne.pk}/retirer/")
    assert page.status_code == 409
    assert "seule coordination" in page.content.decode()
    page = client.post(f"/espace/equipe/{sienne.pk}/role/", {"role": "evaluation"})
    assert "seule coordination" in page.content.decode()
    assert Habilitation.de(coordination).count() == 1
    seconde = builders.un_compte(email="seconde@exemple.fr")
    page = client.post(f"/espace/equipe/{sienne.pk}/retirer/")
    assert page.status_code == 409, "invited, and never came in: nobody would be left"
    Client().force_login(seconde)
    assert client.post(f"/espace/equipe/{sienne.pk}/retirer/").status_code == 302


def test_colleagues_of_another_territoire_do_not_exist_here(client, coordination):
    ailleurs = builders.un_territoire("32")
    autre = builders.un_compte(territoire=ailleurs, email="loin@exemple.fr")
    pk = Habilitation.objects.get(compte=autre).pk
    assert "loin@exemple.fr" not in client.get("/espace/equipe/").content.decode()
    assert client.post(f"/espace/equipe/{pk}/retirer/").status_code == 404
    assert client.post(f"/espace/equipe/{pk}/role/", {"role": "evaluation"}).status_code == 404


def test_a_structure_is_added_once_in_ones_own_territoire(client, coordination):
    valeurs = {
        "nom": "Épicerie du Canal",
        "type": "epicerie",
        "territoire": builders.un_territoire().pk,
    }
    client.post("/espace/equipe/structures/", valeurs)
    client.post("/espace/equipe/structures/", valeurs)
    assert Structure.objects.get().nom == "Épicerie du Canal"
    valeurs["territoire"] = builders.un_territoire("32").pk
    assert client.post("/espace/equipe/structures/", valeurs).status_code == 200
    assert Structure.objects.count() == 1


@pytest.mark.parametrize("role", [Role.AMBASSADEUR, Role.DIETETIQUE, Role.EVALUATION])
@pytest.mark.parametrize("page", ["", "inviter/", "structures/"])
def test_other_roles_manage_no_team(client, role, page):
    client.force_login(builders.un_compte(role=role, email="autre@exemple.fr"))
    assert client.get(f"/espace/equipe/{page}").status_code == 403


def test_anonymous_is_sent_to_the_sign_in_page(client):
    page = client.get("/espace/equipe/")
    assert page.status_code == 302
    assert "/compte/login/" in page["Location"]


def test_no_two_links_of_the_team_have_the_same_name(client, coordination):
    """A colleague with two roles in one place: which of them is changed, or withdrawn, was not said."""
    lieu = f"t{builders.un_territoire().pk}"
    inviter(client, lieu)
    inviter(client, lieu, role="ambassadeur")
    page = client.get("/espace/equipe/").content.decode()
    liens = re.findall(r'<a class="lien" href="[^"]+">(.*?)</a>', page)
    assert len(liens) == 9
    assert len(set(liens)) == len(liens)
