"""What the facilitator tells afterwards, one part at a time; nothing typed is ever lost."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from enquetes.actions.arrivees import Arrivees, arrivees
from enquetes.champs.base import nettoyer
from enquetes.droits import exiger_sur_seance
from enquetes.models import EtatSeance, Rapport, Seance
from enquetes.models.rapport import MAIN
from voix.commun.erreurs import EtatIncompatible
from voix.commun.francais import heure_en_mots
from voix.comptes.actions.traces import tracer
from voix.comptes.models import Compte


@transaction.atomic
def completer_rapport(*, seance: Seance, valeurs: Mapping[str, Any], par: Compte) -> Rapport:
    """Store one part of the report; the others stay as they are.

    What it changes is kept from a report that was sealed before, and arrives later.
    """
    rapport = _verrouiller(seance, par)
    changes = {nom for nom, valeur in valeurs.items() if getattr(rapport, nom) != valeur}
    if changes & LE_NIVEAU:
        changes |= LE_NIVEAU
    rang = rapport.nb_corrections + 1
    for nom in changes:
        rapport.rangs.setdefault(nom, {})[MAIN] = rang
    for nom, valeur in valeurs.items():
        setattr(rapport, nom, valeur)
    rapport.save(update_fields=[*valeurs, "rangs"])
    tracer(par=par, verbe="completer_rapport", objet=seance, champs=sorted(valeurs))
    return rapport


DITS_AU_PLUS: Final = 2_000
RANG_AU_PLUS: Final = 1_000_000
"""More reports than a device ever seals."""


@dataclass(frozen=True, slots=True)
class Rang:
    """Where a report stands in the order of its device, by a counter: no clock is read (ADR 0141)."""

    appareil: str = ""
    """What the device calls itself; empty, with rank 0, when it was sealed before devices counted."""
    n: int = 0
    vu: int = 0
    """How many corrections by hand there were when its page was drawn."""


SANS_RANG: Final = Rang()


def lire_rang(contenu: Mapping[str, Any]) -> Rang:
    """Return the rank sealed with a report. Errors: ``ValidationError`` when it is none."""
    if "n" not in contenu:
        return SANS_RANG
    appareil, n, vu = (contenu.get(nom) for nom in ("de", "n", "vu"))
    if not isinstance(appareil, str) or not _UUID.fullmatch(appareil):
        raise ValidationError("Ce n’est pas un appareil.")
    if type(n) is not int or type(vu) is not int:
        raise ValidationError("Ce n’est pas un rang.")
    if not (1 <= n <= RANG_AU_PLUS and 0 <= vu <= RANG_AU_PLUS):
        raise ValidationError("Ce n’est pas un rang.")
    return Rang(appareil, n, vu)


@transaction.atomic
def deposer_rapport(
    *, seance: Seance, dits: Mapping[str, Any], par: str, rang: Rang = SANS_RANG
) -> Rapport:
    """File what was said of a séance without network; what was said before is never emptied.

    A text is added to the one that is there, not to one that a hand emptied since. Another number or
    date replaces it, unless its device sealed that one later, or somebody corrected it by hand since;
    the trace keeps the one left out, of a text its name only.
    Errors: ``ValidationError`` when something is not of its kind.
    """
    rapport, _ = Rapport.objects.select_for_update().get_or_create(seance=seance)
    avant: dict[str, str] = {}
    laisses: dict[str, str] = {}
    for nom, valeur in _lus(dits).items():
        deja, connus = getattr(rapport, nom), rapport.rangs.get(nom, {})
        recent = _est_recent(connus, rang)
        repris = _est_repris(connus, rang) and (not deja or nom in LE_NIVEAU)
        if isinstance(valeur, str) and nom not in A_CHOISIR and not repris:
            setattr(rapport, nom, _ajouter(nom, deja, valeur, apres=recent))
        elif recent:
            if deja not in (None, "", valeur):
                avant[nom] = str(deja)
            setattr(rapport, nom, valeur)
        elif deja != valeur:
            # What somebody wrote is not kept where nothing is ever erased: its name is enough there.
            laisses[nom] = str(valeur) if not isinstance(valeur, str) or nom in A_CHOISIR else ""
        _noter_le_rang(rapport, nom, rang)
    rapport.full_clean()
    _exiger_les_longueurs(rapport)
    rapport.save()
    details = {"champs": sorted(dits), "avant": avant} | ({"laisses": laisses} if laisses else {})
    tracer(par=par, verbe="deposer_rapport", objet=seance, **details)
    return rapport


def _est_repris(connus: Mapping[str, int], rang: Rang) -> bool:
    """Return whether somebody corrected this field by hand since the page of the device was drawn."""
    return rang.vu < connus.get(MAIN, 0)


def _est_recent(connus: Mapping[str, int], rang: Rang) -> bool:
    """Return whether nothing later is known of a field than what a device says of it."""
    if _est_repris(connus, rang):
        return False
    if rang.appareil:
        return rang.n > connus.get(rang.appareil, 0)
    return not connus.keys() - {MAIN}


def _noter_le_rang(rapport: Rapport, nom: str, rang: Rang) -> None:
    """Keep the highest rank that a device said a field with."""
    if rang.appareil:
        connus = rapport.rangs.get(nom, {})
        plus_haut = max(rang.n, connus.get(rang.appareil, 0))
        rapport.rangs[nom] = connus | {rang.appareil: plus_haut}


def _ajouter(nom: str, deja: str, valeur: str, *, apres: bool) -> str:
    """Return both texts, in their order; the longer one alone when it repeats the other."""
    if valeur in deja or deja in valeur:
        return max(deja, valeur, key=len)
    entre = "\n" if nom in {"incidents", "citations", "promesse"} else " ; "
    return entre.join((deja, valeur) if apres else (valeur, deja))


def _exiger_les_longueurs(rapport: Rapport) -> None:
    for champ in Rapport._meta.concrete_fields:
        longueur = getattr(champ, "max_length", None)
        if longueur and len(str(getattr(rapport, champ.name) or "")) > longueur:
            raise ValidationError({champ.name: "Trop long."})


def _lus(dits: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a device said, read by the fields of the report; an unknown name is refused."""
    lus = {}
    for nom, dit in dits.items():
        if nom not in PARTIES_DU_RAPPORT or not isinstance(dit, str) or len(dit) > DITS_AU_PLUS:
            raise ValidationError("Ce n’est pas un compte rendu.")
        champ: Any = Rapport._meta.get_field(nom)
        lus[nom] = champ.to_python(nettoyer(dit))
    return lus


