"""One card, two devices at the same moment: what either sent is never destroyed, and nobody gets an error.

The other device acts, on a connection of its own, just before a statement of the telephone's sending.
PostgreSQL lets it; SQLite makes it wait for the end of the sending, and it comes second.
"""

from uuid import uuid4

import pytest
from django.db import connection

from enquetes.actions import boite
from enquetes.actions.passations import (
    abandonner_brouillon,
    enregistrer_page,
    terminer_passation,
)
from enquetes.actions.suivi.cartes import carte_de_code, passation_de
from enquetes.actions.suivi.envois import DejaEnvoye, envoyer_avec_carte
from enquetes.models import Enveloppe, EtatEnveloppe, Motif, Passation, Rang
from tests import builders
from tests.boite import enveloppe, poser_la_cle
from tests.entretemps import Entretemps
from tests.suivi import une_carte, une_cohorte
from voix.commun.erreurs import SaisieInvalide

pytestmark = pytest.mark.django_db(transaction=True)

ICI, AILLEURS = {"a3": "1"}, {"a3": "7"}
AVANT = ["DELETE", "INSERT"]


class Famille:
    """One card that began on its telephone, and may answer on the structure's tablet."""

    def __init__(self) -> None:
        poser_la_cle()
        cohorte = une_cohorte(cartes=0)
        self.code = une_carte(cohorte).code
        vague = cohorte.vague(Rang.ENTREE)
        self.carte = carte_de_code(self.code)
        self.acces = builders.lien_principal(vague.collecte)
        self.sienne, self.brouillon = passation_de(self.carte, vague), uuid4()
        self.garder(self.brouillon, ICI)

    def garder(self, identifiant, valeurs):
        page = self.acces.collecte.version.lue().pages[0]
        enregistrer_page(
            passation_id=identifiant, acces=self.acces, page=page, valeurs=valeurs, langue="fr"
        )

    def sceller(self):
        contenu = {"champs": {"a3": ["7"]}, "langue": "fr", "carte": self.code}
        contenu["lien"] = self.acces.jeton
        item = enveloppe(self.acces, contenu=contenu)
        boite.recevoir(items=[item], acces=self.acces, appareil=None)

    def envoyer(self) -> bool:
        """Send from the telephone; return whether it is told that its answers were taken."""
        try:
            envoyer_avec_carte(passation_id=self.brouillon, acces=self.acces, carte=self.carte)
        except DejaEnvoye:
            return False
        return True


@pytest.fixture
def famille():
    return Famille()


@pytest.mark.parametrize("avant", AVANT)
def test_what_the_kiosk_sends_meanwhile_stays(famille, avant):
    famille.garder(famille.sienne, AILLEURS)

    def terminer():
        terminer_passation(passation_id=famille.sienne, acces=famille.acces)

    with Entretemps(terminer, avant):
        prise = famille.envoyer()
    envoyee = Passation.objects.terminees().get()
    assert (envoyee.pk, envoyee.reponses) == (famille.sienne, ICI if prise else AILLEURS)
    assert prise == (connection.vendor == "sqlite")


@pytest.mark.parametrize("avant", AVANT)
def test_what_a_tablet_sends_meanwhile_stays_or_waits_for_somebody_to_decide(famille, avant):
    famille.sceller()
    with Entretemps(boite.balayer, avant):
        prise = famille.envoyer()
    envoyee, copie = Passation.objects.terminees().get(), Enveloppe.objects.get()
    assert (envoyee.pk, envoyee.reponses) == (famille.sienne, ICI if prise else AILLEURS)
    if prise:
        assert (copie.etat, copie.motif) == (EtatEnveloppe.QUARANTAINE, Motif.DEJA)
        assert copie.brute
    else:
        assert copie.etat == EtatEnveloppe.OUVERTE


@pytest.mark.parametrize("avant", AVANT)
def test_a_turn_begun_meanwhile_at_the_kiosk_does_not_keep_the_telephone_from_sending(
    famille, avant
):
    with Entretemps(lambda: famille.garder(famille.sienne, AILLEURS), avant):
        assert famille.envoyer()
    seule = Passation.objects.get()
    assert (seule.pk, seule.etat, seule.reponses) == (famille.sienne, "terminee", ICI)


def test_what_is_sent_while_drafts_are_thrown_away_is_kept_or_its_sender_is_told(famille):
    famille.garder(famille.sienne, AILLEURS)
    dits = []

    def terminer():
        try:
            terminer_passation(passation_id=famille.sienne, acces=famille.acces)
            dits.append("pris")
        except SaisieInvalide:
            dits.append("rien à envoyer")

    with Entretemps(terminer, "DELETE", attend=True):
        abandonner_brouillon(passation_id=famille.sienne, acces=famille.acces)
    gardees = [p.reponses for p in Passation.objects.terminees()]
    assert gardees == ([AILLEURS] if dits == ["pris"] else [])
    assert dits


def test_refused_because_the_tablet_was_first_the_telephone_keeps_its_draft(famille):
    famille.sceller()
    boite.balayer()
    assert not famille.envoyer()
    assert Passation.objects.get(pk=famille.brouillon).reponses == ICI
