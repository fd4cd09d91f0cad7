"""Type sheets of paper in; type a drawn part of them again, blind; settle what differs."""

import math
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from enquetes.champs import champ
from enquetes.droits import exiger_sur_seance
from enquetes.models import (
    Collecte,
    EtatCollecte,
    EtatPassation,
    EtatSeance,
    FeuilleSaisie,
    Mode,
    Passation,
    Seance,
)
from enquetes.parcours.chemin import chemin
from enquetes.parcours.definition import SUFFIXE_PRECISION, Definition, Question, Valeur
from voix.commun.erreurs import AccesRefuse, EtatIncompatible, SaisieInvalide
from voix.comptes.actions.traces import tracer
from voix.comptes.models import Compte

TIREES_AU_MOINS: Final = 20
UNE_SUR: Final = 10
TAUX_ADMIS: Final = 0.01
"""Beyond one closed field in a hundred, the whole batch is typed again (collecte §5)."""


@dataclass(frozen=True, slots=True)
class Saisie:
    """What was read on one sheet."""

    reponses: Mapping[str, Valeur]
    illisibles: tuple[str, ...]

    def gardee(self, definition: Definition) -> dict[str, Any]:
        """Return it as it is stored: what is on the path, and what could not be read."""
        return {
            "reponses": chemin(definition, self.reponses).reponses,
            "illisibles": sorted(self.illisibles),
        }


@dataclass(frozen=True, slots=True)
class Ecart:
    """One question that two persons read differently."""

    question: Question
    premiere: Any
    seconde: Any


@dataclass(frozen=True, slots=True)
class Bilan:
    """Where the paper of a séance stands."""

    feuilles: int
    tirees: int
    refaites: int
    compares: int
    differents: int

    @property
    def taux(self) -> float:
        """Return the share of closed fields that differ, 0 before any comparison."""
        return self.differents / self.compares if self.compares else 0.0


def _seance_a_saisir(seance: Seance, par: Compte) -> Seance:
    verrouillee = Seance.objects.select_for_update(of=("self",)).get(pk=seance.pk)
    exiger_sur_seance(par, verrouillee)
    collecte = _collecte(verrouillee)
    if verrouillee.etat == EtatSeance.PREPARATION:
        raise EtatIncompatible("Ouvrez d’abord la séance.")
    if collecte.etat == EtatCollecte.CLOSE:
        raise EtatIncompatible("La collecte est close\u00a0: ses feuilles ne se saisissent plus.")
    if verrouillee.feuilles_detruites_le is not None:
        raise EtatIncompatible("Les feuilles de cette séance sont détruites.")
    return verrouillee


def _collecte(seance: Seance) -> Collecte:
    if seance.collecte is None:
        raise EtatIncompatible("Cette séance ne pose aucun questionnaire.")
    return seance.collecte


@transaction.atomic
def saisir_feuille(
    *, seance: Seance, cle: UUID, saisie: Saisie, langue: str, par: Compte
) -> FeuilleSaisie:
    """Store one sheet as one finished passation, and give its number. Twice is the same as once."""
    seance = _seance_a_saisir(seance, par)
    deja = FeuilleSaisie.objects.filter(seance=seance, passation=cle).first()
    if deja is not None:
        return deja
    if Passation.objects.filter(pk=cle).exists():  # forged: a page draws its own
        raise SaisieInvalide(
            "Cette page a déjà servi. Ouvrez une page neuve pour saisir la feuille."
        )
    collecte = _collecte(seance)
    gardee = saisie.gardee(collecte.version.lue())
    if not gardee["reponses"]:
        raise SaisieInvalide(
            "Aucune réponse n’est lisible sur cette feuille. "
            "Ne la saisissez pas\u00a0: dites-le dans le compte rendu."
        )
    passation = _deposer(seance, cle, gardee["reponses"], langue)
    feuille = FeuilleSaisie.objects.create(
        seance=seance,
        numero=_numero_neuf(seance),
        passation=passation,
        premiere=gardee,
        saisie_le=timezone.localdate(),
        saisie_par=par,
    )
    tracer(par=par, verbe="saisir_feuille", objet=feuille, numero=feuille.numero)
    return feuille


