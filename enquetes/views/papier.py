"""The sheet of paper of a questionnaire, as a PDF in the size of letters and the language asked for."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.text import slugify

from enquetes.echanges.papier.feuille import feuille_pdf
from enquetes.echanges.papier.numeros import CORPS
from enquetes.models import Seance, Vague, VersionQuestionnaire
from voix.comptes.roles import Droit
from voix.comptes.views.acces import RequeteEquipe, droit_requis

from .seances import seance_visible
from .suivi.cohortes import cohorte_visible


def _feuille(
    request: RequeteEquipe,
    version: VersionQuestionnaire,
    detruire_avant: date | None = None,
    *,
    vague: Vague | None = None,
) -> HttpResponse:
    """Send the sheet; an unknown size or language gives the usual one."""
    definition = version.lue()
    langue = request.GET.get("langue", "")
    if langue not in definition.langues:
        langue = definition.langues[0]
    demande = request.GET.get("corps", "")
    corps = int(demande) if demande in map(str, CORPS) else CORPS[0]
    pdf = feuille_pdf(
        definition,
        version.empreinte,
        langue=langue,
        corps=corps,
        detruire_avant=detruire_avant,
        vague=_vague_dite(vague) if vague else "",
    )
    debut = f"{slugify(vague.get_rang_display())}-" if vague else ""
    nom = f"{debut}{definition.code}-{langue}-{corps}.pdf"
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{nom}"'},
    )


def _vague_dite(vague: Vague) -> str:
    nom = vague.get_rang_display()
    return f"{nom[0].upper()}{nom[1:]} · {vague.cohorte.titre}"


def seance_avec_questions(request: RequeteEquipe, seance: int) -> Seance:
    """Return a séance that this account may run and that asks a questionnaire; else 404."""
    visible = seance_visible(request, seance)
    if visible.collecte is None:
        raise Http404
    return visible


def version_posee(seance: Seance) -> VersionQuestionnaire:
    """Return the version that a séance asks."""
    if seance.collecte is None:
        raise Http404
    return seance.collecte.version


@droit_requis(Droit.OUVRIR_COLLECTE)
def feuille(request: RequeteEquipe, version: int) -> HttpResponse:
    """Send the sheet of a questionnaire of the library."""
    return _feuille(
        request, get_object_or_404(VersionQuestionnaire.visibles_par(request.user), pk=version)
    )


@droit_requis(Droit.ANIMER_SEANCE)
def feuille_de_seance(request: RequeteEquipe, seance: int) -> HttpResponse:
    """Send the sheet of the questionnaire that a séance asks, with the day of its destruction."""
    visible = seance_avec_questions(request, seance)
    return _feuille(request, version_posee(visible), visible.detruire_avant)


@droit_requis(Droit.SUIVRE_COHORTE)
def feuille_de_vague(request: RequeteEquipe, cohorte: int, rang: int) -> HttpResponse:
    """Send the sheet of a wave, with a place for the code of the card."""
    vagues = cohorte_visible(request, cohorte).vagues.select_related(
        "collecte__version", "cohorte"
    )
    vague = get_object_or_404(vagues, rang=rang)
    return _feuille(request, vague.collecte.version, vague=vague)
