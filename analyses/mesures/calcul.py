"""Every indicator of a programme, or of a territoire with what is inside it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from analyses.indicateurs.catalogue import catalogue
from analyses.indicateurs.formule.analyse import lire
from analyses.indicateurs.formule.arbre import Formule
from analyses.indicateurs.formule.calcul import TERRITOIRE, Donnees
from analyses.indicateurs.indicateur import Forme, Indicateur, MiseEnCommun
from analyses.indicateurs.mesure import CACHE, Mesure, mesurer, moyenne_des_taux
from analyses.indicateurs.registres import REGISTRES
from analyses.models import IndicateurPropre, Programme
from voix.comptes.models import Territoire

from .lignes import Lecteur, Ligne
from .protection import Noms, est_montre, mesure_protegee, tableau_de
from .reponses import encadrer, lire_enquetes, lire_reponses
from .unites import rattacher, sont_contenues, unites_de


@dataclass(frozen=True, slots=True)
class Perimetre:
    """What is counted together: the territoires that are the units, and the programmes."""

    titre: str
    territoires: tuple[Territoire, ...]
    programmes: tuple[Programme, ...]
    fictif: bool = False
    est_un_programme: bool = False

    @property
    def noms(self) -> Noms:
        """Return the code and the name of each territoire."""
        return {t.pk: (f"{t.niveau}-{t.code}", t.nom) for t in self.territoires}


def perimetre_du_programme(programme: Programme) -> Perimetre:
    """Return the territoires of a programme."""
    membres = tuple(programme.territoires.order_by("chemin"))
    return Perimetre(
        programme.titre, membres, (programme,), programme.fictif, est_un_programme=True
    )


def perimetre_du_territoire(territoire: Territoire) -> Perimetre:
    """Return a territoire, with its units and their programmes."""
    unites = unites_de(territoire)
    programmes = tuple(Programme.objects.filter(territoires__in=unites).distinct())
    fictif = bool(programmes) and all(p.fictif for p in programmes)
    return Perimetre(territoire.nom, unites, programmes, fictif)


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
    perimetre: Perimetre, indicateurs: Sequence[Indicateur], au: date | None = None
) -> Donnees:
    """Read what these indicators need, table by table, once; as it was on the day ``au``."""
    formules = [f for i in indicateurs if not i.absent for f in _formules(i)]
    voulues = frozenset().union(*(f.tables for f in formules))
    return donnees_des_tables(perimetre, voulues, au, formules)


def donnees_des_tables(
    perimetre: Perimetre,
    noms: frozenset[str],
    au: date | None = None,
    formules: Sequence[Formule] = (),
) -> Donnees:
    """Read tables by their names; answers are those of the questions that formulas name."""
    ids = [t.pk for t in perimetre.territoires]
    unites = rattacher(perimetre.territoires)
    lecteur = Lecteur(unites, [p.pk for p in perimetre.programmes], au)
    tables: dict[str, Sequence[Ligne]] = {n: lecteur.lire(n) for n in REGISTRES if n in noms}
    if "reponses" in noms:
        tables["reponses"] = lire_reponses(formules, unites)
    if "enquetes" in noms:
        tables["enquetes"] = lire_enquetes(unites)
    tables["territoires"] = [{TERRITOIRE: pk} for pk in ids]
    return Donnees(tables)


def _formules(indicateur: Indicateur) -> list[Formule]:
    return [indicateur.lue, *(lire(texte) for _, texte in indicateur.details)]


def mesurer_tout(
    perimetre: Perimetre, indicateurs: Sequence[Indicateur] | None = None
) -> list[Mesure]:
    """Return the measure of each indicator, protected where it is about persons."""
    voulus = indicateurs_de(perimetre) if indicateurs is None else list(indicateurs)
    donnees = donnees_de(perimetre, voulus)
    return [_mesure(indicateur, donnees, perimetre) for indicateur in voulus]


def _mesure(indicateur: Indicateur, donnees: Donnees, perimetre: Perimetre) -> Mesure:
    if not indicateur.personnes or indicateur.absent:
        mesure = mesurer(indicateur, donnees)
        mis_ensemble = indicateur.forme == Forme.PART and (
            indicateur.mise_en_commun == MiseEnCommun.ENSEMBLE
        )
        if not mis_ensemble or indicateur.absent or len(perimetre.territoires) == 1:
            return mesure
        return replace(mesure, moyenne=moyenne_des_taux(indicateur, donnees))
    if "reponses" in indicateur.lue.tables:
        # Displayed tables only: they are protected already, and a hidden count stops the sum.
        return _des_reponses(indicateur, donnees)
    mesure = mesure_protegee(indicateur, donnees, perimetre.noms)
    if mesure.k is None or perimetre.est_un_programme:
        return mesure
    return mesure if _peut_se_dire(indicateur, perimetre) else Mesure(indicateur, motif=CACHE)


def _des_reponses(indicateur: Indicateur, donnees: Donnees) -> Mesure:
    mesure = mesurer(indicateur, donnees)
    entre = encadrer(indicateur, donnees) if mesure.motif == CACHE else None
    if entre is None:
        return mesure
    motif = (
        f"Entre {entre[0]} et {entre[1]}\u00a0%\u00a0: le chiffre exact est masqué pour protéger "
        "les personnes."
    )
    return replace(mesure, entre=entre, motif=motif)


def _peut_se_dire(indicateur: Indicateur, perimetre: Perimetre) -> bool:
    """Return whether the figure of a territoire gives nobody else's by subtraction.

    Every unit stands alone in each programme that it is part of; several units that are not a whole
    programme each stand alone; and no unit lies inside another whose figure contains it.
    """
    noms = perimetre.noms
    entier = False
    for programme in perimetre.programmes:
        autre = perimetre_du_programme(programme)
        if set(autre.noms) <= set(noms):
            entier = entier or set(autre.noms) == set(noms)
        elif not _tous_montres(indicateur, autre, set(noms) & set(autre.noms)):
            return False
    if not entier and len(noms) > 1 and not _tous_montres(indicateur, perimetre, set(noms)):
        return False
    return not sont_contenues(perimetre.territoires)


def _tous_montres(indicateur: Indicateur, perimetre: Perimetre, unites: set[int]) -> bool:
    noms = perimetre.noms
    protege = tableau_de(indicateur, donnees_de(perimetre, [indicateur]), noms)
    return all(est_montre(protege, indicateur, noms[pk][0]) for pk in unites)
