"""The poster of a link: one A4 page that the browser prints, and its QR code alone."""

from collections.abc import Iterable

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language_info

from enquetes.echanges.qr import fichier_svg, svg
from enquetes.models import Acces, Collecte
from enquetes.parcours.definition import LANGUE_SOURCE, Definition
from voix.comptes.roles import Droit
from voix.comptes.views.acces import RequeteEquipe, droit_requis

from .collectes import adresse_du_lien, collecte_a_mener
from .seances import seance_visible


def _lien(request: RequeteEquipe, nom: str, lien: int) -> Acces:
    collecte = collecte_a_mener(request, nom)
    acces: Acces = get_object_or_404(collecte.acces.des_lieux().avec_son_lieu(), pk=lien)
    return acces


def _langue(code: str, definition: Definition) -> dict[str, str]:
    """Return what the poster says in one language; coordination's own title is above, in French."""
    sujet = definition.titre.dans(code)
    return {
        "code": code,
        "sens": "rtl" if get_language_info(code)["bidi"] else "ltr",
        "sujet": sujet.texte if code != LANGUE_SOURCE and sujet.langue == code else "",
    }


def _feuilles(
    request: RequeteEquipe, collecte: Collecte, liens: Iterable[Acces], **en_plus: object
) -> HttpResponse:
    """Render one sheet for each link, in every language of the collecte, French first."""
    definition = collecte.version.lue()
    langues = sorted(collecte.langues, key=lambda code: (code != LANGUE_SOURCE, code))
    affiches = []
    for acces in liens:
        adresse = adresse_du_lien(request, acces)
        site = adresse.split("://", 1)[-1].partition(acces.jeton)[0]
        affiches.append((acces, svg(adresse, nom="QR code du questionnaire"), site))
    contexte = {
        "collecte": collecte,
        "affiches": affiches,
        "lien_ferme": any(not acces.ouvert for acces, _, _ in affiches),
        "minutes": definition.duree_minutes,
        "langues": [_langue(code, definition) for code in langues],
        "fin": None,
    } | en_plus
    return render(request, "enquetes/collectes/affiche.html", contexte)


@droit_requis(Droit.OUVRIR_COLLECTE)
def affiche(request: RequeteEquipe, nom: str, lien: int) -> HttpResponse:
    """Render the poster of one link."""
    acces = _lien(request, nom, lien)
    return _feuilles(request, acces.collecte, [acces])


@droit_requis(Droit.OUVRIR_COLLECTE)
def affiches(request: RequeteEquipe, nom: str) -> HttpResponse:
    """Render the posters of all open links, to print them at once."""
    collecte = collecte_a_mener(request, nom)
    return _feuilles(
        request, collecte, collecte.acces.des_lieux().avec_son_lieu().filter(ouvert=True)
    )


@droit_requis(Droit.ANIMER_SEANCE)
def affiche_de_seance(request: RequeteEquipe, seance: int) -> HttpResponse:
    """Render the poster of a séance, A4 or A3: its QR code, its eight digits, until when."""
    visible = seance_visible(request, seance)
    if visible.collecte is None:
        raise Http404
    return _feuilles(
        request,
        visible.collecte,
        [visible.acces],
        seance=visible,
        fin=timezone.localdate(visible.prevue_le),
        accueil=request.build_absolute_uri(reverse("pages:accueil")).split("://", 1)[-1],
        a3=request.GET.get("format") == "a3",
    )


@droit_requis(Droit.OUVRIR_COLLECTE)
def qr(request: RequeteEquipe, nom: str, lien: int) -> HttpResponse:
    """Send the QR code alone, to put on a poster made elsewhere."""
    acces = _lien(request, nom, lien)
    return HttpResponse(
        fichier_svg(adresse_du_lien(request, acces)),
        content_type="image/svg+xml",
        headers={"Content-Disposition": f'attachment; filename="qr-{acces.collecte.nom}.svg"'},
    )
