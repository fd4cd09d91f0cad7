"""The door: a personal token, never the session of a browser."""

from typing import Final

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from voix.commun.erreurs import AccesRefuse
from voix.comptes.actions.jetons import empreinte_du_jeton, noter_usage
from voix.comptes.models import DROITS_DES_PORTEES, Compte, JetonPersonnel, Portee
from voix.comptes.perimetre import perimetre_de

from .erreurs import ErreurApi

_COMMENT: Final = "Créez-en un dans Voix, «\u00a0Mes jetons\u00a0»."


class Requete(HttpRequest):
    """A request whose token was read."""

    auth: JetonPersonnel


class Porteur(HttpBearer):
    """Reads ``Authorization: Bearer …``; says what is wrong with a token that opens nothing.

    Without a scope, any token will do.
    """

    def __init__(self, portee: Portee | None = None) -> None:
        super().__init__()
        self.portee = portee

    def __call__(self, request: HttpRequest) -> JetonPersonnel:
        sorte, _, valeur = request.headers.get("Authorization", "").partition(" ")
        if sorte.lower() != "bearer" or not valeur.strip():
            raise ErreurApi(
                401,
                "jeton_absent",
                "Il manque l’en-tête «\u00a0Authorization: Bearer LE_JETON\u00a0». " + _COMMENT,
            )
        return self.authenticate(request, valeur.strip())

    def authenticate(self, request: HttpRequest, token: str) -> JetonPersonnel:
        jeton = JetonPersonnel.d_empreinte(empreinte_du_jeton(token))
        if jeton is None or not jeton.compte.is_active:
            raise ErreurApi(401, "jeton_inconnu", f"Ce jeton n’existe pas. {_COMMENT}")
        if jeton.revoque_le is not None:
            raise ErreurApi(
                401,
                "jeton_revoque",
                f"Ce jeton a été révoqué le {jeton.revoque_le:%d/%m/%Y}. {_COMMENT}",
            )
        if not jeton.est_actif(timezone.localdate()):
            raise ErreurApi(
                401,
                "jeton_expire",
                f"Ce jeton a expiré après le {jeton.expire_le:%d/%m/%Y}. {_COMMENT}",
            )
        if self.portee is not None:
            self._exiger_la_portee(jeton, self.portee)
        noter_usage(jeton=jeton)
        return jeton

    def _exiger_la_portee(self, jeton: JetonPersonnel, portee: Portee) -> None:
        if not jeton.ouvre(portee):
            raise ErreurApi(
                403,
                "portee",
                f"Ce jeton n’ouvre pas cela ({portee.label}). Créez-en un qui l’ouvre.",
            )
        if not perimetre_de(jeton.compte, DROITS_DES_PORTEES[portee]).est_ouvert:
            raise AccesRefuse(
                "Votre rôle ne permet pas, ou plus, de lire cela. "
                "Demandez à la coordination de votre territoire."
            )


def compte_de(requete: Requete) -> Compte:
    """Return who owns the token: what is answered is what this account may read, and no more."""
    return requete.auth.compte
