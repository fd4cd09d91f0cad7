"""May this person answer through this link, now? One question, asked by every page."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation

from enquetes.actions.feuilles import feuille_valable
from enquetes.models import (
    Acces,
    Collecte,
    Entree,
    EtatCollecte,
    EtatPassation,
    Passation,
)
from enquetes.models.porte import derriere
from enquetes.parcours.definition import Definition
from voix.commun import politique

from . import langues

DOSSIER = "enquetes/passation"
FEUILLE = "feuille"
"""Cookie of the slip that was scanned."""
AUTRE = "autre"
"""Parameter « c’est une autre personne »: the page then ignores what the phone kept."""


@dataclass(frozen=True, slots=True)
class Refus(Exception):
    """Another page than the one asked for; its template says what to do."""

    gabarit: str
    statut: int
    contexte: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Porte:
    """A link that leads somewhere, and the draft behind it when there is one."""

    acces: Acces
    passation: Passation | None
    definition: Definition

    @property
    def collecte(self) -> Collecte:
        return self.acces.collecte

    @property
    def par_carte(self) -> bool:
        """Whether it is a wave of a cohort, which only a card opens."""
        return self.collecte.entree == Entree.CARTE

    @property
    def vague_finie(self) -> bool:
        """Whether it is a wave whose last day is over: its report may be made, nothing enters."""
        return self.par_carte and self.collecte.ferme_le < timezone.localdate()

    @property
    def langues(self) -> list[str]:
        offertes = self.collecte.langues
        return [code for code in self.definition.langues if code in offertes]

    @property
    def langue(self) -> str:
        """The language kept with the answers; empty before the first one."""
        return self.passation.langue if self.passation else ""

    @property
    def a_envoye(self) -> bool:
        return self.passation is not None and self.passation.etat == EtatPassation.TERMINEE

    @property
    def effacee(self) -> bool:
        return self.passation is not None and self.passation.etat == EtatPassation.EFFACEE


def ouvrir(jeton: str, identifiant: UUID | None = None) -> Porte:
    """Return what is behind a link; raise ``Refus`` when there is nothing."""
    lu = derriere(jeton, identifiant)
    if lu is None:
        raise Refus("lien_inconnu", 404)
    acces, passation = lu
    version = passation.version if passation else acces.collecte.version
    return Porte(acces, passation, version.lue())


def ouvrir_a_tous(jeton: str) -> Porte:
    """Return what is behind a link that needs no slip: what a slip opens goes page by page."""
    porte = ouvrir(jeton)
    if porte.acces.par_feuille:
        raise Refus("feuille_requise", 403)
    return porte


def exiger_de_pouvoir_repondre(porte: Porte, *, papier: bool = False) -> None:
    """Raise ``Refus`` unless this person may start, or go on with what they started.

    ``papier``: the team copies a sheet of a wave, which may be late as long as no report is made (ADR 0146).
    """
    collecte, contexte = porte.collecte, {"collecte": porte.collecte}
    if porte.effacee:
        raise Refus("efface", 410, contexte)
    papier = papier and porte.par_carte
    if collecte.etat == EtatCollecte.CLOSE or (porte.vague_finie and not papier):
        raise Refus("fermee", 410, contexte)
    if porte.passation is None:
        _exiger_de_pouvoir_commencer(porte, contexte)
        _exiger_a_temps(porte, contexte, papier=papier)


def feuille_gardee(request: HttpRequest) -> str:
    """Return the slip that this telephone keeps until its answers are sent."""
    return request.COOKIES.get(FEUILLE, "")[:64]


def exiger_une_feuille(request: HttpRequest, porte: Porte) -> None:
    """Raise ``Refus`` unless this telephone holds a slip that has not served."""
    if porte.acces.par_feuille and not feuille_valable(feuille_gardee(request), porte.acces):
        raise Refus("feuille_requise", 403)


def pour_une_autre(request: HttpRequest, porte: Porte) -> str:
    """Return where somebody else begins on this telephone; nothing where nobody new may."""
    try:
        exiger_de_pouvoir_repondre(replace(porte, passation=None))
        exiger_une_feuille(request, porte)
    except Refus:
        return ""
    return f"{reverse('enquetes:bienvenue', args=[porte.acces.jeton])}?{AUTRE}=1"


def exiger_une_seance_qui_dure(porte: Porte) -> None:
    """Raise ``Refus`` for the document of a séance that is over: a new phone does not begin.

    A device that has the document keeps it, since it takes nothing but a page that says 200: who
    had begun goes on, and what a tablet holds leaves (G7).
    """
    seance = porte.acces.seance
    if seance is not None and seance.est_finie(timezone.now()):
        raise Refus("seance_finie", 410, {"jeton": porte.acces.jeton})


def _exiger_de_pouvoir_commencer(porte: Porte, contexte: dict[str, Any]) -> None:
    collecte, aujourdhui = porte.collecte, timezone.localdate()
    if collecte.version.est_retiree:
        raise Refus("retire", 410, contexte)
    if collecte.etat == EtatCollecte.PREPARATION or aujourdhui < collecte.ouvre_le:
        raise Refus("pas_encore", 403, contexte)
    if collecte.etat == EtatCollecte.EN_PAUSE:
        raise Refus("en_pause", 403, contexte)
    if porte.acces.seance_id is not None:
        _exiger_seance(porte.acces)


def _exiger_a_temps(porte: Porte, contexte: dict[str, Any], *, papier: bool) -> None:
    aujourdhui = timezone.localdate()
    if aujourdhui > porte.collecte.ferme_le and not papier:
        raise Refus("fermee", 410, contexte)
    if (aujourdhui > porte.acces.valable_jusquau and not papier) or not porte.acces.ouvert:
        raise Refus("lien_ferme", 410, contexte)


def _exiger_seance(acces: Acces) -> None:
    """Raise ``Refus`` unless the séance behind the link is open now: nobody joins before or after."""
    seance = acces.seance
    if seance is None or seance.accueille(timezone.now()):
        return
    if not seance.est_finie(timezone.now()):
        raise Refus("seance_pas_encore", 403)
    raise Refus("seance_finie", 410, {"jeton": acces.jeton})


def dire_deja_envoye(
    request: HttpRequest, porte: Porte, dits: Mapping[str, Any] | None = None
) -> HttpResponse:
    """Say that the answers have arrived and no longer change; show the way to the code.

    ``dits``: of a page that came too late, ``trop_tard`` and its words.
    """
    contexte = {
        "merci": reverse("enquetes:merci", args=[porte.acces.jeton, porte.passation.pk]),  # type: ignore[union-attr]  # it was sent
        "autre": pour_une_autre(request, porte),
        "par_carte": porte.par_carte,
    }
    return montrer(request, porte, "deja_envoye", contexte | dict(dits or {}))


def montrer(
    request: HttpRequest, porte: Porte, gabarit: str, contexte: dict[str, Any]
) -> HttpResponse:
    """Render a page of a link, in the language of its person."""
    langue = langues.choisir(request, porte.langues, porte.langue)
    commun = langues.contexte(langue, porte.langues) | {"collecte": porte.collecte}
    with translation.override(langue):
        return proteger(render(request, f"{DOSSIER}/{gabarit}.html", commun | contexte))


def montrer_refus(request: HttpRequest, refus: Refus, gardee: str = "") -> HttpResponse:
    """Render the page of a refusal: in the language of the answers (``gardee``), or of the phone."""
    collecte = refus.contexte.get("collecte")
    offertes = collecte.langues if collecte else list(langues.NOMS)
    langue = langues.choisir(request, offertes, gardee)
    with translation.override(langue):
        page = render(
            request,
            f"{DOSSIER}/{refus.gabarit}.html",
            langues.contexte(langue, offertes) | refus.contexte,
            status=refus.statut,
        )
    return proteger(page)


def proteger(page: HttpResponse) -> HttpResponse:
    """Keep a respondent's page out of caches, search engines and other sites' referrers.

    Not « no-referrer »: browsers then send « Origin: null » with the form, which CSRF refuses.
    """
    page["Cache-Control"] = "no-store"
    page["X-Robots-Tag"] = "noindex, nofollow"
    page["Referrer-Policy"] = "same-origin"
    politique.poser(page)
    return page
