"""Whose address it is. One address is one account's; what is only claimed gives way to who is invited."""

from allauth.account.models import EmailAddress
from django.db import transaction

from voix.commun.erreurs import SaisieInvalide
from voix.commun.francais import typographier
from voix.comptes.models import Compte


def est_d_un_autre(email: str, compte: Compte) -> bool:
    """Return whether another account has this address: as its own, or proved."""
    autres = Compte.objects.filter(email=email).exclude(pk=compte.pk)
    prouvees = EmailAddress.objects.filter(email=email, verified=True).exclude(user=compte)
    return autres.exists() or prouvees.exists()


def est_prouvee(email: str, compte: Compte) -> bool:
    """Return whether an account proved that it reads the mail of this address."""
    siennes = EmailAddress.objects.filter(user=compte, email=email.lower(), verified=True)
    return bool(siennes.exists())


def ouvre(email: str, compte: Compte) -> bool:
    """Return whether the mail of this address opens the account: its main one, or one that it proved."""
    return compte.email == email.lower() or est_prouvee(email, compte)


def oublier_les_pretentions(email: str) -> None:
    """Forget who claimed an address without proving it: the link that they were sent dies with it."""
    EmailAddress.objects.filter(email=email, verified=False).delete()


@transaction.atomic
def compte_de(*, email: str, nom: str) -> tuple[Compte, bool]:
    """Return the account whose address it is, and whether it was made just now.

    An address proved by another account would let that one in: a role goes to nobody unseen.
    """
    email = email.lower()
    compte = Compte.objects.filter(email=email).first()
    if compte is not None:
        return compte, False
    if EmailAddress.objects.filter(email=email, verified=True).exists():
        raise SaisieInvalide(
            "Cette adresse ouvre déjà un autre compte. "
            "Demandez à la personne son adresse principale dans Voix."
        )
    oublier_les_pretentions(email)
    return Compte.objects.create_user(email, nom=typographier(nom)), True
