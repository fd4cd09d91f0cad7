"""What arrives in a séance: what adds up with its report, and what comes after its closing."""

from datetime import date, time
from uuid import uuid4

import pytest
from django.urls import reverse

from enquetes.actions.papier import Saisie, saisir_feuille
from enquetes.actions.passations import enregistrer_page, terminer_passation
from enquetes.actions.rapports import completer_rapport, rapprocher
from enquetes.actions.seances import clore_seance, ouvrir_seance
from enquetes.models import Acces, Passation
from tests import builders
from tests.integration.enquetes.test_mains_levees import SALLE

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("annonce", "recues", "papier", "dits"),
    [
        (
            {"reponses_tablette": 14, "reponses_papier": 2},
            23,
            1,
            ["9 de plus", "1 saisies", "une"],
        ),
        (
            {"reponses_tablette": 5, "reponses_papier": 4},
            5,
            1,
            ["4 annoncées, 1 saisies", "reste 3"],
        ),
        ({"reponses_papier": 1}, 0, 2, ["1 annoncées, 2 saisies. Corrigez"]),
        ({"reponses_tablette": 3}, 1, 2, ["Il en manque 2"]),
        ({"reponses_tablette": 3}, 3, 4, []),
    ],
)
def test_what_does_not_add_up_is_said_and_what_to_do(client, annonce, recues, papier, dits):
    par = builders.un_compte()
    client.force_login(par)
    collecte = builders.une_collecte_ouverte(par=par)
    seance = ouvrir_seance(seance=builders.une_seance(collecte=collecte, par=par), par=par)
    builders.des_passations(collecte, recues, acces=seance.acces)
    builders.des_passations(collecte, papier, acces=seance.acces, mode="papier")
    completer_rapport(seance=seance, valeurs=annonce, par=par)
    page = client.get(reverse("enquetes:rapport", args=[seance.pk])).content.decode()
    assert [dit for dit in dits if dit not in page] == []
    assert bool(rapprocher(seance).remarques) == bool(dits)


def test_days_and_hours_of_the_report_are_written_as_french_says_them(client):
    par = builders.un_compte()
    client.force_login(par)
    seance = builders.une_seance(par=par)
    dits = {"implication": 2, "preuve": "affiche", "preuve_le": date(2026, 11, 27)}
    completer_rapport(seance=seance, valeurs=dits | {"debut": time(14, 5)}, par=par)
    page = client.get(reverse("enquetes:rapport", args=[seance.pk])).content.decode()
    assert "27 novembre 2026" in page
    assert "14\u00a0h\u00a005" in page
    assert "2026-11-27" not in page


def test_what_is_sent_page_by_page_or_typed_after_the_closing_is_marked_late():
    par = builders.un_compte()
    collecte = builders.une_collecte_ouverte(par=par, version=builders.une_version(SALLE))
    seance = ouvrir_seance(seance=builders.une_seance(collecte=collecte, par=par), par=par)
    tot, tard = uuid4(), uuid4()
    page = collecte.version.lue().pages[0]
    for cle in (tot, tard):
        enregistrer_page(
            passation_id=cle,
            acces=seance.acces,
            page=page,
            valeurs={page.questions[0].code: "oui"},
            langue="fr",
        )
    terminer_passation(passation_id=tot, acces=Acces.objects.get(seance=seance))
    clore_seance(seance=seance, par=par)
    terminer_passation(passation_id=tard, acces=Acces.objects.get(seance=seance))
    feuille = saisir_feuille(
        seance=seance,
        cle=uuid4(),
        saisie=Saisie({page.questions[0].code: "oui"}, ()),
        langue="fr",
        par=par,
    )
    tardives = Passation.objects.filter(tardive=True).values_list("pk", flat=True)
    assert set(tardives) == {tard, feuille.passation_id}
