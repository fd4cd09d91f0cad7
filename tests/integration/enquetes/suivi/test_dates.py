"""A distribution moves, and its wave with it; never under answers already given (ADR 0175)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from analyses.actions.changements import arreter_changement
from enquetes.actions.suivi.cartes import passation_de
from enquetes.actions.suivi.coupure import couper_lien
from enquetes.actions.suivi.dates import Jours, changer_dates, dates_de, en_texte
from enquetes.models import Carte, Collecte, Passation, Rang, vagues_a_part
from tests import builders
from tests.suivi import finir, lien_de_la_carte, repondre, une_carte, une_cohorte
from voix.commun.erreurs import AccesRefuse, EtatIncompatible, SaisieInvalide
from voix.comptes.models import Trace
from voix.comptes.roles import Role

pytestmark = pytest.mark.django_db
JOUR = timedelta(days=1)
QUINZE = timedelta(days=14)


@pytest.fixture
def par():
    return builders.un_compte(Role.DIETETIQUE, email="diet@exemple.fr")


@pytest.fixture
def dieteticienne(client, par):
    client.force_login(par)
    return client


def actuelles(cohorte):
    return dates_de(list(cohorte.vagues.select_related("collecte").order_by("rang")))


def decaler(jours, *, ouvre=QUINZE, cible=QUINZE, ferme=QUINZE):
    return Jours(jours.ouvre_le + ouvre, jours.cible + cible, jours.ferme_le + ferme)


def changer(cohorte, par, **voulues):
    avant = actuelles(cohorte)
    dates = {Rang[nom].value: jours for nom, jours in voulues.items()}
    return changer_dates(cohorte=cohorte, dates=dates, vues=en_texte(avant), par=par)


# --- what may move -------------------------------------------------------------------------------


def test_a_wave_that_has_not_begun_moves_by_two_weeks(par):
    cohorte = une_cohorte(par=par)
    voulus = decaler(actuelles(cohorte)[Rang.MI_PARCOURS])
    assert [v.rang for v in changer(cohorte, par, MI_PARCOURS=voulus)] == [Rang.MI_PARCOURS]
    assert actuelles(cohorte)[Rang.MI_PARCOURS] == voulus
    trace = Trace.objects.get(verbe="changer_dates")
    assert trace.details == {"vague_2": str(voulus)}


def test_waves_that_would_touch_one_by_one_move_together(par):
    """Each alone would reach the next one: the whole calendar is late by two months."""
    cohorte = une_cohorte(par=par)
    tard = timedelta(days=60)
    voulues = {
        rang.name: decaler(actuelles(cohorte)[rang], ouvre=tard, cible=tard, ferme=tard)
        for rang in (Rang.MI_PARCOURS, Rang.SORTIE, Rang.POST)
    }
    with pytest.raises(SaisieInvalide, match="finit avant"):
        changer(cohorte, par, MI_PARCOURS=voulues["MI_PARCOURS"])
    assert len(changer(cohorte, par, **voulues)) == 3


def test_a_wave_that_has_begun_lasts_longer_and_keeps_its_first_day(par):
    """Its answers may wait on a tablet: only the days to come move, answered or not."""
    cohorte = une_cohorte(par=par)
    repondre(Carte.de(cohorte, 1), Rang.ENTREE, {"a3": "2"})
    avant = actuelles(cohorte)[Rang.ENTREE]
    with pytest.raises(EtatIncompatible, match="a commencé"):
        changer(cohorte, par, ENTREE=decaler(avant))
    with pytest.raises(EtatIncompatible, match="a commencé"):
        changer(cohorte, par, ENTREE=decaler(avant, ouvre=-QUINZE))
    voulus = decaler(avant, ouvre=timedelta(0))
    changer(cohorte, par, ENTREE=voulus)
    assert actuelles(cohorte)[Rang.ENTREE] == voulus


def test_the_card_opens_its_wave_on_the_new_days_only(client, par):
    cohorte = une_cohorte(par=par, cartes=0, vague_du_jour=Rang.MI_PARCOURS)
    code = une_carte(cohorte, par=par).code
    Collecte.objects.filter(vague__cohorte=cohorte, vague__rang=Rang.MI_PARCOURS).update(
        ouvre_le=timezone.localdate() + JOUR
    )
    assert 'href="/r/' not in client.post("/carte/", {"code": code}).content.decode()
    demain = actuelles(cohorte)[Rang.MI_PARCOURS]
    changer(cohorte, par, MI_PARCOURS=decaler(demain, ouvre=-JOUR, cible=0 * JOUR, ferme=0 * JOUR))
    assert lien_de_la_carte(client, code)


def test_answers_given_before_are_still_those_of_the_card(par):
    cohorte = une_cohorte(par=par)
    carte = Carte.de(cohorte, 1)
    repondre(carte, Rang.ENTREE, {"a3": "2"})
    voulus = decaler(actuelles(cohorte)[Rang.ENTREE], ouvre=timedelta(0))
    changer(cohorte, par, ENTREE=voulus)
    assert Passation.objects.filter(pk=passation_de(carte, cohorte.vague(Rang.ENTREE))).exists()


# --- what is refused -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rang", "voulus", "mot"),
    [
        ("MI_PARCOURS", lambda j: decaler(j, cible=-20 * JOUR), "dans l’ordre"),
        ("MI_PARCOURS", lambda j: decaler(j, ferme=-25 * JOUR), "dans l’ordre"),
        (
            "MI_PARCOURS",
            lambda j: decaler(j, ouvre=-51 * JOUR, cible=-50 * JOUR),
            "premier jour est déjà",
        ),
        ("MI_PARCOURS", lambda j: decaler(j, ouvre=-45 * JOUR), "finit avant"),
        ("MI_PARCOURS", lambda j: decaler(j, ferme=40 * JOUR), "finit avant"),
        (
            "ENTREE",
            lambda j: Jours(j.ouvre_le, j.ouvre_le, j.cible - JOUR),
            "dernier jour est déjà",
        ),
        ("POST", lambda j: decaler(j, ferme=300 * JOUR), "lien entre les réponses est coupé"),
    ],
)
def test_what_does_not_hold_together_is_refused_and_nothing_moves(par, rang, voulus, mot):
    cohorte = une_cohorte(par=par)
    avant = actuelles(cohorte)
    with pytest.raises(SaisieInvalide, match=mot):
        changer(cohorte, par, **{rang: voulus(avant[Rang[rang]])})
    assert actuelles(cohorte) == avant
    assert not Trace.objects.filter(verbe="changer_dates").exists()


def test_one_refused_day_moves_no_other_wave(par):
    cohorte = une_cohorte(par=par)
    avant = actuelles(cohorte)
    with pytest.raises(SaisieInvalide):
        changer(
            cohorte,
            par,
            MI_PARCOURS=decaler(avant[Rang.MI_PARCOURS]),
            POST=decaler(avant[Rang.POST], ferme=300 * JOUR),
        )
    assert actuelles(cohorte) == avant


def test_a_wave_that_a_report_has_counted_keeps_its_days(par):
    cohorte = une_cohorte(par=par, vague_du_jour=Rang.MI_PARCOURS)
    finir(cohorte, Rang.MI_PARCOURS)
    arreter_changement(cohorte=cohorte, rang=Rang.MI_PARCOURS, par=par)
    with pytest.raises(EtatIncompatible, match="comptée dans un rapport"):
        changer(cohorte, par, MI_PARCOURS=decaler(actuelles(cohorte)[Rang.MI_PARCOURS]))
    changer(cohorte, par, SORTIE=decaler(actuelles(cohorte)[Rang.SORTIE]))


def test_nothing_moves_once_the_link_is_cut(par):
    cohorte = une_cohorte(par=par)
    couper_lien(cohorte=cohorte, par=par)
    cohorte.refresh_from_db()
    with pytest.raises(EtatIncompatible, match="coupé"):
        changer(cohorte, par, SORTIE=decaler(actuelles(cohorte)[Rang.SORTIE]))


def test_two_colleagues_do_not_undo_each_other(par):
    cohorte = une_cohorte(par=par)
    vues = en_texte(actuelles(cohorte))
    voulus = decaler(actuelles(cohorte)[Rang.SORTIE])
    changer(cohorte, par, SORTIE=voulus)
    autres = {Rang.MI_PARCOURS.value: decaler(actuelles(cohorte)[Rang.MI_PARCOURS], cible=JOUR)}
    with pytest.raises(EtatIncompatible, match="viennent d’être changées"):
        changer_dates(cohorte=cohorte, dates=autres, vues=vues, par=par)
    # Pressed twice, the same change is made once and said once.
    assert (
        changer_dates(cohorte=cohorte, dates={Rang.SORTIE.value: voulus}, vues=vues, par=par) == []
    )
    assert Trace.objects.filter(verbe="changer_dates").count() == 1


def test_the_dietician_of_another_place_moves_nothing(par):
    cohorte = une_cohorte(par=par)
    loin = builders.un_compte(Role.DIETETIQUE, builders.un_territoire("32"), "loin@exemple.fr")
    with pytest.raises(AccesRefuse):
        changer(cohorte, loin, SORTIE=decaler(actuelles(cohorte)[Rang.SORTIE]))


# --- the page ------------------------------------------------------------------------------------


def envoi(page):
    form = page.context["form"]
    return {champ.html_name: str(champ.value()) for champ in form}


def test_the_page_moves_two_waves_and_says_what_to_tell_families(dieteticienne, par):
    cohorte = une_cohorte(par=par)
    adresse = reverse("enquetes:dates_de_suivi", args=[cohorte.pk])
    page = dieteticienne.get(adresse)
    donnees = envoi(page)
    assert {"ouvre_1", "ouvre_2"} & set(donnees) == {"ouvre_2"}
    voulus = decaler(actuelles(cohorte)[Rang.MI_PARCOURS])
    donnees |= {"ouvre_2": f"{voulus.ouvre_le:%d/%m/%Y}", "cible_2": str(voulus.cible)}
    donnees["ferme_2"] = str(voulus.ferme_le)
    lue = dieteticienne.post(adresse, donnees, follow=True)
    assert actuelles(cohorte)[Rang.MI_PARCOURS] == voulus
    assert "Dites-les aux familles" in lue.content.decode()


def test_the_page_keeps_what_was_typed_and_says_what_is_wrong(dieteticienne):
    cohorte = une_cohorte(par=builders.un_compte())
    adresse = reverse("enquetes:dates_de_suivi", args=[cohorte.pk])
    donnees = envoi(dieteticienne.get(adresse)) | {"cible_3": "2001-01-01"}
    lue = dieteticienne.post(adresse, donnees).content.decode()
    assert "dans l’ordre" in lue
    assert 'value="2001-01-01"' in lue
    vide = dieteticienne.post(adresse, donnees | {"cible_3": "bientôt"}).content.decode()
    assert "écrivez une date" in vide


def test_the_page_is_not_offered_once_the_link_is_cut(dieteticienne, par):
    cohorte = une_cohorte(par=par)
    suivi = reverse("enquetes:cohorte", args=[cohorte.pk])
    assert "Changer les dates" in dieteticienne.get(suivi).content.decode()
    couper_lien(cohorte=cohorte, par=par)
    assert "Changer les dates" not in dieteticienne.get(suivi).content.decode()
    assert (
        dieteticienne.get(reverse("enquetes:dates_de_suivi", args=[cohorte.pk])).status_code == 409
    )


# --- the database ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "faux",
    [
        lambda c: _jours(c, Rang.ENTREE).update(ferme_le=_premier(c, Rang.MI_PARCOURS)),
        lambda c: _jours(c, Rang.POST).update(ouvre_le=_premier(c, Rang.ENTREE)),
        lambda c: _jours(c, Rang.POST).update(ferme_le=c.coupe_le),
        lambda c: c.vagues.filter(rang=Rang.POST).update(collecte=builders.une_collecte_ouverte()),
        lambda c: type(c).objects.filter(pk=c.pk).update(coupe_le=_premier(c, Rang.POST)),
    ],
)
def test_the_database_refuses_waves_that_touch_whatever_writes_them(par, faux):
    """A card would open one of two waves, and its family miss the other (ADR 0180)."""
    cohorte = une_cohorte(par=par)
    avant = actuelles(cohorte)
    with pytest.raises(IntegrityError, match=vagues_a_part.REFUS), transaction.atomic():
        faux(cohorte)
    cohorte.refresh_from_db()
    assert actuelles(cohorte) == avant


@pytest.mark.parametrize("jours", [-40, 40, 400])
def test_waves_pass_over_each_other_s_days_together(par, jours):
    """None may stand on the days of another on the way, whichever way they go."""
    cohorte = une_cohorte(par=par, coupe_le=timezone.localdate() + 900 * JOUR)
    avant = actuelles(cohorte)
    pas = {rang.name: jours * JOUR for rang in list(Rang)[1:]}
    pas["MI_PARCOURS"] = max(jours, -30) * JOUR
    voulues = {
        nom: decaler(avant[Rang[nom]], ouvre=de, cible=de, ferme=de) for nom, de in pas.items()
    }
    changer(cohorte, par, **voulues)
    assert {r: j for r, j in actuelles(cohorte).items() if r != Rang.ENTREE} == {
        Rang[nom]: j for nom, j in voulues.items()
    }


def _jours(cohorte, rang):
    return Collecte.objects.filter(vague__cohorte=cohorte, vague__rang=rang)


def _premier(cohorte, rang):
    return cohorte.vague(rang).collecte.ouvre_le
