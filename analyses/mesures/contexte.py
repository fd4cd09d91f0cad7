"""The figures of context of a perimeter: of its territoires and of those around them."""

from dataclasses import dataclass

from analyses.models import Contexte
from voix.comptes.models import Territoire

from .perimetre import Perimetre


@dataclass(frozen=True, slots=True)
class Repere:
    """One figure, with everything that it must never be shown without."""

    intitule: str
    valeur: str
    perimetre: str
    annee: int
    origine: str


def reperes_de(perimetre: Perimetre) -> list[Repere]:
    """Return the latest figure of each kind and place, the widest places first."""
    chemins = {
        "/" + "/".join(morceaux[:fin]) + "/"
        for territoire in perimetre.territoires
        for morceaux in [territoire.chemin.strip("/").split("/")]
        for fin in range(1, len(morceaux) + 1)
    }
    lieux = Territoire.objects.filter(chemin__in=chemins).values_list("pk", flat=True)
    lignes = Contexte.des_territoires(lieux).order_by(
        "territoire__chemin", "intitule", "perimetre", "-annee"
    )
    derniers: dict[tuple[int, str, str], Repere] = {}
    for un in lignes:
        repere = Repere(un.intitule, un.valeur, un.perimetre, un.annee, un.origine)
        derniers.setdefault((un.territoire_id, un.intitule, un.perimetre), repere)
    return list(derniers.values())
