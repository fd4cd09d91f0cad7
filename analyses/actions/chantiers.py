"""Close in the background, with no other service: a process of its own, and a file that says where it is.

The process holds a lock on the file: the system lets it go when the process dies, whatever kills it.
A file without its lock and without an end is a closing that was cut: it is seen, and made again.
What is published is written in one transaction, so nothing is ever half there.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.conf import settings

from analyses.droits import exiger_publication
from analyses.extraction.lecture import releve_nomme
from analyses.models import Publication
from voix.commun import a_part
from voix.commun.erreurs import ErreurVoix
from voix.comptes.models import Compte

from .bilans import Bilan
from .clotures import publier_releve, reste_a_publier
from .propositions import ecarter_proposition, est_proposee, oublier, proposer, publier_proposition


class Etape(StrEnum):
    """Where a closing is."""

    RIEN = "rien"
    EN_COURS = "en_cours"
    INTERROMPUE = "interrompue"
    REFUSEE = "refusee"
    PRETE = "prete"
    """Protected and proved; it waits for who decides to publish."""
    FAITE = "faite"


@dataclass(frozen=True, slots=True)
class Chantier:
    """The closing of a relevé, as its page shows it."""

    etape: Etape
    motif: str = ""
    bilan: Bilan | None = None
    """Of what is ready to be published."""


def chantier_de(releve_id: int) -> Chantier:
    """Return where the closing of a relevé is; the register has the last word."""
    if not reste_a_publier(releve_id):
        return Chantier(Etape.FAITE)
    try:
        with _fichier(releve_id).open("r+", encoding="utf-8") as ouvert:
            if not a_part.verrouiller(ouvert.fileno()):
                return Chantier(Etape.EN_COURS)
            ecrit = ouvert.read()
    except FileNotFoundError:
        return Chantier(Etape.RIEN)
    return _lu(releve_id, ecrit)


def _lu(releve_id: int, ecrit: str) -> Chantier:
    """Return what the end of a process, written in its file, says."""
    try:
        fin = json.loads(ecrit)
        if "motif" in fin:
            return Chantier(Etape.REFUSEE, str(fin["motif"]))
        bilan = Bilan.de_json(fin["bilan"])
    except (ValueError, KeyError, TypeError):
        return Chantier(Etape.INTERROMPUE)
    return Chantier(Etape.PRETE, bilan=bilan) if est_proposee(releve_id) else Chantier(Etape.RIEN)


def lancer(*, releve_id: int, par: Compte) -> None:
    """Start preparing the tables of a relevé, unless it is running or done; none is published.

    The lock is taken here and handed over: from this call on, the page says that it runs. Errors:
    where closings are not processes of their own, those of a closing that is refused.
    """
    if not reste_a_publier(releve_id):
        return
    verrou = _prendre(releve_id)
    if verrou is None:
        return
    if not settings.CHANTIERS_A_PART:
        preparer(releve_id=releve_id, par=par, verrou=verrou)
        return
    a_part.lancer(
        ["publier", "--proposer", "--releve", str(releve_id), "--par", str(par.pk)],
        verrou=verrou,
    )


def mener(*, releve_id: int, par: Compte | str, verrou: int | None = None) -> Publication | None:
    """Close and publish now; ``None`` when another process is at it.

    ``verrou``: the file, locked already by whoever started this process. Errors: those of a closing
    that is refused, which the file keeps for its page.
    """
    with _tenu(releve_id, verrou) as fin:
        if fin is None:
            return None
        publication = publier_releve(releve_id=releve_id, par=par)
        oublier(releve_id=releve_id)
        return publication


def preparer(*, releve_id: int, par: Compte | str, verrou: int | None = None) -> Bilan | None:
    """Protect now, and leave the result to who decides; as ``mener`` for the rest."""
    with _tenu(releve_id, verrou) as fin:
        if fin is None:
            return None
        fin["bilan"] = (bilan := proposer(releve=releve_nomme(releve_id), par=par)).en_json()
        return bilan


def publier_prete(*, releve_id: int, par: Compte) -> Publication | None:
    """Publish what was read; ``None`` when another process is at it, or has published it.

    Errors: ``AccesRefuse``; ``EtatIncompatible`` when something changed since, and why.
    """
    releve = releve_nomme(releve_id)
    exiger_publication(par, releve.collecte)
    if not reste_a_publier(releve_id):
        return None
    with _tenu(releve_id, None) as fin:
        return None if fin is None else publier_proposition(releve=releve, par=par)


def ecarter_prete(*, releve_id: int, par: Compte) -> None:
    """Leave what was read unpublished. Errors: ``AccesRefuse``."""
    releve = releve_nomme(releve_id)
    exiger_publication(par, releve.collecte)
    ecarter_proposition(releve=releve, par=par)


@contextmanager
def _tenu(releve_id: int, verrou: int | None) -> Iterator[dict[str, Any] | None]:
    """Hold the file of a closing; what is put in the yielded dict, or a refusal, is its end."""
    verrou = _prendre(releve_id) if verrou is None else verrou
    if verrou is None:
        yield None
        return
    with os.fdopen(verrou, "r+", encoding="utf-8") as ouvert:
        ouvert.truncate(0)
        fin: dict[str, Any] = {}
        try:
            yield fin
        except ErreurVoix as refus:
            fin = {"motif": refus.message}
            raise
        finally:
            if fin:
                json.dump(fin, ouvert, ensure_ascii=False)


def _prendre(releve_id: int) -> int | None:
    """Lock the file of a closing; ``None`` when it runs already. A page that looks holds it for an instant."""
    return a_part.prendre(_fichier(releve_id), essais=20)


def _fichier(releve_id: int) -> Path:
    return Path(settings.DOSSIER_DONNEES) / "chantiers" / f"releve-{releve_id}.json"
