"""Move the days of the waves: a distribution moves, and the wave with it (ADR 0175)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.db import transaction
from django.utils import timezone

from enquetes.models import Cohorte, Collecte, EtatCollecte, Rang, Vague
from voix.commun.erreurs import EtatIncompatible, SaisieInvalide
from voix.commun.francais import jour_en_mots
from voix.comptes.actions.traces import tracer
from voix.comptes.models import Compte

from .cohortes import exiger_sur_cohorte, exiger_un_lien


@dataclass(frozen=True, slots=True)
class Jours:
    """The days of one wave."""

    ouvre_le: date
    cible: date
    ferme_le: date

    def __str__(self) -> str:
        return f"{self.ouvre_le} {self.cible} {self.ferme_le}"


Dates = Mapping[int, Jours]


def jours_de(vague: Vague) -> Jours:
    """Return the days of this wave as they are."""
    return Jours(vague.collecte.ouvre_le, vague.cible, vague.collecte.ferme_le)


def dates_de(vagues: Sequence[Vague]) -> dict[int, Jours]:
    """Return the days of these waves, by rank."""
    return {vague.rang: jours_de(vague) for vague in vagues}


def en_texte(dates: Dates) -> str:
    """Return all the days of a cohort on one line: what a page has shown."""
    return " · ".join(str(dates[rang]) for rang in sorted(dates))


def a_commence(vague: Vague) -> bool:
    """Return whether families may have answered, be it on a tablet that has not sent anything yet."""
    return vague.collecte.ouvre_le <= timezone.localdate()


def est_comptee(vague: Vague) -> bool:
    """Return whether its days are over for good: a report has counted it."""
    return vague.collecte.etat == EtatCollecte.CLOSE


@transaction.atomic
def changer_dates(*, cohorte: Cohorte, dates: Dates, vues: str, par: Compte) -> list[Vague]:
    """Give these waves other days, all together or none; return those that have moved.

    ``vues``: the days that the page showed, so that nobody undoes what a colleague has just changed.
    """
    exiger_sur_cohorte(par, cohorte)
    exiger_un_lien(cohorte)
    # Its last day moves elsewhere too, and a report closes it: nobody does so meanwhile.
    verrou = Collecte.objects.select_for_update(of=("self",)).filter(vague__cohorte=cohorte)
    list(verrou.order_by("pk"))
    vagues = list(cohorte.vagues.select_related("collecte").order_by("rang"))
    actuelles = dates_de(vagues)
    voulues = {**actuelles, **dates}
    changees = [v for v in vagues if voulues[v.rang] != actuelles[v.rang]]
    if not changees:
        return []
    if vues != en_texte(actuelles):
        raise EtatIncompatible(
            "Les dates de ce suivi viennent d’être changées. Rechargez la page, puis recommencez."
        )
    for vague in changees:
        _exiger_de_pouvoir_bouger(vague, voulues[vague.rang])
    _exiger_des_jours_a_part(cohorte, changees, voulues)
    for vague in _l_une_apres_l_autre(changees, actuelles, voulues):
        _deplacer(vague, voulues[vague.rang])
    dites = {f"vague_{vague.rang}": str(voulues[vague.rang]) for vague in changees}
    tracer(par=par, verbe="changer_dates", objet=cohorte, **dites)
    return changees


def _exiger_de_pouvoir_bouger(vague: Vague, voulus: Jours) -> None:
    """Refuse what would belie answers already given, or a day that is gone."""
    nom, actuels = vague.get_rang_display(), jours_de(vague)
    if est_comptee(vague):
        raise EtatIncompatible(
            f"La vague «\u00a0{nom}\u00a0» est comptée dans un rapport\u00a0: ses dates ne changent plus."
        )
    if not voulus.ouvre_le <= voulus.cible <= voulus.ferme_le:
        raise SaisieInvalide(
            f"Pour «\u00a0{nom}\u00a0», écrivez les dates dans l’ordre\u00a0: le premier jour, la date visée, "
            "le dernier jour."
        )
    aujourdhui = timezone.localdate()
    if voulus.ouvre_le != actuels.ouvre_le:
        if a_commence(vague):
            raise EtatIncompatible(
                f"La vague «\u00a0{nom}\u00a0» a commencé le {jour_en_mots(actuels.ouvre_le)}\u00a0: des familles "
                "ont pu répondre, et son premier jour ne change plus."
            )
        if voulus.ouvre_le < aujourdhui:
            raise SaisieInvalide(
                f"Pour «\u00a0{nom}\u00a0», le premier jour est déjà passé. Choisissez aujourd’hui ou un jour à venir."
            )
    if voulus.ferme_le != actuels.ferme_le and voulus.ferme_le < aujourdhui:
        raise SaisieInvalide(
            f"Pour «\u00a0{nom}\u00a0», le dernier jour est déjà passé. Choisissez aujourd’hui ou un jour à venir."
        )


def _exiger_des_jours_a_part(cohorte: Cohorte, changees: Sequence[Vague], voulues: Dates) -> None:
    """Refuse waves that touch, and one that reaches the day of the cut, printed on every card."""
    bougent = {vague.rang for vague in changees}
    for avant, apres in pairwise(sorted(voulues)):
        finit, commence = voulues[avant].ferme_le, voulues[apres].ouvre_le
        if {avant, apres} & bougent and finit >= commence:
            raise SaisieInvalide(
                f"«\u00a0{Rang(avant).label}\u00a0» finirait le {jour_en_mots(finit)}, et «\u00a0{Rang(apres).label}\u00a0» "
                f"commencerait le {jour_en_mots(commence)}. Une vague finit avant que la suivante commence."
            )
    derniere = max(voulues)
    if derniere in bougent and voulues[derniere].ferme_le >= cohorte.coupe_le:
        raise SaisieInvalide(
            f"Le lien entre les réponses est coupé le {jour_en_mots(cohorte.coupe_le)}, et ce jour est écrit sur "
            "les cartes. La dernière vague finit avant."
        )


def _l_une_apres_l_autre(
    changees: Sequence[Vague], actuelles: Dates, voulues: Dates
) -> Iterator[Vague]:
    """Iterate in an order where no two touch on the way: the database looks at each step (ADR 0180).

    There is one: a wave that waits for a later one to leave makes that one open later, so that it
    waits for none before it.
    """
    reste, places = list(changees), dict(actuelles)
    while reste:
        libre = next((v for v in reste if _a_sa_place(v.rang, voulues, places)), reste[0])
        reste.remove(libre)
        places[libre.rang] = voulues[libre.rang]
        yield libre


def _a_sa_place(rang: int, voulues: Dates, places: Dates) -> bool:
    """Return whether the days wanted for this wave touch no other as they are now."""
    voulus = voulues[rang]
    avant = all(places[r].ferme_le < voulus.ouvre_le for r in places if r < rang)
    return avant and all(voulus.ferme_le < places[r].ouvre_le for r in places if r > rang)


def _deplacer(vague: Vague, voulus: Jours) -> None:
    vague.cible = voulus.cible
    vague.save(update_fields=["cible"])
    vague.collecte.ouvre_le, vague.collecte.ferme_le = voulus.ouvre_le, voulus.ferme_le
    vague.collecte.save(update_fields=["ouvre_le", "ferme_le"])