def _numero_neuf(seance: Seance) -> int:
    """Return a number that no sheet of a séance ever had, even one that was taken away since."""
    dernier = seance.feuilles.aggregate(dernier=Max("numero"))["dernier"] or 0
    seance.dernier_numero = max(dernier, seance.dernier_numero) + 1
    seance.save(update_fields=["dernier_numero"])
    return seance.dernier_numero


def est_retiree(seance: Seance, numero: int) -> bool:
    """Return whether a sheet had this number, and has it no more."""
    deja = 0 < numero <= seance.dernier_numero
    return deja and not seance.feuilles.filter(numero=numero).exists()


def _deposer(seance: Seance, cle: UUID, reponses: Mapping[str, Valeur], langue: str) -> Passation:
    collecte = _collecte(seance)
    return Passation.objects.create(
        pk=cle,
        collecte=collecte,
        version=collecte.version,
        acces=seance.acces,
        territoire_id=seance.acces.territoire_id,
        structure_id=seance.acces.structure_id,
        etat=EtatPassation.TERMINEE,
        mode=Mode.PAPIER,
        langue=langue,
        jour=timezone.localdate(),
        reponses=reponses,
        tardive=seance.acces.est_trop_tard(),
    )


def jumelle(feuille: FeuilleSaisie) -> int | None:
    """Return the number of another sheet of the séance typed exactly alike, if there is one.

    Two people may have ticked the same boxes: it is asked, never refused (collecte §5).
    """
    autres = feuille.seance.feuilles.exclude(pk=feuille.pk).values_list("numero", "premiere")
    return next((numero for numero, premiere in autres if premiere == feuille.premiere), None)


@transaction.atomic
def retirer_feuille(*, feuille: FeuilleSaisie, par: Compte) -> None:
    """Take away a sheet that was typed twice: the paper is still there, the trace keeps its number.

    Twice is the same as once. Errors: ``EtatIncompatible`` once it is drawn, or counted, or destroyed.
    """
    seance = _seance_a_saisir(feuille.seance, par)
    if est_retiree(seance, feuille.numero):
        return
    feuille = _verrouiller(feuille)
    if feuille.tiree or feuille.passation.releve_id is not None:
        raise EtatIncompatible("Cette feuille est tirée au sort, ou déjà comptée. Elle reste.")
    tracer(par=par, verbe="retirer_feuille", objet=feuille.seance, numero=feuille.numero)
    feuille.passation.delete()


@transaction.atomic
def tirer_feuilles(*, seance: Seance, par: Compte) -> int:
    """Draw the sheets to be typed again; return how many are drawn in all. Twice adds none."""
    seance = _seance_a_saisir(seance, par)
    return _tirer(seance, par, _quota(seance.feuilles.count()))


def _quota(feuilles: int) -> int:
    return min(feuilles, max(TIREES_AU_MOINS, math.ceil(feuilles / UNE_SUR)))


def _tirer(seance: Seance, par: Compte, quota: int) -> int:
    tirees = seance.feuilles.filter(tiree=True).count()
    restantes = list(seance.feuilles.filter(tiree=False).values_list("pk", flat=True))
    manquent = max(0, min(quota - tirees, len(restantes)))
    if manquent:
        choisies = secrets.SystemRandom().sample(restantes, manquent)
        FeuilleSaisie.objects.filter(pk__in=choisies).update(tiree=True)
        tracer(par=par, verbe="tirer_feuilles", objet=seance, nombre=manquent)
    return tirees + manquent


