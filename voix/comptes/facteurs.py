"""What an account proves itself with, besides its password and its mail: keys, application, spare codes."""

from collections.abc import Iterable
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser

from .models import Compte


@dataclass(frozen=True, slots=True)
class Facteurs:
    """The second step of an account: pages ask for nothing else than what is there."""

    cle: bool
    application: bool
    codes: int

    @property
    def demandes(self) -> bool:
        """Return whether a second step is asked for at all."""
        return self.cle or self.application

    @property
    def a_taper(self) -> str:
        """Return the name of the code that can be typed, as a label says it; empty when there is none."""
        if self.application and self.codes:
            return "Code de votre application, ou code de secours"
        if self.application:
            return "Code de votre application"
        return "Code de secours" if self.codes else ""


def facteurs_de(compte: Compte | AnonymousUser) -> Facteurs:
    """Return what this account has."""
    siens = {facteur.type: facteur for facteur in Authenticator.objects.filter(user_id=compte.pk)}
    secours = siens.get(Authenticator.Type.RECOVERY_CODES)
    return Facteurs(
        cle=Authenticator.Type.WEBAUTHN in siens,
        application=Authenticator.Type.TOTP in siens,
        codes=len(secours.wrap().get_unused_codes()) if secours else 0,
    )


def comptes_a_double_verification(comptes: Iterable[Compte]) -> frozenset[int]:
    """Return, among these accounts, the ids of those that have a second step."""
    pks = {compte.pk for compte in comptes}
    tenus = Authenticator.objects.filter(user_id__in=pks).values_list("user_id", flat=True)
    return frozenset(tenus)
