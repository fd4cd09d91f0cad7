"""The seal of a publication: one hash over all its rows and the publication before it.

Computed when a publication is written, and again from the database whenever something is about to
be added: a register that lost, gained or changed a row proves nothing, and nothing is published.
"""

import json
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import transaction

from analyses.extraction.lecture import Collecte
from analyses.models import Cellule, Population, Publication, Regroupement
from voix.commun.erreurs import EtatIncompatible

REGISTRE_FAUX: Final = (
    "Le registre de ce qui a déjà été montré est incomplet ou modifié\u00a0: rien n’est publié. "
    "Restaurez la base et le dossier des données d’une même sauvegarde, puis recommencez."
)


def sceller(
    publication: Publication,
    populations: Sequence[Population],
    cellules: Iterable[tuple[str, Cellule]],
    regroupements: Iterable[Regroupement],
) -> str:
    """Return the SHA-256 of a publication, whatever the order of its rows.

    ``cellules``: each with the predicate of its population.
    """
    tete = [
        publication.numero,
        publication.au.isoformat(),
        publication.plan.empreinte,
        publication.version,
        publication.nombre,
        publication.parametres,
        publication.precedente,
    ]
    lignes = sorted(
        [
            *(_ligne("p", p.predicat, p.axes, p.nombre, _hache(p.membres)) for p in populations),
            *(
                _ligne("c", ou, c.question, c.reponse, c.bas, c.haut, str(c.nature))
                for ou, c in cellules
            ),
            *(
                _ligne("r", r.dimension, r.contexte, list(r.parent), list(r.codes), r.n_min)
                for r in regroupements
            ),
        ]
    )
    hachage = sha256(_ligne("t", publication.collecte_id, tete).encode())
    for ligne in lignes:
        hachage.update(ligne.encode())
    return hachage.hexdigest()


def _ligne(*parties: object) -> str:
    return json.dumps(parties, ensure_ascii=False, sort_keys=True) + "\n"


def _hache(membres: bytes | memoryview) -> str:
    return sha256(bytes(membres)).hexdigest()


def temoigner(publication: Publication) -> None:
    """Once committed, write outside the database that this publication exists.

    A database restored without its latest publications is found out by this file.
    """
    transaction.on_commit(lambda: _ecrire_temoin(publication))


def _temoin(collecte: Collecte) -> Path:
    """Return the witness of a collecte: named after its random link, that no other database has."""
    jetons = collecte.acces.order_by("pk").values_list("jeton", flat=True)[:1]
    marque = sha256("|".join([str(collecte.pk), collecte.nom, *jetons]).encode()).hexdigest()[:32]
    return Path(settings.DOSSIER_DONNEES) / "registre" / f"{marque}.json"


def _ecrire_temoin(publication: Publication) -> None:
    fichier = _temoin(publication.collecte)
    fichier.parent.mkdir(parents=True, exist_ok=True)
    neuf = fichier.with_suffix(".neuf")
    neuf.write_text(json.dumps({"numero": publication.numero, "empreinte": publication.empreinte}))
    neuf.replace(fichier)


def fautes_du_registre(collecte: Collecte) -> list[str]:
    """Return what is wrong in the register of a collecte, in French; nothing when it is whole."""
    fautes = []
    precedente = ""
    connues = {}
    for rang, publication in enumerate(
        Publication.objects.filter(collecte_id=collecte.pk)
        .select_related("plan")
        .order_by("numero"),
        1,
    ):
        connues[publication.numero] = publication.empreinte
        if publication.numero != rang or publication.precedente != precedente:
            fautes.append(f"La publication {publication.numero} ne suit pas celle d’avant.")
        elif _relue(publication) != publication.empreinte:
            fautes.append(f"La publication {publication.numero} a changé depuis son écriture.")
        precedente = publication.empreinte
    attendue = _lire_temoin(collecte)
    if attendue is not None and connues.get(attendue[0]) != attendue[1]:
        fautes.append(f"La publication {attendue[0]}, déjà montrée, manque.")
    return fautes


def exiger_registre(collecte: Collecte) -> None:
    """Raise ``EtatIncompatible`` when the register cannot be trusted: nothing may be added to it."""
    if fautes_du_registre(collecte):
        raise EtatIncompatible(REGISTRE_FAUX)


def _lire_temoin(collecte: Collecte) -> tuple[int, str] | None:
    try:
        lu = json.loads(_temoin(collecte).read_text())
        return int(lu["numero"]), str(lu["empreinte"])
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError):
        return 0, ""  # a damaged witness: of a publication that nobody has


def _relue(publication: Publication) -> str:
    populations = list(Population.objects.filter(publication=publication))
    predicats = {p.pk: p.predicat for p in populations}
    cellules = Cellule.objects.filter(population__publication=publication)
    return sceller(
        publication,
        populations,
        ((predicats[c.population_id], c) for c in cellules.iterator()),
        Regroupement.objects.filter(publication=publication),
    )
