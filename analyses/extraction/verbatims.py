"""Free texts out of the answers, for readers; and which texts an account may be shown.

Texts never meet codes: what is counted goes through ``plan``, what is read goes through here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from analyses.confidentialite.regles import Seuils, seuils_de
from analyses.models import (
    Acteur,
    Attestation,
    Danger,
    EtatVerbatim,
    LotVerbatims,
    Relecture,
    Verbatim,
)
from analyses.verbatims.detecteurs.propres import NomsPropres, noms_propres
from analyses.verbatims.lexiques import lexiques
from analyses.verbatims.modele import Type
from enquetes.champs import NATURES
from enquetes.models import Collecte, Passation, Unite
from enquetes.parcours.definition import SUFFIXE_PRECISION, Definition, Profil
from voix.comptes.models import Compte, Structure, Territoire
from voix.comptes.perimetre import perimetre_de
from voix.comptes.roles import Droit

EN_COURS: Final = (EtatVerbatim.MASQUE_PROPOSE, EtatVerbatim.VALIDE_1, EtatVerbatim.REFORMULE)
_PAQUET: Final = 1000


@dataclass(frozen=True, slots=True)
class QuestionLibre:
    """A question whose answer is a text: its key in the answers, its title, its protection."""

    cle: str
    titre: str
    profil: str


@dataclass(frozen=True, slots=True)
class TexteLibre:
    """One text of one person."""

    passation_id: UUID
    question: str
    texte: str
    profil: str
    territoire_id: int
    structure_id: int | None


def questions_libres(collecte: Collecte) -> list[QuestionLibre]:
    """Return the questions of free text of a collecte, « autre, précisez » included."""
    return list(_libres(collecte.version.lue(), collecte.profil))


def _libres(definition: Definition, plancher: str) -> Iterator[QuestionLibre]:
    for question in definition.questions():
        titre = question.texte.dans("fr").texte
        ordinaire = question.profil == Profil.ORDINAIRE and plancher == Profil.ORDINAIRE
        profil = Profil.ORDINAIRE if ordinaire else Profil.SENSIBLE
        if NATURES[question.type].libre:
            yield QuestionLibre(question.code, titre, profil)
        elif any(choix.precision for choix in question.choix):
            cle = question.code + SUFFIXE_PRECISION
            yield QuestionLibre(cle, f"{titre} (précisions)", profil)


def noms_du_projet(collecte: Collecte) -> NomsPropres:
    """Return the names of the places, structures, partners and team around a collecte (§7.1)."""
    racine = f"/{collecte.territoire.chemin.strip('/').split('/')[0]}/"
    autour = {"territoire__chemin__startswith": racine}
    structures = Structure.objects.filter(**autour).values_list("nom", flat=True)
    lieux = Territoire.objects.filter(chemin__startswith=racine).values_list("nom", flat=True)
    acteurs = Acteur.objects.filter(**autour).values_list("nom", flat=True)
    dans = Q(habilitations__territoire__chemin__startswith=racine) | Q(
        habilitations__structure__territoire__chemin__startswith=racine
    )
    equipe = Compte.objects.filter(dans).distinct().values_list("nom", flat=True)
    noms = [
        *((nom, Type.COMMUNE) for nom in lieux),
        *((nom, Type.STRUCTURE) for nom in (*structures, *acteurs)),
        *((nom, Type.NOM) for nom in equipe),
    ]
    return noms_propres(noms, lexiques())


def textes_nouveaux(collecte: Collecte) -> Iterator[TexteLibre]:
    """Iterate over the texts sent that are not under review yet."""
    libres = questions_libres(collecte)
    deja = set(Verbatim.objects.filter(collecte=collecte).values_list("passation_id", "question"))
    lignes = (
        Passation.objects.filter(collecte=collecte)
        .comptables()
        .order_by("pk")
        .values_list("pk", "territoire_id", "structure_id", "reponses")
    )
    for pk, territoire, structure, reponses in lignes.iterator(chunk_size=_PAQUET):
        for libre in libres:
            texte = reponses.get(libre.cle)
            if isinstance(texte, str) and texte.strip() and (pk, libre.cle) not in deja:
                yield TexteLibre(pk, libre.cle, texte.strip(), libre.profil, territoire, structure)


def collectes_a_relire(compte: Compte | AnonymousUser) -> QuerySet[Collecte]:
    """Return the collectes whose texts an account may read: its own place, or around it.

    A second reader comes from another structure: somebody of a structure reads for the whole
    territoire in which that structure is.
    """
    perimetre = perimetre_de(compte, Droit.RELIRE_VERBATIMS)
    condition = perimetre.filtre(territoire="territoire", structure="structure")
    for structure in Structure.objects.filter(pk__in=perimetre.structures):
        condition |= Q(territoire__chemin__in=_au_dessus(structure.territoire.chemin))
    textes = Verbatim.objects.presents().filter(collecte=OuterRef("pk"))
    return Collecte.objects.filter(condition).filter(Exists(textes)).avec_son_lieu()


def _au_dessus(chemin: str) -> list[str]:
    """Return the paths of a territoire and of all that hold it: ``/11/93/`` → ``/11/``, ``/11/93/``."""
    codes = chemin.strip("/").split("/")
    return [f"/{'/'.join(codes[:n])}/" for n in range(1, len(codes) + 1)]


def collectes_a_liberer(compte: Compte | AnonymousUser) -> QuerySet[Collecte]:
    """Return the collectes whose texts an account may prepare and let leave."""
    return Collecte.objects.visibles_par(compte, Droit.LIBERER_VERBATIMS).avec_son_lieu()


def collectes_a_oublier(limite: date) -> QuerySet[Collecte]:
    """Return the collectes of which texts decided by that day are still kept as received."""
    echus = Verbatim.objects.filter(decide_le__lte=limite, collecte=OuterRef("pk"))
    return Collecte.objects.filter(Exists(echus.exclude(original="")))


def structures_de(compte: Compte) -> frozenset[int]:
    """Return where a reader works; empty for somebody of the territoire."""
    return perimetre_de(compte, Droit.RELIRE_VERBATIMS).structures


def etait_presente(compte: Compte, verbatim: Verbatim) -> bool:
    """Return whether an account ran the workshop in which a text was written."""
    return Passation.objects.filter(
        pk=verbatim.passation_id, acces__seance__animateur=compte
    ).exists()


def attestation_de(compte: Compte, collecte_id: int) -> Attestation | None:
    """Return what an account said of its presence at the workshops of a collecte."""
    return Attestation.objects.filter(collecte=collecte_id, attestee_par=compte).first()


def file_de(compte: Compte, collecte_id: int) -> list[UUID]:
    """Return the texts that an account may read now, in an order that tells nothing.

    Not those of its own workshops, nor those it has read; for a sensitive question, not those
    that a colleague of the same structure has read first.
    """
    siennes = structures_de(compte)
    du_tour = Relecture.objects.order_by("pk")
    textes = (
        Verbatim.objects.presents()
        .filter(collecte=collecte_id, etat__in=EN_COURS)
        .exclude(passation__acces__seance__animateur=compte)
        .prefetch_related(Prefetch("relectures", du_tour))
        .only("pk", "tour", "profil", "etat")
        .order_by("pk")
    )
    return [texte.pk for texte in textes if refus_de_lecture(compte, siennes, texte) == ""]


def refus_de_lecture(compte: Compte, siennes: frozenset[int], texte: Verbatim) -> str:
    """Return why an account may not read a text in its present tour; empty when it may."""
    lues = [lue for lue in texte.relectures.all() if lue.tour == texte.tour]
    if any(lue.lue_par_id == compte.pk for lue in lues):
        return "Vous avez déjà relu ce texte. Une autre personne doit le relire."
    if texte.profil == Profil.SENSIBLE:
        for lue in lues:
            meme = siennes & set(lue.structures)
            if meme or not (siennes or lue.structures):
                return (
                    "Une personne de votre structure a déjà relu ce texte. "
                    "Quelqu’un d’une autre structure doit le relire."
                )
    return ""


def seuils_du(collecte: Collecte, profil: str) -> Seuils:
    """Return how many must have answered before texts of such a question leave."""
    return seuils_de(personnes=collecte.unite == Unite.PERSONNE, profils=(profil,))


def nb_repondants(collecte: Collecte, territoire_id: int) -> int:
    """Return how many have answered in a territoire, of those that a relevé has counted."""
    return (
        Passation.objects.filter(collecte=collecte, territoire=territoire_id, releve__isnull=False)
        .comptables()
        .count()
    )


def collectes_lisibles(compte: Compte | AnonymousUser) -> QuerySet[Collecte]:
    """Return the collectes whose released texts an account may read."""
    return Collecte.objects.visibles_par(compte, Droit.LIRE_RESULTATS).avec_son_lieu()


def lots_de(collecte_id: int) -> list[LotVerbatims]:
    """Return the batches of a collecte with their texts, by question and territoire."""
    textes = Verbatim.objects.presents().order_by("rang").only("lot", "rang", "texte")
    lots = LotVerbatims.objects.filter(collecte=collecte_id).select_related("territoire")
    return list(
        lots.prefetch_related(Prefetch("verbatims", textes)).order_by(
            "question", "territoire__chemin", "pk"
        )
    )


def dangers_de(collecte: Collecte) -> list[tuple[str, Verbatim]]:
    """Return the texts in which a danger is told and nobody acts yet, each after its question."""
    titres = {libre.cle: libre.titre for libre in questions_libres(collecte)}
    textes = Verbatim.objects.presents().filter(collecte=collecte, danger=Danger.SIGNALE)
    lus = textes.select_related("territoire").order_by("pk")
    return [(titres.get(texte.question, ""), texte) for texte in lus]


def nb_par_etat(collecte_id: int) -> dict[str, int]:
    """Return how many texts of a collecte are in each state, for those who look after them."""
    textes = Verbatim.objects.presents().filter(collecte=collecte_id).order_by()
    comptes = dict(textes.values_list("etat").annotate(Count("pk")))
    return {str(etat.label): comptes[etat] for etat in EtatVerbatim if etat in comptes}
