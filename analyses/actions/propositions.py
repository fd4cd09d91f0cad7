"""A closing that waits to be read: protected and proved, not yet published, visible to nobody else.

What the engine gave is kept in a file of the data folder, signed with the key of the installation,
together with the hash of all that it was made from. It is published as it stands or not at all:
answers erased since, another plan or another publication, and it has to be prepared again.
"""

import hmac
import os
import pickle
from collections.abc import Mapping, Sequence, Set
from dataclasses import fields, is_dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.conf import settings

from analyses.extraction.lecture import Releve
from analyses.models import Publication
from voix.commun.cles import empreinte_a_cle
from voix.commun.erreurs import EtatIncompatible
from voix.comptes.actions.traces import tracer
from voix.comptes.models import Compte

from .bilans import Bilan, faire_le_bilan
from .clotures import projet_de, proteger, publier
from .demandes import Projet, questions_de

if TYPE_CHECKING:
    from analyses.confidentialite.moteur.cloture import Cloture

PERIMEE: Final = (
    "Les réponses, le plan ou les publications ont changé depuis que ces tableaux ont été vérifiés. "
    "Rien n’est publié. Préparez les tableaux de nouveau."
)
_HACHE: Final = 32
"""Bytes of each of the two hashes at the head of a file."""


def proposer(*, releve: Releve, par: Compte | str) -> Bilan:
    """Protect the tables of a relevé and keep the result for who decides; nothing is visible.

    Errors: ``EtatIncompatible`` when nothing may be shown, or the register does not hold.
    """
    projet = projet_de(releve.collecte, releve, par)
    resultat = proteger(projet)
    if not resultat.tableaux:
        publier(projet, resultat, par=par)  # raises, and remembers the refusal
    fichier = _fichier(releve.pk)
    fichier.parent.mkdir(parents=True, exist_ok=True)
    neuf = fichier.with_suffix(".neuf")
    neuf.unlink(missing_ok=True)
    corps = _empreinte(projet) + pickle.dumps(resultat)
    with os.fdopen(os.open(neuf, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as sortie:
        sortie.write(_signer(corps) + corps)
    neuf.replace(fichier)
    tracer(par=par, verbe="proposer_publication", objet=releve, nombre=projet.vues.nombre)
    return faire_le_bilan(projet, resultat)


def est_proposee(releve_id: int) -> bool:
    """Return whether tables of a relevé wait for a decision."""
    return _fichier(releve_id).exists()


def publier_proposition(*, releve: Releve, par: Compte | str) -> Publication:
    """Publish what was read, exactly. Errors: ``EtatIncompatible`` when it no longer stands."""
    lue = _lire(releve.pk)
    projet = projet_de(releve.collecte, releve, par)
    if lue is None or not hmac.compare_digest(lue[0], _empreinte(projet)):
        oublier(releve_id=releve.pk)
        raise EtatIncompatible(PERIMEE)
    publication = publier(projet, lue[1], par=par)
    oublier(releve_id=releve.pk)
    return publication


def ecarter_proposition(*, releve: Releve, par: Compte | str) -> None:
    """Publish nothing of what was proposed. The answers stay; it may be prepared again."""
    if est_proposee(releve.pk):
        oublier(releve_id=releve.pk)
        tracer(par=par, verbe="ecarter_proposition", objet=releve)


def oublier(*, releve_id: int) -> None:
    """Remove what waited for a decision: it is taken."""
    _fichier(releve_id).unlink(missing_ok=True)


def _lire(releve_id: int) -> "tuple[bytes, Cloture] | None":
    """Return what a proposition was made from, hashed, and what it would show."""
    try:
        brut = _fichier(releve_id).read_bytes()
    except FileNotFoundError:
        return None
    corps = brut[_HACHE:]
    if not hmac.compare_digest(brut[:_HACHE], _signer(corps)):
        return None
    try:
        return corps[:_HACHE], pickle.loads(corps[_HACHE:])  # noqa: S301  (our own signature is checked)
    except (AttributeError, ImportError, TypeError, pickle.UnpicklingError):
        return None  # written by another version of Voix


def _signer(corps: bytes) -> bytes:
    return empreinte_a_cle("proposition", sha256(corps).hexdigest())


def _empreinte(projet: Projet) -> bytes:
    """Hash all that the engine was given: persons, answers, groups, plan, thresholds, register."""
    vues = projet.vues
    hachage = sha256()
    for partie in (
        projet.jour,
        projet.plan.empreinte,
        projet.collecte.version.empreinte,
        projet.precedentes[-1].empreinte if projet.precedentes else "",
        questions_de(projet),
        [(g.nom, g.codes) for g in projet.groupements],
        vues.identifiants,
    ):
        hachage.update(_ecrit(partie).encode() + b"\n")
    for question in sorted(vues.codes):
        hachage.update(vues.codes[question].tobytes())
    for groupement in projet.groupements:
        hachage.update(groupement.rangs.tobytes())
    return hachage.digest()


def _fichier(releve_id: int) -> Path:
    return Path(settings.DOSSIER_DONNEES) / "chantiers" / f"proposition-{releve_id}"


def _ecrit(objet: object) -> str:
    """Write plain data, the same in every process: each has its own order of sets, and ``repr`` follows it."""
    if isinstance(objet, str | bytes):
        return repr(objet)
    if isinstance(objet, Set):
        return f"{{{','.join(sorted(map(_ecrit, objet)))}}}"
    if isinstance(objet, Mapping):
        return f"{{{','.join(sorted(f'{_ecrit(c)}:{_ecrit(v)}' for c, v in objet.items()))}}}"
    if is_dataclass(objet):
        return f"{type(objet).__name__}{_ecrit([getattr(objet, champ.name) for champ in fields(objet)])}"
    if isinstance(objet, Sequence):
        return f"[{','.join(map(_ecrit, objet))}]"
    return repr(objet)
