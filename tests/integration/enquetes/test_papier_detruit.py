"""A sheet of paper does not last: its day is printed on each page, and noted once it is destroyed."""

from datetime import date

import pytest
from django.urls import reverse
from PIL import ImageChops

from enquetes.actions.papier import (
    Saisie,
    noter_destruction,
    resoudre_ecarts,
    saisir_encore,
    tirer_feuilles,
)
from enquetes.echanges.papier import feuille as dessin
from enquetes.parcours.definition import TexteRendu
from tests import builders
from tests.integration.enquetes.test_papier import images, la_route, une_salle
from voix.commun.erreurs import EtatIncompatible
from voix.comptes.models import Trace


@pytest.mark.parametrize(
    ("langue", "phrase"),
    [
        ("fr", "Cette feuille sera détruite au plus tard le\u00a0: 1er février 2027"),
        ("en", "This sheet will be destroyed by: 1 February 2027"),
        ("ar", "ستُتلف هذه الورقة في موعد أقصاه: 1 فبراير 2027"),
        ("uk", "Цей аркуш буде знищено не пізніше: 1 лютого 2027"),
    ],
)
def test_each_page_says_until_when_the_sheet_exists(langue, phrase):
    assert dessin._destruction(date(2027, 2, 1), langue)["texte"] == phrase
    a_remplir = dessin._destruction(None, langue)["texte"]
    assert a_remplir.endswith("____ / ____ / ________")
    assert "{jour}" not in a_remplir


def test_that_day_is_printed_on_every_page(monkeypatch):
    avec = images(la_route(), langue="fr", corps=20)
    monkeypatch.setattr(dessin, "_destruction", lambda *_: {**dessin._dit(TexteRendu("", "fr"))})
    sans = images(la_route(), langue="fr", corps=20)
    assert len(avec) == len(sans) >= 2
    for une, autre in zip(avec, sans, strict=True):
        boite = ImageChops.difference(une.convert("L"), autre.convert("L")).getbbox()
        # The foot of the page changed, and nothing else.
        assert boite is not None
        assert boite[1] > une.height * 0.85


@pytest.mark.django_db
def test_sheets_are_destroyed_once_nothing_needs_them_and_that_day_is_kept(client):
    seance, par = une_salle(1)
    client.force_login(par)
    adresse = reverse("enquetes:detruire_feuilles", args=[seance.pk])
    refusee = client.post(adresse, follow=True).content.decode()
    assert "Gardez encore les feuilles" in refusee
    tirer_feuilles(seance=seance, par=par)
    saisie = Saisie({"venu": "non", "fin": "Merci."}, ())
    feuille = saisir_encore(feuille=seance.feuilles.get(), saisie=saisie, par=builders.un_compte())
    with pytest.raises(EtatIncompatible, match="Gardez encore"):
        noter_destruction(seance=seance, par=par)
    resoudre_ecarts(feuille=feuille, retenues={"venu": "premiere"}, par=par)
    for _ in range(2):
        page = client.post(adresse, follow=True).content.decode()
        assert "Feuilles détruites le" in page
    assert Trace.objects.filter(verbe="noter_destruction").count() == 1
    with pytest.raises(EtatIncompatible, match="sont détruites"):
        builders.une_feuille(seance, {"venu": "oui"}, par=par)
