"""Take away the second step of somebody who lost it: they enter with their mail alone, and are told."""

from allauth.mfa.models import Authenticator
from django.core.mail import send_mail
from django.db import transaction

from voix.commun.erreurs import AccesRefuse, EtatIncompatible, SaisieInvalide
from voix.comptes.actions.habilitations import lieu_de, tient
from voix.comptes.actions.traces import tracer
from voix.comptes.models import Compte, Habilitation
from voix.comptes.roles import DROITS, Droit


def exiger_de_pouvoir_retirer(*, compte: Compte, par: Compte) -> None:
    """Refuse to touch oneself, or an account that may do more, or elsewhere, than ``par``.

    Otherwise a small place would weaken the account of a large one, and a coordination that of the
    data referent who controls it. Oneself: an open session must not undo what protects it.
    """
    if compte == par:
        raise EtatIncompatible(
            "C’est votre propre compte\u00a0: allez dans «\u00a0Ma sécurité\u00a0», en haut de la page."
        )
    for habilitation in Habilitation.de(compte):
        droits = {Droit.GERER_EQUIPE, *DROITS[habilitation.role_tenu]}
        if not all(tient(par, droit, lieu_de(habilitation)) for droit in droits):
            raise AccesRefuse(
                "Cette personne a aussi un rôle que vous ne donnez pas, ou ailleurs. Demandez à la "
                "coordination de ce lieu, ou à la personne qui tient la machine "
                "(commande «\u00a0retirer_double_verification\u00a0»)."
            )


@transaction.atomic
def retirer_double_verification(*, compte: Compte, par: Compte | str) -> bool:
    """Forget the keys, the application and the spare codes of an account; return whether it had any.

    ``par``: a colleague who may, or the name of a command. Twice is the same as once.
    """
    if isinstance(par, Compte):
        exiger_de_pouvoir_retirer(compte=compte, par=par)
    Compte.objects.select_for_update().get(pk=compte.pk)
    facteurs = Authenticator.objects.filter(user=compte)
    types = sorted(facteurs.values_list("type", flat=True))
    if not types:
        return False
    facteurs.delete()
    tracer(par=par, verbe="retirer_double_verification", objet=compte, facteurs=types)
    qui = f"par {par}" if isinstance(par, Compte) else "par la personne qui tient la machine"
    transaction.on_commit(lambda: _prevenir(compte, qui))
    return True


def compte_par_adresse(email: str) -> Compte:
    """Return the account of an address. Errors: ``SaisieInvalide`` when there is none."""
    compte = Compte.objects.filter(email=email.lower()).first()
    if compte is None:
        raise SaisieInvalide(f"Aucun compte n’a cette adresse principale\u00a0: {email}.")
    return compte


def _prevenir(compte: Compte, qui: str) -> None:
    send_mail(
        "Voix\u00a0: votre double vérification est retirée",
        (
            f"Bonjour,\n\nVotre double vérification a été retirée {qui}\u00a0: vos clés d’accès, votre "
            "application de codes et vos codes de secours n’ouvrent plus votre compte.\n\n"
            "Pour entrer, choisissez «\u00a0Recevoir un code par e-mail\u00a0», puis ajoutez une nouvelle "
            "clé dans «\u00a0Ma sécurité\u00a0».\n\n"
            "Vous n’avez rien demandé\u00a0? Dites-le tout de suite à la coordination de votre territoire.\n"
        ),
        None,
        [compte.email],
    )
