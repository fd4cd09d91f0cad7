"""What a reader decides of a text: it may leave, not before words are hidden, or never."""

from contextlib import suppress

from django.db import transaction
from django.utils import timezone

from analyses.droits import exiger_lecture, exiger_liberation, exiger_relecture
from analyses.extraction.verbatims import (
    attestation_de,
    noms_du_projet,
    refus_de_lecture,
    structures_de,
)
from analyses.models import (
    LONGUEUR_MAX,
    Attestation,
    Danger,
    Decision,
    EtatVerbatim,
    Relecture,
    Verbatim,
)
from analyses.verbatims.langue import est_francais
from analyses.verbatims.retouche import mots_ajoutes
from voix.commun.erreurs import AccesRefuse, EtatIncompatible, SaisieInvalide
from voix.comptes.actions.traces import tracer
from voix.comptes.models import Compte

from .verbatims import publiable, texte_masque

PAREILS_AU_PLUS = 30
"""Decided with one tap: what a phone waits for stays under a second."""
LISIBLES = (EtatVerbatim.MASQUE_PROPOSE, EtatVerbatim.VALIDE_1, EtatVerbatim.REFORMULE)
A_UN_LECTEUR = (EtatVerbatim.VALIDE_1, EtatVerbatim.REFORMULE)


@transaction.atomic
def attester_presence(*, nom: str, present: bool, par: Compte) -> Attestation:
    """Say whether one was at a workshop of a collecte: who was reads nothing of it.

    « Yes » is never taken back: what was heard stays known.
    """
    collecte = exiger_relecture(par, nom)
    avant = attestation_de(par, collecte.pk)
    if avant is not None and avant.present:
        return avant
    attestation, _ = Attestation.objects.update_or_create(
        collecte=collecte, attestee_par=par, defaults={"present": present}
    )
    tracer(par=par, verbe="attester_presence", objet=attestation, present=present)
    return attestation


@transaction.atomic
def valider_verbatim(*, verbatim: Verbatim, tour: int, par: Compte) -> Verbatim:
    """Say that a text may leave as it stands. The second reader's word makes it ready.

    ``tour``: of the text as it was read; when it has changed since, nothing is decided.
    """
    texte, deja = _ouvrir(verbatim, tour, Decision.VALIDER, par)
    if not deja:
        _exiger_publiable(texte)
        _valider(texte, par)
    return texte


def _exiger_publiable(texte: Verbatim) -> None:
    if len(texte.texte) > LONGUEUR_MAX:
        raise EtatIncompatible(
            f"Ce texte a {len(texte.texte)} caractères, il en faut {LONGUEUR_MAX} au plus. "
            "Cachez des mots, ou changez le texte."
        )
    if not est_francais(texte.texte):
        raise EtatIncompatible(
            "Ce texte n’est pas en français\u00a0: on reconnaîtrait qui parle cette langue. "
            "Écrivez-le en français, ou passez."
        )
    if not publiable(texte.texte, noms_du_projet(texte.collecte)):
        raise EtatIncompatible(
            "Ce texte contient encore un nom, un numéro ou un lieu. Cachez-le avant de dire oui."
        )


def _valider(texte: Verbatim, par: Compte) -> None:
    second = texte.etat in A_UN_LECTEUR
    _noter(texte, Decision.VALIDER, par)
    if second:
        texte.etat, texte.decide_le = EtatVerbatim.PUBLIABLE, timezone.localdate()
    else:
        texte.etat = EtatVerbatim.VALIDE_1
    texte.save(update_fields=["etat", "decide_le"])


@transaction.atomic
def reformuler_verbatim(*, verbatim: Verbatim, tour: int, texte: str, par: Compte) -> Verbatim:
    """Take words away, generalise, correct the spelling; another person must then read it.

    A text in another language is told in French: its words cannot be compared, its sense is the
    second reader's to check. Errors: ``SaisieInvalide`` when words were added, or nothing is left.
    """
    relu, deja = _ouvrir(verbatim, tour, Decision.REFORMULER, par)
    if deja:
        return relu
    voulu = texte_masque(" ".join(texte.split()), noms_du_projet(relu.collecte))
    traduit = not est_francais(relu.texte)
    ajoutes = [] if traduit else mots_ajoutes(relu.texte, voulu)
    if ajoutes:
        raise SaisieInvalide(
            "On peut retirer des mots ou dire plus général, pas en ajouter. "
            f"Retirez\u00a0: {', '.join(ajoutes[:5])}."
        )
    if not any(caractere.isalnum() for caractere in voulu):
        raise SaisieInvalide("Il ne reste plus rien. Refusez ce texte s’il ne doit pas sortir.")
    if traduit and not est_francais(voulu):
        raise SaisieInvalide("Écrivez ce texte en français.")
    relu.texte = voulu
    relu.etat = EtatVerbatim.REFORMULE
    relu.tour += 1
    relu.save(update_fields=["texte", "etat", "tour"])
    _noter(relu, Decision.REFORMULER, par)
    return relu


