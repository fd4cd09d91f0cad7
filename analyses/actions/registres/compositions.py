"""Write who is helped, tranche by tranche: only added to, so that what was told is remembered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils import timezone

from analyses.confidentialite.composition import Trait
from analyses.confidentialite.traits import trait as trait_de_code
from analyses.droits import exiger_sur_territoire
from analyses.models import Composition, Tranche
from voix.commun.erreurs import EtatIncompatible, SaisieInvalide
from voix.comptes.actions.traces import tracer
from voix.comptes.models import Compte, Territoire
from voix.comptes.roles import Droit

NOMBRE_MAX: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Ecrite:
    """What somebody counted; ``total`` is asked for where a person can be in several tranches."""

    trait: str
    arrete_le: date
    nombres: Mapping[str, int]
    origine: str
    total: int | None = None


@transaction.atomic
def ecrire_composition(*, territoire: Territoire, ecrite: Ecrite, par: Compte) -> Composition:
    """Add what was counted; the rows before stay as they are.

    Errors: ``SaisieInvalide`` on numbers that cannot be, or a place inside another that has its own.
    """
    exiger_sur_territoire(par, Droit.TENIR_REGISTRES, territoire)
    sur = _exiger_trait(ecrite.trait)
    total = _exiger_nombres(sur, ecrite)
    if ecrite.arrete_le > timezone.localdate():
        raise SaisieInvalide("Ce jour n’est pas encore venu. Écrivez le jour du comptage.")
    if not ecrite.origine.strip():
        raise SaisieInvalide("Dites d’où viennent ces nombres.")
    _exiger_seul(territoire, sur)
    composition = _ajouter(
        territoire, sur, par, arrete_le=ecrite.arrete_le, total=total, origine=ecrite.origine
    )
    Tranche.objects.bulk_create(
        Tranche(composition=composition, code=code, nombre=ecrite.nombres[code])
        for code in sur.codes
    )
    tracer(par=par, verbe="ecrire_composition", objet=composition, trait=sur.code)
    return composition


@transaction.atomic
def retirer_composition(*, territoire: Territoire, trait: str, par: Compte) -> Composition:
    """Tell nothing any more of who is helped there; what was told stays remembered.

    Errors: ``EtatIncompatible`` when there is nothing to withdraw.
    """
    exiger_sur_territoire(par, Droit.TENIR_REGISTRES, territoire)
    sur = _exiger_trait(trait)
    derniere = _lignes(territoire, sur).last()
    if derniere is None or derniere.est_retiree:
        raise EtatIncompatible("Il n’y a rien à retirer.")
    retrait = _ajouter(territoire, sur, par)
    tracer(par=par, verbe="retirer_composition", objet=retrait, trait=sur.code)
    return retrait


def _exiger_trait(code: str) -> Trait:
    try:
        return trait_de_code(code)
    except KeyError as erreur:
        raise SaisieInvalide("Seuls l’âge et la façon de se déplacer se comparent.") from erreur


def _exiger_nombres(sur: Trait, ecrite: Ecrite) -> int:
    """Return how many persons there are in all, once the tranches agree with it."""
    if set(ecrite.nombres) != set(sur.codes):
        raise SaisieInvalide("Écrivez un nombre pour chaque tranche, 0 s’il n’y a personne.")
    nombres = ecrite.nombres.values()
    if any(not 0 <= nombre <= NOMBRE_MAX for nombre in nombres):
        raise SaisieInvalide(f"Écrivez des nombres de 0 à {NOMBRE_MAX}.")
    total = ecrite.total if sur.multiple else sum(nombres)
    if total is None or not 1 <= total <= len(sur.codes) * NOMBRE_MAX:
        raise SaisieInvalide("Écrivez combien de personnes ont été comptées.")
    if not sur.multiple and ecrite.total not in {None, total}:
        raise SaisieInvalide("La somme des tranches n’est pas le total. Vérifiez les nombres.")
    if max(nombres) > total:
        raise SaisieInvalide("Une tranche a plus de personnes que le total. Vérifiez les nombres.")
    return total


def _exiger_seul(territoire: Territoire, sur: Trait) -> None:
    """Refuse a place inside another that has its own: one less the other would be a third."""
    autre = Composition.de_meme_lignee(territoire, sur.code).first()
    if autre is not None:
        raise SaisieInvalide(
            f"{autre.territoire} a déjà sa composition, et l’un des deux territoires contient l’autre. "
            "Gardez-en un seul\u00a0: la différence montrerait quelques personnes."
        )


def _lignes(territoire: Territoire, sur: Trait) -> Any:
    return Composition.objects.filter(territoire=territoire, trait=sur.code).order_by("numero")


def _ajouter(territoire: Territoire, sur: Trait, par: Compte, **champs: Any) -> Composition:
    numero = _lignes(territoire, sur).count() + 1
    try:
        with transaction.atomic():
            return Composition.objects.create(
                territoire=territoire,
                trait=sur.code,
                numero=numero,
                ecrite_le=timezone.localdate(),
                ecrite_par=par,
                **champs,
            )
    except IntegrityError as erreur:
        raise EtatIncompatible(
            "Quelqu’un vient d’écrire cette composition. Relisez-la, puis recommencez."
        ) from erreur
