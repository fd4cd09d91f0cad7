"""Read the answers of a relevé once, as codes; say what an account may read."""

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import CharField, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Substr

from analyses.models import Empreinte
from enquetes.echanges.mots import condition_en_mots
from enquetes.models import Collecte, Mode, Passation, Releve, Unite
from enquetes.parcours.definition import Definition
from voix.commun.erreurs import EtatIncompatible, SaisieInvalide
from voix.commun.memoire import par_identite
from voix.commun.proches import vouliez_vous
from voix.comptes.models import Compte, Structure, Territoire
from voix.comptes.roles import Droit

from . import cliche as fichiers
from .aiguillages import aiguiller
from .cliche import Cliche, Dimension
from .plan import Colonne, SansTableau, colonnes, sans_refus, sans_tableau

if TYPE_CHECKING:
    import numpy as np

PAQUET = 20_000
LIEUX = ("territoire", "structure", "mois")
SANS_STRUCTURE = "sans-structure"
SANS_AUCUNE_STRUCTURE = (
    "Aucune réponse de cette collecte ne vient d’une structure\u00a0: il n’y a rien à comparer."
)


@dataclass(frozen=True, slots=True)
class Source:
    """A relevé that may be counted, and all that its tables must say of it."""

    releve: Releve
    collecte: Collecte
    colonnes: tuple[Colonne, ...]

    @property
    def personnes(self) -> bool:
        """Return whether respondents are persons, whom tables must protect."""
        return self.collecte.unite == Unite.PERSONNE

    def colonne(self, question: str) -> Colonne | None:
        """Return the column of a question, if it has one."""
        return next((c for c in self.colonnes if c.question == question), None)


def collectes_lisibles(compte: Compte | AnonymousUser) -> QuerySet[Collecte]:
    """Return the collectes whose results ``compte`` may read."""
    return Collecte.objects.visibles_par(compte, Droit.LIRE_RESULTATS).avec_son_lieu()


def collectes_publiables(compte: Compte | AnonymousUser) -> QuerySet[Collecte]:
    """Return the collectes whose results ``compte`` decides to publish."""
    return Collecte.objects.visibles_par(compte, Droit.PUBLIER_RESULTATS).avec_son_lieu()


def collectes_du_referent(compte: Compte | AnonymousUser) -> QuerySet[Collecte]:
    """Return the collectes for which ``compte`` is the data referent."""
    return Collecte.objects.visibles_par(compte, Droit.DECIDER_DONNEES).avec_son_lieu()


def collectes_des(territoires: Collection[int]) -> list[Collecte]:
    """Return the collectes of these territoires (ids), in one statement."""
    toutes = Collecte.objects.avec_son_lieu().order_by("pk")
    if len(territoires) <= LISTE_MAX:
        return list(toutes.filter(territoire__in=list(territoires)))
    return [collecte for collecte in toutes if collecte.territoire_id in territoires]


LISTE_MAX = 5000
"""Most ids that a statement is given."""


def collecte_nommee(nom: str) -> Collecte | None:
    """Return the collecte of that name, for commands (which no account runs)."""
    return Collecte.objects.avec_son_lieu().filter(nom=nom).first()


def noms_des_collectes() -> list[str]:
    """Return the names of all collectes, for commands (which no account runs)."""
    return list(Collecte.objects.order_by("nom").values_list("nom", flat=True))


def releves_de(collecte: Collecte) -> list[Releve]:
    """Return the relevés of a collecte, the latest first."""
    return list(collecte.releves.order_by("-numero"))


def releves_a_publier() -> list[Releve]:
    """Return the relevés of persons whose tables are not published yet, in order."""
    return list(
        Releve.objects.filter(publication__isnull=True, collecte__unite=Unite.PERSONNE)
        .select_related("collecte")
        .order_by("collecte", "numero")
    )


def releve_nomme(releve_id: int) -> Releve:
    """Return a relevé and its collecte, for commands (which no account runs)."""
    return Releve.objects.select_related("collecte__version").get(pk=releve_id)


def nb_envoyees(collecte: Collecte) -> int:
    """Return how many have answered: the only figure told before a relevé."""
    return Passation.objects.filter(collecte=collecte).terminees().count()


def nb_en_tout(releve: Releve) -> int:
    """Return how many answers the tables of a relevé are made of: of persons, the earlier ones too."""
    if releve.collecte.unite != Unite.PERSONNE:
        return releve.nb_passations
    jusque_la = releve.collecte.releves.filter(numero__lte=releve.numero)
    return sum(jusque_la.values_list("nb_passations", flat=True))


