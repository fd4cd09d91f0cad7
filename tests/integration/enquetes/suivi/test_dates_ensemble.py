"""Two people move the days of two waves that touch, at the same time: the waves stay apart."""

from datetime import timedelta

import pytest

from enquetes.actions.collectes import prolonger_collecte
from enquetes.actions.suivi.dates import Jours, changer_dates, dates_de, en_texte
from enquetes.models import Rang
from tests import builders
from tests.entretemps import Entretemps
from tests.suivi import une_cohorte
from voix.commun.erreurs import ErreurVoix

pytestmark = pytest.mark.django_db(transaction=True)
JOUR = timedelta(days=1)


class Moment:
    """Coordination makes entrée longer; the dietician brings mi-parcours forward."""

    def __init__(self) -> None:
        self.par = builders.un_compte()
        self.cohorte = une_cohorte(par=self.par, cartes=0)
        dates = self.dates()
        entree, self.suivante = dates[Rang.ENTREE], dates[Rang.MI_PARCOURS]
        self.milieu = entree.ferme_le + (self.suivante.ouvre_le - entree.ferme_le) // 2
        self.vues = en_texte(dates)
        self.refus: list[str] = []

    def dates(self) -> dict[int, Jours]:
        vagues = self.cohorte.vagues.select_related("collecte").order_by("rang")
        return dates_de(list(vagues))

    def prolonger(self) -> None:
        collecte = self.cohorte.vague(Rang.ENTREE).collecte
        try:
            prolonger_collecte(collecte=collecte, ferme_le=self.milieu + 3 * JOUR, par=self.par)
        except ErreurVoix as refus:
            self.refus.append(refus.message)

    def avancer(self) -> None:
        voulus = Jours(self.milieu - 3 * JOUR, self.suivante.cible, self.suivante.ferme_le)
        try:
            changer_dates(
                cohorte=self.cohorte,
                dates={Rang.MI_PARCOURS.value: voulus},
                vues=self.vues,
                par=self.par,
            )
        except ErreurVoix as refus:
            self.refus.append(refus.message)

    def verifier(self) -> None:
        """One of the two is told why not."""
        dates = self.dates()
        assert dates[Rang.ENTREE].ferme_le < dates[Rang.MI_PARCOURS].ouvre_le
        assert len(self.refus) == 1


def test_a_wave_is_made_longer_while_the_next_one_is_brought_forward():
    ici = Moment()
    with Entretemps(ici.prolonger, "UPDATE", table="enquetes_collecte", attend=True):
        ici.avancer()
    ici.verifier()


def test_a_wave_is_brought_forward_while_the_one_before_is_made_longer():
    ici = Moment()
    with Entretemps(ici.avancer, "UPDATE", table="enquetes_collecte", attend=True):
        ici.prolonger()
    ici.verifier()
