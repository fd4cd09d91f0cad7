"""Set up a cohort: its four waves, and what it will be judged on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from enquetes.actions.echeances import exiger_jour_proche
from enquetes.bibliotheque.modules import nom_ensemble
from enquetes.bibliotheque.scores import Score, scores_possibles
from enquetes.bibliotheque.sens import sens_de
from enquetes.champs import champ
from enquetes.droits import exiger_sur_lieu
from enquetes.models import (
    Acces,
    Cohorte,
    Collecte,
    Critere,
    Entree,
    EtatCollecte,
    Rang,
    Sens,
    Vague,
    VersionQuestionnaire,
)
from enquetes.models.suivi import EFFECTIF_MAX, NB_CRITERES
from enquetes.parcours.definition import Definition, Question
from voix.commun.cles import creer_cle_de_campagne
from voix.commun.erreurs import AccesRefuse, EtatIncompatible, SaisieInvalide
from voix.commun.francais import jour_en_mots
from voix.comptes.actions.traces import tracer
from voix.comptes.models import Compte, Structure
from voix.comptes.roles import Droit

ECHELLE_MIN: Final = 3
"""Fewest questions of one kind that may be read together, as a mean (domaine §2.2)."""


VEILLE: Final = timedelta(days=1)
NOM_PRIS: Final = "Cette structure a déjà un suivi de ce nom."
ENTREE_FINIE: Final = "L’entrée serait déjà finie\u00a0: aucune famille ne pourrait y répondre."


@dataclass(frozen=True, slots=True)
class ProjetVague:
    """One wave, as decided: which questionnaire, for when, within which days."""

    rang: Rang
    version: VersionQuestionnaire
    cible: date
    ouvre_le: date
    ferme_le: date


@dataclass(frozen=True, slots=True)
class ProjetCritere:
    """One declared outcome; ``questions`` are read together, as their mean."""

    libelle: str
    questions: tuple[str, ...]
    sens: str


@dataclass(frozen=True, slots=True)
class ProjetCohorte:
    """What the dietician decides; ``cle`` makes a double tap harmless."""

    cle: UUID
    titre: str
    demandeur: str
    structure: Structure
    effectif: int
    liste_papier: bool
    coupe_le: date
    vagues: Sequence[ProjetVague]
    criteres: Sequence[ProjetCritere]
    fictive: bool = False


@transaction.atomic
def creer_cohorte(*, projet: ProjetCohorte, par: Compte) -> Cohorte:
    """Create the cohort, its waves, open within their dates, and its key. Twice makes one."""
    territoire = projet.structure.territoire
    exiger_sur_lieu(par, Droit.SUIVRE_COHORTE, territoire=territoire, structure=projet.structure)
    _exiger_coherence(projet, par)
    Structure.objects.select_for_update().get(
        pk=projet.structure.pk
    )  # two of a name, one after the other
    if nom_deja_pris(projet.titre, projet.structure, projet.cle):
        raise SaisieInvalide(f"{NOM_PRIS} Choisissez un autre nom.")
    cohorte, creee = Cohorte.objects.get_or_create(
        cle=projet.cle,
        defaults={
            "titre": projet.titre,
            "demandeur": projet.demandeur,
            "territoire": territoire,
            "structure": projet.structure,
            "effectif": projet.effectif,
            "liste_papier": projet.liste_papier,
            "coupe_le": projet.coupe_le,
            "criteres_le": _jour_de_declaration(projet),
            "fictive": projet.fictive,
            "creee_par": par,
        },
    )
    if not creee:
        exiger_sur_cohorte(par, cohorte)
        return cohorte
    creer_cle_de_campagne(cohorte.cle)
    for vague in projet.vagues:
        _ouvrir_vague(cohorte, vague, par)
    _declarer(cohorte, projet.criteres)
    tracer(par=par, verbe="creer_cohorte", objet=cohorte, effectif=projet.effectif)
    return cohorte


def nom_deja_pris(titre: str, structure: Structure, cle: UUID) -> bool:
    """Return whether another cohort of this structure has this name: cards and lists would be mixed up."""
    autres = Cohorte.objects.filter(structure=structure, titre__iexact=titre.strip())
    return autres.exclude(cle=cle).exists()


def _jour_de_declaration(projet: ProjetCohorte) -> date:
    """Return the day when outcomes are declared: in an invented story, before its first answers."""
    aujourdhui = timezone.localdate()
    if not projet.fictive:
        return aujourdhui
    return min(aujourdhui, *(vague.ouvre_le - VEILLE for vague in projet.vagues))


def exiger_sur_cohorte(par: Compte, cohorte: Cohorte) -> None:
    """Refuse unless ``par`` follows cohorts of this structure."""
    exiger_sur_lieu(
        par, Droit.SUIVRE_COHORTE, territoire=cohorte.territoire, structure=cohorte.structure
    )


def exiger_une_liste(cohorte: Cohorte) -> None:
    """Refuse where nobody holds, on paper, which family has which number."""
    if not cohorte.liste_papier:
        raise EtatIncompatible(
            "Sans la liste sur papier, personne ne sait quelle carte est à qui. Une carte perdue\u00a0? "
            "Donnez une nouvelle carte\u00a0: ses réponses ne seront pas liées aux anciennes. Pour effacer, "
            "il faut le code de la carte."
        )


def exiger_un_lien(cohorte: Cohorte) -> None:
    """Refuse once the link is cut: no card leads anywhere, and nothing is counted by card any more."""
    if cohorte.est_coupee:
        raise EtatIncompatible("Le lien est coupé\u00a0: les cartes de ce suivi ne servent plus.")


def _raison(cohorte: Cohorte, langue: str) -> str:
    """Return why families are asked, in the language that they read."""
    with translation.override(langue):
        return _(
            "Pour savoir ce qui change pendant le projet, pour combien de familles. "
            "Le lien entre vos quatre réponses est coupé le %(jour)s."
        ) % {"jour": jour_en_mots(cohorte.coupe_le)}


def _ouvrir_vague(cohorte: Cohorte, vague: ProjetVague, par: Compte) -> None:
    """Make the collecte of a wave: open from the start, its dates say when people may answer."""
    langues = vague.version.definition.get("langues", ["fr"])
    collecte = Collecte.objects.create(
        nom=f"suivi-{cohorte.cle.hex[:10]}-{vague.rang.value}",
        titre=f"{cohorte.titre}, {vague.rang.label}"[:200],
        version=vague.version,
        territoire=cohorte.territoire,
        structure=cohorte.structure,
        public="les familles suivies qui ont une carte",
        demandeur=cohorte.demandeur,
        raison=_raison(cohorte, "fr"),
        traductions={
            langue: {"raison": _raison(cohorte, langue)} for langue in langues if langue != "fr"
        },
        langues=langues,
        entree=Entree.CARTE,
        etat=EtatCollecte.OUVERTE,
        ouvre_le=vague.ouvre_le,
        ferme_le=vague.ferme_le,
        fictive=cohorte.fictive,
        creee_par=par,
    )
    Acces.objects.create(
        collecte=collecte,
        territoire=cohorte.territoire,
        structure=cohorte.structure,
        principal=True,
    )
    Vague.objects.create(
        cohorte=cohorte, rang=vague.rang.value, cible=vague.cible, collecte=collecte
    )


@transaction.atomic
def declarer_criteres(*, cohorte: Cohorte, criteres: Sequence[ProjetCritere], par: Compte) -> None:
    """Change what will be judged, while nobody has answered the exit wave and no report is made."""
    cohorte = Cohorte.objects.select_for_update(of=("self",)).get(pk=cohorte.pk)
    exiger_sur_cohorte(par, cohorte)
    if pourquoi := criteres_verrouilles(cohorte):
        raise EtatIncompatible(pourquoi)
    versions = {
        v.rang: v.collecte.version for v in cohorte.vagues.select_related("collecte__version")
    }
    _exiger_criteres(criteres, versions[Rang.ENTREE], versions[Rang.SORTIE])
    cohorte.criteres.all().delete()
    _declarer(cohorte, criteres)
    cohorte.criteres_le = timezone.localdate()
    cohorte.save(update_fields=["criteres_le"])
    tracer(par=par, verbe="declarer_criteres", objet=cohorte, nombre=len(criteres))


def criteres_verrouilles(cohorte: Cohorte) -> str:
    """Return why nothing may change any more, if so; the database refuses it too."""
    sortie = cohorte.vague(Rang.SORTIE)
    if sortie.collecte.passations.exclude(etat="brouillon").exists():
        return "Une famille a déjà répondu à la sortie\u00a0: ce qui sera jugé ne change plus."
    if cohorte.est_coupee:
        return "Le lien est coupé\u00a0: ce qui sera jugé ne change plus."
    if cohorte.vagues.filter(collecte__etat=EtatCollecte.CLOSE).exists():  # by its report
        return "Un rapport est déjà fait\u00a0: ce qui sera jugé ne change plus."
    return ""


def _declarer(cohorte: Cohorte, criteres: Sequence[ProjetCritere]) -> None:
    Critere.objects.bulk_create(
        Critere(
            cohorte=cohorte,
            rang=rang,
            libelle=critere.libelle,
            questions=list(critere.questions),
            sens=critere.sens,
        )
        for rang, critere in enumerate(criteres, start=1)
    )


def criteres_possibles(entree: Definition, sortie: Definition) -> dict[tuple[str, ...], str]:
    """Return what both waves ask and what can go up or down: scores, questions, whole modules.

    A module is questions of one kind whose codes share their letters (cu1, cu2…). A score stands by
    its mark, alone (ADR 0090).
    """
    scores = {(s.marque,): s.libelle for s in scores_possibles(entree, sortie)}
    return scores | _questions_possibles(entree, sortie)


def _questions_possibles(entree: Definition, sortie: Definition) -> dict[tuple[str, ...], str]:
    a_la_sortie = {question.code: question for question in sortie.questions()}
    possibles: dict[tuple[str, ...], str] = {}
    modules: dict[tuple[str, str], list[str]] = {}
    for question in entree.questions():
        autre = a_la_sortie.get(question.code)
        if autre is None or not _ordonnee(question.type) or not _posees_pareil(question, autre):
            continue
        texte = question.texte.dans("fr").texte
        possibles[(question.code,)] = texte
        modules.setdefault((question.type, question.code.rstrip("0123456789")), []).append(
            question.code
        )
    for (genre, _texte), codes in modules.items():
        if len(codes) >= ECHELLE_MIN and genre == "confiance":
            possibles[tuple(codes)] = nom_ensemble(entree, codes)
    return possibles


def _posees_pareil(une: Question, autre: Question) -> bool:
    """Return whether two waves ask the same: other words, or other ends, and a change is only theirs."""
    choix = [[(c.code, c.texte.dans("fr").texte) for c in q.choix] for q in (une, autre)]
    textes = {q.texte.dans("fr").texte for q in (une, autre)}
    memes = une.type == autre.type and une.options == autre.options
    return memes and len(textes) == 1 and choix[0] == choix[1]


def _ordonnee(genre: str) -> bool:
    return champ(genre).nature.numerique or genre == "oui_non"


def _exiger_coherence(projet: ProjetCohorte, par: Compte) -> None:
    if not 1 <= projet.effectif <= EFFECTIF_MAX:
        raise SaisieInvalide(f"Le nombre de familles va de 1 à {EFFECTIF_MAX}.")
    vagues = _vagues_coherentes(projet, par)
    if entree_deja_finie(vagues[0].ferme_le) and not projet.fictive:
        raise SaisieInvalide(f"{ENTREE_FINIE} Choisissez une date plus tardive.")
    _exiger_criteres(projet.criteres, vagues[0].version, vagues[2].version)


def entree_deja_finie(dernier_jour: date) -> bool:
    """Return whether nobody could answer entrée: no change would ever be read, and what has begun does not move back."""
    return dernier_jour < timezone.localdate()


def _vagues_coherentes(projet: ProjetCohorte, par: Compte) -> list[ProjetVague]:
    """Return the four waves in order, if their dates hold together."""
    vagues = sorted(projet.vagues, key=lambda v: v.rang)
    if [v.rang for v in vagues] != list(Rang):
        raise SaisieInvalide("Un suivi a quatre vagues. Donnez une date pour chacune.")
    for avant, apres in pairwise(vagues):
        if avant.ferme_le >= apres.ouvre_le:
            raise SaisieInvalide(
                f"Les jours de «\u00a0{avant.rang.label}\u00a0» et de «\u00a0{apres.rang.label}\u00a0» "
                "se chevauchent. Espacez les dates, ou laissez moins de jours autour de chacune."
            )
    if projet.coupe_le <= vagues[-1].ferme_le:
        raise SaisieInvalide(
            "Le lien serait coupé avant la fin de la dernière vague. Choisissez une date plus tardive."
        )
    exiger_jour_proche(projet.coupe_le)  # every wave ends before it
    for vague in vagues:
        if not vague.ouvre_le <= vague.cible <= vague.ferme_le:
            raise SaisieInvalide("La date visée doit être dans les jours de la vague.")
        if not vague.version.questionnaire.est_visible_par(par):
            raise AccesRefuse("Ce questionnaire n’est pas celui de votre territoire.")
    return vagues


def _exiger_criteres(
    criteres: Sequence[ProjetCritere], entree: VersionQuestionnaire, sortie: VersionQuestionnaire
) -> None:
    if not 1 <= len(criteres) <= NB_CRITERES:
        raise SaisieInvalide(f"Choisissez entre 1 et {NB_CRITERES} critères.")
    if len({critere.questions for critere in criteres}) != len(criteres):
        raise SaisieInvalide("Un critère est choisi deux fois. Gardez-le une seule fois.")
    possibles = criteres_possibles(entree.lue(), sortie.lue())
    if any(critere.questions not in possibles for critere in criteres):
        raise SaisieInvalide(
            "Un critère n’est pas posé de la même façon à l’entrée et à la sortie. Choisissez-en un autre."
        )
    scores = {s.marque: s for s in scores_possibles(entree.lue(), sortie.lue())}
    for critere in criteres:
        score = scores.get(critere.questions[0])
        if score is not None:
            connu: str | None = Sens.BAISSE if score.baisse else Sens.HAUSSE
            _exiger_le_sens(critere, connu, f"«\u00a0{score.libelle}\u00a0»", "cette mesure")
        else:
            connu = sens_de(entree.lue(), critere.questions)
            _exiger_le_sens(critere, connu, f"«\u00a0{critere.libelle}\u00a0»", "cette question")
    _exiger_des_questions_a_part(criteres, scores)


def _exiger_le_sens(critere: ProjetCritere, connu: str | None, nom: str, quoi: str) -> None:
    """Refuse an outcome told the wrong way round: its scale or its module says which way is better."""
    if connu is not None and critere.sens != connu:
        raise SaisieInvalide(
            f"Pour {nom}, choisissez «\u00a0{Sens(connu).label}\u00a0»\u00a0: c’est le sens de {quoi}."
        )


def _exiger_des_questions_a_part(
    criteres: Sequence[ProjetCritere], scores: Mapping[str, Score]
) -> None:
    """Refuse two outcomes made of the same question: a report never prints both (ADR 0092)."""
    prises: dict[str, ProjetCritere] = {}
    for critere in criteres:
        score = scores.get(critere.questions[0])
        for code in critere.questions if score is None else score.lues:
            autre = prises.setdefault(code, critere)
            if autre is not critere:
                raise SaisieInvalide(
                    f"«\u00a0{autre.libelle}\u00a0» et «\u00a0{critere.libelle}\u00a0» ont une question en "
                    "commun\u00a0: le rapport ne pourrait montrer que l’un des deux. Gardez-en un seul."
                )
