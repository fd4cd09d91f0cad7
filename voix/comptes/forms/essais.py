"""Asking for a code or a link by mail: slowed by address and by network together.

By address alone, anybody could keep a colleague outside from another town, three times a minute.
allauth would also send them to an address that was only claimed: one letter wrong, and a stranger enters.
"""

from allauth.account.adapter import get_adapter
from allauth.account.forms import RequestLoginCodeForm, ResetPasswordForm
from allauth.core import context, ratelimit

from voix.commun.reseau import reseau
from voix.comptes.actions.adresses import ouvre
from voix.comptes.models import Compte


class _Freine:
    """Counts what a network asks for one address."""

    def clean_email(self) -> str:
        email: str = super().clean_email()  # type: ignore[misc]  # a mixin of a form
        cle = f"{email.lower()}:{reseau(context.request)}"
        if not ratelimit.consume(context.request, action="message_demande", key=cle):
            raise get_adapter().validation_error("too_many_login_attempts")
        return email


class DemandeCodeForm(_Freine, RequestLoginCodeForm):
    _user: Compte | None

    def clean_email(self) -> str:
        email = super().clean_email()
        if self._user and not ouvre(email, self._user):
            self._user = None
        return email


class MotDePasseOublieForm(_Freine, ResetPasswordForm):
    users: list[Compte]

    def clean_email(self) -> str:
        email = super().clean_email()
        self.users = [compte for compte in self.users if ouvre(email, compte)]
        return email
