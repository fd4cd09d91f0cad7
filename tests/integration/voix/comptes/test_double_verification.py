"""Who lost a second step comes back in: by a colleague who may, or by whoever keeps the machine."""

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core import mail
from django.core.management import CommandError, call_command
from django.urls import reverse

from tests import builders
from tests.cles import une_cle
from voix.comptes.models import Compte, Habilitation, Trace
from voix.comptes.roles import Role

pytestmark = pytest.mark.django_db


def perdue(role=Role.EVALUATION, territoire=None, email="eva@exemple.fr") -> Compte:
    """Return an account that a lost key keeps outside."""
    compte = builders.un_compte(role=role, territoire=territoire, email=email)
    une_cle(compte)
    RecoveryCodes.activate(compte)
    return compte


def adresse(compte: Compte) -> str:
    pk = Habilitation.objects.filter(compte=compte).first().pk
    return reverse("comptes:double_verification", args=[pk])


@pytest.fixture
def coordination(client):
    compte = builders.un_compte()
    builders.entrer(client, compte)
    return compte


def test_a_colleague_comes_back_in_and_is_told(
    client, coordination, django_capture_on_commit_callbacks
):
    eva = perdue()
    equipe = client.get(reverse("comptes:equipe")).content.decode()
    assert equipe.count("Téléphone ou clé perdus") == 1
    assert "Assurez-vous" in client.get(adresse(eva)).content.decode()
    assert Authenticator.objects.filter(user=eva).count() == 2
    for dit in ("est retirée", "Rien n’a changé"):
        with django_capture_on_commit_callbacks(execute=True):
            page = client.post(adresse(eva), follow=True)
        assert dit in page.content.decode()
    assert not Authenticator.objects.filter(user=eva).exists()
    [trace] = Trace.objects.filter(verbe="retirer_double_verification")
    assert (trace.acteur, trace.objet_id) == (f"compte:{coordination.pk}", str(eva.pk))
    [message] = mail.outbox
    assert message.to == [eva.email]
    assert str(coordination) in message.body
    assert "Téléphone ou clé" not in client.get(reverse("comptes:equipe")).content.decode()


def test_an_unattended_session_weakens_no_colleague(client, coordination):
    eva = perdue()
    builders.entrer(client, coordination, il_y_a=100_000)
    for methode in (client.get, client.post):
        assert methode(adresse(eva))["Location"].startswith(reverse("comptes:confirmer"))
    assert Authenticator.objects.filter(user=eva).exists()


@pytest.mark.parametrize("de", list(Role))
@pytest.mark.parametrize("vers", list(Role))
def test_only_coordination_and_never_of_the_data_referent(client, de, vers):
    """The same place: who asks, and whose second step it is."""
    builders.entrer(client, builders.un_compte(role=de, email="par@exemple.fr"))
    cible = perdue(role=vers)
    permis = de == Role.COORDINATION and vers != Role.REFERENT
    for methode in (client.get, client.post):
        assert (methode(adresse(cible)).status_code == 403) is not permis
    assert Authenticator.objects.filter(user=cible).exists() is not permis


@pytest.mark.parametrize("methode", ["get", "post"])
def test_a_small_place_does_not_weaken_who_acts_in_a_larger_one(client, methode):
    region = builders.un_territoire()
    commune = builders.un_territoire("93010", parent=region)
    builders.entrer(client, builders.un_compte(territoire=commune, email="par@exemple.fr"))
    cible = perdue(territoire=commune)
    builders.un_compte(role=Role.AMBASSADEUR, territoire=region, email=cible.email)
    page = getattr(client, methode)(adresse(cible))
    assert page.status_code == 403
    assert "retirer_double_verification" in page.content.decode()
    assert Authenticator.objects.filter(user=cible).exists()
    loin = perdue(territoire=builders.un_territoire("32"), email="loin@exemple.fr")
    assert getattr(client, methode)(adresse(loin)).status_code == 404


def test_a_withdrawn_role_elsewhere_counts_no_more(client, coordination):
    cible = perdue()
    ailleurs = builders.un_territoire("32")
    builders.un_compte(role=Role.AMBASSADEUR, territoire=ailleurs, email=cible.email)
    assert client.post(adresse(cible)).status_code == 403
    Habilitation.objects.filter(territoire=ailleurs).update(
        retiree_le="2026-01-01T00:00:00Z", retiree_par=coordination
    )
    assert client.post(adresse(cible)).status_code == 302


def test_nobody_undoes_ones_own_protection_from_the_team(client, coordination):
    une_cle(coordination)
    assert "clé perdus" not in client.get(reverse("comptes:equipe")).content.decode()
    page = client.post(adresse(coordination))
    assert page.status_code == 409
    assert "Ma sécurité" in page.content.decode()
    assert Authenticator.objects.filter(user=coordination).exists()


def commande(email: str) -> str:
    sortie = StringIO()
    call_command("retirer_double_verification", email, stdout=sortie)
    return sortie.getvalue()


def test_the_last_coordination_comes_back_by_the_machine(django_capture_on_commit_callbacks):
    seule = perdue(role=Role.COORDINATION, email="seule@exemple.fr")
    with django_capture_on_commit_callbacks(execute=True):
        assert "est retirée" in commande("Seule@exemple.fr")
    assert "rien n’est changé" in commande("seule@exemple.fr")
    assert not Authenticator.objects.filter(user=seule).exists()
    assert Trace.objects.get().acteur == "commande:retirer_double_verification"
    assert mail.outbox[0].to == [seule.email]
    with pytest.raises(CommandError, match="Aucun compte"):
        commande("inconnue@exemple.fr")
