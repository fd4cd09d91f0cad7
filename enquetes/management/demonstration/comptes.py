"""One invented account for each role, with a password that everybody may know."""

from dataclasses import dataclass
from typing import Final

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction

from voix.commun.erreurs import AccesRefuse
from voix.comptes.actions.traces import tracer
from voix.comptes.models import Compte, Habilitation, Structure, Territoire
from voix.comptes.roles import Role

from .lieux import LIEU_ATELIER, structure_de, territoire_de_code

ACTEUR: Final = "commande:demo"
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


def _compte(demo: CompteDemo) -> Compte:
    compte = Compte.objects.filter(email=demo.login).first()
    if compte is None:
        compte = Compte.objects.create_user(demo.login, demo.secret, nom=demo.nom)
        tracer(par=ACTEUR, verbe="creer_compte_demo", objet=compte)
    elif not (compte.is_active and compte.check_password(demo.secret)):
        compte.set_password(demo.secret)
        compte.is_active = True
        compte.save()
    # The address counts as verified: access keys and codes can then be tried at once.
    EmailAddress.objects.update_or_create(
        user=compte, email=demo.login, defaults={"verified": True, "primary": True}
    )
    for lieu in _lieux(demo.role):
        _habiliter(compte, demo.role, lieu)
    return compte


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
