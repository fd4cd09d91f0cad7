"""One address, one account: nobody is let in under somebody else's name, and nothing breaks on the way."""

import re
from importlib import import_module

import pytest
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.apps import apps
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from tests import builders
from voix.commun.erreurs import SaisieInvalide
from voix.comptes.actions.habilitations import Lieu, habiliter, inviter_collegue
from voix.comptes.models import Compte, Habilitation
from voix.comptes.roles import Role

pytestmark = pytest.mark.django_db

VICTIME = "victime@exemple.fr"


@pytest.fixture
def attaquant():
    compte = builders.un_compte(role=Role.EVALUATION, email="eva@exemple.fr")
    return builders.verifie(compte)


def ancien(email: str, **champs) -> Compte:
    """Return an account as older versions made them: without a row for its address."""
    compte = Compte(email=email, **champs)
    compte.set_unusable_password()
    compte.save()
    return compte


def ajouter(client, compte, email=VICTIME):
    builders.entrer(client, compte)
    return client.post(reverse("account_email"), {"action_add": "", "email": email})


def inviter(email=VICTIME):
    return inviter_collegue(
        email=email,
        nom="Victoire",
        role=Role.AMBASSADEUR,
        lieu=Lieu(territoire=builders.un_territoire()),
        adresse="/compte/login/",
        par=builders.un_compte(),
    )


def entrer_par_code(client, email=VICTIME) -> str:
    """Sign in as whoever reads the mail of this address does; return the page that they come to."""
    client.post(reverse("account_logout"))
    mail.outbox.clear()
    client.post(reverse("account_request_login_code"), {"email": email})
    [message] = mail.outbox
    assert message.to == [email]
    code = re.search(r"^[A-Z0-9]{4}-[A-Z0-9]{4}$", message.body, re.MULTILINE)[0]
    page = client.post(reverse("account_confirm_login_code"), {"code": code}, follow=True)
    return page.content.decode()


def test_an_invitation_ends_what_another_account_claimed(client, attaquant):
    ajouter(client, attaquant)
    pretendue = EmailAddress.objects.get(email=VICTIME)
    lien = EmailConfirmationHMAC(pretendue).key
    habilitation, _ = inviter()
    client.post(reverse("account_confirm_email", args=[lien]))
    assert EmailAddress.objects.get(email=VICTIME).user == habilitation.compte
    assert "Bonjour Victoire" in entrer_par_code(client)
    assert EmailAddress.objects.get(email=VICTIME).verified


def test_the_address_of_a_colleague_who_never_signed_in_is_not_added(client, attaquant):
    inviter()
    page = ajouter(client, attaquant)
    assert "un autre compte" in page.content.decode()
    assert not EmailAddress.objects.filter(user=attaquant, email=VICTIME).exists()
    assert "Bonjour Victoire" in entrer_par_code(client)


def test_a_verified_address_is_neither_added_nor_invited_elsewhere(client, attaquant):
    """It opens the account that proved it: the coordination is told, and no role goes to somebody unseen."""
    EmailAddress.objects.create(user=attaquant, email=VICTIME, verified=True)
    autre = builders.verifie(builders.un_compte(email="autre@exemple.fr"))
    assert "un autre compte" in ajouter(client, autre, VICTIME.upper()).content.decode()
    with pytest.raises(SaisieInvalide, match="adresse principale"):
        inviter()
    with pytest.raises(SaisieInvalide, match="adresse principale"):
        habiliter(
            email=VICTIME,
            nom="",
            role=Role.COORDINATION,
            territoire=builders.un_territoire(),
            par="essai",
        )
    client.force_login(builders.un_compte())
    lieu = f"t{builders.un_territoire().pk}"
    valeurs = {"email": VICTIME, "nom": "", "role": "evaluation", "lieu": lieu}
    page = client.post("/espace/equipe/inviter/", valeurs)
    assert page.status_code == 200
    assert "adresse principale" in page.content.decode()
    assert not Compte.objects.filter(email=VICTIME).exists()


