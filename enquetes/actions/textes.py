"""Free texts that have served: what a person wrote goes from her answers once it has been decided of."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from enquetes.models import Enveloppe, EtatEnveloppe, FeuilleSaisie, Passation


@transaction.atomic
def oublier_textes(*, textes: Iterable[tuple[UUID, str]]) -> int:
    """Take these texts out of the answers, of their sealed copies and of what was typed; return how many.

    The codes that were counted stay. A text that was taken out already is not counted.
    """
    cles: defaultdict[UUID, set[str]] = defaultdict(set)
    for identifiant, cle in textes:
        cles[identifiant].add(cle)
    nombre = 0
    for passation in Passation.objects.select_for_update().filter(pk__in=cles).order_by("pk"):
        presentes = cles[passation.pk] & set(passation.reponses)
        if presentes:
            passation.reponses = _sans(passation.reponses, presentes)
            passation.save(update_fields=["reponses"])
            nombre += len(presentes)
    Enveloppe.objects.filter(pk__in=cles, etat=EtatEnveloppe.OUVERTE).update(brute="")
    for feuille in FeuilleSaisie.objects.select_for_update().filter(passation__in=cles):
        siennes = cles[feuille.passation_id]
        for saisie in (feuille.premiere, feuille.seconde, feuille.troisieme):
            if saisie and "reponses" in saisie:
                saisie["reponses"] = _sans(saisie["reponses"], siennes)
        feuille.save(update_fields=["premiere", "seconde", "troisieme"])
    return nombre


def _sans(reponses: dict[str, object], cles: set[str]) -> dict[str, object]:
    return {cle: valeur for cle, valeur in reponses.items() if cle not in cles}
