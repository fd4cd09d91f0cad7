"""One invented account for each role, with a password that everybody may know."""

from dataclasses import dataclass
from typing import Final

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction

from voix.commun.erreurs import AccesRefuse
from voix.comptes.actions.traces import tracer
from voix.comptes.models import Compte, Habilitation, Structure, Territoire, Trace
from voix.comptes.roles import Role

from .lieux import LIEU_ATELIER, LIEU_SUIVI, structure_de, territoire_de_code

ACTEUR: Final = "commande:demo"
CREATION: Final = "creer_compte_demo"
ILE_DE_FRANCE: Final = "11"
HAUTS_DE_FRANCE: Final = "32"
DOUAISIS: Final = "200044618"


@dataclass(frozen=True, slots=True)
class CompteDemo:
    """How to sign in as a role."""

    role: Role
    nom: str

    @property
    def login(self) -> str:
        return f"{self.role}@voix.example"

    @property
    def secret(self) -> str:
        """Return the password: long enough to pass every rule, easy to read aloud."""
        return f"voix-demo-{self.role}"


COMPTES: Final = (
    CompteDemo(Role.COORDINATION, "Camille (coordination)"),
    CompteDemo(Role.AMBASSADEUR, "Amina (ambassadrice)"),
    CompteDemo(Role.DIETETIQUE, "Dominique (diététique)"),
    CompteDemo(Role.EVALUATION, "Emmanuel (évaluation)"),
    CompteDemo(Role.REFERENT, "Rokhaya (référente données)"),
)


@transaction.atomic
def preparer_comptes() -> dict[Role, Compte]:
    """Create the accounts that are missing, and give each its role and its password again."""
    if not settings.DEBUG:
        raise AccesRefuse("Les comptes de démonstration n’existent que là où DEBUG est activé.")
    return {demo.role: _compte(demo) for demo in COMPTES}


def habiliter_au_suivi(compte: Compte) -> None:
    """Let the dietician follow the invented families, once ``tableau1`` has brought their place in."""
    _habiliter(compte, Role.DIETETIQUE, territoire_de_code(LIEU_SUIVI.territoire))


def _compte(demo: CompteDemo) -> Compte:
    compte = _retrouve(demo)
    _liberer(demo.login, compte)
    if compte is None:
        compte = Compte.objects.create_user(demo.login, demo.secret, nom=demo.nom)
        tracer(par=ACTEUR, verbe=CREATION, objet=compte)
    elif not (compte.is_active and compte.check_password(demo.secret)):
        compte.set_password(demo.secret)
        compte.is_active = True
        compte.save()
    _remettre(compte, demo.login)
    for lieu in _lieux(demo.role):
        _habiliter(compte, demo.role, lieu)
    return compte


def _retrouve(demo: CompteDemo) -> Compte | None:
    """Return the account made for a role, whatever its address has become: its name never changes."""
    faits = Trace.objects.filter(verbe=CREATION).values_list("objet_id", flat=True)
    return Compte.objects.filter(pk__in=[int(pk) for pk in faits], nom=demo.nom).first()


def _liberer(login: str, compte: Compte | None) -> None:
    """Take the address of a role from whoever took it, even as their main one."""
    EmailAddress.objects.filter(email=login).exclude(user=compte).delete()
    for autre in Compte.objects.filter(email=login):
        if autre == compte:
            continue
        autre.email = f"compte-{autre.pk}@voix.example"
        autre.save(update_fields=["email"])
        EmailAddress.objects.create(user=autre, email=autre.email, primary=True)


def _remettre(compte: Compte, login: str) -> None:
    """Give an account its address again, and no second step: its password must be enough.

    The address counts as verified: access keys and codes can then be tried at once.
    """
    Authenticator.objects.filter(user=compte).delete()
    EmailAddress.objects.filter(user=compte, primary=True).update(primary=False)
    EmailAddress.objects.update_or_create(
        user=compte, email=login, defaults={"verified": True, "primary": True}
    )
    if compte.email != login:
        compte.email = login
        compte.save(update_fields=["email"])


def _lieux(role: Role) -> list[Territoire | Structure]:
    if role == Role.AMBASSADEUR:
        return [structure_de(LIEU_ATELIER)]
    if role == Role.DIETETIQUE:
        return [territoire_de_code(DOUAISIS)]
    return [territoire_de_code(ILE_DE_FRANCE), territoire_de_code(HAUTS_DE_FRANCE)]


def _habiliter(compte: Compte, role: Role, lieu: Territoire | Structure) -> None:
    ou = {"structure": lieu} if isinstance(lieu, Structure) else {"territoire": lieu}
    habilitation, neuve = Habilitation.objects.actives().get_or_create(
        compte=compte, role=role, **ou
    )
    if neuve:
        tracer(par=ACTEUR, verbe="habiliter", objet=habilitation, role=str(role))