@transaction.atomic
def refuser_verbatim(*, verbatim: Verbatim, tour: int, par: Compte) -> Verbatim:
    """Say that a text must never leave: one reader is enough."""
    texte, deja = _ouvrir(verbatim, tour, Decision.REFUSER, par)
    if not deja:
        _refuser(texte, par)
    return texte


def _refuser(texte: Verbatim, par: Compte) -> None:
    _noter(texte, Decision.REFUSER, par)
    texte.etat, texte.decide_le = EtatVerbatim.REFUSE, timezone.localdate()
    texte.save(update_fields=["etat", "decide_le"])


@transaction.atomic
def decider_et_ses_pareils(
    *, verbatim: Verbatim, tour: int, decision: Decision, par: Compte
) -> Verbatim:
    """Say yes or never of a text, and of those that say the same, word for word, to the same question.

    « Rien, tout va bien » was sent by many: read twenty times, it looks as if a tap had been lost.
    Each has its own decision and trace; those that this reader may not read are left as they are.
    """
    action, geste = {
        Decision.VALIDER: (valider_verbatim, _valider),
        Decision.REFUSER: (refuser_verbatim, _refuser),
    }[decision]
    texte = action(verbatim=verbatim, tour=tour, par=par)
    # The same words in the same collecte: what was checked of the first holds for the others.
    pareils = Verbatim.objects.presents().filter(
        collecte=verbatim.collecte_id,
        question=verbatim.question,
        original=verbatim.original,
        texte=verbatim.texte,
        etat__in=LISIBLES,
        danger="",
    )
    for pareil in pareils.exclude(pk=verbatim.pk).order_by("pk")[:PAREILS_AU_PLUS]:
        with suppress(AccesRefuse, EtatIncompatible):
            autre, deja = _ouvrir(pareil, pareil.tour, decision, par)
            if not deja:
                geste(autre, par)
    return texte


@transaction.atomic
def signaler_danger(*, verbatim: Verbatim, tour: int, par: Compte) -> Verbatim:
    """Say that a text tells of a danger: coordination is shown it, and it never leaves."""
    texte, deja = _ouvrir(verbatim, tour, Decision.REFUSER, par)
    if deja:
        return texte
    _noter(texte, Decision.REFUSER, par)
    texte.etat, texte.decide_le = EtatVerbatim.REFUSE, timezone.localdate()
    texte.danger = Danger.SIGNALE
    texte.save(update_fields=["etat", "decide_le", "danger"])
    tracer(par=par, verbe="signaler_danger", objet=texte)
    return texte


@transaction.atomic
def prendre_en_charge(*, verbatim: Verbatim, nom: str, par: Compte) -> Verbatim:
    """Say that coordination acts on a danger told in a text of this collecte. Twice is as once."""
    collecte = exiger_liberation(par, nom)
    texte = collecte.verbatims.select_for_update().filter(pk=verbatim.pk).exclude(danger="").get()
    if texte.danger == Danger.SIGNALE:
        texte.danger = Danger.PRIS
        texte.save(update_fields=["danger"])
        tracer(par=par, verbe="prendre_en_charge", objet=texte)
    return texte


def _ouvrir(
    verbatim: Verbatim, tour: int, decision: Decision, par: Compte
) -> tuple[Verbatim, bool]:
    """Lock a text and check that this reader may decide of it; say whether she just has (two taps)."""
    texte = Verbatim.objects.select_for_update().get(pk=verbatim.pk)
    exiger_lecture(par, texte)
    tours = [tour + 1] if decision == Decision.REFORMULER else [tour]
    if texte.relectures.filter(lue_par=par, tour__in=tours, decision=decision).exists():
        return texte, True
    if texte.tour != tour or texte.etat not in LISIBLES:
        raise EtatIncompatible(
            "Une autre personne vient de décider de ce texte. Passez au suivant."
        )
    refus = refus_de_lecture(par, structures_de(par), texte)
    if refus:
        raise AccesRefuse(refus)
    return texte, False


def _noter(texte: Verbatim, decision: Decision, par: Compte) -> None:
    Relecture.objects.create(
        verbatim=texte,
        tour=texte.tour,
        decision=decision,
        structures=sorted(structures_de(par)),
        lue_par=par,
    )
    tracer(par=par, verbe=f"{decision.value}_verbatim", objet=texte, tour=texte.tour)
