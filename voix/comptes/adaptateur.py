"""What allauth must know of Voix: nobody signs up, no address is kept, who sits there proves it again."""

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import reverse

from voix.commun.reseau import reseau

from .facteurs import facteurs_de
from .models import Compte


class Adaptateur(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return what the limits of sign-in count by: the network's fingerprint, never an address."""
        return reseau(request)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Return what wrong passwords are counted by: an address and a network together.

        By address alone, five wrong passwords typed anywhere would keep a colleague outside.
        """
        return f"{super()._get_login_attempts_cache_key(request, **credentials)}:{reseau(request)}"

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask for a recent proof of every account, were it the mail that it enters by.

        allauth asks nothing of an account without password nor second step, and counts only a proof
        made twice: a sign-in of a minute ago is as good.
        """
        if s_est_prouve(context.request):
            return False
        raise ReauthenticationRequired

    def get_reauthentication_methods(self, user: Compte | AnonymousUser) -> list[dict[str, str]]:
        """Return the ways that this account has, the easiest first; a code by mail when it opens alone."""
        if not isinstance(user, Compte):
            return []
        facteurs = facteurs_de(user)
        moyens = []
        if user.has_usable_password():
            moyens.append(_moyen("Avec mon mot de passe", "account_reauthenticate"))
        if facteurs.cle:
            moyens.append(_moyen("Avec ma clé d’accès", "mfa_reauthenticate_webauthn"))
        if facteurs.a_taper:
            dit = {True: "Avec mon application de codes", False: "Avec un code de secours"}
            moyens.append(_moyen(dit[facteurs.application], "mfa_reauthenticate"))
        if not facteurs.demandes:
            moyens.append(_moyen("Avec un code reçu par e-mail", "comptes:confirmer"))
        return moyens


def _moyen(description: str, nom: str) -> dict[str, str]:
    return {"id": nom, "description": description, "url": reverse(nom)}


def s_est_prouve(request: HttpRequest) -> bool:
    """Return whether whoever sits there signed in, or proved it again, within the last minutes."""
    preuves = get_authentication_records(request, request.user)
    return (
        bool(preuves) and time.time() - preuves[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT
    )
