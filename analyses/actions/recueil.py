"""What a closing keeps of how answers came, frozen and sealed with it (ADR 0084)."""

from collections import Counter
from typing import Any

from analyses.confidentialite.recueil import ecartees_dites, sources_dites
from analyses.confidentialite.regles import SENSIBLE
from analyses.extraction.lecture import nb_ecartees
from analyses.extraction.personnes import FICHIER, sources_des_partis
from analyses.models import Publication

from .demandes import TAILLE, Projet


def recueil_de(projet: Projet) -> dict[str, Any]:
    """Return the sources of a closing and how many answers were set aside; nothing of a file.

    ``sources``: by code, how many persons, or ``None`` when the numbers may not be told.
    """
    nombres = Counter(map(str, projet.vues.lieux["source"]))
    if set(nombres) <= {FICHIER}:
        return {}
    # Closings only: walls tell nothing of sources, nor do closings of an earlier version.
    anciennes = [p for p in projet.precedentes if "recueil" in p.parametres]
    dites = sources_dites(
        nombres,
        (_changement(projet, avant) for avant in anciennes if _a_dit(avant)),
        SENSIBLE.n_min,
    )
    return {
        "sources": {code: n if dites else None for code, n in sorted(nombres.items())},
        "ecartees": list(
            ecartees_dites(
                nb_ecartees(projet.collecte),
                [bas for bas, haut in map(_ecartees, anciennes) if bas == haut],
                SENSIBLE.m,
            )
        ),
    }


def _a_dit(publication: Publication) -> bool:
    return None not in publication.parametres["recueil"]["sources"].values()


def _ecartees(publication: Publication) -> tuple[int, int]:
    bas, haut = publication.parametres["recueil"]["ecartees"]
    return bas, haut


def _changement(projet: Projet, avant: Publication) -> Counter[str]:
    """Return by source how many persons came or left since an earlier closing."""
    vues = dict(zip(projet.vues.identifiants, projet.vues.lieux["source"], strict=True))
    anciens = {
        bytes(bruts[rang : rang + TAILLE])
        for bruts in avant.populations.filter(dimensions="").values_list("membres", flat=True)
        for rang in range(0, len(bruts), TAILLE)
    }
    arrives = Counter(str(source) for uid, source in vues.items() if uid not in anciens)
    return arrives + sources_des_partis(projet.collecte, anciens - vues.keys())
