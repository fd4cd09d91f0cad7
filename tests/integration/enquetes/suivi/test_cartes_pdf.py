"""Cards as a file: every one opens its questionnaire, and nothing of it stays on the server."""

import json
from io import BytesIO
from typing import Any

import pytest
import typst
import zxingcpp
from django.urls import reverse
from PIL import Image

from enquetes.actions.suivi.cartes import carte_de_code, emettre_cartes
from enquetes.echanges import cartes as dessin
from enquetes.models import Carte
from tests import builders
from tests.suivi import une_cohorte
from voix.commun.pdf import polices
from voix.comptes.roles import Role

pytestmark = pytest.mark.django_db
ADRESSE = "https://voix.example/carte/"


def test_a_telephone_reads_each_card_of_two_sheets_and_each_opens_its_own_number():
    par, cohorte = builders.un_compte(), une_cohorte(cartes=0)
    imprimees = emettre_cartes(cohorte=cohorte, nombre=8, a_partir=1, par=par)
    donnees = dessin.donnees_de_cartes(
        cohorte, [(une.numero, une.code) for une in imprimees], adresse=ADRESSE, dates="01/2027"
    )
    pages: Any = typst.compile(
        dessin.MODELE,
        format="png",
        ppi=150,
        font_paths=[polices()],
        ignore_system_fonts=True,
        sys_inputs={"donnees": json.dumps(donnees)},
    )
    assert len(pages) == 2
    lus = [
        code.text for page in pages for code in zxingcpp.read_barcodes(Image.open(BytesIO(page)))
    ]
    assert all(lu.startswith(f"{ADRESSE}#") for lu in lus)
    trouvees = [carte_de_code(lu.split("#")[1]) for lu in lus]
    assert sorted(carte.numero for carte in trouvees if carte) == list(range(1, 9))


def test_the_file_is_sent_once_accessible_and_not_kept(client):
    cohorte = une_cohorte(cartes=0, par=builders.un_compte())
    client.force_login(builders.un_compte(Role.DIETETIQUE, email="diet@exemple.fr"))
    envoi = {"a_partir": "1", "nombre": "7", "format": "pdf"}
    page = client.post(reverse("enquetes:imprimer_cartes", args=[cohorte.pk]), envoi)
    assert page["Content-Type"] == "application/pdf"
    assert "cartes-1-7.pdf" in page["Content-Disposition"]
    assert "no-store" in page["Cache-Control"]
    assert page.content.startswith(b"%PDF-")
    assert b"pdfuaid" in page.content
    assert Carte.objects.count() == 7
    encore = client.post(reverse("enquetes:imprimer_cartes", args=[cohorte.pk]), envoi)
    assert encore.status_code == 409
