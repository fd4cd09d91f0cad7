"""Send what the summary showed, and nothing else: another page may have changed it meanwhile."""

from typing import Final
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from enquetes.actions.ecarts import signaler_passation
from enquetes.actions.feuilles import terminer_avec_feuille
from enquetes.actions.passations import terminer_passation
from enquetes.actions.suivi.envois import CarteEffacee, DejaEnvoye, VagueFinie, envoyer_avec_carte
from voix.commun.erreurs import EtatIncompatible

from . import preuve, saisie
from .porte import Porte, Refus, feuille_gardee, ouvrir
from .signes import signes_de

VU: Final = ".vu"
"""Name of the hidden field that says which answers are on the page; no question can be called so."""
ONT_CHANGE: Final = _(
    "Vos réponses ont changé dans une autre page. Relisez-les ici, puis envoyez-les."
)


def envoyer(request: HttpRequest, porte: Porte, identifiant: UUID, questions: int) -> UUID:
    """Send what was answered and flag what looks odd; return under which identifier it is now.

    Errors: ``SaisieInvalide`` when there is nothing to send, ``OntChange``, ``Refus``.
    """
    acces = porte.acces
    try:
        envoyee = _terminer(request, porte, identifiant)
    except EtatIncompatible:  # a second tap comes after the first has used the slip
        if not ouvrir(acces.jeton, identifiant).a_envoye:
            raise Refus("feuille_requise", 403) from None
        return identifiant
    signes = signes_de(request, acces.jeton, questions)
    signaler_passation(passation_id=envoyee, acces=acces, signes=signes)
    return envoyee


def _terminer(request: HttpRequest, porte: Porte, identifiant: UUID) -> UUID:
    acces, lues = porte.acces, request.POST.get(VU, "")
    if porte.par_carte and not preuve.par_tour(request):
        return _avec_sa_carte(request, porte, identifiant, lues)
    if acces.par_feuille:
        jeton = feuille_gardee(request)
        terminer_avec_feuille(passation_id=identifiant, acces=acces, jeton=jeton, lues=lues)
    else:
        terminer_passation(passation_id=identifiant, acces=acces, lues=lues)
    return identifiant


def _avec_sa_carte(request: HttpRequest, porte: Porte, identifiant: UUID, lues: str) -> UUID:
    carte = preuve.carte_prouvee(request, porte, identifiant)
    if carte is None:  # replaced since the page was asked for
        raise preuve.demander_la_carte()
    try:
        return envoyer_avec_carte(
            passation_id=identifiant,
            acces=porte.acces,
            carte=carte,
            lues=lues,
            papier=saisie.de_papier(request, identifiant),
        )
    except DejaEnvoye:
        raise preuve.deja_repondu(carte) from None
    except CarteEffacee:
        raise preuve.effacee(carte) from None
    except VagueFinie:
        raise Refus("fermee", 410, {"collecte": porte.collecte}) from None
