"""Proving again that it is really you: only what the account has is asked for."""

from typing import Any

from allauth.account.forms import ConfirmLoginCodeForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as CodeReauthenticateForm

from voix.comptes.facteurs import facteurs_de


class MotDePasseForm(ReauthenticateForm):
    """allauth puts « forgotten? » between the label and the field; the page itself says it, after."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""


class _Nomme:
    """Names the code by what the account has."""

    fields: Any
    user: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.facteurs = facteurs_de(self.user)
        self.fields["code"].label = self.facteurs.a_taper
        self.fields["code"].widget.attrs.pop("placeholder", None)


class SecondeEtapeForm(_Nomme, AuthenticateForm):
    pass


class SecondFacteurForm(_Nomme, CodeReauthenticateForm):
    pass


class CodeRecuForm(ConfirmLoginCodeForm):
    """The code of the mail that was just sent."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = "Code reçu par e-mail"
        self.fields["code"].widget.attrs.pop("placeholder", None)
