"""Reading free texts on a phone: one text a screen, four large buttons, no script.

Twenty texts make a round: it takes ten minutes, and can be left at any text.
"""

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from analyses.actions.relectures import (
    attester_presence,
    reformuler_verbatim,
    refuser_verbatim,
    signaler_danger,
    valider_verbatim,
)
from analyses.droits import exiger_lecture, exiger_relecture
from analyses.extraction.verbatims import (
    attestation_de,
    collectes_a_relire,
    file_de,
    questions_libres,
)
from analyses.models import LONGUEUR_MAX, Verbatim
from analyses.verbatims.detecteurs.signalements import DANGER
from analyses.verbatims.langue import est_francais
from analyses.verbatims.masquage import analyser
from analyses.verbatims.retouche import MOT, cacher, decouper
from voix.commun.erreurs import ErreurVoix
from voix.comptes.roles import Droit
from voix.comptes.views.acces import RequeteEquipe, droit_requis

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
    restants = [pk for pk in suite if str(pk) > apres] or suite
    if not suite or (lus and lus % TOURNEE == 0 and "encore" not in request.GET):
        contexte = {"collecte": collecte, "lus": lus, "restants": len(suite)}
        return render(request, "analyses/relecture/fini.html", contexte)
    texte = get_object_or_404(Verbatim, pk=restants[0])
    return render(request, "analyses/relecture/texte.html", _page(request, texte, lus))


@droit_requis(Droit.RELIRE_VERBATIMS)
def attester(request: RequeteEquipe, nom: str) -> HttpResponse:
    """Keep what the reader says of her presence at the workshops."""
    reponse = request.POST.get("present", "")
    if request.method == "POST" and reponse in {"oui", "non"}:
        attester_presence(nom=nom, present=reponse == "oui", par=request.user)
    else:
        exiger_relecture(request.user, nom)
    return redirect("analyses:relire", nom=nom)


@droit_requis(Droit.RELIRE_VERBATIMS)
def decider(request: RequeteEquipe, nom: str, verbatim: UUID) -> HttpResponse:
    """Take a decision, then show the next text; pressing twice decides once."""
    texte = _texte(request, nom, verbatim)
    if texte is None:
        return redirect("analyses:relire", nom=nom)
    lus = _lus(request)
    if request.method != "POST":
        return render(request, "analyses/relecture/texte.html", _page(request, texte, lus))
    action = {"valider": valider_verbatim, "refuser": refuser_verbatim}.get(
        request.POST.get("decision", "")
    )
    if action is None:
        return redirect("analyses:relire", nom=nom)
    tour = _nombre(request.POST.get("tour"))
    try:
        action(verbatim=texte, tour=tour, par=request.user)
    except ErreurVoix as refus:
        contexte = _page(request, texte, lus) | {"refus": refus.message}
        return render(request, "analyses/relecture/texte.html", contexte, status=409)
    return _suivant(nom, texte, lus + 1)


@droit_requis(Droit.RELIRE_VERBATIMS)
def changer(request: RequeteEquipe, nom: str, verbatim: UUID) -> HttpResponse:
    """Hide words by ticking them, or write the text shorter; then show the next text."""
    texte = _texte(request, nom, verbatim)
    if texte is None:
        return redirect("analyses:relire", nom=nom)
    lus = _lus(request)
    contexte = _page(request, texte, lus)
    if request.method != "POST":
        return render(request, "analyses/relecture/changer.html", contexte)
    try:
        reformuler_verbatim(
            verbatim=texte,
            tour=_nombre(request.POST.get("tour")),
            texte=_texte_voulu(request, texte),
            par=request.user,
        )
    except ErreurVoix as refus:
        contexte |= {"refus": refus.message, "saisie": request.POST.get("texte", "")[:4000]}
        return render(request, "analyses/relecture/changer.html", contexte, status=409)
    messages.success(request, "Le texte est changé. Une autre personne le relira.")
    return _suivant(nom, texte, lus + 1)


@droit_requis(Droit.RELIRE_VERBATIMS)
def danger(request: RequeteEquipe, nom: str, verbatim: UUID) -> HttpResponse:
    """Tell what to do when a text speaks of a danger, and tell coordination."""
    texte = _texte(request, nom, verbatim)
    if texte is None:
        return redirect("analyses:relire", nom=nom)
    lus = _lus(request)
    contexte = _page(request, texte, lus)
    if request.method != "POST":
        return render(request, "analyses/relecture/danger.html", contexte)
    try:
        signaler_danger(verbatim=texte, tour=_nombre(request.POST.get("tour")), par=request.user)
    except ErreurVoix as refus:
        contexte["refus"] = refus.message
        return render(request, "analyses/relecture/danger.html", contexte, status=409)
    messages.success(request, "La coordination verra ce texte. Il ne sera jamais publié.")
    return _suivant(nom, texte, lus + 1)


def _texte(request: RequeteEquipe, nom: str, pk: UUID) -> Verbatim | None:
    """Return a text that may be read; nothing as long as the reader has not said where she was."""
    collecte = exiger_relecture(request.user, nom)
    texte = get_object_or_404(Verbatim, pk=pk, collecte=collecte)
    if attestation_de(request.user, collecte.pk) is None:
        return None
    exiger_lecture(request.user, texte)
    return texte


def _texte_voulu(request: RequeteEquipe, texte: Verbatim) -> str:
    """Return the text as rewritten, or with the ticked words hidden."""
    if "texte" in request.POST:
        return request.POST["texte"][:4000]
    nombre = len(MOT.findall(texte.texte))
    coches = {_nombre(rang) for rang in request.POST.getlist("mot") if rang.isdecimal()}
    return cacher(texte.texte, {rang for rang in coches if rang < nombre})


def _page(request: RequeteEquipe, texte: Verbatim, lus: int) -> dict[str, Any]:
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


def _suivant(nom: str, texte: Verbatim, lus: int) -> HttpResponse:
    return redirect(f"{reverse('analyses:relire', args=[nom])}?apres={texte.pk}&lus={lus}")


def _lus(request: RequeteEquipe) -> int:
    """Return how many texts were read in this round: it goes from page to page, nothing is stored."""
    return _nombre(request.POST.get("lus") or request.GET.get("lus"))


def _nombre(saisi: str | None) -> int:
    """Return a small whole number that was sent, or nought."""
    return int(saisi) if saisi and saisi.isascii() and saisi.isdecimal() and len(saisi) < 6 else 0  # noqa: PLR2004
