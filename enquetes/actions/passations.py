"""Store what a person answers, once, whatever the network and the fingers do.

No trace is written here, on purpose: a trace has a time, and a time beside an answer tells who
answered. Each step is one statement, durable before it is acknowledged.
"""

from collections.abc import Mapping
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from enquetes.champs import champ
from enquetes.models import (
    Acces,
    Entree,
    EtatPassation,
    Mode,
    Passation,
    VersionQuestionnaire,
)
from enquetes.models.fin import clore, tel_que_garde
from enquetes.models.fusion import fusionner, inserer_ou_fusionner
from enquetes.parcours import code_effacement as codes
from enquetes.parcours.chemin import Chemin, chemin, suivante
from enquetes.parcours.definition import SUFFIXE_PRECISION, Page, Reponses, Valeur
from voix.commun.cles import empreinte_a_cle
from voix.commun.erreurs import ErreurVoix, EtatIncompatible, SaisieInvalide

ESSAIS = 20
"""How many times an end may start again; the second is nearly never reached."""

RIEN_A_ENVOYER = "Il n’y a pas encore de réponse à envoyer."


class OntChange(ErreurVoix):
    """The answers stored are not those that the person read before sending (ADR 0127)."""


def exiger_les_memes(trouve: Chemin, lues: str) -> None:
    """Raise ``OntChange`` when the page that is sent showed other answers; ``lues`` empty: it did not say."""
    if lues and lues != trouve.empreinte:
        raise OntChange("Vos réponses ont changé. Relisez-les, puis envoyez-les.")


def cles_de(page: Page) -> list[str]:
    """Return every key that the answers of a page may use."""
    return [
        question.code + suffixe
        for question in page.questions
        for suffixe in ("", SUFFIXE_PRECISION)
    ]


def enregistrer_page(
    *,
    passation_id: UUID,
    acces: Acces,
    page: Page,
    valeurs: Mapping[str, Valeur | None],
    langue: str,
    mode: str = Mode.TELEPHONE,
) -> bool:
    """Store the answers of one page; return whether a draft holds them.

    The first stored answer creates the draft. A page left empty before that stores nothing.
    What was sent already is never changed: ``False``. One statement, which is its own
    transaction: durable before it is acknowledged.
    """
    changements = _changements(page, valeurs)
    neuves = {cle: valeur for cle, valeur in changements.items() if valeur is not None}
    if neuves:
        brouillon = _brouillon(passation_id, acces, neuves, langue, mode)
        return inserer_ou_fusionner(brouillon, changements)
    return fusionner(passation_id, acces.pk, changements, langue)


def changer_page(
    *, passation: Passation, page: Page, valeurs: Mapping[str, Valeur | None], langue: str
) -> bool:
    """Store the answers of one page in a draft that was just read; ``False`` when it is no more one.

    As ``enregistrer_page``, at half its cost: all pages of a person but the first come here.
    """
    changements = _changements(page, valeurs)
    return fusionner(passation.pk, passation.acces_id, changements, langue)


def _changements(page: Page, valeurs: Mapping[str, Valeur | None]) -> dict[str, Valeur | None]:
    return {cle: valeurs.get(cle) for cle in cles_de(page)}


def _brouillon(
    passation_id: UUID, acces: Acces, reponses: Reponses, langue: str, mode: str
) -> Passation:
    return Passation(
        pk=passation_id,
        collecte=acces.collecte,
        version=acces.collecte.version,
        acces=acces,
        territoire_id=acces.territoire_id,
        structure_id=acces.structure_id,
        mode=mode,
        langue=langue,
        jour=timezone.localdate(),
        reponses=dict(reponses),
    )


