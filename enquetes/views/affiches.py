"""The poster of a link, as a page and as a PDF to print, and its QR code alone."""

from collections.abc import Iterable

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language_info

from enquetes.echanges.affiches import Feuille, affiches_pdf, sujet_de
from enquetes.echanges.qr import fichier_svg, svg
from enquetes.models import Acces, Collecte, Seance
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
    return {
        "code": code,
        "sens": "rtl" if get_language_info(code)["bidi"] else "ltr",
        "sujet": sujet_de(code, definition),
    }


def _accueil(request: RequeteEquipe) -> str:
    return request.build_absolute_uri(reverse("pages:accueil")).split("://", 1)[-1]


def _feuille(request: RequeteEquipe, acces: Acces, seance: Seance | None) -> Feuille:
    return Feuille(
        adresse=adresse_du_lien(request, acces),
        jeton=acces.jeton,
        lieu=str(acces.lieu),
        fin=timezone.localdate(seance.prevue_le) if seance else acces.valable_jusquau,
        accueil=_accueil(request) if seance else "",
        huit=seance.code_lisible if seance else "",
    )


def _affiches(
    request: RequeteEquipe,
    collecte: Collecte,
    liens: Iterable[Acces],
    *,
    seance: Seance | None = None,
    pdf: bool,
) -> HttpResponse:
    """Send one sheet for each link, in every language of the collecte, French first."""
    definition = collecte.version.lue()
    langues = sorted(collecte.langues, key=lambda code: (code != LANGUE_SOURCE, code))
    a3 = request.GET.get("format") == "a3"
    siens = list(liens)
    feuilles = [_feuille(request, acces, seance) for acces in siens]
    if pdf and feuilles:
        papier = "a3" if a3 else "a4"
        fichier = affiches_pdf(
            feuilles,
            titre=collecte.titre,
            demandeur=collecte.demandeur,
            definition=definition,
            langues=langues,
            papier=papier,
        )
        nom = f'inline; filename="affiche-{collecte.nom}-{papier}.pdf"'
        entetes = {"Content-Disposition": nom, "Cache-Control": "no-store"}
        return HttpResponse(fichier, content_type="application/pdf", headers=entetes)
    contexte = {
        "collecte": collecte,
        "affiches": [
            (acces, svg(feuille.adresse, nom="QR code du questionnaire"), feuille)
            for acces, feuille in zip(siens, feuilles, strict=True)
        ],
        "lien_ferme": any(not acces.ouvert for acces in siens),
        "minutes": definition.duree_minutes,
        "langues": [_langue(code, definition) for code in langues],
        "seance": seance,
        "a3": a3,
    }
    return render(request, "enquetes/collectes/affiche.html", contexte)


@droit_requis(Droit.OUVRIR_COLLECTE)
def affiche(request: RequeteEquipe, nom: str, lien: int, *, pdf: bool = False) -> HttpResponse:
    """Send the poster of one link."""
    acces = _lien(request, nom, lien)
    return _affiches(request, acces.collecte, [acces], pdf=pdf)


@droit_requis(Droit.OUVRIR_COLLECTE)
def affiches(request: RequeteEquipe, nom: str, *, pdf: bool = False) -> HttpResponse:
    """Send the posters of all open links, to print them at once."""
    collecte = collecte_a_mener(request, nom)
    ouverts = collecte.acces.des_lieux().avec_son_lieu().filter(ouvert=True)
    return _affiches(request, collecte, ouverts, pdf=pdf)


@droit_requis(Droit.ANIMER_SEANCE)
def affiche_de_seance(request: RequeteEquipe, seance: int, *, pdf: bool = False) -> HttpResponse:
    """Send the poster of a séance, A4 or A3: its QR code, its eight digits, until when."""
    visible = seance_visible(request, seance)
    if visible.collecte is None:
        raise Http404
    return _affiches(request, visible.collecte, [visible.acces], seance=visible, pdf=pdf)


@droit_requis(Droit.OUVRIR_COLLECTE)
def qr(request: RequeteEquipe, nom: str, lien: int) -> HttpResponse:
    """Send the QR code alone, to put on a poster made elsewhere."""
    acces = _lien(request, nom, lien)
    return HttpResponse(
        fichier_svg(adresse_du_lien(request, acces)),
        content_type="image/svg+xml",
        headers={"Content-Disposition": f'attachment; filename="qr-{acces.collecte.nom}.svg"'},
    )
