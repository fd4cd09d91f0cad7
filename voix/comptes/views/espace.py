"""The staff's home: what this account may do, in big clear links."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render

from voix.comptes.actions.jetons import portees_de
from voix.comptes.models import Habilitation

from .acces import RequeteEquipe


@login_required
def espace(request: RequeteEquipe) -> HttpResponse:
    return render(
        request,
        "comptes/espace.html",
        {
            "habilitations": Habilitation.de(request.user),
            "peut_lire": bool(portees_de(request.user)),
        },
    )