def test_an_address_claimed_by_two_belongs_to_the_last_who_asked(client, attaquant):
    ajouter(client, attaquant, "partagee@exemple.fr")
    autre = builders.verifie(builders.un_compte(email="autre@exemple.fr"))
    ajouter(client, autre, "partagee@exemple.fr")
    assert EmailAddress.objects.get(email="partagee@exemple.fr").user == autre


@pytest.mark.parametrize("verifiee", [True, False])
def test_making_an_address_the_main_one_never_breaks(client, attaquant, verifiee):
    """What an older version left: the address of somebody else, in this account."""
    EmailAddress.objects.create(user=attaquant, email=VICTIME, verified=verifiee)
    ancien(VICTIME)
    builders.entrer(client, attaquant)
    page = client.post(
        reverse("account_email"), {"action_primary": "", "email": VICTIME}, follow=True
    )
    assert page.status_code == 200
    assert 'class="alerte' in page.content.decode()
    attaquant.refresh_from_db()
    assert attaquant.email == "eva@exemple.fr"
    assert EmailAddress.objects.get(user=attaquant, primary=True).email == "eva@exemple.fr"


def test_only_a_verified_address_becomes_the_main_one(client):
    compte = builders.un_compte(email="eva@exemple.fr")
    ajouter(client, compte, "autre@exemple.fr")
    client.post(reverse("account_email"), {"action_primary": "", "email": "autre@exemple.fr"})
    compte.refresh_from_db()
    assert compte.email == "eva@exemple.fr"


def test_the_database_keeps_one_account_for_one_address(attaquant):
    autre = builders.un_compte(email="autre@exemple.fr")
    for verifiee in (True, False):
        with pytest.raises(IntegrityError), transaction.atomic():
            EmailAddress.objects.create(user=autre, email=attaquant.email, verified=verifiee)


def test_every_account_holds_its_own_address_and_a_code_verifies_it(client):
    habilitation, _ = inviter("Scarpe@exemple.fr")
    [adresse] = EmailAddress.objects.filter(user=habilitation.compte)
    assert (adresse.email, adresse.primary, adresse.verified) == ("scarpe@exemple.fr", True, False)
    assert "vérifiée" in entrer_par_code(client, "scarpe@exemple.fr")
    page = client.get(reverse("account_email")).content.decode()
    assert "pas encore vérifiée" not in page


def test_what_older_versions_left_is_put_right(attaquant):
    """The principal address of an account wins over what another one claimed, even verified."""
    reprise = import_module("voix.comptes.migrations.0005_adresses")
    index = import_module("voix.comptes.migrations.0006_adresse_unique")
    with connection.cursor() as curseur:
        curseur.execute(index.OTER)
    EmailAddress.objects.filter(user=attaquant).update(primary=False)
    EmailAddress.objects.create(user=attaquant, email=VICTIME, verified=True, primary=True)
    victime = ancien(VICTIME)
    parcode = ancien("parcode@exemple.fr", last_login=timezone.now())
    for autre in (attaquant, parcode):
        EmailAddress.objects.create(user=autre, email="pretendue@exemple.fr")
    reprise.reprendre(apps, None)
    connection.check_constraints()  # as at the end of the first migration
    with connection.cursor() as curseur:
        curseur.execute(index.POSER)
    assert set(EmailAddress.objects.values_list("user", "email", "verified", "primary")) == {
        (attaquant.pk, "eva@exemple.fr", True, True),
        (attaquant.pk, "pretendue@exemple.fr", False, False),
        (victime.pk, VICTIME, False, True),
        (parcode.pk, "parcode@exemple.fr", True, True),
    }


def test_an_invitation_of_somebody_known_gives_them_the_role(attaquant):
    habilitation, neuve = inviter(attaquant.email.upper())
    assert (neuve, habilitation.compte) == (True, attaquant)
    assert Habilitation.de(attaquant).count() == 2
