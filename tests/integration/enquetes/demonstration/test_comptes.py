"""The accounts of the demonstration are as announced again, whatever somebody tried with them."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from enquetes.management.demonstration.comptes import COMPTES, preparer_comptes
from voix.comptes.actions.territoires import charger_territoires
from voix.comptes.models import Compte, Habilitation
from voix.comptes.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def comptes(settings):
    settings.DEBUG = True
    charger_territoires(par="essai")
    return preparer_comptes()


def prendre(compte: Compte, email: str) -> None:
    """Make an address one's main one, as the pages of the account do once it is proved."""
    EmailAddress.objects.create(user=compte, email=email, verified=True).set_as_primary()


def ce_que_voit_l_annonce(client) -> set[Role]:
    """Return the roles whose announced password opens the space."""
    ouverts = set()
    for demo in COMPTES:
        client.post("/compte/login/", {"login": demo.login, "password": demo.secret})
        if demo.nom in client.get("/espace/").content.decode():
            ouverts.add(demo.role)
        client.post("/compte/logout/")
    return ouverts


def changer_d_adresse(comptes):
    prendre(comptes[Role.DIETETIQUE], "dom@exemple.fr")


def changer_d_adresse_et_retirer_l_ancienne(comptes):
    changer_d_adresse(comptes)
    EmailAddress.objects.get(email="dietetique@voix.example").remove()


def prendre_celle_d_un_autre(comptes):
    changer_d_adresse_et_retirer_l_ancienne(comptes)
    prendre(comptes[Role.EVALUATION], "dietetique@voix.example")


def la_garder_en_second(comptes):
    changer_d_adresse_et_retirer_l_ancienne(comptes)
    EmailAddress.objects.create(
        user=comptes[Role.EVALUATION], email="dietetique@voix.example", verified=True
    )


def la_pretendre(comptes):
    changer_d_adresse_et_retirer_l_ancienne(comptes)
    EmailAddress.objects.create(user=comptes[Role.EVALUATION], email="dietetique@voix.example")


def ajouter_un_second_facteur(comptes):
    Authenticator.objects.create(user=comptes[Role.DIETETIQUE], type="totp", data={"secret": "x"})


def changer_le_mot_de_passe(comptes):
    comptes[Role.DIETETIQUE].set_unusable_password()
    comptes[Role.DIETETIQUE].is_active = False
    comptes[Role.DIETETIQUE].save()


def retirer_un_role(comptes):
    Habilitation.objects.filter(compte=comptes[Role.DIETETIQUE]).delete()


@pytest.mark.parametrize(
    "essai",
    [
        changer_d_adresse,
        changer_d_adresse_et_retirer_l_ancienne,
        prendre_celle_d_un_autre,
        la_garder_en_second,
        la_pretendre,
        ajouter_un_second_facteur,
        changer_le_mot_de_passe,
        retirer_un_role,
    ],
    ids=lambda essai: essai.__name__,
)
def test_the_demonstration_is_ready_again_after(client, comptes, essai):
    essai(comptes)
    for _ in range(2):
        assert set(preparer_comptes()) == set(comptes)
    assert ce_que_voit_l_annonce(client) == set(comptes)
    for demo in COMPTES:
        adresse = EmailAddress.objects.get(email=demo.login)
        assert (adresse.verified, adresse.primary) == (True, True)
        assert Habilitation.de(adresse.user).filter(role=demo.role).exists()
