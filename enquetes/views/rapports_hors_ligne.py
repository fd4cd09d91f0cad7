"""What the facilitator tells without network: the report, and the hands counted, behind the code of the device.

Pages that a prepared device keeps; they hold no answer, and what is typed leaves sealed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from enquetes.actions.mains_levees import questions_a_main_levee
from enquetes.echanges.scellement import cle_courante
from enquetes.forms.mains_levees import MainLeveeScelleeForm
from enquetes.forms.rapports import PARTIES
from enquetes.models import MainLevee, Rapport, Seance
from enquetes.parcours.enveloppe import COMPTE_RENDU

from .dits_hors_ligne import DIT_DES_MAINS, DIT_DU_RAPPORT
from .hors_ligne import envoyer
from .passation.porte import Refus, montrer_refus, ouvrir_a_tous
from .scripts import dans_la_page, version


@dataclass(frozen=True, slots=True)
class _PageScellee:
    """One page: its draft's name, what it says, its parts, and what only its script must know."""

    clef: str
    nom: str
    aide: str
    parties: Sequence[forms.Form]
    dits: Mapping[str, str]
    plan: Mapping[str, Any]


@require_safe
def rapport(request: HttpRequest, jeton: str) -> HttpResponse:
    """Show the parts of the report, one at a time."""
    return _montrer(request, jeton, _rapport)


@require_safe
def mains_levees(request: HttpRequest, jeton: str) -> HttpResponse:
    """Show the questions that may be asked to the room, one at a time."""
    return _montrer(request, jeton, _mains_levees)


def _montrer(
    request: HttpRequest, jeton: str, dire: Callable[[Seance], _PageScellee]
) -> HttpResponse:
    try:
        porte = ouvrir_a_tous(jeton)
    except Refus as refus:
        return montrer_refus(request, refus)
    seance = porte.acces.seance
    page = dire(seance) if seance else None
    if seance is None or page is None or not page.parties:
        return montrer_refus(request, Refus("lien_inconnu", 404))
    cle = cle_courante()
    lu: dict[str, Any] = {"j": jeton, "clef": f"{page.clef}:{jeton}", "q": COMPTE_RENDU, "v": "1"}
    lu |= {"kid": cle.kid, "pub": cle.spki, "m": page.dits}
    contexte = {
        "jeton": jeton,
        "version": version(),
        "langue": porte.langues[0],
        "titre": seance.titre,
        "page": page,
        "plan": dans_la_page({**lu, **page.plan}),
    }
    html = render_to_string("enquetes/hors_ligne/rapport.html", contexte)
    return envoyer(request, html.encode(), "text/html", "no-cache")


def _rapport(seance: Seance) -> _PageScellee:
    deja = getattr(seance, "rapport", None) or Rapport()
    return _PageScellee(
        clef="rapport",
        nom="Compte rendu",
        aide="Laissez vide ce que vous ne savez pas.",
        parties=[partie() for partie in PARTIES.values()],
        dits=DIT_DU_RAPPORT,
        plan={"vu": deja.nb_corrections},
    )


def _mains_levees(seance: Seance) -> _PageScellee:
    return _PageScellee(
        clef="mains",
        nom="À main levée",
        aide="Une question par page. Laissez vide une question que vous ne posez pas.",
        parties=[MainLeveeScelleeForm(question=q) for q in questions_a_main_levee(seance)],
        dits=DIT_DU_RAPPORT | DIT_DES_MAINS,
        plan={"vu": MainLevee.nb_au_bureau(seance), "mains": 1},
    )
