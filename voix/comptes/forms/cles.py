"""An access key: its name (allauth leaves the label in English), and entering by it alone, as a rule."""

from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms

from voix.commun.francais import TexteDroit


class AjoutCleForm(AddWebAuthnForm):
    name = TexteDroit(label="Nom de la clé", max_length=60, required=False)
    passwordless = forms.BooleanField(
        label="Entrer avec cette clé seule",
        initial=True,
        required=False,
        help_text="Conseillé. Elle vous demandera votre empreinte, votre visage ou son code secret. "
        "Décochez pour une petite clé USB sans code\u00a0: elle vous sera demandée en plus.",
    )


class NomCleForm(EditWebAuthnForm):
    name = TexteDroit(label="Nom de la clé", max_length=60)
