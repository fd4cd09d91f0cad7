"""The proof that this browser has just typed the code of a card (ADR 0132).

One signed cookie names the draft that was begun here, the card and how many times it was replaced.
It opens that draft alone, for ``DUREE``; later the code must be typed again, and only the same
browser then finds what it began. Neither the code nor the address opens anything by itself.
"""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from enquetes.actions.codes_effaces import est_effacee
from enquetes.actions.suivi.cartes import carte_telle_quelle
from enquetes.actions.suivi.moment import etat_de, moment
from enquetes.models import Carte, EtatPassation

from . import temoin
from .porte import Porte, Refus

NOM: Final = "carte"
SEL: Final = "voix.carte"
TOURS: Final = "enquetes:kiosque"
DUREE: Final = 2 * 3600
"""Seconds during which the pages open without the code: several times the longest questionnaire."""


def poser(
    page: HttpResponse, request: HttpRequest, identifiant: UUID, carte: Carte, *, equipe: bool
) -> None:
    """Give this browser the right to the draft ``identifiant``, with that card as it is today.

    ``equipe``: the device is the team's; the code typed there again finds nothing of what was begun.
    """
    page.set_signed_cookie(
        NOM,
        f"{identifiant.hex}:{carte.pk}:{carte.remplacee}:{int(equipe)}",
        salt=SEL,
        max_age=DUREE if equipe else temoin.DUREE,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )


@dataclass(frozen=True, slots=True)
class _Preuve:
    identifiant: UUID
    carte: int
    remplacee: int
    equipe: bool


def _lire(request: HttpRequest, duree: int) -> _Preuve | None:
    garde = request.get_signed_cookie(NOM, default="", salt=SEL, max_age=duree) or ""
    if not garde:
        return None
    identifiant, *nombres = garde.split(":")
    carte, remplacee, equipe = map(int, nombres)
    return _Preuve(UUID(hex=identifiant), carte, remplacee, bool(equipe))


def oter(page: HttpResponse, request: HttpRequest, envoye: UUID) -> None:
    """Leave nothing on the device of the draft just sent; what a card began here otherwise stays."""
    lu = _lire(request, temoin.DUREE)
    if lu is not None and lu.identifiant == envoye:
        page.delete_cookie(NOM, samesite="Lax")


def commence(request: HttpRequest, carte: Carte) -> UUID | None:
    """Return the draft that a family began in this browser with that card, were it replaced since."""
    lu = _lire(request, temoin.DUREE)
    sienne = lu is not None and lu.carte == carte.pk and not lu.equipe
    return lu.identifiant if lu is not None and sienne else None


def brouillons(request: HttpRequest) -> dict[int, UUID]:
    """Return what this browser began, by card, for its erasure."""
    lu = _lire(request, temoin.DUREE)
    return {lu.carte: lu.identifiant} if lu is not None else {}


def carte_prouvee(request: HttpRequest, porte: Porte, identifiant: UUID) -> Carte | None:
    """Return the card whose code was typed here for this draft; none once it was replaced."""
    lu = _lire(request, DUREE)
    if lu is None or lu.identifiant != identifiant:
        return None
    return carte_telle_quelle(porte.collecte, pk=lu.carte, remplacee=lu.remplacee)


def par_tour(request: HttpRequest) -> bool:
    """Return whether it is a turn on a shared device, whose card was asked at its start."""
    return bool(request.resolver_match and request.resolver_match.view_name.startswith(TOURS))


def exiger_une_carte(request: HttpRequest, porte: Porte, identifiant: UUID) -> None:
    """Raise ``Refus`` where the pages of a wave are asked for without the code of the card."""
    if not porte.par_carte or par_tour(request):
        return
    carte = carte_prouvee(request, porte, identifiant)
    if carte is None:
        raise demander_la_carte()
    if porte.passation is None:
        _refuser_une_seconde_fois(porte, carte)
    elif est_effacee(carte, porte.collecte.ouvre_le):  # a draft of another telephone
        raise effacee(carte)


def demander_la_carte() -> Refus:
    """Return the page that asks for the code again."""
    return Refus("carte_demandee", 403, {"tape": "", "erreur": "", "absents": ""})


def _refuser_une_seconde_fois(porte: Porte, carte: Carte) -> None:
    """Say before the first question, not after the last, that this card has answered."""
    etat = etat_de(carte, porte.collecte.vague)
    if etat == EtatPassation.EFFACEE:
        raise effacee(carte)
    if etat:
        raise deja_repondu(carte)


def effacee(carte: Carte) -> Refus:
    """Return the page of a card that has erased everything, with the day of the next wave."""
    prochaine = moment(carte, timezone.localdate()).prochaine
    return Refus("efface", 410, {"par_carte": True, "prochaine": prochaine})


def deja_repondu(carte: Carte) -> Refus:
    """Return the page of a card that has answered, with the day of the next wave."""
    prochaine = moment(carte, timezone.localdate()).prochaine
    return Refus("carte_plus_tard", 200, {"prochaine": prochaine, "repondu": True})
