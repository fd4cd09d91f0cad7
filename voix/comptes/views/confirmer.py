"""Proving again, by a code received now, that it is really you: for accounts that enter so."""

import time
from typing import Any, Final

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import BaseReauthenticateView, password_set
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from voix.comptes.forms.confirmer import CodeRecuForm

from .acces import RequeteEquipe, preuve_recente

ENVOI: Final = "comptes_code_envoye"
"""In the session: the code that was sent, when, and how many were tried."""


class ConfirmerView(BaseReauthenticateView):
    template_name = "comptes/confirmer.html"
    form_class = CodeRecuForm

    @property
    def _envoi(self) -> dict[str, Any]:
        envoi = self.request.session.get(ENVOI, {})
        frais = envoi and time.time() - envoi["le"] < app_settings.LOGIN_BY_CODE_TIMEOUT
        return envoi if frais else {}

    def post(self, request: RequeteEquipe, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send a code, or read the one that was typed. Nothing is sent by only coming here."""
        if "envoyer" not in request.POST and self._envoi:
            page: HttpResponse = super().post(request, *args, **kwargs)
            return page
        code = get_adapter().generate_login_code()
        get_adapter().send_mail("account/email/confirmer", request.user.email, {"code": code})
        request.session[ENVOI] = {"code": code, "le": time.time(), "essais": 0}
        return redirect(self.passthrough_next_url(request.path))

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "code": self._envoi.get("code", "")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "envoye": bool(self._envoi)}

    def form_valid(self, form: CodeRecuForm) -> HttpResponse:
        del self.request.session[ENVOI]
        compte = self.request.user
        record_authentication(
            self.request, compte, method="code", email=compte.email, reauthenticated=True
        )
        suite: HttpResponse = super().form_valid(form)
        return suite

    def form_invalid(self, form: CodeRecuForm) -> HttpResponse:
        envoi = self._envoi | {"essais": self._envoi["essais"] + 1}
        if envoi["essais"] >= app_settings.LOGIN_BY_CODE_MAX_ATTEMPTS:
            del self.request.session[ENVOI]
            messages.error(self.request, "Trop d’essais. Demandez un autre code.")
            return redirect(self.passthrough_next_url(self.request.path))
        self.request.session[ENVOI] = envoi
        page: HttpResponse = super().form_invalid(form)
        return page


confirmer = never_cache(login_required(ConfirmerView.as_view()))
# allauth asks nothing before a first password: an unattended session would become a lasting access.
choisir_mot_de_passe = preuve_recente(password_set)
