"""Every indicator of a programme, or of a territoire with what is inside it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from analyses.indicateurs.catalogue import catalogue
from analyses.indicateurs.formule.analyse import lire
from analyses.indicateurs.formule.arbre import Formule
from analyses.indicateurs.formule.calcul import Donnees
from analyses.indicateurs.indicateur import Forme, Indicateur, MiseEnCommun
from analyses.indicateurs.mesure import CACHE, Mesure, mesurer, moyenne_des_taux
from analyses.indicateurs.personnes import codes_lus, question_lue
from analyses.models import IndicateurPropre

from .autour import Gardien
from .dire import motif_de
from .lignes import Lecteur
from .perimetre import Perimetre, donnees_des_tables
from .protection import sans_intervalle
from .reponses import encadrer
from .suivis import Suivis


def indicateurs_de(perimetre: Perimetre) -> list[Indicateur]:
    """Return the bundled indicators, then those written for these territoires or around them."""
    chemins = {t.chemin for t in perimetre.territoires} | {
        p.territoire.chemin for p in perimetre.programmes if perimetre.est_un_programme
    }
    propres = [
        propre.lu()
        for propre in IndicateurPropre.objects.select_related("territoire")
        if any(chemin.startswith(propre.territoire.chemin) for chemin in chemins)
    ]
    return [*catalogue(), *propres]


def donnees_de(
    perimetre: Perimetre,
    indicateurs: Sequence[Indicateur],
    au: date | None = None,
    lecteur: Lecteur | None = None,
) -> Donnees:
    """Read what these indicators need, table by table, once; as it was on the day ``au``."""
    formules = [f for i in indicateurs if not (i.absent or i.suivi) for f in _formules(i)]
    voulues = frozenset().union(*(f.tables for f in formules))
    return donnees_des_tables(perimetre, voulues, au, formules, lecteur)


def _formules(indicateur: Indicateur) -> list[Formule]:
    return [indicateur.lue, *(lire(texte) for _, texte in indicateur.details)]


def mesurer_tout(
    perimetre: Perimetre, indicateurs: Sequence[Indicateur] | None = None
) -> list[Mesure]:
    """Return the measure of each indicator, protected where it is about persons."""
    voulus = indicateurs_de(perimetre) if indicateurs is None else list(indicateurs)
    donnees = donnees_de(perimetre, voulus)
    gardien, suivis = Gardien(perimetre, donnees), Suivis(perimetre)
    return [
        suivis.mesurer(indicateur) if indicateur.suivi else _mesure(indicateur, donnees, gardien)
        for indicateur in voulus
    ]


def _mesure(indicateur: Indicateur, donnees: Donnees, gardien: Gardien) -> Mesure:
    if not indicateur.personnes or indicateur.absent:
        mesure = mesurer(indicateur, donnees)
        mis_ensemble = indicateur.forme == Forme.PART and (
            indicateur.mise_en_commun == MiseEnCommun.ENSEMBLE
        )
        if not mis_ensemble or indicateur.absent or len(gardien.perimetre.territoires) == 1:
            return mesure
        return replace(mesure, moyenne=moyenne_des_taux(indicateur, donnees))
    if indicateur.lue.numerateur.table == "reponses":
        # Displayed tables only: they are protected already, and a hidden count stops the sum.
        return _des_reponses(indicateur, donnees)
    return gardien.mesurer(indicateur)


SANS_TABLE: Final = (
    "Rien n’est encore saisi\u00a0: aucune réponse à cette question n’est publiée ici."
)


def _des_reponses(indicateur: Indicateur, donnees: Donnees) -> Mesure:
    if not _ont_une_table(indicateur, donnees):
        # Nobody answered there, or nothing is published yet: that is not « 0 personne ».
        return Mesure(indicateur, motif=SANS_TABLE)
    mesure = mesurer(indicateur, donnees)
    entre = encadrer(indicateur, donnees) if mesure.motif == CACHE else None
    if entre is None:
        return sans_intervalle(mesure)
    return replace(mesure, entre=entre, motif=motif_de(entre))


def _ont_une_table(indicateur: Indicateur, donnees: Donnees) -> bool:
    """Return whether a displayed table has the question of each measure, and one answer it names."""
    lignes = donnees.lignes("reponses")
    return all(
        (siens := {li["code"] for li in lignes if (li["questionnaire"], li["question"]) == lue})
        and (not codes_lus(mesure) or codes_lus(mesure) & siens)
        for mesure in indicateur.lue.mesures
        if (lue := question_lue(mesure))
    )
