"""Both entries of a sheet are wrong: what the sheet says is typed, and all three stay."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from enquetes.actions.papier import (
    RELUE,
    Saisie,
    bilan,
    ecarts,
    resoudre_ecarts,
    saisir_encore,
    tirer_feuilles,
)
from enquetes.actions.textes import oublier_textes
from enquetes.models import FeuilleSaisie, Passation
from tests import builders
from tests.integration.enquetes.test_papier import une_salle
from voix.commun.erreurs import EtatIncompatible

pytestmark = pytest.mark.django_db


@pytest.fixture
def seconde():
    return builders.un_compte()


@pytest.fixture
def feuille(seconde):
    """Return a sheet read « oui, no age » then « non, 30 »."""
    seance, par = une_salle(1)
    tirer_feuilles(seance=seance, par=par)
    lue = Saisie({"venu": "non", "age": 30, "fin": "Merci."}, ())
    saisie = saisir_encore(feuille=seance.feuilles.get(), saisie=lue, par=seconde)
    assert [un.question.code for un in ecarts(saisie)] == ["venu", "age"]
    return saisie


@pytest.fixture
def page(client, feuille, seconde):
    client.force_login(seconde)
    return reverse("enquetes:resoudre_ecarts", args=[feuille.seance_id, 1])


def test_what_the_sheet_says_is_kept_and_all_three_readings_stay(client, page, feuille):
    avant = (feuille.premiere, feuille.seconde, bilan(feuille.seance).taux)
    choix = {"e_venu": "seconde", "e_age": RELUE, "q_age": "37"}
    assert client.post(page, choix).status_code == 302
    feuille.refresh_from_db()
    assert Passation.objects.get().reponses == {"venu": "non", "age": 37, "fin": "Merci."}
    assert (feuille.premiere, feuille.seconde, bilan(feuille.seance).taux) == avant
    assert feuille.retenues == {"venu": "seconde", "age": RELUE}
    assert feuille.troisieme == {"reponses": {"age": 37}, "illisibles": []}


def test_what_was_typed_before_another_choice_is_not_kept(client, page, feuille):
    client.post(page, {"e_venu": "seconde", "e_age": "seconde", "q_age": "37"})
    feuille.refresh_from_db()
    assert feuille.troisieme is None
    assert Passation.objects.get().reponses["age"] == 30


def test_neither_could_be_read_in_truth(client, page, feuille):
    client.post(page, {"e_venu": "seconde", "e_age": RELUE, "q_age": "?"})
    feuille.refresh_from_db()
    assert feuille.troisieme == {"reponses": {}, "illisibles": ["age"]}
    assert "age" not in Passation.objects.get().reponses


FAUX = [
    ({"e_age": RELUE}, "Tapez ce que dit la feuille"),
    ({"e_age": RELUE, "q_age": "vieux"}, "vieux"),
    ({"e_venu": RELUE, "q_venu": "9", "e_age": "seconde"}, "Tapez un numéro de case"),
]


@pytest.mark.parametrize(("champs", "dit"), FAUX)
def test_a_wrong_third_reading_is_told_and_what_was_typed_stays(client, page, champs, dit):
    reponse = client.post(page, {"e_venu": "premiere"} | champs)
    assert reponse.status_code == 200
    assert dit in reponse.content.decode()
    assert FeuilleSaisie.objects.get().retenues is None


def test_settled_twice_is_once_and_never_changed(feuille, seconde):
    choix = {"venu": "seconde", "age": RELUE}
    relue = Saisie({"age": 37, "fin": "Autre chose."}, ())
    une = resoudre_ecarts(feuille=feuille, retenues=choix, relue=relue, par=seconde)
    assert une.troisieme["reponses"] == {"age": 37}  # of the questions that differ only
    resoudre_ecarts(feuille=feuille, retenues=choix, relue=relue, par=seconde)
    with pytest.raises(EtatIncompatible):
        resoudre_ecarts(
            feuille=feuille, retenues=choix, relue=Saisie({"age": 38}, ()), par=seconde
        )
    assert Passation.objects.get().reponses["age"] == 37


def test_a_text_taken_out_is_taken_out_of_the_third_reading_too(seconde):
    seance, par = une_salle(1)
    tirer_feuilles(seance=seance, par=par)
    lue = Saisie(seance.feuilles.get().premiere["reponses"] | {"fin": "Merki."}, ())
    feuille = saisir_encore(feuille=seance.feuilles.get(), saisie=lue, par=seconde)
    relue = Saisie({"fin": "Merci SECRETA."}, ())
    resoudre_ecarts(feuille=feuille, retenues={"fin": RELUE}, relue=relue, par=seconde)
    oublier_textes(textes=[(feuille.passation_id, "fin")])
    assert "SECRETA" not in str(FeuilleSaisie.objects.values().get())


def test_the_database_refuses_a_third_reading_that_settles_nothing(feuille):
    with pytest.raises(IntegrityError), transaction.atomic():
        FeuilleSaisie.objects.update(troisieme={})
