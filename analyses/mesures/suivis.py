"""P14 and P16: read from the reports of change that are already displayed, and from nothing else.

Nothing is counted on answers here: a sum of what reports show gives nothing that whoever reads them
could not add up (ADR 0078).
"""

from functools import cached_property
from math import ceil, floor
from typing import Any, Final

from analyses.changements.ensemble import Rapport, reunir
from analyses.confidentialite.regles import SENSIBLE
from analyses.extraction.ensembles import cohortes_des, instrument_de
from analyses.indicateurs.indicateur import Indicateur, Suivi
from analyses.indicateurs.mesure import Mesure, conclure
from analyses.models import Changement

from .dire import PLEIN, motif_de
from .perimetre import Perimetre, lecteur_de
from .protection import sans_intervalle

SORTIE: Final = 3
"""The wave that is compared with entrée."""
POUVOIR: Final = frozenset({"po1", "po2", "po3", "po4"})
"""Codes of the questions of the module, in every questionnaire that takes it in."""
SANS_RAPPORT: Final = "Il faut un suivi dont le rapport, de l’entrée à la sortie, est fait."
SANS_POUVOIR: Final = "Aucun rapport de l’entrée à la sortie ne montre encore le module POUVOIR."
QUESTIONS_LUES: Final = f"Questions du module POUVOIR qui sont lues, sur {len(POUVOIR)}"
"""All of them when their mean was declared as an outcome; else the first, alone."""
PEU_DE_FAMILLES: Final = "Masqué pour protéger les personnes\u00a0: trop peu de familles suivies."
DIFFERENTS: Final = (
    "Les suivis n’ont pas posé les mêmes questions\u00a0: leurs évolutions ne s’additionnent pas."
)


class Suivis:
    """The reports of change of one perimeter, read once for all the indicators that need them."""

    def __init__(self, perimetre: Perimetre) -> None:
        self.perimetre = perimetre

    def mesurer(self, indicateur: Indicateur) -> Mesure:
        """Return the measure of an indicator that reads reports of change."""
        if not self._rapports:
            return Mesure(indicateur, motif=SANS_RAPPORT)
        if indicateur.suivi == Suivi.COUVERTURE:
            return _couverture(indicateur, self._rapports)
        return _evolution(indicateur, self._rapports)

    @cached_property
    def _rapports(self) -> list[Rapport]:
        cohortes = cohortes_des(lecteur_de(self.perimetre).lieux)
        if not cohortes:
            return []
        faits = Changement.de_plusieurs([cohorte.pk for cohorte in cohortes], SORTIE)
        return [
            Rapport(instrument_de(c), faits[c.pk].contenu, faits[c.pk].nombre)
            for c in cohortes
            if c.pk in faits
        ]


def _couverture(indicateur: Indicateur, rapports: list[Rapport]) -> Mesure:
    """Return who answered the exit among the cards given, wave by wave beside it."""
    invitees = sum(rapport.contenu["inscrites"] for rapport in rapports)
    if invitees < SENSIBLE.n_min:
        return Mesure(indicateur, motif=PEU_DE_FAMILLES)
    vagues: dict[str, int] = {}
    for rapport in rapports:
        for nom, repondu in rapport.contenu["par_vague"]:
            vagues[nom] = vagues.get(nom, 0) + repondu
    sortie = sum(rapport.contenu["par_vague"][SORTIE - 1][1] for rapport in rapports)
    details: list[tuple[str, int | float | None]] = [
        (f"Ont répondu, {nom}", repondu) for nom, repondu in vagues.items()
    ]
    details.append(
        ("Ont répondu à l’entrée et à la sortie", sum(rapport.nombre for rapport in rapports))
    )
    return sans_intervalle(conclure(indicateur, sortie, invitees, tuple(details)))


def _evolution(indicateur: Indicateur, rapports: list[Rapport]) -> Mesure:
    """Return the net share that improved: those who do better, minus those who do worse."""
    lus = [(critere, r) for r in rapports if (critere := _pouvoir(r)) is not None]
    if not lus:
        return Mesure(indicateur, motif=SANS_POUVOIR)
    if len(lus) == 1:
        critere, rapport = lus[0]
        return _nette(indicateur, critere, rapport.nombre)
    sommes = reunir(
        Rapport(r.instrument, r.contenu | {"criteres": [critere]}, r.nombre) for critere, r in lus
    )
    if len(sommes) != 1 or sommes[0]["cohortes"] != len(lus):
        return Mesure(indicateur, motif=DIFFERENTS)
    somme = {cle: sommes[0][cle] for cle in ("nette", "repondu")}
    if somme["nette"] is None:
        return Mesure(indicateur, motif=PEU_DE_FAMILLES)
    return _nette(indicateur, lus[0][0] | somme, sommes[0]["n"])


def _pouvoir(rapport: Rapport) -> dict[str, Any] | None:
    """Return the outcome that reads most questions of the module, where its split is shown."""
    siens = [
        critere
        for critere in rapport.contenu["criteres"]
        if critere["montre"]
        and critere.get("nette")
        and critere.get("questions")
        and set(critere["questions"]) <= POUVOIR
    ]
    return max(siens, key=lambda critere: len(critere["questions"]), default=None)


def _nette(indicateur: Indicateur, critere: dict[str, Any], nombre: int) -> Mesure:
    """Return the net share of an outcome, and how much of the module it reads."""
    (bas, haut), (moins, plus) = critere["nette"]
    details = ((QUESTIONS_LUES, len(critere["questions"])),)
    repondu = critere.get("repondu") or [nombre, nombre]
    if bas != haut or repondu[0] != repondu[1]:
        entre = (
            floor(min(100 * bas / n for n in repondu)),
            ceil(max(100 * haut / n for n in repondu)),
        )
        motif = motif_de(entre, plancher=-PLEIN)
        return Mesure(indicateur, None, nombre, motif=motif, details=details, entre=entre)
    tango = (floor(100 * moins), ceil(100 * plus))
    valeur = floor(100 * bas / repondu[0] + 0.5)
    return sans_intervalle(
        Mesure(indicateur, int(bas), repondu[0], valeur, details=details, intervalle=tango)
    )
