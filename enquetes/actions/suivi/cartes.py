"""Cards: issue, find, replace; their code is shown once and stored nowhere."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from enquetes.models import Carte, Cohorte, Collecte, EtatCarte, Passation, Vague
from enquetes.models.suivi import EFFECTIF_MAX
from enquetes.parcours import code_effacement as codes
from voix.commun.cles import CleDetruite, empreinte_de_campagne
from voix.commun.erreurs import EtatIncompatible, SaisieInvalide
from voix.comptes.actions.traces import tracer
from voix.comptes.models import Compte

from .cohortes import exiger_sur_cohorte, exiger_un_lien, exiger_une_liste

AU_PLUS: Final = 200
"""Cards of one print: beyond, sheets are mixed up."""
COMPTE_MAX: Final = 999


@dataclass(frozen=True, slots=True)
class CarteImprimee:
    """What is printed and then forgotten."""

    numero: int
    code: str


def empreinte_de_carte(cohorte: Cohorte, code: str) -> str:
    """Return what is stored of a card's code (confidentialité §8)."""
    return empreinte_de_campagne(cohorte.cle, code)[:16].hex()


@transaction.atomic
def emettre_cartes(
    *, cohorte: Cohorte, nombre: int, a_partir: int, par: Compte
) -> list[CarteImprimee]:
    """Issue ``nombre`` cards whose first number is ``a_partir``; pressing twice issues them once."""
    cohorte = _verrouiller(cohorte, par)
    if not 1 <= nombre <= AU_PLUS:
        raise SaisieInvalide(f"Imprimez entre 1 et {AU_PLUS} cartes à la fois.")
    attendu = prochain_numero(cohorte)
    if a_partir != attendu:
        raise EtatIncompatible(
            f"Ces cartes ont déjà été faites, et leurs codes ne peuvent plus être relus. La prochaine "
            f"carte est la n°\u00a0{attendu}. Si la feuille est perdue, remplacez ses cartes une à une."
        )
    if attendu + nombre - 1 > EFFECTIF_MAX:
        raise SaisieInvalide(f"Un suivi a {EFFECTIF_MAX} cartes au plus.")
    imprimees = []
    for numero in range(attendu, attendu + nombre):
        code, empreinte = _tirer(cohorte)
        Carte.objects.create(cohorte=cohorte, numero=numero, empreinte=empreinte)
        imprimees.append(CarteImprimee(numero, code))
    tracer(par=par, verbe="emettre_cartes", objet=cohorte, nombre=nombre)
    return imprimees


@transaction.atomic
def remplacer_carte(*, carte: Carte, remplacee: int, par: Compte) -> CarteImprimee:
    """Give the same number a new code: its family goes on, whoever finds the old card does not.

    Only where the structure holds, on paper, which family has which number. ``remplacee``: how many
    times it had been replaced when the page was shown, so that pressing twice draws one code.
    """
    cohorte = _verrouiller(carte.cohorte, par)
    carte = Carte.objects.select_for_update(of=("self",)).get(pk=carte.pk)
    exiger_une_liste(cohorte)
    if carte.remplacee != remplacee:
        raise EtatIncompatible("Cette carte vient d’être remplacée. Rechargez la page.")
    code, carte.empreinte = _tirer(cohorte)
    carte.remplacee += 1
    carte.save(update_fields=["empreinte", "remplacee"])
    tracer(par=par, verbe="remplacer_carte", objet=carte)
    return CarteImprimee(carte.numero, code)


@transaction.atomic
def declarer_rupture(*, cohorte: Cohorte, a_partir: int, par: Compte) -> CarteImprimee:
    """Give a new card for a lost one whose number nobody knows: the pairing is declared broken."""
    (imprimee,) = emettre_cartes(cohorte=cohorte, nombre=1, a_partir=a_partir, par=par)
    Carte.objects.filter(cohorte=cohorte, numero=imprimee.numero).update(sans_suite=True)
    tracer(par=par, verbe="declarer_rupture", objet=cohorte, numero=imprimee.numero)
    return imprimee


@transaction.atomic
def noter_depart(*, carte: Carte, partie: bool, par: Compte) -> Carte:
    """Say that a family is not expected any more, or again."""
    exiger_sur_cohorte(par, carte.cohorte)
    exiger_un_lien(carte.cohorte)
    carte.etat = EtatCarte.PARTIE if partie else EtatCarte.ACTIVE
    carte.save(update_fields=["etat"])
    tracer(par=par, verbe="noter_depart", objet=carte, partie=partie)
    return carte


@transaction.atomic
def noter_comptes(*, carte: Carte, paniers: int, ateliers: int, par: Compte) -> Carte:
    """Set how many baskets and workshops: counts only, no date."""
    exiger_sur_cohorte(par, carte.cohorte)
    exiger_un_lien(carte.cohorte)
    if not (0 <= paniers <= COMPTE_MAX and 0 <= ateliers <= COMPTE_MAX):
        raise SaisieInvalide(f"Écrivez un nombre entre 0 et {COMPTE_MAX}.")
    carte.paniers, carte.ateliers = paniers, ateliers
    carte.save(update_fields=["paniers", "ateliers"])
    tracer(par=par, verbe="noter_comptes", objet=carte)
    return carte


