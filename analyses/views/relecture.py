"""Reading free texts on a phone: one text a screen, four large buttons, no script.

Twenty texts make a round: it takes ten minutes, and can be left at any text.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from analyses.actions.relectures import (
    attester_presence,
    decider_et_ses_pareils,
    reformuler_verbatim,
    signaler_danger,
)
from analyses.droits import exiger_lecture, exiger_relecture
from analyses.extraction.verbatims import (
    attestation_de,
    collectes_a_relire,
    file_de,
    questions_libres,
)
from analyses.models import LONGUEUR_MAX, Decision, Verbatim
from analyses.verbatims.detecteurs.signalements import DANGER
from analyses.verbatims.langue import est_francais
from analyses.verbatims.masquage import analyser
from analyses.verbatims.retouche import MOT, cacher, decouper
from voix.commun.erreurs import ErreurVoix
from voix.commun.francais import lire_texte
from voix.comptes.roles import Droit
from voix.comptes.views.acces import RequeteEquipe, droit_requis

SAISIE_AU_PLUS: Final = 4000
"""Signs of a text that is rewritten: as many as the longest that was received."""
TOURNEE: Final = 20
"""Texts of a round, about ten minutes."""


@droit_requis(Droit.RELIRE_VERBATIMS)
def liste(request: RequeteEquipe) -> HttpResponse:
    """List the collectes whose texts wait for this reader, and how many do."""
    lignes = []
    for collecte in collectes_a_relire(request.user):
        attestation = attestation_de(request.user, collecte.pk)
        ecartee = attestation is not None and attestation.present
        nombre = 0 if ecartee else len(file_de(request.user, collecte.pk))
        lignes.append({"collecte": collecte, "ecartee": ecartee, "nombre": nombre})
    return render(request, "analyses/relecture/liste.html", {"lignes": lignes})


@droit_requis(Droit.RELIRE_VERBATIMS)
def relire(request: RequeteEquipe, nom: str) -> HttpResponse:
    """Show the next text; before the first one, ask whether the reader was at a workshop."""
    collecte = exiger_relecture(request.user, nom)
    attestation = attestation_de(request.user, collecte.pk)
    if attestation is None or attestation.present:
        contexte: dict[str, Any] = {"collecte": collecte, "attestation": attestation}
        return render(request, "analyses/relecture/attester.html", contexte)
    lus = _nombre(request.GET.get("lus"))
    suite = file_de(request.user, collecte.pk)
    apres = request.GET.get("apres", "")
    restants = [pk for pk in suite if str(pk) > apres]
    if not restants or (lus and lus % TOURNEE == 0 and "encore" not in request.GET):
        contexte = {"collecte": collecte, "lus": lus, "restants": len(suite)}
        return render(
            request, "analyses/relecture/fini.html", contexte | {"au_bout": not restants}
        )
    tournee = min(TOURNEE, lus % TOURNEE + len(restants))
    return Ecran(request, _a_lire(restants), lus).montrer("texte", tournee=tournee)


def _a_lire(restants: Sequence[UUID]) -> Verbatim:
    """Return the next text: those in another language come last, few readers know it."""
    proches = Verbatim.avec_leur_collecte().in_bulk(restants[:TOURNEE])
    en_ordre = [proches[pk] for pk in restants[:TOURNEE]]
    return next((texte for texte in en_ordre if est_francais(texte.texte)), en_ordre[0])


@droit_requis(Droit.RELIRE_VERBATIMS)
def attester(request: RequeteEquipe, nom: str) -> HttpResponse:
    """Keep what the reader says of her presence at the workshops."""
    reponse = request.POST.get("present", "")
    if request.method == "POST" and reponse in {"oui", "non"}:
        attester_presence(nom=nom, present=reponse == "oui", par=request.user)
    else:
        exiger_relecture(request.user, nom)
    return redirect("analyses:relire", nom=nom)


@dataclass(frozen=True, slots=True)
class Ecran:
    """A text before a reader who may see it, and how many she read before in this round."""

    request: RequeteEquipe
    texte: Verbatim
    lus: int

    @property
    def tour(self) -> int:
        """Return of the text as it was shown: when it has changed since, nothing is decided."""
        return _nombre(self.request.POST.get("tour"))

    def montrer(self, gabarit: str, **plus: Any) -> HttpResponse:
        """Show the text; a refusal in ``plus`` is a conflict."""
        contexte = _page(self.texte, self.lus) | plus
        statut = HTTPStatus.CONFLICT if "refus" in plus else HTTPStatus.OK
        page = f"analyses/relecture/{gabarit}.html"
        return render(self.request, page, contexte, status=statut)

    def suivant(self, dit: str = "") -> HttpResponse:
        """Go to the next text, saying what was done of this one when a button does not say it."""
        if dit:
            messages.success(self.request, dit)
        adresse = reverse("analyses:relire", args=[self.texte.collecte.nom])
        return redirect(f"{adresse}?apres={self.texte.pk}&lus={self.lus + 1}")


def devant_un_texte(
    vue: Callable[[Ecran], HttpResponse],
) -> Callable[[RequeteEquipe, str, UUID], HttpResponse]:
    """Open a text for who may read it; ask first where she was as long as she has not said it."""

    @droit_requis(Droit.RELIRE_VERBATIMS)
    @wraps(vue)
    def ouvrir(request: RequeteEquipe, nom: str, verbatim: UUID) -> HttpResponse:
        collecte = exiger_relecture(request.user, nom)
        texte = get_object_or_404(Verbatim.avec_leur_collecte(), pk=verbatim, collecte=collecte)
        if attestation_de(request.user, collecte.pk) is None:
            return redirect("analyses:relire", nom=nom)
        exiger_lecture(request.user, texte)
        # How many were read goes from page to page: nothing is stored.
        lus = _nombre(request.POST.get("lus") or request.GET.get("lus"))
        return vue(Ecran(request, texte, lus))

    return ouvrir


@devant_un_texte
def decider(ecran: Ecran) -> HttpResponse:
    """Say that a text may leave, then show the next one; pressing twice decides once."""
    if ecran.request.method != "POST":
        return ecran.montrer("texte")
    if ecran.request.POST.get("decision") != "valider":
        return redirect("analyses:relire", nom=ecran.texte.collecte.nom)
    return _trancher(ecran, Decision.VALIDER, "texte")


@devant_un_texte
def refuser(ecran: Ecran) -> HttpResponse:
    """Say that a text must never leave, once told that it cannot be undone (ADR 0100)."""
    if ecran.request.method != "POST":
        return ecran.montrer("refuser")
    return _trancher(ecran, Decision.REFUSER, "refuser")


def _trancher(ecran: Ecran, decision: Decision, gabarit: str) -> HttpResponse:
    try:
        decider_et_ses_pareils(
            verbatim=ecran.texte, tour=ecran.tour, decision=decision, par=ecran.request.user
        )
    except ErreurVoix as refus:
        return ecran.montrer(gabarit, refus=refus.message)
    return ecran.suivant()


@devant_un_texte
def changer(ecran: Ecran) -> HttpResponse:
    """Hide words by ticking them, or write the text shorter; then show the next text."""
    if ecran.request.method != "POST":
        return ecran.montrer("changer")
    try:
        reformuler_verbatim(
            verbatim=ecran.texte,
            tour=ecran.tour,
            texte=_texte_voulu(ecran.request, ecran.texte),
            par=ecran.request.user,
        )
    except ErreurVoix as refus:
        saisie = ecran.request.POST.get("texte", "")
        return ecran.montrer("changer", refus=refus.message, saisie=saisie)
    return ecran.suivant("Le texte est changé. Une autre personne le relira.")


@devant_un_texte
def danger(ecran: Ecran) -> HttpResponse:
    """Tell what to do when a text speaks of a danger, and tell coordination."""
    if ecran.request.method != "POST":
        return ecran.montrer("danger")
    try:
        signaler_danger(verbatim=ecran.texte, tour=ecran.tour, par=ecran.request.user)
    except ErreurVoix as refus:
        return ecran.montrer("danger", refus=refus.message)
    return ecran.suivant("La coordination verra ce texte. Il ne sera jamais publié.")


def _texte_voulu(request: RequeteEquipe, texte: Verbatim) -> str:
    """Return the text as rewritten, or with the ticked words hidden."""
    if "texte" in request.POST:
        vide = "Il ne reste plus rien. Refusez ce texte s’il ne doit pas sortir."
        return lire_texte(request.POST["texte"], limite=SAISIE_AU_PLUS, vide=vide)
    nombre = len(MOT.findall(texte.texte))
    coches = {_nombre(rang) for rang in request.POST.getlist("mot") if rang.isdecimal()}
    return cacher(texte.texte, {rang for rang in coches if rang < nombre})


def _page(texte: Verbatim, lus: int) -> dict[str, Any]:
    """Return what a screen shows of a text: never who, where or when."""
    signales = analyser(texte.texte).signalements
    titres = {q.cle: q.titre for q in questions_libres(texte.collecte)}
    return {
        "collecte": texte.collecte,
        "texte": texte,
        "question": titres.get(texte.question, ""),
        "morceaux": decouper(texte.texte, [(s.debut, s.fin) for s in signales]),
        "signales": [(texte.texte[s.debut : s.fin], s.motif) for s in signales],
        "rang": lus % TOURNEE + 1,
        "tournee": TOURNEE,
        "lus": lus,
        "longueur_max": LONGUEUR_MAX,
        "danger": any(s.motif == DANGER for s in signales),
        "etranger": not est_francais(texte.texte),
        "trop_long": len(texte.texte) > LONGUEUR_MAX,
        "saisie": texte.texte,
    }


def _nombre(saisi: str | None) -> int:
    """Return a small whole number that was sent, or nought."""
    return int(saisi) if saisi and saisi.isascii() and saisi.isdecimal() and len(saisi) < 6 else 0  # noqa: PLR2004  (five digits: no page offers more)