@transaction.atomic
def saisir_encore(*, feuille: FeuilleSaisie, saisie: Saisie, par: Compte) -> FeuilleSaisie:
    """Store the second entry, by another person. Beyond the admitted rate, draw all the others."""
    seance = _seance_a_saisir(feuille.seance, par)
    feuille = _verrouiller(feuille)
    if not feuille.tiree:
        raise EtatIncompatible("Cette feuille n’est pas tirée au sort.")
    if feuille.saisie_par_id == par.pk:
        raise AccesRefuse(
            "Vous avez déjà saisi cette feuille. Une autre personne doit la saisir encore."
        )
    gardee = saisie.gardee(feuille.passation.version.lue())
    if feuille.seconde is not None:
        if feuille.seconde == gardee:
            return feuille
        raise EtatIncompatible("Cette feuille a déjà été saisie deux fois.")
    feuille.seconde, feuille.seconde_le, feuille.seconde_par = gardee, timezone.localdate(), par
    feuille.save(update_fields=["seconde", "seconde_le", "seconde_par"])
    tracer(par=par, verbe="saisir_encore", objet=feuille, numero=feuille.numero)
    etat = bilan(seance)
    if etat.refaites == etat.tirees and etat.taux > TAUX_ADMIS:
        _tirer(seance, par, etat.feuilles)
    return feuille


def _verrouiller(feuille: FeuilleSaisie) -> FeuilleSaisie:
    return (
        FeuilleSaisie.objects.select_for_update(of=("self",))
        .select_related("passation__version", "passation__collecte")
        .get(pk=feuille.pk)
    )


def bilan(seance: Seance) -> Bilan:
    """Return the counts, and how many closed fields differ among those typed twice."""
    feuilles = list(seance.feuilles.select_related("passation__version"))
    refaites = [une for une in feuilles if une.seconde is not None]
    compares = differents = 0
    for une in refaites:
        fermees = [q for q in _lues(une) if champ(q.type).modalites(q)]
        compares += len(fermees)
        differents += sum(un.question in fermees for un in ecarts(une))
    tirees = sum(une.tiree for une in feuilles)
    return Bilan(len(feuilles), tirees, len(refaites), compares, differents)


def ecarts(feuille: FeuilleSaisie) -> list[Ecart]:
    """Return what differs between the two entries; nothing before the second one."""
    if feuille.seconde is None:
        return []
    seconde = feuille.seconde
    lues = [Ecart(q, _valeur(feuille.premiere, q), _valeur(seconde, q)) for q in _lues(feuille)]
    return [un for un in lues if un.premiere != un.seconde]


def _lues(feuille: FeuilleSaisie) -> list[Question]:
    """Return the questions on the path of one entry or the other."""
    definition = feuille.passation.version.lue()
    codes = {
        question.code
        for entree in (feuille.premiere, feuille.seconde or feuille.premiere)
        for page in chemin(definition, entree["reponses"]).pages
        for question in page.questions
    }
    return [question for question in definition.questions() if question.code in codes]


def _valeur(entree: Mapping[str, Any], question: Question) -> tuple[Any, Any, bool]:
    """Return an answer, what was written beside it, and whether it could not be read."""
    reponse = entree["reponses"].get(question.code)
    if isinstance(reponse, list):
        reponse = sorted(reponse)
    precision = entree["reponses"].get(question.code + SUFFIXE_PRECISION)
    return reponse, precision, question.code in entree["illisibles"]


RELUE: Final = "troisieme"
"""Kept where both entries are wrong: what the sheet says, read a third time."""
NI_L_UNE_NI_L_AUTRE: Final = Saisie({}, ())


