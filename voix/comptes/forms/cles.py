"""The name of an access key: allauth's forms leave its label in English."""

from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms


class AjoutCleForm(AddWebAuthnForm):
    name = forms.CharField(label="Nom de la clé", max_length=60, required=False)


class NomCleForm(EditWebAuthnForm):
    name = forms.CharField(label="Nom de la clé", max_length=60)
