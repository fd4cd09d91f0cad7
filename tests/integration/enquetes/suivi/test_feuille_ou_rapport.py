"""A late sheet is copied while the report of its wave is made: it is counted, or it is told, never lost."""

from uuid import uuid4

import pytest

from analyses.actions.changements import arreter_changement
from analyses.models import Changement
from enquetes.actions.passations import enregistrer_page
from enquetes.actions.suivi.cartes import passation_de
from enquetes.actions.suivi.envois import VagueFinie, envoyer_avec_carte
from enquetes.models import Carte, EtatPassation, Passation, Rang
from tests import builders
from tests.entretemps import Entretemps
from tests.suivi import repondre, une_cohorte
from voix.commun.erreurs import EtatIncompatible

pytestmark = pytest.mark.django_db(transaction=True)

AUTRES = 12


class Moment:
    """A finished wave: twelve families answered it, the sheet of a thirteenth is being copied."""

    def __init__(self) -> None:
        self.par = builders.un_compte()
        self.cohorte = une_cohorte(par=self.par, cartes=AUTRES + 1, vague_du_jour=Rang.SORTIE)
        cartes = list(self.cohorte.cartes.order_by("numero"))
        for carte in cartes:
            carte.cohorte = self.cohorte
            repondre(carte, Rang.ENTREE, {"a3": "1"})
        for carte in cartes[:AUTRES]:
            repondre(carte, Rang.MI_PARCOURS, {"a3": "4"})
        self.carte: Carte = cartes[-1]
        self.vague = self.cohorte.vague(Rang.MI_PARCOURS)
        self.acces, self.brouillon = builders.lien_principal(self.vague.collecte), uuid4()
        page = self.acces.collecte.version.lue().pages[0]
        enregistrer_page(
            passation_id=self.brouillon,
            acces=self.acces,
            page=page,
            valeurs={"a3": "2"},
            langue="fr",
        )
        self.copiee = self.refusee = False

    def copier(self) -> None:
        """Send the copied sheet, or be told that it is too late."""
        try:
            envoyer_avec_carte(
                passation_id=self.brouillon, acces=self.acces, carte=self.carte, papier=True
            )
            self.copiee = True
        except VagueFinie:
            self.refusee = True

    def faire(self) -> None:
        """Make the report, or be told to make it again."""
        try:
            arreter_changement(cohorte=self.cohorte, rang=Rang.MI_PARCOURS, par=self.par)
        except EtatIncompatible as refus:
            assert "pendant la préparation" in refus.message  # noqa: PT017  (whichever comes first)

    def verifier(self) -> None:
        """Nothing is in the database that a report does not count, and nobody was told otherwise."""
        assert self.copiee != self.refusee
        siennes = Passation.objects.filter(
            pk=passation_de(self.carte, self.vague), etat=EtatPassation.TERMINEE
        )
        assert siennes.exists() == self.copiee
        if not Changement.objects.exists():
            assert self.copiee
            self.faire()  # asked again, it counts the sheet
        assert Changement.objects.get().nombre == AUTRES + self.copiee
        if self.refusee:
            assert Passation.objects.get(pk=self.brouillon).reponses == {"a3": "2"}


@pytest.mark.parametrize(
    ("avant", "table", "attend"),
    [("INSERT", "analyses_changement", False), ("UPDATE", "enquetes_collecte", True)],
    ids=["before-the-waves-are-held", "while-they-are-closed"],
)
def test_a_sheet_sent_while_the_report_is_written(avant, table, attend):
    ici = Moment()
    with Entretemps(ici.copier, avant, table=table, attend=attend):
        ici.faire()
    ici.verifier()


def test_a_report_asked_for_while_a_sheet_is_sent():
    ici = Moment()
    with Entretemps(ici.faire, "INSERT", attend=True):
        ici.copier()
    assert ici.copiee
    ici.verifier()
