"""The sheet of paper: from the same definition, at every size, in every language, on every page its QR."""

import json
import re
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import pytest
import typst
import zxingcpp
from django.db import IntegrityError, transaction
from django.urls import reverse
from PIL import Image

from enquetes import bibliotheque
from enquetes.actions.papier import (
    Saisie,
    bilan,
    ecarts,
    resoudre_ecarts,
    saisir_encore,
    tirer_feuilles,
)
from enquetes.actions.retention import purger_reponses
from enquetes.actions.seances import ouvrir_seance
from enquetes.echanges.papier import feuille as dessin
from enquetes.echanges.papier.frappe import FrappeFausse, lire_frappe
from enquetes.echanges.papier.numeros import CORPS, cases
from enquetes.echanges.papier.renvois import renvoi
from enquetes.models import Collecte, FeuilleSaisie, Passation
from enquetes.parcours.definition import Definition
from enquetes.parcours.lecture import definition_depuis
from tests import builders
from tests.integration.enquetes.test_mains_levees import SALLE
from tests.pdf import verifier_pdf
from voix.commun.erreurs import AccesRefuse, EtatIncompatible, SaisieInvalide
from voix.commun.pdf import polices
from voix.comptes.models import Trace
from voix.comptes.roles import Role

ROUTE = {
    "format": "voix-questionnaire/1",
    "code": "route",
    "titre": {"fr": "La route", "ar": "الطريق"},
    "langues": ["fr", "ar"],
    "pages": [
        {
            "code": "mot",
            "questions": [{"code": "mot", "type": "information", "texte": {"fr": "Bonjour."}}],
        },
        {
            "code": "venu",
            "questions": [{"code": "venu", "type": "oui_non", "texte": {"fr": "Venu ?"}}],
        },
        {
            "code": "age",
            "si": {"q": "venu", "eq": "non"},
            "questions": [{"code": "age", "type": "nombre", "texte": {"fr": "Âge ?"}}],
        },
        {
            "code": "jours",
            "si": {
                "all": [
                    {"q": "age", "ge": 18},
                    {"any": [{"q": "age", "le": 60}, {"not": {"q": "venu", "eq": "oui"}}]},
                ]
            },
            "questions": [{"code": "jours", "type": "jours", "texte": {"fr": "Jours ?"}}],
        },
        {
            "code": "fin",
            "questions": [
                {"code": "fin", "type": "texte_long", "texte": {"fr": "#panic() $x$ *"}}
            ],
        },
    ],
}


def la_route() -> Definition:
    return definition_depuis(ROUTE)


def images(definition: Definition, *, langue: str, corps: int) -> list[Image.Image]:
    """Return the pages as pictures, drawn from exactly what the PDF is drawn from."""
    donnees = dessin._donnees(definition, langue) | {"corps": corps, "reference": "VX1 essai 0123"}
    donnees["destruction"] = dessin._destruction(date(2027, 1, 26), langue)
    pages: Any = typst.compile(
        dessin.MODELE,
        format="png",
        ppi=110,
        font_paths=[polices()],
        ignore_system_fonts=True,
        sys_inputs={"donnees": json.dumps(donnees), "qr": dessin._qr("VX1 essai 0123")},
    )
    return [Image.open(BytesIO(une)) for une in (pages if isinstance(pages, list) else [pages])]


def test_skips_are_written_in_words_with_the_printed_numbers():
    definition = la_route()
    dites = {page.code: renvoi(definition, page, "fr") for page in definition.pages}
    assert dites["venu"] == dites["fin"] == ""
    assert dites["age"] == (
        "Seulement si vous avez répondu\u00a0: question\u00a01, case\u00a02 «\u00a0Non\u00a0». "
        "Sinon, passez à la question\u00a03."
    )
    assert dites["jours"] == (
        "Seulement si vous avez répondu\u00a0: question\u00a02, 18 ou plus et "
        "(question\u00a02, 60 ou moins ou autre chose que "
        "(question\u00a01, case\u00a01 «\u00a0Oui\u00a0»)). Sinon, passez à la question\u00a04."
    )
    assert "الخانة 2 «لا»" in renvoi(definition, definition.page("age"), "ar")


