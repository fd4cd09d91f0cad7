"""The team of my territoires: who may do what, and where."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from voix.commun.erreurs import SaisieInvalide
from voix.comptes.actions.double_verification import (
    exiger_de_pouvoir_retirer,
    retirer_double_verification,
)
from voix.comptes.actions.habilitations import (
    creer_structure,
    inviter_collegue,
)
from voix.comptes.facteurs import comptes_a_double_verification
from voix.comptes.forms.equipe import InvitationForm, StructureForm
from voix.comptes.models import Habilitation, Structure
from voix.comptes.roles import Droit, Role, accordables

from .acces import RequeteEquipe, droit_requis, preuve_recente


@droit_requis(Droit.GERER_EQUIPE)
def equipe(request: RequeteEquipe) -> HttpResponse:
    habilitations = list(Habilitation.gerees_par(request.user))
    contexte = {
        "habilitations": habilitations,
        "accordables": accordables(),
        "doubles": comptes_a_double_verification(h.compte for h in habilitations),
        "structures": Structure.gerees_par(request.user),
    }
    return render(request, "comptes/equipe.html", contexte)


@droit_requis(Droit.GERER_EQUIPE)
def inviter(request: RequeteEquipe) -> HttpResponse:
    form = InvitationForm(request.POST if request.method == "POST" else None, par=request.user)
    if form.is_valid() and (dit := _inviter(request, form)):
        messages.success(request, dit)
        return redirect("comptes:equipe")
    return render(
        request,
        "comptes/formulaire.html",
        {"form": form, "titre": "Inviter un collègue", "bouton": "Inviter"},
    )


def _inviter(request: RequeteEquipe, form: InvitationForm) -> str:
    """Invite, and return what to say of it; nothing when the address will not do: the form says why."""
    try:
        invitation, nouvelle = inviter_collegue(
            email=form.cleaned_data["email"],
            nom=form.cleaned_data["nom"],
            role=Role(form.cleaned_data["role"]),
            lieu=form.cleaned_data["lieu"],
            adresse=request.build_absolute_uri(reverse("account_login")),
            par=request.user,
        )
    except SaisieInvalide as erreur:
        form.add_error("email", erreur.message)
        return ""
    if nouvelle:
        return f"{invitation.compte} est dans l’équipe. Un e-mail lui est envoyé."
    return f"{invitation.compte} a déjà ce rôle, à cet endroit. Aucun e-mail n’est parti."


def _habilitation(request: RequeteEquipe, pk: int) -> Habilitation:
    return get_object_or_404(Habilitation.gerees_par(request.user), pk=pk)


@droit_requis(Droit.GERER_EQUIPE)
def double_verification(request: RequeteEquipe, pk: int) -> HttpResponse:
    """Ask, then take away the second step of a colleague; whoever does it has just proved itself."""
    habilitation = _habilitation(request, pk)
    exiger_de_pouvoir_retirer(compte=habilitation.compte, par=request.user)
    return _retirer_double_verification(request, habilitation)


@preuve_recente
def _retirer_double_verification(
    request: RequeteEquipe, habilitation: Habilitation
) -> HttpResponse:
    if request.method != "POST":
        return render(request, "comptes/double_verification.html", {"habilitation": habilitation})
    compte = habilitation.compte
    if retirer_double_verification(compte=compte, par=request.user):
        dit = f"La double vérification de {compte} est retirée. Un e-mail lui est envoyé."
    else:
        dit = f"{compte} n’a pas de double vérification. Rien n’a changé."
    messages.success(request, dit)
    return redirect("comptes:equipe")


@droit_requis(Droit.GERER_EQUIPE)
def structure(request: RequeteEquipe) -> HttpResponse:
    form = StructureForm(request.POST if request.method == "POST" else None, par=request.user)
    if form.is_valid():
        neuve = creer_structure(
            nom=form.cleaned_data["nom"],
            type_=form.cleaned_data["type"],
            territoire=form.cleaned_data["territoire"],
            par=request.user,
        )
        messages.success(request, f"{neuve} est ajoutée.")
        return redirect("comptes:equipe")
    return render(
        request,
        "comptes/formulaire.html",
        {"form": form, "titre": "Ajouter une structure", "bouton": "Ajouter"},
    )