def terminer_passation(*, passation_id: UUID, acces: Acces, lues: str = "") -> Passation:
    """Send: keep what is on the path, count the person once. Twice is the same as once.

    One statement ends the draft, only while it is a draft and only as it was read: when another
    tab has just changed an answer, the path is walked again. ``lues`` says which answers the person
    read (``Chemin.empreinte``): others are not sent. Errors: ``OntChange``, ``SaisieInvalide``.
    """
    for essai in range(ESSAIS):
        lu = tel_que_garde(passation_id, acces.pk)
        if lu is None:
            raise SaisieInvalide(RIEN_A_ENVOYER)
        if lu.etat != EtatPassation.BROUILLON:
            return Passation.objects.get(pk=passation_id)
        version = acces.collecte.version
        if lu.version_id != version.pk:
            version = VersionQuestionnaire.objects.get(pk=lu.version_id)
        trouve = chemin(version.lue(), lu.reponses)
        exiger_les_memes(trouve, lues)
        if not trouve.reponses:
            raise SaisieInvalide(RIEN_A_ENVOYER)
        passation = _terminee(passation_id, acces, version, trouve.reponses, essai)
        if clore(passation, lu.document):
            return passation
    raise EtatIncompatible(
        "L’envoi n’a pas abouti. Appuyez encore une fois sur «\u00a0Envoyer\u00a0»."
    )


def _terminee(
    passation_id: UUID,
    acces: Acces,
    version: VersionQuestionnaire,
    reponses: Reponses,
    essai: int,
) -> Passation:
    """Return the passation as it will be when sent; ``essai`` draws another code."""
    return Passation(
        pk=passation_id,
        acces=acces,
        collecte_id=acces.collecte_id,
        version=version,
        etat=EtatPassation.TERMINEE,
        jour=timezone.localdate(),
        reponses=dict(reponses),
        tardive=acces.est_trop_tard(),
        # A card erases all that it sent: a second code, each wave, would be one more to lose.
        code_effacement=None
        if acces.collecte.entree == Entree.CARTE
        else empreinte_du_code(_code(passation_id, essai)),
    )


def _code(passation_id: UUID, essai: int) -> str:
    return codes.depuis_octets(empreinte_a_cle("code", f"{passation_id}|{essai}"))


def empreinte_du_code(code: str) -> str:
    """Return what is stored of a code: nobody finds the code from it."""
    return empreinte_a_cle("effacement", code)[:16].hex()


def code_effacement(passation: Passation) -> str:
    """Return the person's code, made again from the key: it is stored nowhere. Empty beside a card."""
    if passation.code_effacement is None:
        return ""
    for essai in range(ESSAIS):
        code = _code(passation.pk, essai)
        if empreinte_du_code(code) == passation.code_effacement:
            return code
    return ""


def deposer_passation(
    *,
    passation_id: UUID,
    acces: Acces,
    reponses: Reponses,
    langue: str = "fr",
    mode: str = Mode.IMPORT,
) -> Passation:
    """File a whole set of answers page by page, by the same actions as a phone."""
    definition = acces.collecte.version.lue()
    for question in definition.questions():
        defaut = champ(question.type).verifier_reponses(question, reponses)
        if defaut:
            raise SaisieInvalide(defaut)
    page = suivante(definition, reponses, None)
    while page is not None:
        enregistrer_page(
            passation_id=passation_id,
            acces=acces,
            page=page,
            valeurs={cle: reponses.get(cle) for cle in cles_de(page)},
            langue=langue,
            mode=mode,
        )
        page = suivante(definition, reponses, page.code)
    return terminer_passation(passation_id=passation_id, acces=acces)


def abandonner_brouillon(*, passation_id: UUID, acces: Acces) -> None:
    """Erase a draft at the person's request; what was sent needs its code."""
    jeter_brouillons(Passation.objects.filter(pk=passation_id, acces=acces))


@transaction.atomic
def jeter_brouillons(parmi: QuerySet[Passation]) -> int:
    """Erase the drafts among these; return how many. What is sent at the same moment stays.

    Django reads what it deletes, then deletes by identifier: held first, nothing is sent in between.
    """
    brouillons = parmi.filter(etat=EtatPassation.BROUILLON).select_for_update().order_by("pk")
    cles = list(brouillons.values_list("pk", flat=True))
    Passation.objects.filter(pk__in=cles).delete()
    return len(cles)


def inserer_ou_tenir(neuve: Passation) -> Passation | None:
    """Insert; or change nothing, and return, locked, what has that identifier already.

    Called in a transaction: somebody else may have inserted it since the caller looked.
    """
    try:
        with transaction.atomic():
            neuve.save(force_insert=True)
    except IntegrityError:
        return Passation.objects.select_for_update().get(pk=neuve.pk)
    return None
