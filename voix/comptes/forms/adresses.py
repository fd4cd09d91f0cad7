"""One more address for my account: never that of somebody else."""

from typing import Any

from allauth.account.forms import AddEmailForm
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest

from voix.comptes.actions.adresses import est_d_un_autre, oublier_les_pretentions


class AjoutAdresseForm(AddEmailForm):
    """allauth lets the address of another account in, so as to tell nothing; here it would be captured."""

    def clean_email(self) -> str:
        email: str = super().clean_email()
        if est_d_un_autre(email, self.user):
            raise ValidationError(
                "Cette adresse est celle d’un autre compte. Écrivez-en une autre."
            )
        return email

    @transaction.atomic
    def save(self, request: HttpRequest, *args: Any) -> EmailAddress:
        oublier_les_pretentions(self.cleaned_data["email"])
        adresse: EmailAddress = super().save(request)
        return adresse
