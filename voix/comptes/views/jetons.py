"""My tokens: create one, read it once, stop it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from voix.commun.erreurs import ErreurVoix
from voix.comptes.actions.jetons import creer_jeton, portees_de, revoquer_jeton
from voix.comptes.forms.jetons import JetonForm
from voix.comptes.models import JetonPersonnel

from .acces import RequeteEquipe, preuve_recente


@never_cache
@login_required
def jetons(request: RequeteEquipe) -> HttpResponse:
    """List my tokens, with a form for another one."""
    return _page(request, JetonForm(portees=portees_de(request.user)))


def _page(request: RequeteEquipe, form: JetonForm) -> HttpResponse:
    aujourdhui = timezone.localdate()
    miens = list(JetonPersonnel.de(request.user))
    contexte = {
        "form": form,
        "actifs": [j for j in miens if j.est_actif(aujourdhui)],
        "finis": [j for j in miens if not j.est_actif(aujourdhui)],
        "peut_creer": bool(portees_de(request.user)),
        "api": request.build_absolute_uri("/api/v1/"),
    }
    return render(request, "comptes/jetons.html", contexte)


@never_cache
@login_required
@preuve_recente
def creer(request: RequeteEquipe) -> HttpResponse:
    """Make a token and show its value in this very answer: it is stored nowhere, not even a moment."""
    if request.method != "POST":
        return redirect("comptes:jetons")
    form = JetonForm(request.POST, portees=portees_de(request.user))
    if not form.is_valid():
        return _page(request, form)
    try:
        neuf = creer_jeton(**form.cleaned_data, par=request.user)
    except ErreurVoix as erreur:
        messages.error(request, erreur.message)
        return redirect("comptes:jetons")
    contexte = {"neuf": neuf, "api": request.build_absolute_uri("/api/v1/")}
    return render(request, "comptes/jeton_cree.html", contexte)


@never_cache
@login_required
def revoquer(request: RequeteEquipe, cle: UUID) -> HttpResponse:
    """Ask, then stop a token."""
    jeton = get_object_or_404(JetonPersonnel.de(request.user), pk=cle)
    if request.method == "POST":
        revoquer_jeton(jeton=jeton, par=request.user)
        messages.success(request, "Le jeton est révoqué. Il n’ouvre plus rien.")
        return redirect("comptes:jetons")
    return render(request, "comptes/revoquer_jeton.html", {"jeton": jeton})
