"""No last day is so far that answers would never be erased."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from enquetes.actions.acces import dater_acces
from enquetes.actions.collectes import preparer_collecte, prolonger_collecte
from enquetes.actions.echeances import dernier_jour_possible
from enquetes.actions.suivi.cohortes import creer_cohorte
from enquetes.models import Cohorte, Collecte
from tests import builders
from tests.integration.enquetes.suivi.test_ecrans import dieteticienne
from tests.integration.enquetes.suivi.test_ecrans import saisie as saisie_de_suivi
from tests.integration.enquetes.test_ecrans_collectes import coordination, saisie
from tests.suivi import un_projet_de_cohorte
from voix.commun.erreurs import SaisieInvalide

__all__ = ["coordination", "dieteticienne"]
pytestmark = pytest.mark.django_db
TROP_LOIN = "Cette date est trop lointaine. Choisissez un jour jusqu’au "
JOURS = [date.max, date(2999, 1, 1)]


def lendemain() -> date:
    return dernier_jour_possible() + timedelta(days=1)


def test_the_limit_is_five_years_and_exists_in_every_month():
    limite = dernier_jour_possible()
    assert limite.year == timezone.localdate().year + 5
    assert timedelta(days=5 * 365 - 3) <= limite - timezone.localdate() <= timedelta(days=5 * 366)


def test_a_project_is_refused_whatever_the_form_let_through():
    projet = replace(builders.un_projet(), ferme_le=lendemain())
    par = builders.un_compte(territoire=projet.territoire)
    with pytest.raises(SaisieInvalide, match=TROP_LOIN):
        preparer_collecte(projet=projet, par=par)
    suivi = replace(un_projet_de_cohorte(), coupe_le=lendemain())
    with pytest.raises(SaisieInvalide, match=TROP_LOIN):
        creer_cohorte(projet=suivi, par=par)


def test_actions_refuse_a_day_too_far_and_take_the_last_one_allowed():
    par = builders.un_compte()
    collecte = builders.une_collecte_ouverte(par=par)
    for jour in (*JOURS, lendemain()):
        with pytest.raises(SaisieInvalide, match=TROP_LOIN):
            prolonger_collecte(collecte=collecte, ferme_le=jour, par=par)
    prolongee = prolonger_collecte(collecte=collecte, ferme_le=dernier_jour_possible(), par=par)
    assert prolongee.ferme_le == dernier_jour_possible()


def test_a_link_of_a_collecte_that_ends_too_far_may_not_last_as_long():
    par = builders.un_compte()
    collecte = builders.une_collecte_ouverte(par=par)
    Collecte.objects.filter(pk=collecte.pk).update(ferme_le=date.max)
    acces = collecte.acces.get(principal=True)
    with pytest.raises(SaisieInvalide, match=TROP_LOIN):
        dater_acces(acces=acces, expire_le=lendemain(), par=par)


@pytest.mark.parametrize("jour", JOURS)
def test_a_new_collecte_and_its_end_say_up_to_when(client, coordination, jour):
    version = builders.une_version()
    adresse = reverse("enquetes:nouvelle_collecte", args=[version.pk])
    page = client.post(adresse, saisie(ferme_le=str(jour)))
    assert TROP_LOIN in page.content.decode()
    assert not Collecte.objects.exists()


@pytest.mark.parametrize("jour", JOURS)
def test_the_form_that_moves_the_end_says_up_to_when(client, jour):
    par = builders.un_compte()
    collecte = builders.une_collecte_ouverte(par=par)
    client.force_login(par)
    page = client.post(f"/espace/collectes/{collecte.nom}/fin/", {"ferme_le": str(jour)})
    assert TROP_LOIN in page.content.decode()
    lien = collecte.acces.get(principal=True)
    page = client.post(
        f"/espace/collectes/{collecte.nom}/liens/{lien.pk}/", {"expire_le": str(jour)}
    )
    assert TROP_LOIN in page.content.decode()


@pytest.mark.parametrize("champ", ["cible_4", "coupe_le"])
@pytest.mark.parametrize("jour", ["9999-12-31", "0001-01-01"])
def test_a_wave_or_the_cut_of_a_cohort_is_neither_too_far_nor_before_our_time(
    dieteticienne, champ, jour
):
    donnees = saisie_de_suivi(**{champ: jour})
    page = dieteticienne.get("/espace/suivi/nouveau/", donnees)
    dit = TROP_LOIN if jour > "2000" else "Cette date est trop ancienne. Vérifiez l’année."
    assert dit in page.content.decode()
    assert not Cohorte.objects.exists()
