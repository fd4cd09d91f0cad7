"""Whether a figure about persons gives somebody else's, with those already shown around it."""

from collections.abc import Set
from functools import cached_property
from typing import Final

from analyses.indicateurs.formule.calcul import Donnees
from analyses.indicateurs.indicateur import Indicateur
from analyses.indicateurs.mesure import RIEN, Mesure, details_de
from analyses.models import Programme
from voix.comptes.models import Territoire

from .perimetre import Perimetre, donnees_des_tables, perimetre_du_programme
from .protection import Personnes, depuis_la_ligne, est_montre, est_vide, personnes_de
from .unites import sont_contenues

DEDANS: Final = (
    "Masqué pour protéger les personnes\u00a0: un territoire est à l’intérieur d’un autre, qui compte "
    "aussi ses personnes. Vérifiez l’arbre des territoires."
)
AUTOUR: Final = (
    "Masqué pour protéger les personnes\u00a0: avec les chiffres montrés autour, on retrouverait un "
    "petit nombre."
)


class Gardien:
    """Measures the indicators about persons of one perimeter; each table is protected once."""

    def __init__(self, perimetre: Perimetre, donnees: Donnees) -> None:
        self.perimetre = perimetre
        self.donnees = donnees
        self._tables: dict[tuple[str, frozenset[int]], Personnes] = {}
        self._entiers: dict[str, Personnes] = {}

    def mesurer(self, indicateur: Indicateur) -> Mesure:
        """Return the measure of everybody, with nothing that could expose somebody."""
        details = details_de(indicateur, self.donnees)
        if est_vide(indicateur, self.donnees):
            return Mesure(indicateur, motif=RIEN, details=details)
        table = indicateur.lue.numerateur.table
        if table not in self._entiers:
            self._entiers[table] = personnes_de(
                table, self.donnees, self.perimetre.noms, par_territoire=False
            )
        entier = self._entiers[table]
        mesure = depuis_la_ligne(indicateur, entier, entier.tableau.total, details)
        if mesure.n is None and mesure.k is None:
            return mesure
        if self._sont_contenues:
            return Mesure(indicateur, motif=DEDANS, details=details)
        if not self._peut_se_dire(indicateur):
            return Mesure(indicateur, motif=AUTOUR, details=details)
        return mesure

    def _peut_se_dire(self, indicateur: Indicateur) -> bool:
        """Return whether this figure gives nobody else's by subtraction from another.

        Against each programme that has some of these territoires: all of them inside it, each
        stands alone there; some of them only, each stands alone in the two together. Several
        territoires that are no programme each stand alone. That none lies inside another is asked before.
        """
        siens = self.perimetre.territoires
        ici = frozenset(siens)
        for autre in self._programmes_autour:
            la = frozenset(autre)
            if la <= ici:
                continue
            ensemble = autre if ici <= la else tuple(ici | la)
            voulus = ici if ici <= la else ici | la
            if not self._tous_montres(indicateur, ensemble, voulus):
                return False
        entier = any(frozenset(autre) == ici for autre in self._programmes_autour)
        return entier or len(ici) == 1 or self._tous_montres(indicateur, siens, ici)

    @cached_property
    def _sont_contenues(self) -> bool:
        return sont_contenues(
            self.perimetre.territoires, aussi_les_registres=not self.perimetre.est_un_programme
        )

    @cached_property
    def _programmes_autour(self) -> list[tuple[Territoire, ...]]:
        """The territoires of each programme that has one of these."""
        ids = [t.pk for t in self.perimetre.territoires]
        programmes = Programme.objects.filter(territoires__in=ids).distinct()
        return [perimetre_du_programme(programme).territoires for programme in programmes]

    def _tous_montres(
        self, indicateur: Indicateur, ensemble: tuple[Territoire, ...], voulus: Set[Territoire]
    ) -> bool:
        table = indicateur.lue.numerateur.table
        cle = (table, frozenset(t.pk for t in ensemble))
        autour = Perimetre("", tuple(sorted(ensemble, key=lambda t: t.chemin)), ())
        if cle not in self._tables:
            donnees = donnees_des_tables(autour, frozenset({table}))
            self._tables[cle] = personnes_de(table, donnees, autour.noms)
        noms = autour.noms
        return all(est_montre(self._tables[cle], indicateur, noms[t.pk][0]) for t in voulus)
