"""The words of a bilan: written by whoever defines its indicators."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from analyses.actions.restitutions import exiger_sans_chiffre
from analyses.droits import exiger_sur_territoire
from analyses.models import BLOCS, LONGUEUR_DE_BLOC, Programme, TexteDeBilan
from voix.commun.erreurs import SaisieInvalide
from voix.comptes.actions.traces import tracer
from voix.comptes.models import Compte, Territoire
from voix.comptes.roles import Droit


@transaction.atomic
def ecrire_bilan(
    *, lieu: Programme | Territoire, textes: Mapping[str, str], par: Compte
) -> dict[str, str]:
    """Write the blocks of a bilan; an empty one is taken away. Return those that changed.

    Errors: ``SaisieInvalide`` on a figure about persons: it would go round the protected tables.
    """
    de_programme = isinstance(lieu, Programme)
    territoire = lieu.territoire if isinstance(lieu, Programme) else lieu
    exiger_sur_territoire(par, Droit.DEFINIR_INDICATEURS, territoire)
    propres = {bloc: textes.get(bloc, "").strip() for bloc, _ in BLOCS}
    for texte in propres.values():
        if len(texte) > LONGUEUR_DE_BLOC:
            raise SaisieInvalide(f"Écrivez {LONGUEUR_DE_BLOC} signes au plus dans chaque bloc.")
        exiger_sans_chiffre(texte)
    deja = TexteDeBilan.de(lieu)
    changes = {bloc: texte for bloc, texte in propres.items() if texte != deja.get(bloc, "")}
    quoi: dict[str, Any] = {"programme" if de_programme else "territoire": lieu}
    for bloc, texte in changes.items():
        if texte:
            TexteDeBilan.objects.update_or_create(
                **quoi, bloc=bloc, defaults={"texte": texte, "ecrit_par": par}
            )
        else:
            TexteDeBilan.objects.filter(**quoi, bloc=bloc).delete()
    if changes:
        tracer(par=par, verbe="ecrire_bilan", objet=lieu, blocs=sorted(changes))
    return changes
