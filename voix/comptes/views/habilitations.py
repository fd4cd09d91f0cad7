"""One right of a colleague: another role, another place, or none; its old page says what became of it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache

from voix.commun.erreurs import ErreurVoix
from voix.comptes.actions.habilitations import (
    PAS_ICI,
    SEULE,
    changer_lieu,
    changer_role,
    est_seule_coordination,
    lieu_de,
    retirer_habilitation,
)
from voix.comptes.forms.equipe import LieuForm, RoleForm
from voix.comptes.models import Habilitation
from voix.comptes.perimetre import perimetre_de
from voix.comptes.roles import Droit, Role, accordables

from .acces import RequeteEquipe, droit_requis

RETIRE, ENTRE_TEMPS = "Le rôle est retiré.", "Ce rôle a changé entre-temps. Regardez la liste."
CHANGES = {"role": "Le rôle est changé.", "lieu": "Le lieu est changé."}
PAGES = {"role": "comptes/changer_role.html", "lieu": "comptes/formulaire.html"}
INCHANGES = {
    "role": "C’est déjà son rôle\u00a0: rien n’a changé.",
    "lieu": "C’est déjà son lieu\u00a0: rien n’a changé.",
}


def _d_un_droit(
    vue: Callable[[RequeteEquipe, Habilitation], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Find the right that a page is about; say what became of one that is withdrawn already.

    Also to who just gave up the last one of their own: the page of the team is closed to them, and a
    second tap must not answer that nothing was possible.
    """

    @droit_requis(Droit.GERER_EQUIPE)
    def d_un_collegue(request: RequeteEquipe, pk: int) -> HttpResponse:
        geres = Habilitation.gerees_par(request.user, retirees=True)
        habilitation = get_object_or_404(geres, pk=pk)
        if habilitation.retiree_le is not None:
            return _dire_ce_qu_il_en_est(request, habilitation)
        return vue(request, habilitation)

    @never_cache
    @wraps(vue)
    def trouvee(request: RequeteEquipe, pk: int) -> HttpResponse:
        sienne = Habilitation.quittees_par(request.user).filter(pk=pk).first()
        if sienne is not None and not _gere_une_equipe(request):
            return _dire_ce_qu_il_en_est(request, sienne)
        return d_un_collegue(request, pk)

    return trouvee


def _gere_une_equipe(request: RequeteEquipe) -> bool:
    return perimetre_de(request.user, Droit.GERER_EQUIPE).est_ouvert


def _retour(request: RequeteEquipe) -> HttpResponse:
    """Go back to the team, or home when it was one's own right to see it."""
    return redirect("comptes:equipe" if _gere_une_equipe(request) else "comptes:espace")


def _dire_ce_qu_il_en_est(request: RequeteEquipe, ancienne: Habilitation) -> HttpResponse:
    """Say of a right that is withdrawn whether another one came in its place, and which was asked for."""
    suites = Habilitation.de(ancienne.compte).filter(accordee_le__gte=ancienne.retiree_le)
    if ancienne.compte != request.user:
        suites = suites.filter(pk__in=Habilitation.gerees_par(request.user).values("pk"))
    geste = next((geste for geste in CHANGES if geste in request.POST), "")
    voulu = {"role": ancienne.role, "lieu": lieu_de(ancienne).code} | request.POST.dict()
    if geste and any((s.role, lieu_de(s).code) == (voulu["role"], voulu["lieu"]) for s in suites):
        messages.success(request, CHANGES[geste])
    elif suites:
        messages.warning(request, ENTRE_TEMPS)
    else:
        messages.success(request, RETIRE)
    return _retour(request)


def _dire_le_changement(
    request: RequeteEquipe, geste: str, avant: Habilitation, apres: Habilitation
) -> HttpResponse:
    if apres.retiree_le is not None:  # somebody withdrew it between the reading and the lock
        return _dire_ce_qu_il_en_est(request, apres)
    messages.success(request, (INCHANGES if apres.pk == avant.pk else CHANGES)[geste])
    return _retour(request)


def _envoi(request: RequeteEquipe) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _demander(
    request: RequeteEquipe,
    habilitation: Habilitation,
    form: Form,
    titre: str,
    changer: Callable[[dict[str, Any]], Habilitation],
) -> HttpResponse:
    """Show the page that changes one thing of a right, named as its field is; change it once it is told.

    ``changer`` takes what was told, and returns the right that is held now.
    """
    (geste,) = form.fields
    if request.method != "POST" and est_seule_coordination(habilitation):
        return _page_de_la_seule(request, habilitation, titre)
    if form.is_valid():
        try:
            tenue = changer(form.cleaned_data)
        except ErreurVoix as erreur:
            form.add_error(None, erreur.message)
        else:
            return _dire_le_changement(request, geste, habilitation, tenue)
    contexte = {"form": form, "titre": titre, "bouton": "Changer", "habilitation": habilitation}
    contexte["accordables"] = accordables()
    return render(request, PAGES[geste], contexte)


@_d_un_droit
def role(request: RequeteEquipe, habilitation: Habilitation) -> HttpResponse:
    form = RoleForm(_envoi(request), initial={"role": habilitation.role})
    titre = f"{habilitation.compte}\u00a0: changer de rôle"
    return _demander(
        request,
        habilitation,
        form,
        titre,
        lambda dits: changer_role(
            habilitation=habilitation, role=Role(dits["role"]), par=request.user
        ),
    )


@_d_un_droit
def lieu(request: RequeteEquipe, habilitation: Habilitation) -> HttpResponse:
    depart = {"lieu": lieu_de(habilitation).code}
    form = LieuForm(_envoi(request), initial=depart, par=request.user)
    titre = f"{habilitation.compte}, {habilitation.get_role_display()}\u00a0: changer de lieu"
    if request.method != "POST" and habilitation.role not in accordables():
        return _page_d_un_refus(request, habilitation, titre, PAS_ICI)
    return _demander(
        request,
        habilitation,
        form,
        titre,
        lambda dits: changer_lieu(habilitation=habilitation, lieu=dits["lieu"], par=request.user),
    )


@_d_un_droit
def retirer(request: RequeteEquipe, habilitation: Habilitation) -> HttpResponse:
    """Withdraw a role; what cannot be withdrawn is said before the button, not after."""
    if request.method == "POST":
        if not retirer_habilitation(habilitation=habilitation, par=request.user):
            habilitation.refresh_from_db()
            return _dire_ce_qu_il_en_est(request, habilitation)
        messages.success(request, RETIRE)
        return _retour(request)
    if est_seule_coordination(habilitation):
        return _page_de_la_seule(request, habilitation, "Retirer un rôle")
    sienne = habilitation.compte == request.user
    autres = Habilitation.de(habilitation.compte).exclude(pk=habilitation.pk)
    contexte = {
        "habilitation": habilitation,
        "sienne": sienne,
        "derniere": sienne and not autres.exists(),
    }
    return render(request, "comptes/retirer.html", contexte)


def _page_de_la_seule(
    request: RequeteEquipe, habilitation: Habilitation, titre: str
) -> HttpResponse:
    return _page_d_un_refus(request, habilitation, titre, SEULE)


def _page_d_un_refus(
    request: RequeteEquipe, habilitation: Habilitation, titre: str, message: str
) -> HttpResponse:
    """Say before anybody presses what cannot be done, and what can."""
    contexte = {
        "titre": titre,
        "message": message,
        "habilitation": habilitation,
        "inviter": message == SEULE,
    }
    return render(request, "comptes/seule.html", contexte)