A_CHOISIR: Final = frozenset(
    champ.name for champ in Rapport._meta.concrete_fields if champ.choices
)
"""What is one of a list: said again, it replaces what was said before."""
PARTIES_DU_RAPPORT: Final = frozenset(champ.name for champ in Rapport._meta.concrete_fields) - {
    "id",
    "seance",
    "rangs",
    "termine_le",
    "termine_par",
}
LE_NIVEAU: Final = frozenset({"implication", "preuve", "preuve_le"})
"""What is corrected together: a level counts with its proof only."""
_UUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@transaction.atomic
def terminer_rapport(*, seance: Seance, par: Compte) -> Rapport:
    """Say that the report is complete. It can still be corrected: the date stays the first one."""
    rapport = _verrouiller(seance, par)
    if seance.etat != EtatSeance.CLOSE:
        raise EtatIncompatible("Fermez d’abord la séance\u00a0; son compte rendu vient après.")
    if all(getattr(rapport, nom) in (None, "") for nom in PARTIES_DU_RAPPORT):
        raise EtatIncompatible(
            "Le compte rendu est vide. Dites au moins combien de personnes étaient là."
        )
    if rapport.termine_le is None:
        rapport.termine_le, rapport.termine_par = timezone.now(), par
        rapport.save(update_fields=["termine_le", "termine_par"])
        tracer(par=par, verbe="terminer_rapport", objet=seance)
    return rapport


