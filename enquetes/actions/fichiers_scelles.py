"""The sealed file of a device that never met a network: each envelope goes to its own séance.

What is sealed says through which link it was answered; the page on which the file is imported does not
(ADR 0118). What cannot be opened here keeps the séance of the page, and waits in quarantine.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.core.validators import slug_re
from django.utils import timezone

from enquetes.actions.boite import CONFLICT, MALFORMED, OK, RETRY, Reception, recevoir
from enquetes.actions.depouillement import traiter
from enquetes.droits import peut_sur_lieu, peut_sur_seance
from enquetes.echanges.correspondance import cle_de
from enquetes.echanges.scellement import Illisible, ouvrir
from enquetes.models import Acces, Entree, EtatEnveloppe
from enquetes.models import Enveloppe as Ligne
from enquetes.parcours.enveloppe import COMPTE_RENDU, Enveloppe, lire
from voix.comptes.actions.traces import tracer
from voix.comptes.models import Compte
from voix.comptes.roles import Droit

PAR_LOT: Final = 50


@dataclass(frozen=True, slots=True)
class Bilan:
    """What became of a file: counts only."""

    neuves: int
    rapports: int
    """Reports of a facilitator: they are no answers."""
    deja: int
    conflits: int
    quarantaine: int
    """Kept, and for coordination to look at."""
    autres: int
    """What is no envelope, or could not be kept now."""
    refusees: int
    """Of a séance that this account does not run: nothing of them is kept here."""
    ailleurs: tuple[tuple[str, int], ...]
    """Filed in another séance than that of the page: its name, and how many."""


def importer_fichier(*, items: Sequence[Any], acces: Acces, par: Compte) -> Bilan:
    """Take in what a device exported; import it twice, and the second changes nothing."""
    par_acces, refusees = _repartir(items, acces, par)
    comptes: Counter[str] = Counter(refusees=refusees)
    ailleurs = []
    for vers, siens in par_acces.values():
        avant = comptes["neuves"] + comptes["rapports"]
        for debut in range(0, len(siens), PAR_LOT):
            lot = siens[debut : debut + PAR_LOT]
            recu = recevoir(items=lot, acces=vers, appareil=None, importee=True)
            traiter(identifiants=recu.nouvelles)
            comptes.update(_compter(lot, recu))
        prises = comptes["neuves"] + comptes["rapports"] - avant
        if vers.pk != acces.pk and prises:
            ailleurs.append((nom_du_lien(vers), prises))
        if prises:
            tracer(par=par, verbe="importer_fichier", objet=vers, nombre=prises)
    noms = ("neuves", "rapports", "deja", "conflits", "quarantaine", "autres", "refusees")
    return Bilan(**{nom: comptes[nom] for nom in noms}, ailleurs=tuple(ailleurs))


def nom_du_lien(acces: Acces) -> str:
    """Return what a link is called by the team."""
    if acces.seance is None:
        return f"{acces.collecte.titre}, {acces.lieu}"
    return f"{acces.seance.titre}, {timezone.localtime(acces.seance.prevue_le):%d/%m/%Y à %H h %M}"


def lien_scelle(enveloppe: Enveloppe) -> str | None:
    """Return the token of the link that was answered through; nothing when it cannot be read."""
    try:
        contenu = ouvrir(enveloppe)
    except Illisible:
        return None
    lien = contenu.get("lien") if isinstance(contenu, Mapping) else None
    return lien if isinstance(lien, str) else None


def destination(lien: str | None, recu: Acces, par: Compte) -> Acces | None:
    """Return where what was answered through ``lien`` is filed, or nothing if ``par`` may not."""
    if lien is None or lien == recu.jeton:
        return recu
    trouve = _lien_connu(lien)
    if trouve is None:
        return None
    if trouve.collecte.entree == Entree.CARTE:  # which wave it is of is read when it is opened
        meme = recu.collecte.entree == Entree.CARTE and (
            trouve.collecte.vague.cohorte_id == recu.collecte.vague.cohorte_id
        )
        return recu if meme else None
    if not trouve.recoit(timezone.now()):
        return None
    if trouve.seance is not None:
        return trouve if peut_sur_seance(par, trouve.seance) else None
    permis = peut_sur_lieu(
        par, Droit.VOIR_SEANCES, territoire=trouve.territoire, structure=trouve.structure
    )
    return trouve if permis else None


def _lien_connu(lien: str) -> Acces | None:
    if not slug_re.match(lien):  # no database looks for every sign that JSON can write
        return None
    return (
        Acces.objects.filter(jeton=lien, par_feuille=False)
        .select_related("collecte__version", "seance__territoire", "seance__structure")
        .select_related("territoire", "structure")
        .first()
    )


def _repartir(
    items: Iterable[Any], acces: Acces, par: Compte
) -> tuple[dict[int, tuple[Acces, list[Any]]], int]:
    """Sort a file by the link of each envelope; a report goes with the answers of its device."""
    connus: dict[str | None, Acces | None] = {}
    parts: dict[int, tuple[Acces, list[Any]]] = {acces.pk: (acces, [])}
    sans_lien, refusees = [], 0
    for item in items:
        enveloppe = lire(item)
        lien = lien_scelle(enveloppe) if enveloppe else None
        if enveloppe and lien is None and enveloppe.q == COMPTE_RENDU:
            sans_lien.append(item)  # sealed before reports said their séance
            continue
        if lien not in connus:
            connus[lien] = destination(lien, acces, par)
        vers = connus[lien]
        if vers is None:
            refusees += 1
        else:
            parts.setdefault(vers.pk, (vers, []))[1].append(item)
    vus = {lien: vers for lien, vers in connus.items() if lien is not None}
    siennes = next(iter(vus.values())) if len(vus) == 1 else acces
    if siennes is None:
        return parts, refusees + len(sans_lien)
    parts.setdefault(siennes.pk, (siennes, []))[1].extend(sans_lien)
    return parts, refusees


def _compter(lot: Sequence[Any], recu: Reception) -> Counter[str]:
    rapports = {str(lue.id) for lue in map(lire, lot) if lue is not None and lue.q == COMPTE_RENDU}
    etats = dict(Ligne.objects.filter(pk__in=recu.nouvelles).values_list("pk", "etat"))
    sorts = {CONFLICT: "conflits", RETRY: "autres", MALFORMED: "autres"}
    sorts |= {EtatEnveloppe.QUARANTAINE: "quarantaine", EtatEnveloppe.SANS_SUITE: "deja"}
    comptes: Counter[str] = Counter()
    for cle, issue in recu.issues.items():
        sort = sorts.get(etats[cle_de(UUID(cle))] if issue == OK else issue)
        if issue == OK and sort is None:
            sort = "rapports" if cle in rapports else "neuves"
        comptes[sort or "deja"] += 1
    return comptes