@transaction.atomic
def resoudre_ecarts(
    *,
    feuille: FeuilleSaisie,
    retenues: Mapping[str, str],
    relue: Saisie = NI_L_UNE_NI_L_AUTRE,
    par: Compte,
) -> FeuilleSaisie:
    """Keep, for each question that differs, one of the two entries, or what is read again.

    ``relue`` holds the questions kept as ``RELUE``, and no other. All three stay beside the sheet.
    """
    _seance_a_saisir(feuille.seance, par)
    feuille = _verrouiller(feuille)
    troisieme = _relire(retenues, relue)
    if feuille.retenues is not None:
        if (feuille.retenues, feuille.troisieme) == (dict(retenues), troisieme):
            return feuille
        raise EtatIncompatible("Les écarts de cette feuille sont déjà résolus.")
    codes = {un.question.code for un in ecarts(feuille)}
    if set(retenues) != codes or set(retenues.values()) - {"premiere", "seconde", RELUE}:
        raise SaisieInvalide("Choisissez une saisie pour chaque question, la feuille en main.")
    passation = Passation.objects.select_for_update().get(pk=feuille.passation_id)
    if passation.releve_id is not None:
        raise EtatIncompatible("Cette feuille est déjà comptée dans un relevé.")
    feuille.troisieme = troisieme
    passation.reponses = _retenir(feuille, retenues)
    passation.save(update_fields=["reponses"])
    feuille.retenues, feuille.resolue_le, feuille.resolue_par = (
        dict(retenues),
        timezone.localdate(),
        par,
    )
    feuille.save(update_fields=["troisieme", "retenues", "resolue_le", "resolue_par"])
    tracer(par=par, verbe="resoudre_ecarts", objet=feuille, numero=feuille.numero)
    return feuille


def _relire(retenues: Mapping[str, str], relue: Saisie) -> dict[str, Any] | None:
    """Return the third reading as it is stored, the questions that it settles only."""
    codes = [code for code, laquelle in retenues.items() if laquelle == RELUE]
    if not codes:
        return None
    cles = {cle for code in codes for cle in (code, code + SUFFIXE_PRECISION)}
    return {
        "reponses": {cle: v for cle, v in relue.reponses.items() if cle in cles},
        "illisibles": sorted(set(codes) & set(relue.illisibles)),
    }


def _retenir(feuille: FeuilleSaisie, retenues: Mapping[str, str]) -> dict[str, Valeur]:
    reponses: dict[str, Valeur] = dict(feuille.premiere["reponses"])
    for code, laquelle in retenues.items():
        source = getattr(feuille, laquelle)["reponses"]
        for cle in (code, code + SUFFIXE_PRECISION):
            reponses.pop(cle, None)
            if cle in source:
                reponses[cle] = source[cle]
    return chemin(feuille.passation.version.lue(), reponses).reponses


@transaction.atomic
def noter_destruction(*, seance: Seance, par: Compte) -> Seance:
    """Say that the sheets are destroyed; nothing more can be typed. Twice is the same as once.

    Errors: ``EtatIncompatible`` while a second entry or a discrepancy still needs them.
    """
    verrouillee = Seance.objects.select_for_update(of=("self",)).get(pk=seance.pk)
    exiger_sur_seance(par, verrouillee)
    if verrouillee.feuilles_detruites_le is not None:
        return verrouillee
    if il_en_faut(verrouillee):
        raise EtatIncompatible(
            "Gardez encore les feuilles\u00a0: la seconde saisie, ou un écart, en a besoin."
        )
    verrouillee.feuilles_detruites_le = timezone.localdate()
    verrouillee.feuilles_detruites_par = par
    verrouillee.save(update_fields=["feuilles_detruites_le", "feuilles_detruites_par"])
    tracer(par=par, verbe="noter_destruction", objet=verrouillee)
    return verrouillee


def il_en_faut(seance: Seance) -> bool:
    """Return whether the sheets are still needed: to be drawn, typed again, settled.

    Once the collecte is closed nothing can be typed any more: they serve nobody.
    """
    if _collecte(seance).etat == EtatCollecte.CLOSE:
        return False
    etat = bilan(seance)
    if etat.tirees < _quota(etat.feuilles) or etat.refaites < etat.tirees:
        return True
    toutes = seance.feuilles.select_related("passation__version")
    return any(une.retenues is None and ecarts(une) for une in toutes)
