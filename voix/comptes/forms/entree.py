"""The form to sign in: allauth puts a link inside the help of the password, read aloud with it."""

from typing import Any

from allauth.account.forms import LoginForm


class EntreeForm(LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""  # the page itself gives the link, after the button
