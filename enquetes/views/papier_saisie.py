"""Type the sheets of a séance in: once, a drawn part again by somebody else, then what differs."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from enquetes.actions.papier import (
    bilan,
    ecarts,
    est_retiree,
    il_en_faut,
    jumelle,
    noter_destruction,
    resoudre_ecarts,
    retirer_feuille,
    saisir_encore,
    saisir_feuille,
    tirer_feuilles,
)
from enquetes.echanges.papier.numeros import langues_de_papier
from enquetes.forms.papier import EcartsForm, FeuilleForm
from enquetes.models import FeuilleSaisie, Seance
from voix.commun.erreurs import ErreurVoix
from voix.comptes.roles import Droit
from voix.comptes.views.acces import RequeteEquipe, droit_requis

from .papier import seance_avec_questions, version_posee


@droit_requis(Droit.ANIMER_SEANCE)
def feuilles(request: RequeteEquipe, seance: int) -> HttpResponse:
    """List what is to be done: type, draw, type again, settle."""
    visible = seance_avec_questions(request, seance)
    toutes = list(visible.feuilles.select_related("passation__version"))
    contexte = {
        "seance": visible,
        "bilan": bilan(visible),
        "a_refaire": [f for f in toutes if f.tiree and f.seconde is None],
        "a_resoudre": [f for f in toutes if f.retenues is None and ecarts(f)],
        "moi": request.user.pk,
        "retirables": [f.numero for f in toutes if not f.tiree],
        "finies": not il_en_faut(visible),
    }
    return render(request, "enquetes/papier/feuilles.html", contexte)


@droit_requis(Droit.ANIMER_SEANCE)
def saisir(request: RequeteEquipe, seance: int) -> HttpResponse:
    """Type one whole sheet, then the next one; what was typed stays after an error."""
    visible = seance_avec_questions(request, seance)
    version = version_posee(visible)
    formulaire = FeuilleForm(request.POST or None, definition=version.lue())
    if request.method == "POST" and formulaire.is_valid():
        try:
            feuille = saisir_feuille(
                seance=visible,
                cle=_cle(request.POST.get("cle", "")),
                saisie=formulaire.saisie,
                langue=_langue(request, visible),
                par=request.user,
            )
        except ErreurVoix as refus:
            formulaire.add_error(None, refus.message)
        else:
            if jumelle(feuille) is not None:
                return redirect("enquetes:retirer_feuille", seance, feuille.numero)
            _dire_gardee(request, feuille)
            return redirect("enquetes:saisir_feuille", seance)
    contexte = {
        "seance": visible,
        "form": formulaire,
        "cle": _cle(request.POST.get("cle", "")),
        "langue": _langue(request, visible),
        "langues": langues_de_papier(version.lue()),
        "titre": "Saisir une feuille",
    }
    return render(request, "enquetes/papier/saisir.html", contexte)


def _dire_gardee(request: RequeteEquipe, feuille: FeuilleSaisie) -> None:
    dit = f"Feuille gardée. Écrivez {feuille.numero} en haut de cette feuille."
    messages.success(request, dit)


def _dire_retiree(request: RequeteEquipe, seance: Seance, numero: int) -> HttpResponse:
    messages.success(request, f"Feuille {numero} retirée. Barrez ce numéro sur le papier.")
    return redirect("enquetes:feuilles_papier", seance.pk)


@droit_requis(Droit.ANIMER_SEANCE)
def retirer(request: RequeteEquipe, seance: int, numero: int) -> HttpResponse:
    """Ask whether a sheet was typed twice; keep it, or take it away."""
    visible = seance_avec_questions(request, seance)
    if est_retiree(visible, numero):
        return _dire_retiree(request, visible, numero)
    feuille = _feuille(visible, numero)
    if request.method == "POST" and "garder" in request.POST:
        _dire_gardee(request, feuille)
        return redirect("enquetes:saisir_feuille", seance)
    if request.method == "POST":
        try:
            retirer_feuille(feuille=feuille, par=request.user)
        except ErreurVoix as refus:
            messages.error(request, refus.message)
            return redirect("enquetes:feuilles_papier", seance)
        return _dire_retiree(request, visible, numero)
    contexte = {"seance": visible, "feuille": feuille, "jumelle": jumelle(feuille)}
    return render(request, "enquetes/papier/retirer.html", contexte)


def _cle(lue: str) -> UUID:
    """Return the key of this sheet, drawn with the page: sent twice, it is stored once."""
    try:
        cle = UUID(lue)
    except ValueError:
        return uuid4()
    return cle if cle.version == 4 else uuid4()  # noqa: PLR2004  (the version of a random UUID)


def _langue(request: RequeteEquipe, seance: Seance) -> str:
    langues = version_posee(seance).lue().langues
    demandee = request.POST.get("langue", "")
    return demandee if demandee in langues else langues[0]


@droit_requis(Droit.ANIMER_SEANCE)
def tirer(request: RequeteEquipe, seance: int) -> HttpResponse:
    """Draw the sheets to be typed again."""
    visible = seance_avec_questions(request, seance)
    if request.method == "POST":
        try:
            tirees = tirer_feuilles(seance=visible, par=request.user)
        except ErreurVoix as refus:
            messages.error(request, refus.message)
        else:
            messages.success(request, f"Feuilles à saisir une seconde fois\u00a0: {tirees}.")
    return redirect("enquetes:feuilles_papier", seance)


@droit_requis(Droit.ANIMER_SEANCE)
def detruire(request: RequeteEquipe, seance: int) -> HttpResponse:
    """Note the day on which the sheets were destroyed."""
    visible = seance_avec_questions(request, seance)
    if request.method == "POST":
        try:
            noter_destruction(seance=visible, par=request.user)
        except ErreurVoix as refus:
            messages.error(request, refus.message)
        else:
            messages.success(request, "C’est noté. Les feuilles sont détruites.")
    return redirect("enquetes:feuilles_papier", seance)


def _feuille(seance: Seance, numero: int) -> FeuilleSaisie:
    return get_object_or_404(seance.feuilles.select_related("passation__version"), numero=numero)


@droit_requis(Droit.ANIMER_SEANCE)
def encore(request: RequeteEquipe, seance: int, numero: int) -> HttpResponse:
    """Type a drawn sheet again; nothing of the first entry is on the page."""
    visible = seance_avec_questions(request, seance)
    feuille = _feuille(visible, numero)
    if not feuille.tiree:
        messages.info(request, "Cette feuille n’est pas tirée au sort.")
        return redirect("enquetes:feuilles_papier", seance)
    formulaire = FeuilleForm(request.POST or None, definition=feuille.passation.version.lue())
    if request.method == "POST" and formulaire.is_valid():
        try:
            saisir_encore(feuille=feuille, saisie=formulaire.saisie, par=request.user)
        except ErreurVoix as refus:
            formulaire.add_error(None, refus.message)
        else:
            messages.success(request, f"Seconde saisie de la feuille {numero} gardée.")
            return redirect("enquetes:feuilles_papier", seance)
    contexte = {
        "seance": visible,
        "form": formulaire,
        "titre": f"Saisir encore la feuille {numero}",
    }
    return render(request, "enquetes/papier/saisir.html", contexte)


@droit_requis(Droit.ANIMER_SEANCE)
def resoudre(request: RequeteEquipe, seance: int, numero: int) -> HttpResponse:
    """Choose, the sheet in hand, which entry is right for each question that differs."""
    visible = seance_avec_questions(request, seance)
    feuille = _feuille(visible, numero)
    differents = ecarts(feuille)
    if not differents or feuille.retenues is not None:
        messages.info(request, "Cette feuille n’a pas d’écart à résoudre.")
        return redirect("enquetes:feuilles_papier", seance)
    formulaire = EcartsForm(request.POST or None, ecarts=differents)
    if request.method == "POST" and formulaire.is_valid():
        try:
            resoudre_ecarts(
                feuille=feuille,
                retenues=formulaire.retenues(),
                relue=formulaire.relue,
                par=request.user,
            )
        except ErreurVoix as refus:
            formulaire.add_error(None, refus.message)
        else:
            messages.success(request, f"Écarts de la feuille {numero} résolus.")
            return redirect("enquetes:feuilles_papier", seance)
    contexte = {"seance": visible, "feuille": feuille, "form": formulaire}
    return render(request, "enquetes/papier/ecarts.html", contexte)
