"""The collectes of the demonstration: one in each state, so that each screen has something to show."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from django.utils import timezone

from enquetes.actions.acces import ajouter_acces
from enquetes.actions.collectes import (
    ProjetCollecte,
    arreter_releve,
    clore_collecte,
    mettre_en_pause,
    ouvrir_collecte,
    preparer_collecte,
)
from enquetes.actions.fictives import dater_passations_fictives
from enquetes.models import (
    Acces,
    Collecte,
    EtatCollecte,
    EtatPassation,
    Mode,
    Unite,
    VersionQuestionnaire,
)
from voix.comptes.models import Compte

from .lieux import LIEU_ATELIER, LIEU_ECOUTE, LIEU_PROFIL, structure_de, territoire_de_code
from .personnes import Lieu, personnes
from .remplissage import remplir_tous

NB_JOURS: Final = 85
"""Over how many days before today the invented answers are spread: three or four months are seen."""

RENDUE: Final = "ecoute"
"""The collecte whose people are told what became of it, on a public page."""
LIEUX_FICTIFS: Final = {"qui-repond": LIEU_PROFIL, RENDUE: LIEU_ECOUTE}


@dataclass(frozen=True, slots=True)
class Scenario:
    """One collecte to prepare, told with names instead of objects."""

    nom: str
    questionnaire: str
    titre: str
    territoire: str
    """Official code; with ``lieu``, that of its structure."""
    public: str
    demandeur: str
    raison: str
    etat: EtatCollecte = EtatCollecte.OUVERTE
    unite: Unite = Unite.PERSONNE
    debut: int = -90
    """Days from today, as ``fin``."""
    fin: int = 90
    fictive: bool = True
    lieu: Lieu | None = None
    """The one structure that the collecte is for, or nothing."""
    profil: str = "sensible"


TRADUCTIONS: Final = {
    "besoins": {
        "en": {
            "demandeur": "The food shops and associations of your area",
            "raison": "To choose products better, and to welcome you better.",
        },
        "ar": {
            "demandeur": "متاجر التضامن والجمعيات في منطقتكم",
            "raison": "لاختيار المنتجات بشكل أفضل، ولاستقبالكم بشكل أفضل.",
        },
        "uk": {
            "demandeur": "Продовольчі крамниці та асоціації вашої місцевості",
            "raison": "Щоб краще вибирати продукти й краще вас приймати.",
        },
    },
    "atelier-cuisine": {
        "en": {
            "demandeur": "The cooking workshop team",
            "raison": "To prepare a next workshop that you like.",
        },
        "ar": {
            "demandeur": "فريق ورشات الطبخ",
            "raison": "لتحضير ورشة قادمة تعجبكم.",
        },
        "uk": {
            "demandeur": "Команда кулінарних майстерень",
            "raison": "Щоб підготувати наступну майстерню, яка вам сподобається.",
        },
    },
}
"""Ours: no native speaker has read them yet."""

SCENARIOS: Final = (
    Scenario(
        nom="alimactiv",
        questionnaire="alimactiv",
        titre="Après la formation Alim’Activ\u00a0: où en êtes-vous\u00a0?",
        territoire="11",
        public="les territoires formés par Alim’Activ",
        demandeur="L’équipe d’évaluation d’Alim’Activ",
        raison="Savoir ce que la formation a changé, et ce qui vous a freinés.",
        unite=Unite.ORGANISATION,
        fictive=False,
    ),
    Scenario(
        nom="besoins",
        questionnaire="besoins",
        titre="Vos besoins et votre avis",
        territoire="32",
        public="les personnes qui viennent chercher une aide alimentaire",
        demandeur="Les épiceries et associations de votre territoire",
        raison="Mieux choisir les produits, et mieux vous accueillir.",
    ),
    Scenario(
        nom="atelier-cuisine",
        questionnaire="atelier",
        titre="Votre avis sur l’atelier cuisine",
        territoire=LIEU_ATELIER.territoire,
        lieu=LIEU_ATELIER,
        public="les personnes venues à l’atelier",
        demandeur="L’équipe des ateliers cuisine",
        raison="Préparer un prochain atelier qui vous plaît.",
        etat=EtatCollecte.CLOSE,
    ),
    # Nobody has answered yet: it is there to run an atelier with (docs/guide-atelier.md).
    Scenario(
        nom="prochains-ateliers",
        questionnaire="atelier",
        titre="Votre avis sur l’atelier",
        territoire=LIEU_ATELIER.territoire,
        lieu=LIEU_ATELIER,
        public="les personnes venues à l’atelier",
        demandeur="L’équipe des ateliers cuisine",
        raison="Préparer un prochain atelier qui vous plaît.",
        debut=-1,
        profil="ordinaire",  # a sensitive one shows nothing on the wall
    ),
    Scenario(
        nom="ateliers",
        questionnaire="atelier",
        titre="Votre avis sur les ateliers, dans dix territoires",
        territoire="32",
        public="les personnes venues à un atelier",
        demandeur="La coordination des ateliers",
        raison="Savoir ce qui vous a plu, et où.",
        etat=EtatCollecte.CLOSE,
    ),
    Scenario(
        nom="benevoles",
        questionnaire="benev",
        titre="Vos besoins de bénévole",
        territoire="32",
        public="les bénévoles des épiceries et des associations",
        demandeur="La coordination des solidarités alimentaires",
        raison="Choisir les formations qui vous seront utiles.",
        etat=EtatCollecte.PREPARATION,
        debut=20,
    ),
    Scenario(
        nom="cuisine",
        questionnaire="cuis",
        titre="Cuisiner à la maison",
        territoire="200044618",
        public="les personnes inscrites aux ateliers cuisine",
        demandeur="L’équipe des ateliers cuisine",
        raison="Choisir les recettes des prochains ateliers.",
        etat=EtatCollecte.EN_PAUSE,
    ),
    # In the invented territoire of ``tableau1``: read beside its caseload, and told to who answered.
    Scenario(
        nom="qui-repond",
        questionnaire="profil",
        titre="Vous, en quelques mots",
        territoire=LIEU_PROFIL.territoire,
        lieu=LIEU_PROFIL,
        public="les personnes qui viennent à l’épicerie",
        demandeur="L’équipe de l’épicerie",
        raison="Savoir qui nous entendons, et qui nous n’entendons pas.",
        etat=EtatCollecte.CLOSE,
    ),
    Scenario(
        nom=RENDUE,
        questionnaire="pouvoir",
        titre="Votre avis compte-t-il ici\u00a0?",
        territoire=LIEU_ECOUTE.territoire,
        lieu=LIEU_ECOUTE,
        public="les personnes qui viennent à l’épicerie",
        demandeur="L’équipe de l’épicerie",
        raison="Savoir si votre avis change quelque chose.",
        etat=EtatCollecte.CLOSE,
    ),
)


def preparer(scenario: Scenario, version: VersionQuestionnaire, par: Compte) -> Collecte:
    """Prepare the collecte of a scenario, or find it as an earlier run left it."""
    deja = Collecte.objects.filter(nom=scenario.nom).first()
    if deja is not None:
        return deja
    aujourdhui = timezone.localdate()
    projet = ProjetCollecte(
        nom=scenario.nom,
        titre=scenario.titre,
        version=version,
        territoire=territoire_de_code(scenario.territoire),
        structure=structure_de(scenario.lieu) if scenario.lieu else None,
        unite=scenario.unite,
        public=scenario.public,
        demandeur=scenario.demandeur,
        raison=scenario.raison,
        traductions=TRADUCTIONS.get(scenario.nom, {}),
        ouvre_le=aujourdhui + timedelta(days=scenario.debut),
        ferme_le=aujourdhui + timedelta(days=scenario.fin),
        langues=tuple(version.definition["langues"]),
        modes=(Mode.TELEPHONE, Mode.TABLETTE),
        fictive=scenario.fictive,
        profil=scenario.profil,
    )
    collecte = preparer_collecte(projet=projet, par=par)
    if scenario.etat == EtatCollecte.PREPARATION:
        return collecte
    return ouvrir_collecte(collecte=collecte, par=par)


def mener(collecte: Collecte, etat: EtatCollecte, par: Compte) -> None:
    """Count the answers together, and bring the collecte to the state of its scenario.

    A collecte that somebody has closed while trying the demonstration stays closed.
    """
    if collecte.etat == EtatCollecte.CLOSE:
        return
    if etat == EtatCollecte.EN_PAUSE:
        mettre_en_pause(collecte=collecte, par=par)
    elif etat == EtatCollecte.CLOSE:
        clore_collecte(collecte=collecte, par=par)
    elif etat == EtatCollecte.OUVERTE and collecte.passations.terminees().exists():
        arreter_releve(collecte=collecte, numero=1, par=par)


def peupler(
    collecte: Collecte, lieux: Sequence[Lieu], par: Compte, *, ensemble: bool = False
) -> None:
    """Let invented people answer, each through the link of their structure.

    A run that was cut short is completed: who had sent is left alone, who had begun goes on.
    """
    deja = dict(collecte.passations.values_list("pk", "etat"))
    acces = {lieu: _acces(collecte, lieu, par) for lieu in lieux}
    questionnaire = collecte.version.questionnaire.code
    remplir_tous(
        [
            (acces[personne.lieu], personne)
            for personne in personnes(collecte.nom, lieux, questionnaire, collecte.ouvre_le)
            if deja.get(personne.id) != EtatPassation.TERMINEE
            and not (personne.quitte_apres is not None and personne.id in deja)
        ],
        ensemble=ensemble,
    )
    aujourdhui = timezone.localdate()
    jours = {
        identifiant: aujourdhui - timedelta(days=identifiant.int % NB_JOURS)
        for identifiant in collecte.passations.non_relevees().values_list("pk", flat=True)
    }
    dater_passations_fictives(collecte=collecte, jours=jours, par=par)


def peupler_en_deux_fois(
    collecte: Collecte,
    lieux: Sequence[Lieu],
    de_plus: Sequence[int],
    par: Compte,
    *,
    ensemble: bool = False,
) -> None:
    """Let invented people answer, count them, then let others come: there are two closings to see."""
    if not collecte.releves.exists():
        peupler(collecte, lieux, par, ensemble=ensemble)
        arreter_releve(collecte=collecte, numero=1, par=par)
    ensuite = [
        replace(lieu, effectif=lieu.effectif + plus)
        for lieu, plus in zip(lieux, de_plus, strict=True)
        if plus
    ]
    peupler(collecte, ensuite, par, ensemble=ensemble)


def _acces(collecte: Collecte, lieu: Lieu, par: Compte) -> Acces:
    if collecte.structure_id is not None:
        return collecte.acces.get(principal=True)
    structure = structure_de(lieu)
    return ajouter_acces(
        collecte=collecte, territoire=structure.territoire, structure=structure, par=par
    )