def nb_ecartees(collecte: Collecte) -> int:
    """Return how many answers are set aside, with a reason, and counted nowhere."""
    return Passation.objects.filter(collecte=collecte, ecart__isnull=False).count()


def source(collecte: Collecte, releve: Releve) -> Source:
    """Return what can be counted of a relevé."""
    return Source(releve, collecte, colonnes_de(collecte))


def conditions_de(collecte: Collecte) -> dict[str, str]:
    """Return, by question that not everybody was asked, when it was: the end of a sentence."""
    definition = collecte.version.lue()
    return {
        question.code: condition_en_mots(definition, page.condition.arbre)
        for page in definition.pages
        if page.condition
        for question in page.questions
    }


def colonnes_de(collecte: Collecte) -> tuple[Colonne, ...]:
    """Return the questions of a collecte that can be counted, in its order."""
    toutes = _colonnes_lues(collecte.version.lue(), collecte.ouvre_le)
    if collecte.modes == [Mode.IMPORT]:  # a file of answers has no conditions
        return tuple(map(sans_refus, toutes))
    return toutes


@par_identite(64)
def _colonnes_lues(definition: Definition, ouverture: date) -> tuple[Colonne, ...]:
    """Return the columns of a questionnaire; trying its ways through at each page would be slow."""
    return tuple(aiguiller(definition, list(colonnes(definition, ouverture))))


def sans_tableau_de(
    collecte: Collecte, rubriques: Collection[str] = frozenset()
) -> list[SansTableau]:
    """Return the questions of a collecte that are answered and not counted, and why."""
    return sans_tableau(collecte.version.lue(), rubriques)


def exiger_colonne(collecte: Collecte, parmi: tuple[Colonne, ...], question: str) -> Colonne:
    """Return a question that is counted; raise ``SaisieInvalide`` with the reason, or the choices."""
    for colonne in parmi:
        if colonne.question == question:
            return colonne
    raisons = {absente.question: absente.raison for absente in sans_tableau_de(collecte)}
    connues = ", ".join(colonne.question for colonne in parmi)
    conseil = raisons.get(question) or f"Choisissez parmi\u00a0: {connues}."
    proche = None if question in raisons else vouliez_vous(question, connues.split(", "))
    conseil = f"{proche} {conseil}" if proche else conseil
    raise SaisieInvalide(f"«\u00a0{question}\u00a0» n’a pas de tableau. {conseil}")


def sans_ventilation(voulue: str, possibles: Sequence[str]) -> SaisieInvalide:
    """Return what is said of a grouping that does not exist: the nearest one, and all of them."""
    dites = f"Choisissez une ventilation du plan d’analyse\u00a0: {' ; '.join(possibles)}."
    if not possibles:
        dites = "Le plan d’analyse ne prévoit pas de ventilation de cette question."
    non = f"«\u00a0{voulue}\u00a0» n’est pas une ventilation de cette question."
    return SaisieInvalide(" ".join(filter(None, (non, vouliez_vous(voulue, possibles), dites))))


def cliche_de(prise: Source) -> Cliche:
    """Return the cliché of a relevé, made at the first call and never again.

    Errors: ``EtatIncompatible`` when the cliché was lost and its answers have changed since: a new
    one would differ by a few persons from figures that are already known (§6).
    """
    dossier = Path(settings.DOSSIER_DONNEES) / "cliches" / f"releve-{prise.releve.pk}"
    try:
        return fichiers.ouvrir(dossier)
    except FileNotFoundError:
        return _faire(prise, dossier)


def _faire(prise: Source, dossier: Path) -> Cliche:
    tableaux, dimensions = _lire(prise)
    nombre = len(tableaux["mois"])
    connu = Empreinte.nombre_de(prise.releve.pk)
    if nombre == 0 or (connu is not None and connu != nombre):
        raise EtatIncompatible(
            "Les chiffres de ce relevé ne peuvent pas être refaits\u00a0: des réponses ont été effacées "
            "depuis. Restaurez le dossier des données."
        )
    empreinte = fichiers.ecrire(dossier, tableaux, dimensions)
    Empreinte.objects.get_or_create(
        pk=prise.releve.pk, defaults={"nombre": nombre, "empreinte": empreinte}
    )
    return fichiers.ouvrir(dossier)


