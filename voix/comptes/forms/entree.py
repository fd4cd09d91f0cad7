"""Passwords: allauth puts a link inside the help of the field, read aloud with it; pages give it after."""

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, SetPasswordForm


class EntreeForm(LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""


class AutreMotDePasseForm(ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].help_text = ""


class PremierMotDePasseForm(SetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seconde = self.fields["password2"]
        seconde.label = "Le même, une seconde fois"
        seconde.widget.attrs.pop("placeholder", None)
