"""« Je préfère ne pas répondre » ticked beside what is typed: neither is dropped unsaid (ADR 0151)."""

import pytest

from enquetes.models import Passation
from tests import builders
from tests.integration.enquetes.test_passation import PETIT
from tests.navigateur import Personne

pytestmark = pytest.mark.django_db


@pytest.fixture
def personne():
    collecte = builders.une_collecte_ouverte(
        version=builders.une_version(PETIT), langues=("fr", "ar")
    )
    return Personne().ouvrir(f"/r/{builders.lien_principal(collecte).jeton}/")


@pytest.mark.parametrize(("etape", "tape"), [("foyer", "4"), ("foyer", "quatre"), ("mots", "Oui")])
def test_what_is_typed_beside_a_refusal_is_kept_and_asked_about(personne, etape, tape):
    """Ticked first, then changed their mind: neither goes without a word."""
    personne.suivre("Commencer").repondre({"venu": "non"})
    if etape == "mots":
        personne.repondre({"foyer": "2"})
    ici = personne.repondre({f"{etape}.pnr": "on"}).suivre("Retour").adresse
    personne.repondre({etape: tape})
    assert "ne va pas avec ce que vous avez écrit. Retirez l’un des deux." in personne.texte
    assert (personne.saisie()[etape], personne.saisie()[f"{etape}.pnr"]) == (tape, ["on"])
    assert Passation.objects.get().reponses[etape] == "_pnr"
    personne.ouvrir(ici).repondre({f"{etape}.pnr": [], etape: "4"})
    assert str(Passation.objects.get().reponses[etape]) == "4"


def test_a_shared_device_asks_too():
    collecte = builders.une_collecte_ouverte(version=builders.une_version(PETIT))
    tablette = Personne().ouvrir(f"/k/{builders.lien_principal(collecte).jeton}/").repondre()
    tablette.repondre({"venu": "non"}).repondre({"foyer.pnr": "on", "foyer": "4"})
    assert "Retirez l’un des deux." in tablette.texte
    assert (tablette.saisie()["foyer"], tablette.saisie()["foyer.pnr"]) == ("4", ["on"])