@transaction.atomic
def noter_presences(*, cohorte: Cohorte, numeros: Collection[int], quoi: str, par: Compte) -> int:
    """Add one basket (or one workshop) to each of these cards; return how many."""
    exiger_sur_cohorte(par, cohorte)
    exiger_un_lien(cohorte)
    if quoi not in {"paniers", "ateliers"}:
        raise SaisieInvalide("Choisissez\u00a0: des paniers, ou un atelier.")
    cartes = list(
        Carte.objects.select_for_update(of=("self",)).filter(cohorte=cohorte, numero__in=numeros)
    )
    inconnus = sorted(set(numeros) - {carte.numero for carte in cartes})
    if inconnus:
        liste = ", ".join(map(str, inconnus))
        raise SaisieInvalide(f"Aucune carte n’a ces numéros\u00a0: {liste}. Vérifiez-les.")
    for carte in cartes:
        setattr(carte, quoi, min(COMPTE_MAX, getattr(carte, quoi) + 1))
    Carte.objects.bulk_update(cartes, [quoi])
    tracer(par=par, verbe="noter_presences", objet=cohorte, quoi=quoi, nombre=len(cartes))
    return len(cartes)


def carte_de_code(code: str) -> Carte | None:
    """Return the card of a well-formed code, among the cohorts whose link is not cut."""
    lu = codes.lire(code)
    if lu is None:
        return None
    empreintes = []
    for cohorte in Cohorte.objects.filter(coupee_le__isnull=True).order_by("pk"):
        try:
            empreintes.append(empreinte_de_carte(cohorte, lu))
        except CleDetruite:
            continue
    return (
        Carte.objects.filter(empreinte__in=empreintes)
        .select_related("cohorte__structure", "cohorte__territoire")
        .order_by("pk")
        .first()
    )


def carte_de_cohorte(cohorte: Cohorte, code: str) -> Carte | None:
    """Return the card of this cohort that has this code. Nothing once its link is cut."""
    lu = codes.lire(code)
    if lu is None or cohorte.est_coupee:
        return None
    try:
        empreinte = empreinte_de_carte(cohorte, lu)
    except CleDetruite:
        return None
    return Carte.objects.filter(cohorte=cohorte, empreinte=empreinte).first()


def carte_telle_quelle(collecte: Collecte, *, pk: int, remplacee: int) -> Carte | None:
    """Return this card of the cohort of a wave, unless it was replaced since or the link is cut."""
    cartes = Carte.objects.select_related("cohorte").filter(
        pk=pk,
        remplacee=remplacee,
        cohorte__coupee_le__isnull=True,
        cohorte__vagues__collecte=collecte,
    )
    return cartes.first()


def passation_de(carte: Carte, vague: Vague) -> UUID:
    """Return the identifier of this card's answers in this wave, made again from the key.

    It is the only link between a card and its answers: it is stored nowhere (ADR 0075). It follows
    the number, not the code, so that a replaced card goes on.
    """
    message = f"passation|{vague.pk}|{carte.numero}"
    octets = empreinte_de_campagne(carte.cohorte.cle, message)[:16]
    return UUID(bytes=octets, version=4)


def identifiants_de(carte: Carte) -> list[UUID]:
    """Return the identifiers of every answer given with this card, for its erasure."""
    vagues = Vague.objects.filter(cohorte=carte.cohorte).order_by("rang")
    return [passation_de(carte, vague) for vague in vagues]


def identifiants_deja_ouverts(carte: Carte) -> list[UUID]:
    """Return those of the waves that have begun, answered or not: what an erasure is about (ADR 0135)."""
    vagues = Vague.objects.filter(
        cohorte=carte.cohorte, collecte__ouvre_le__lte=timezone.localdate()
    )
    return [passation_de(carte, vague) for vague in vagues.order_by("rang")]


def _verrouiller(cohorte: Cohorte, par: Compte) -> Cohorte:
    verrouillee = Cohorte.objects.select_for_update(of=("self",)).get(pk=cohorte.pk)
    exiger_sur_cohorte(par, verrouillee)
    if verrouillee.est_coupee:
        raise EtatIncompatible("Le suivi est terminé et le lien est coupé\u00a0: plus de cartes.")
    return verrouillee


def prochain_numero(cohorte: Cohorte) -> int:
    """Return the number that the next card will have."""
    derniere = Carte.objects.filter(cohorte=cohorte).order_by("-numero").first()
    return derniere.numero + 1 if derniere else 1


def _tirer(cohorte: Cohorte) -> tuple[str, str]:
    """Return a new code and its fingerprint, different from every other card's."""
    while True:
        code = codes.depuis_octets(secrets.token_bytes(16))
        empreinte = empreinte_de_carte(cohorte, code)
        if not Carte.objects.filter(empreinte=empreinte).exists():
            return code, empreinte


def reponses_envoyees(vagues: Collection[Vague]) -> set[UUID]:
    """Return the identifiers of what was sent in these waves (erased since, too)."""
    envoyees = Passation.objects.exclude(etat="brouillon").order_by()
    return set(envoyees.filter(collecte__vague__in=list(vagues)).values_list("pk", flat=True))
