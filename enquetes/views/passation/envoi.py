"""Send what the summary showed, and nothing else: another page may have changed it meanwhile."""

import json
from collections.abc import Mapping
from hashlib import blake2b
from typing import Final
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from enquetes.actions.feuilles import terminer_avec_feuille
from enquetes.actions.passations import terminer_passation
from enquetes.models import Acces
from enquetes.parcours.definition import Valeur

from .feuilles import feuille_gardee

VU: Final = ".vu"
"""Name of the hidden field that says which answers are on the page; no question can be called so."""
ONT_CHANGE: Final = _(
    "Vos réponses ont changé dans une autre page. Relisez-les ici, puis envoyez-les."
)


def empreinte(reponses: Mapping[str, Valeur]) -> str:
    """Return a few signs that are others for other answers. They stay on the page: nothing keeps them."""
    ecrites = json.dumps(reponses, sort_keys=True, ensure_ascii=False)
    return blake2b(ecrites.encode(), digest_size=6).hexdigest()


def ont_change(request: HttpRequest, reponses: Mapping[str, Valeur]) -> bool:
    """Return whether the page that is sent showed other answers than these."""
    return request.POST.get(VU, "") not in {"", empreinte(reponses)}


def terminer(request: HttpRequest, identifiant: UUID, acces: Acces) -> None:
    """End the passation, with the slip that this phone holds where the link asks for one."""
    if acces.par_feuille:
        terminer_avec_feuille(passation_id=identifiant, acces=acces, jeton=feuille_gardee(request))
    else:
        terminer_passation(passation_id=identifiant, acces=acces)