def remarques(rapport: Rapport) -> tuple[str, ...]:
    """Return what does not add up inside a report, in whole sentences.

    Told, never refused: an atelier may end after midnight, and part of it comes from a device.
    """
    dites = []
    if rapport.debut and rapport.fin and rapport.fin < rapport.debut:
        dites.append(
            f"La fin ({heure_en_mots(rapport.fin)}) est avant le début "
            f"({heure_en_mots(rapport.debut)}). Corrigez l’heure qui est fausse."
        )
    if rapport.nb_presents and _nb_sollicites(rapport) > rapport.nb_presents:
        dites.append(
            f"Réponses et refus font {_nb_sollicites(rapport)} personnes\u00a0; vous en avez dit "
            f"{rapport.nb_presents} au total. Corrigez un des nombres."
        )
    if rapport.citations and not rapport.accord:
        dites.append(
            "Des paroles sont gardées. Dites comment ces personnes ont dit oui, ou effacez-les."
        )
    return tuple(dites)


def _nb_sollicites(rapport: Rapport) -> int:
    """Return how many answered or refused; who raised a hand may have answered alone too."""
    return max(rapport.nb_annonces or 0, rapport.reponses_main_levee or 0) + (rapport.refus or 0)


def _verrouiller(seance: Seance, par: Compte) -> Rapport:
    exiger_sur_seance(par, seance)
    rapport, _ = Rapport.objects.select_for_update().get_or_create(seance=seance)
    return rapport


@dataclass(frozen=True, slots=True)
class Rapprochement:
    """What was announced beside what has arrived: counts only. Not told yet is not zero."""

    annoncees: int | None
    recues: int
    papier: int
    """Sheets typed in, among those received."""
    feuilles: int | None
    """Sheets announced, among those announced."""

    @property
    def feuilles_qui_manquent(self) -> int:
        """How many sheets were announced and are not typed; negative: too many are."""
        return 0 if self.feuilles is None else self.feuilles - self.papier

    @property
    def envois_qui_manquent(self) -> int:
        """How many answers of telephones and tablets have not arrived; negative: too many have."""
        if self.annoncees is None:
            return 0
        return self.annoncees - (self.feuilles or 0) - (self.recues - self.papier)

    @property
    def manquent(self) -> int:
        """How many were announced and have not arrived."""
        return max(0, self.envois_qui_manquent) + max(0, self.feuilles_qui_manquent)

    @property
    def phrase(self) -> str:
        """What is told of it: « annoncées 14, reçues 12, dont papier 2 »."""
        dit = f"reçues {self.recues}"
        if self.annoncees is not None:
            dit = f"annoncées {self.annoncees}, {dit}"
        return f"{dit}, dont papier {self.papier}" if self.papier else dit

    @property
    def remarques(self) -> tuple[str, ...]:
        """What does not add up, in whole sentences, and what to do about it."""
        return tuple(filter(None, (self._des_envois(), self._des_feuilles())))

    def _des_envois(self) -> str:
        n = self.envois_qui_manquent
        if n > 0:
            return (
                f"Il en manque {n}. Rouvrez la page de réponse sur la tablette, quand vous avez "
                "du réseau."
            )
        return f"Il y en a {-n} de plus qu’annoncé. {TROP}" if n < 0 else ""

    def _des_feuilles(self) -> str:
        n = self.feuilles_qui_manquent
        dit = (
            f"Feuilles de papier annoncées\u00a0: {self.feuilles}, saisies\u00a0: {self.papier}. "
        )
        if n > 0:
            return dit + ("Il en reste une à saisir." if n == 1 else f"Il en reste {n} à saisir.")
        if n < 0:
            return f"{dit}Corrigez le compte rendu, ou cherchez une feuille saisie deux fois."
        return ""


TROP: Final = (
    "Une personne a peut-être répondu deux fois, ou après la séance\u00a0; "
    "sinon, corrigez le compte rendu."
)


def rapprocher(seance: Seance, vues: Arrivees | None = None) -> Rapprochement | None:
    """Return what the report announces and what the inbox and the paper entry received.

    Nothing before the closing: beside a number announced, or changed, it would tell each answer as it
    comes (G1). ``vues``: what was received, when it is known already.
    """
    if seance.etat != EtatSeance.CLOSE:
        return None
    rapport = Rapport.objects.filter(seance=seance).first()
    vues = vues or arrivees(seance)
    return Rapprochement(
        annoncees=rapport.nb_annonces if rapport else None,
        recues=vues.recues,
        papier=vues.papier,
        feuilles=rapport.reponses_papier if rapport else None,
    )
