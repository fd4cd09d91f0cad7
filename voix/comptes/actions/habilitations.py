"""Invite a colleague, change, move and withdraw a role; nobody grants more, or elsewhere, than they hold."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from voix.commun.erreurs import AccesRefuse, EtatIncompatible, SaisieInvalide
from voix.comptes.actions.adresses import compte_de
from voix.comptes.actions.traces import tracer
from voix.comptes.models import Compte, Habilitation, Structure, Territoire
from voix.comptes.perimetre import perimetre_de
from voix.comptes.roles import DROITS, LIBELLES, Droit, Role, accordables


@dataclass(frozen=True, slots=True)
class Lieu:
    """Where a role holds: a territoire with everything below it, or one structure."""

    territoire: Territoire | None = None
    structure: Structure | None = None

    @property
    def chemin(self) -> str:
        """Return the path of the territoire in which this place is."""
        territoire = self.structure.territoire if self.structure else self.territoire
        return territoire.chemin if territoire else ""

    @property
    def code(self) -> str:
        """Return what a form calls this place."""
        if self.structure:
            return f"s{self.structure.pk}"
        return f"t{self.territoire.pk}" if self.territoire else ""

    def __str__(self) -> str:
        return str(self.structure or self.territoire)


def lieu_de(habilitation: Habilitation) -> Lieu:
    """Return where a habilitation holds."""
    return Lieu(habilitation.territoire, habilitation.structure)


def _exiger_gestion(par: Compte, lieu: Lieu) -> None:
    if not tient(par, Droit.GERER_EQUIPE, lieu):
        raise AccesRefuse(
            "Ce lieu n’est pas dans votre territoire. Choisissez un lieu que vous coordonnez."
        )


def tient(par: Compte, droit: Droit, lieu: Lieu) -> bool:
    """Return whether an account holds a right at a place."""
    perimetre = perimetre_de(par, droit)
    dedans = any(lieu.chemin.startswith(chemin) for chemin in perimetre.chemins)
    return dedans or bool(lieu.structure and lieu.structure.pk in perimetre.structures)


PAS_ICI: Final = (
    "Ce rôle ne se donne pas ici\u00a0: il sert à contrôler la coordination. "
    "Demandez-le à la personne qui tient la machine (commande «\u00a0habiliter\u00a0»)."
)


def _exiger_de_le_tenir(par: Compte, role: Role, lieu: Lieu) -> None:
    """Refuse to grant a role that nobody's team grants, or with a right that ``par`` lacks there.

    Who asks for numbers and who decides on them are two persons: a coordination names no data
    referent, not even somebody else, who could be itself under another address.
    """
    if role not in accordables():
        raise AccesRefuse(PAS_ICI)
    if not all(tient(par, droit, lieu) for droit in DROITS[role]):
        raise AccesRefuse("Vous ne pouvez pas donner un rôle qui permet plus que le vôtre.")


@transaction.atomic
def inviter_collegue(
    *, email: str, nom: str, role: Role, lieu: Lieu, adresse: str, par: Compte
) -> tuple[Habilitation, bool]:
    """Give a role to somebody and tell them how to sign in; the same invitation is made once.

    Return the role, and whether it is new. ``adresse``: the whole address of the sign-in page. No password is sent: they ask for a code.
    """
    _exiger_gestion(par, lieu)
    _exiger_de_le_tenir(par, role, lieu)
    compte, _ = compte_de(email=email, nom=nom)
    habilitation, creee = Habilitation.objects.get_or_create(
        compte=compte,
        role=role,
        territoire=lieu.territoire,
        structure=lieu.structure,
        retiree_le=None,
        defaults={"accordee_par": par},
    )
    if creee:
        tracer(par=par, verbe="inviter_collegue", objet=habilitation, role=role.value)
        transaction.on_commit(lambda: _prevenir(compte, role, lieu, adresse))
    return habilitation, creee


@transaction.atomic
def habiliter(
    *, email: str, nom: str, role: Role, territoire: Territoire, par: str
) -> tuple[Habilitation, bool]:
    """Give a role from the machine itself: the first account, which nobody is there to invite.

    Return the role, and whether it is new. No password: they ask for a code by e-mail.
    ``par``: the name of the command. Errors: ``SaisieInvalide`` when the address is not one.
    """
    try:
        validate_email(email)
    except ValidationError as faute:
        raise SaisieInvalide(
            f"Cette adresse ne convient pas\u00a0: {email}. Écrivez-la comme nom@exemple.fr."
        ) from faute
    compte, neuf = compte_de(email=email, nom=nom)
    if neuf:
        tracer(par=par, verbe="creer_compte", objet=compte)
    habilitation, neuve = Habilitation.objects.actives().get_or_create(
        compte=compte, role=role, territoire=territoire
    )
    if neuve:
        tracer(par=par, verbe="habiliter", objet=habilitation, role=role.value)
    return habilitation, neuve


def _prevenir(compte: Compte, role: Role, lieu: Lieu, adresse: str) -> None:
    send_mail(
        "Voix\u00a0: votre accès est ouvert",
        (
            f"Bonjour,\n\nVotre accès à Voix est ouvert.\nVotre rôle\u00a0: {LIBELLES[role]}, {lieu}.\n\n"
            f"Pour entrer, ouvrez cette page et choisissez «\u00a0Recevoir un code par e-mail\u00a0»\u00a0:\n"
            f"{adresse}\n\nVous n’attendiez pas ce message\u00a0? Ne faites rien.\n"
        ),
        None,
        [compte.email],
    )


def _verrouiller(habilitation: Habilitation, par: Compte) -> Habilitation:
    verrouillee = (
        Habilitation.objects.select_for_update(of=("self",))
        .avec_leur_lieu()
        .get(pk=habilitation.pk)
    )
    _exiger_gestion(par, lieu_de(verrouillee))
    return verrouillee


SEULE: Final = (
    "C’est la seule coordination de ce lieu. Invitez d’abord une autre personne à ce rôle, "
    "et attendez qu’elle soit entrée une fois."
)


def est_seule_coordination(habilitation: Habilitation) -> bool:
    """Return whether nobody else coordinates its place: nobody else who came in at least once."""
    if habilitation.role != Role.COORDINATION:
        return False
    chemin = lieu_de(habilitation).chemin
    autres = Habilitation.objects.actives().filter(
        role=Role.COORDINATION,
        territoire__isnull=False,
        compte__is_active=True,
        compte__last_login__isnull=False,
    )
    autres = autres.exclude(pk=habilitation.pk).select_related("territoire")
    return not any(a.territoire and chemin.startswith(a.territoire.chemin) for a in autres)


@transaction.atomic
def retirer_habilitation(*, habilitation: Habilitation, par: Compte) -> bool:
    """Withdraw a role; return whether this did it. A place keeps a coordination."""
    habilitation = _verrouiller(habilitation, par)
    if habilitation.retiree_le is not None:
        return False
    _retirer(habilitation, timezone.now(), par)
    return True


def _retirer(habilitation: Habilitation, le: datetime, par: Compte) -> None:
    if est_seule_coordination(habilitation):
        raise EtatIncompatible(SEULE)
    habilitation.retiree_le = le
    habilitation.retiree_par = par
    habilitation.save(update_fields=["retiree_le", "retiree_par"])
    tracer(par=par, verbe="retirer_habilitation", objet=habilitation)


@transaction.atomic
def changer_role(*, habilitation: Habilitation, role: Role, par: Compte) -> Habilitation:
    """Replace a role by another one in the same place; the old one is kept as withdrawn.

    Return what is held now: the same when nothing changed, the old one when it was withdrawn meanwhile.
    """
    habilitation = _verrouiller(habilitation, par)
    if habilitation.role == role or habilitation.retiree_le is not None:
        return habilitation
    return _remplacer(habilitation, role, lieu_de(habilitation), "changer_role", par)


@transaction.atomic
def changer_lieu(*, habilitation: Habilitation, lieu: Lieu, par: Compte) -> Habilitation:
    """Replace a role by the same one somewhere else; the old one is kept as withdrawn.

    Return what ``changer_role`` returns.
    """
    habilitation = _verrouiller(habilitation, par)
    _exiger_gestion(par, lieu)
    if lieu_de(habilitation) == lieu or habilitation.retiree_le is not None:
        return habilitation
    return _remplacer(habilitation, Role(habilitation.role), lieu, "changer_lieu", par)


def _remplacer(
    ancienne: Habilitation, role: Role, lieu: Lieu, verbe: str, par: Compte
) -> Habilitation:
    """Give first, then withdraw, in one moment: a coordination that is widened leaves nobody alone."""
    _exiger_de_le_tenir(par, role, lieu)
    nouvelle, creee = Habilitation.objects.get_or_create(
        compte=ancienne.compte,
        role=role,
        territoire=lieu.territoire,
        structure=lieu.structure,
        retiree_le=None,
        defaults={"accordee_par": par},
    )
    if creee:
        tracer(par=par, verbe=verbe, objet=nouvelle, role=role.value, remplace=ancienne.pk)
    _retirer(ancienne, nouvelle.accordee_le if creee else timezone.now(), par)
    return nouvelle


@transaction.atomic
def creer_structure(*, nom: str, type_: str, territoire: Territoire, par: Compte) -> Structure:
    """Add an organisation to a territoire; the same name in the same territoire is the same one."""
    _exiger_gestion(par, Lieu(territoire=territoire))
    deja = Structure.objects.filter(territoire=territoire, nom__in={nom, nom.replace("’", "'")})
    if ancienne := deja.first():
        return ancienne  # also when its apostrophe was stored as it was typed
    structure, creee = Structure.objects.get_or_create(
        nom=nom, territoire=territoire, defaults={"type": type_}
    )
    if creee:
        tracer(par=par, verbe="creer_structure", objet=structure)
    return structure