def test_a_scale_keeps_its_own_digits_and_a_list_is_numbered_from_one():
    definition = la_route()
    assert list(cases(definition.question("jours"))) == [
        "0",
        "1",
        "2",
        "3",
        "4",
        "5",
        "6",
        "7",
        "8",
    ]
    assert {n: c.code for n, c in cases(definition.question("venu")).items()} == {
        "1": "oui",
        "2": "non",
        "3": "nsp",
        "4": "nc",
        "5": "_pnr",
    }


@pytest.mark.parametrize("langue", ["fr", "ar"])
@pytest.mark.parametrize("corps", CORPS)
def test_every_page_carries_a_code_that_a_telephone_reads(corps, langue):
    definition = definition_depuis(
        ROUTE
        | {
            "pages": [
                {
                    "code": f"p{n}",
                    "questions": [
                        {"code": f"q{n}", "type": "jours", "texte": {"fr": f"Jours {n} ?"}}
                    ],
                }
                for n in range(6)
            ]
        },
    )
    pages = images(definition, langue=langue, corps=corps)
    assert len(pages) >= 2
    for page in pages:
        lus = zxingcpp.read_barcodes(page)
        assert [lu.text for lu in lus] == ["VX1 essai 0123"]


def test_the_file_is_accessible_and_the_same_each_time():
    pdf = dessin.feuille_pdf(la_route(), "0" * 64, langue="fr", corps=14)
    assert pdf == dessin.feuille_pdf(la_route(), "0" * 64, langue="fr", corps=14)
    assert pdf.startswith(b"%PDF-")
    assert b"pdfuaid" in pdf
    assert re.search(rb"/MarkInfo", pdf) or b"/StructTreeRoot" in pdf


def test_drawings_of_the_screen_are_on_the_sheet_and_several_is_said_once():
    definition = definition_depuis(bibliotheque.lire("besoins"))
    verifier_pdf(dessin.feuille_pdf(definition, "0" * 64, langue="fr", corps=14))
    donnees = dessin._donnees(definition, "fr")
    dessinees = [c for q in donnees["questions"] for c in q["cases"] if c["dessin"]]
    assert len(dessinees) > 10
    assert all(une["dessin"].startswith("<svg ") for une in dessinees)
    for question in donnees["questions"]:
        assert question["aide"]["texte"].count("cocher plusieurs") <= 1


@pytest.mark.django_db
def test_a_facilitator_downloads_the_sheet_of_a_seance_in_the_size_asked(client):
    par = builders.un_compte(role=Role.AMBASSADEUR)
    seance = builders.une_seance(
        collecte=builders.une_collecte_ouverte(version=builders.une_version(ROUTE)), par=par
    )
    client.force_login(par)
    page = client.get(reverse("enquetes:seance", args=[seance.pk])).content.decode()
    adresse = reverse("enquetes:feuille_de_seance", args=[seance.pk])
    assert f'action="{adresse}"' in page
    usuel = client.get(adresse)
    assert usuel["Content-Type"] == "application/pdf"
    assert "route-fr-14.pdf" in usuel["Content-Disposition"]
    grand = client.get(adresse, {"corps": "20", "langue": "ar"})
    assert "route-ar-20.pdf" in grand["Content-Disposition"]
    assert client.get(adresse, {"corps": "9²", "langue": "'"}).content == usuel.content


def une_salle(nombre: int = 0, definition: Any = ROUTE):
    """Return an open séance that asks ROUTE, its facilitator, and ``nombre`` sheets typed in."""
    par = builders.un_compte(role=Role.AMBASSADEUR, email="premiere@exemple.fr")
    collecte = builders.une_collecte_ouverte(version=builders.une_version(definition))
    seance = ouvrir_seance(seance=builders.une_seance(collecte=collecte, par=par), par=par)
    for _ in range(nombre):
        builders.une_feuille(seance, {"venu": "oui", "fin": "Merci."}, par=par)
    return seance, par


FRAPPE = {"q_venu": "2", "q_age": "41", "q_jours": "3", "q_fin": "-"}