def _lire(prise: Source) -> tuple[dict[str, "np.ndarray[Any, np.dtype[Any]]"], list[Dimension]]:
    """Read the answers by packets: memory holds codes, never the texts of a whole relevé."""
    import numpy as np

    memoires: list[dict[Any, int]] = [{} for _ in (*LIEUX, *prise.colonnes)]
    codeurs = [
        *(_numeroteur(memoire) for memoire in memoires[:3]),
        *(c.coder for c in prise.colonnes),
    ]
    types = [np.uint16] * 3 + [np.uint32 if c.multiple else np.uint8 for c in prise.colonnes]
    morceaux: list[list[Any]] = [[] for _ in types]
    for paquet in _paquets(prise):
        for rang, valeurs in enumerate(zip(*paquet, strict=True)):
            memoire, coder = memoires[rang], codeurs[rang]
            # Few different values: each is coded once, then found again.
            for valeur in set(valeurs).difference(memoire):
                memoire[valeur] = coder(valeur)
            morceaux[rang].append(
                np.fromiter(map(memoire.__getitem__, valeurs), types[rang], len(valeurs))
            )
    noms = [*LIEUX, *(c.question for c in prise.colonnes)]
    tableaux = {
        nom: np.concatenate(parts) if parts else np.empty(0, types[rang])
        for rang, (nom, parts) in enumerate(zip(noms, morceaux, strict=True))
    }
    dimensions = _dimensions(*memoires[:3])
    return tableaux | _ordonner(tableaux, dimensions), dimensions


def _ordonner(
    tableaux: Mapping[str, "np.ndarray[Any, np.dtype[Any]]"], dimensions: list[Dimension]
) -> dict[str, "np.ndarray[Any, np.dtype[Any]]"]:
    """Renumber the groups by name (or date): the order of arrival tells who came first."""
    import numpy as np

    ordonnes = {}
    for rang, dimension in enumerate(dimensions):
        avant = list(dimension.groupes)
        apres = sorted(avant, key=lambda groupe: (_sans_accents(groupe[1]), groupe[0]))
        if dimension.groupes:
            nouveaux = np.array([apres.index(groupe) for groupe in avant], np.uint16)
            ordonnes[dimension.nom] = nouveaux[tableaux[dimension.nom]]
        dimensions[rang] = Dimension(dimension.nom, dimension.titre, tuple(apres))
    return ordonnes


def _sans_accents(texte: str) -> str:
    return unicodedata.normalize("NFD", texte).encode("ascii", "ignore").decode().lower()


def _numeroteur(memoire: dict[Any, int]) -> Any:
    return lambda _valeur: len(memoire)


def _paquets(prise: Source) -> Iterator[list[tuple[Any, ...]]]:
    """Iterate over packets of rows: territoire, structure, month, then each question's text."""
    champs = [KeyTextTransform(c.question, "reponses") for c in prise.colonnes]
    lignes = (
        Passation.objects.filter(releve=prise.releve)
        .comptables()
        .order_by()
        .annotate(mois=Substr(Cast("jour", CharField()), 1, 7))
        .values_list("territoire_id", "structure_id", "mois", *champs)
    )
    paquet: list[tuple[Any, ...]] = []
    for ligne in lignes.iterator(chunk_size=PAQUET):
        paquet.append(ligne)
        if len(paquet) == PAQUET:
            yield paquet
            paquet = []
    if paquet:
        yield paquet


def _dimensions(
    territoires: dict[Any, int], structures: dict[Any, int], mois: dict[Any, int]
) -> list[Dimension]:
    """Name the groups in the order of their numbers."""
    lieux = Territoire.objects.in_bulk(list(territoires))
    maisons = Structure.objects.select_related("territoire").in_bulk([s for s in structures if s])
    codes = _codes(lieux.values())
    return [
        Dimension(
            "territoire", "Territoire", tuple((codes[t], lieux[t].nom, "") for t in territoires)
        ),
        Dimension(
            "structure",
            "Structure",
            tuple(
                (f"s{s}", maisons[s].nom, "") if s else (SANS_STRUCTURE, "Sans structure", "")
                for s in structures
            ),
        ),
        Dimension("mois", "Mois", tuple((m, m, "") for m in mois)),
    ]


def _codes(lieux: Iterable[Territoire]) -> dict[int, str]:
    """Return the official code of each territoire, with its level where two levels share one."""
    lieux = list(lieux)
    vus = [lieu.code for lieu in lieux]
    return {
        lieu.pk: lieu.code if vus.count(lieu.code) == 1 else f"{lieu.niveau}-{lieu.code}"
        for lieu in lieux
    }


__all__ = [
    "LIEUX",
    "SANS_AUCUNE_STRUCTURE",
    "SANS_STRUCTURE",
    "Collecte",
    "Releve",
    "SansTableau",
    "Source",
    "cliche_de",
    "collecte_nommee",
    "collectes_lisibles",
    "colonnes_de",
    "exiger_colonne",
    "nb_ecartees",
    "nb_envoyees",
    "releves_a_publier",
    "releves_de",
    "sans_tableau_de",
    "source",
]
