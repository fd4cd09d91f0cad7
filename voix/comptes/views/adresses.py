"""My addresses: allauth's page, done whole or not at all."""

from typing import Any

from allauth.account.views import EmailView
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.shortcuts import redirect

from voix.comptes.actions.adresses import est_prouvee

from .acces import RequeteEquipe


class AdressesView(EmailView):
    def post(self, request: RequeteEquipe, *args: Any, **kwargs: Any) -> HttpResponse:
        """Act on an address. One that nobody proved never becomes the main one, by which one enters."""
        email = request.POST.get("email", "")
        if "action_primary" in request.POST and not est_prouvee(email, request.user):
            messages.error(
                request, "Vérifiez d’abord cette adresse, puis faites-en la principale."
            )
            return redirect("account_email")
        try:
            with transaction.atomic():
                page: HttpResponse = super().post(request, *args, **kwargs)
        except IntegrityError:
            messages.error(request, "Cette adresse est celle d’un autre compte. Rien n’a changé.")
            return redirect("account_email")
        return page


adresses = AdressesView.as_view()