@pytest.mark.django_db
def test_a_whole_sheet_is_typed_once_even_when_sent_twice(client):
    seance, par = une_salle()
    client.force_login(par)
    adresse = reverse("enquetes:saisir_feuille", args=[seance.pk])
    page = client.get(adresse).content.decode()
    cle = re.search(r'name="cle" value="([^"]+)"', page)[1]
    for _ in range(2):
        suite = client.post(adresse, FRAPPE | {"cle": cle}, follow=True)
        assert "Écrivez 1 en haut de cette feuille" in suite.content.decode()
    passation = Passation.objects.get()
    assert passation.reponses == {"venu": "non", "age": 41, "jours": "3"}
    assert (passation.mode, passation.etat, str(passation.pk)) == ("papier", "terminee", cle)
    assert FeuilleSaisie.objects.get().saisie_par == par


@pytest.mark.django_db
@pytest.mark.parametrize("genre", ["application/json", "text/plain", ""])
def test_a_sheet_that_is_no_form_is_refused_and_stores_nothing(client, genre):
    seance, par = une_salle()
    client.force_login(par)
    adresse = reverse("enquetes:saisir_feuille", args=[seance.pk])
    page = client.post(adresse, urlencode(FRAPPE).encode(), content_type=genre)
    assert page.status_code == 400
    assert "pas compris" in page.content.decode()
    assert not Passation.objects.exists()


@pytest.mark.django_db
def test_an_error_keeps_what_was_typed_and_hidden_questions_are_not_asked(client):
    seance, par = une_salle()
    client.force_login(par)
    adresse = reverse("enquetes:saisir_feuille", args=[seance.pk])
    page = client.post(adresse, FRAPPE | {"q_venu": "7", "q_fin": "gens d’ici"}).content.decode()
    assert "Tapez un numéro de case, de 1 à 5." in page
    assert 'value="7"' in page
    assert "gens d’ici" in page
    assert not Passation.objects.exists()
    client.post(adresse, {"q_venu": "1", "q_age": "", "q_jours": "", "q_fin": "?"})
    assert Passation.objects.get().reponses == {"venu": "oui"}
    assert FeuilleSaisie.objects.get().premiere["illisibles"] == ["fin"]
    oubliee = client.post(adresse, {"q_venu": "1", "q_fin": ""}).content.decode()
    assert "si rien n’est coché ni écrit" in oubliee
    assert 'href="#id_q_fin">4. ' in oubliee
    assert re.search(r'name="q_fin"[^>]*autofocus', oubliee)
    assert oubliee.count(" autofocus") == 1


@pytest.mark.django_db
def test_a_sheet_of_somebody_elses_seance_is_refused():
    seance, _ = une_salle()
    autre = builders.un_compte(role=Role.AMBASSADEUR, email="autre@exemple.fr")
    with pytest.raises(AccesRefuse):
        builders.une_feuille(seance, {"venu": "oui"}, par=autre)


@pytest.mark.django_db
@pytest.mark.parametrize(("feuilles", "tirees"), [(0, 0), (7, 7), (20, 20), (31, 20), (201, 21)])
def test_the_system_draws_a_tenth_twenty_at_least_and_twice_adds_none(feuilles, tirees):
    seance, par = une_salle(feuilles)
    assert tirer_feuilles(seance=seance, par=par) == tirees
    assert tirer_feuilles(seance=seance, par=par) == tirees
    assert seance.feuilles.filter(tiree=True).count() == tirees


@pytest.mark.django_db
def test_the_second_person_sees_nothing_of_the_first_entry_and_is_another_one(client):
    seance, par = une_salle()
    builders.une_feuille(seance, {"venu": "non", "age": 77, "fin": "SECRETA"}, par=par)
    tirer_feuilles(seance=seance, par=par)
    feuille = seance.feuilles.get()
    with pytest.raises(AccesRefuse, match="Une autre personne"):
        saisir_encore(feuille=feuille, saisie=Saisie({"venu": "oui"}, ()), par=par)
    with pytest.raises(IntegrityError), transaction.atomic():
        FeuilleSaisie.objects.update(seconde={}, seconde_le=feuille.saisie_le, seconde_par=par)
    client.force_login(builders.un_compte())
    page = client.get(reverse("enquetes:saisir_encore", args=[seance.pk, 1])).content.decode()
    assert "SECRETA" not in page
    assert (">77<" in page, '"77"' in page) == (False, False)
    assert "checked" not in page
    client.get(reverse("enquetes:feuilles_papier", args=[seance.pk]))
    suite = client.post(
        reverse("enquetes:saisir_encore", args=[seance.pk, 1]), FRAPPE | {"q_jours": "-"}
    )
    assert suite["Location"] == reverse("enquetes:feuilles_papier", args=[seance.pk])
    ecarts_page = client.get(reverse("enquetes:resoudre_ecarts", args=[seance.pk, 1]))
    assert "SECRETA" in ecarts_page.content.decode()


@pytest.mark.django_db
def test_beyond_one_in_a_hundred_the_whole_batch_is_typed_again():
    seance, par = une_salle(30)
    seconde = builders.un_compte()
    tirer_feuilles(seance=seance, par=par)
    for rang, feuille in enumerate(seance.feuilles.filter(tiree=True)):
        lue = {"venu": "oui" if rang else "nsp", "fin": "Merci."}
        saisir_encore(feuille=feuille, saisie=Saisie(lue, ()), par=seconde)
    assert (bilan(seance).compares, bilan(seance).differents) == (20, 1)
    assert seance.feuilles.filter(tiree=True).count() == 30


@pytest.mark.django_db
def test_a_difference_is_settled_and_both_entries_stay():
    seance, par = une_salle(1)
    seconde = builders.un_compte()
    tirer_feuilles(seance=seance, par=par)
    feuille = saisir_encore(
        feuille=seance.feuilles.get(),
        saisie=Saisie({"venu": "non", "age": 30, "fin": "Merci."}, ()),
        par=seconde,
    )
    assert [un.question.code for un in ecarts(feuille)] == ["venu", "age"]
    with pytest.raises(SaisieInvalide):
        resoudre_ecarts(feuille=feuille, retenues={"venu": "seconde"}, par=seconde)
    choix = {"venu": "seconde", "age": "seconde"}
    feuille = resoudre_ecarts(feuille=feuille, retenues=choix, par=seconde)
    assert Passation.objects.get().reponses == {"venu": "non", "age": 30, "fin": "Merci."}
    assert feuille.premiere["reponses"]["venu"] == "oui"
    assert feuille.seconde["reponses"]["venu"] == "non"
    assert Trace.objects.filter(verbe="resoudre_ecarts").exists()
    with pytest.raises(EtatIncompatible):
        resoudre_ecarts(feuille=feuille, retenues={**choix, "age": "premiere"}, par=seconde)


@pytest.mark.django_db
def test_the_end_of_retention_leaves_no_entry_behind():
    seance, _ = une_salle(1)
    collecte = seance.collecte
    Collecte.objects.filter(pk=collecte.pk).update(
        etat="close", close_le=datetime(2020, 1, 1, tzinfo=UTC)
    )
    purger_reponses(au=date(2026, 1, 1), par="purge")
    assert not FeuilleSaisie.objects.exists()
    assert Passation.objects.get().reponses == {}


@pytest.mark.parametrize(
    ("code", "frappe", "lue"),
    [
        ("venu", " 2 ", {"venu": "non"}),
        ("venu", "5", {"venu": "_pnr"}),
        ("age", "r", {"age": "_pnr"}),
        ("age", "٤١", {"age": 41}),
        ("jours", "0", {"jours": "0"}),
        ("fin", "-", {}),
    ],
)
def test_what_is_typed_is_what_the_screens_store(code, frappe, lue):
    assert lire_frappe(la_route().question(code), frappe).valeurs == lue


def test_several_boxes_are_several_digits():
    question = definition_depuis(SALLE).question("jours")
    assert lire_frappe(question, "21").valeurs == {"jours": ["lundi", "mardi"]}
    assert lire_frappe(question, "1, 2").valeurs == {"jours": ["lundi", "mardi"]}
    assert lire_frappe(question, "0").valeurs == {}
    for fausse in ("9", "1x", "12 3"):
        with pytest.raises(FrappeFausse):
            lire_frappe(question, fausse)
