"""A wave keeps its days; what is judged is declared before anything is seen."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from analyses.actions.changements import arreter_changement
from enquetes.actions.collectes import prolonger_collecte
from enquetes.actions.suivi.cohortes import (
    ProjetCritere,
    criteres_verrouilles,
    declarer_criteres,
)
from enquetes.actions.suivi.coupure import couper_lien
from enquetes.models import Carte, Rang
from tests import builders
from tests.suivi import finir, repondre, une_cohorte
from voix.commun.erreurs import EtatIncompatible, SaisieInvalide
from voix.comptes.roles import Role

pytestmark = pytest.mark.django_db
AUTRE = [ProjetCritere("Cuisiner", ("a11",), "hausse")]


@pytest.fixture
def par():
    return builders.un_compte()


@pytest.fixture
def dieteticienne(client):
    client.force_login(builders.un_compte(Role.DIETETIQUE, email="diet@exemple.fr"))
    return client


# --- the last day of a wave ----------------------------------------------------------------------


@pytest.mark.parametrize(("rang", "jours"), [(Rang.ENTREE, 0), (Rang.ENTREE, 90), (Rang.POST, 0)])
def test_a_wave_never_reaches_the_next_one_nor_the_cut(par, rang, jours):
    cohorte = une_cohorte(par=par, cartes=0)
    limite = (
        cohorte.coupe_le
        if rang == Rang.POST
        else cohorte.vague(Rang.MI_PARCOURS).collecte.ouvre_le
    )
    collecte = cohorte.vague(rang).collecte
    with pytest.raises(SaisieInvalide, match="un jour qui vient avant"):
        prolonger_collecte(collecte=collecte, ferme_le=limite + timedelta(days=jours), par=par)
    prolongee = prolonger_collecte(collecte=collecte, ferme_le=limite - timedelta(days=1), par=par)
    assert prolongee.ferme_le == limite - timedelta(days=1)


def test_a_report_closes_for_good_the_waves_that_it_counts(par):
    cohorte = une_cohorte(par=par, vague_du_jour=Rang.MI_PARCOURS)
    finir(cohorte, Rang.MI_PARCOURS)
    arreter_changement(cohorte=cohorte, rang=Rang.MI_PARCOURS, par=par)
    etats = [v.collecte.etat for v in cohorte.vagues.select_related("collecte").order_by("rang")]
    assert etats == ["close", "close", "ouverte", "ouverte"]
    with pytest.raises(EtatIncompatible, match="close"):
        prolonger_collecte(
            collecte=cohorte.vague(Rang.ENTREE).collecte,
            ferme_le=timezone.localdate() + timedelta(days=1),
            par=par,
        )


# --- what is declared ----------------------------------------------------------------------------


def test_once_a_report_has_shown_results_what_is_judged_does_not_change(par):
    cohorte = une_cohorte(par=par, vague_du_jour=Rang.MI_PARCOURS)
    finir(cohorte, Rang.MI_PARCOURS)
    declarer_criteres(cohorte=cohorte, criteres=AUTRE, par=par)
    arreter_changement(cohorte=cohorte, rang=Rang.MI_PARCOURS, par=par)
    assert "rapport" in criteres_verrouilles(cohorte)
    with pytest.raises(EtatIncompatible, match="Un rapport"):
        declarer_criteres(cohorte=cohorte, criteres=AUTRE, par=par)


def test_the_reason_is_true_of_a_report_that_shows_nothing_and_of_a_cut_link(par):
    """Fewer than eleven families: nothing was shown to anybody, and it is no reason."""
    cohorte = une_cohorte(par=par, vague_du_jour=Rang.MI_PARCOURS)
    finir(cohorte, Rang.MI_PARCOURS)
    fait = arreter_changement(cohorte=cohorte, rang=Rang.MI_PARCOURS, par=par)
    assert fait.nombre == 0
    assert criteres_verrouilles(cohorte).startswith("Un rapport est déjà fait")
    coupee = couper_lien(cohorte=une_cohorte(par=par, titre="Un autre"), par=par)
    assert criteres_verrouilles(coupee).startswith("Le lien est coupé")


@pytest.mark.parametrize("geste", ["update", "delete"])
def test_the_database_refuses_it_too(par, geste):
    cohorte = une_cohorte(par=par, vague_du_jour=Rang.MI_PARCOURS)
    finir(cohorte, Rang.MI_PARCOURS)
    arreter_changement(cohorte=cohorte, rang=Rang.MI_PARCOURS, par=par)
    faire = {"update": lambda c: c.update(sens="baisse"), "delete": lambda c: c.delete()}[geste]
    with pytest.raises(IntegrityError), transaction.atomic():
        faire(cohorte.criteres.all())


def test_the_day_of_the_declaration_is_kept_and_shown(dieteticienne, par):
    cohorte = une_cohorte(par=par, cartes=0)
    type(cohorte).objects.update(criteres_le=timezone.localdate() - timedelta(days=40))
    cohorte.refresh_from_db()
    declarer_criteres(cohorte=cohorte, criteres=AUTRE, par=par)
    cohorte.refresh_from_db()
    assert cohorte.criteres_le == timezone.localdate()
    page = dieteticienne.get(reverse("enquetes:cohorte", args=[cohorte.pk])).content.decode()
    assert "Déclaré le" in page


def test_who_comes_too_late_is_told_before_choosing(dieteticienne, par):
    cohorte = une_cohorte(par=par, vague_du_jour=Rang.SORTIE)
    repondre(Carte.de(cohorte, 1), Rang.SORTIE, {"a3": "1"})
    adresse = reverse("enquetes:criteres", args=[cohorte.pk])
    page = dieteticienne.get(adresse, follow=True).content.decode()
    assert "ne change plus" in page
    assert f'href="{adresse}"' not in page


# --- what is offered -----------------------------------------------------------------------------


def test_one_card_is_said_in_the_singular(dieteticienne, par):
    cohorte = une_cohorte(par=par, cartes=2)
    adresse = reverse("enquetes:presences", args=[cohorte.pk])
    for numeros, dit in (("1", "1\u00a0carte."), ("1, 2", "2\u00a0cartes.")):
        page = dieteticienne.post(adresse, {"quoi": "paniers", "numeros": numeros}, follow=True)
        assert f"C’est noté pour {dit}" in page.content.decode()


def test_what_a_wave_refuses_is_not_offered(client, par):
    cohorte = une_cohorte(par=par, cartes=12)
    for carte in cohorte.cartes.all():
        repondre(carte, Rang.ENTREE, {"a3": "1"})
    client.force_login(par)
    nom = cohorte.vague(Rang.ENTREE).collecte.nom
    rapport = reverse("analyses:contrastes", args=[cohorte.pk])
    page = client.get(reverse("enquetes:collecte", args=[nom])).content.decode()
    assert "dans le rapport du suivi" in page
    assert f'href="{rapport}"' in page
    for geste in ("clore_collecte", "arreter_releve"):
        assert reverse(f"enquetes:{geste}", args=[nom]) not in page
    finir(cohorte)
    page = client.get(reverse("enquetes:collecte", args=[nom])).content.decode()
    assert "mettez-y fin" not in page


def test_results_promise_nothing_for_a_wave(client, par):
    cohorte = une_cohorte(par=par)
    client.force_login(par)
    nom = cohorte.vague(Rang.ENTREE).collecte.nom
    rapport = reverse("analyses:contrastes", args=[cohorte.pk])
    liste = client.get(reverse("analyses:liste")).content.decode()
    assert liste.count("dans le rapport du suivi") == len(Rang)
    assert "Pas encore de relevé" not in liste
    page = client.get(reverse("analyses:resultats", args=[nom])).content.decode()
    for dit in (liste, page):
        assert f'href="{rapport}"' in dit
    assert "Les résultats paraîtront" not in page
    assert reverse("analyses:plan", args=[nom]) not in page


def test_any_other_collecte_is_closed_as_before(client, par):
    collecte = builders.une_collecte_ouverte(par)
    client.force_login(par)
    page = client.get(reverse("enquetes:collecte", args=[collecte.nom])).content.decode()
    assert reverse("enquetes:clore_collecte", args=[collecte.nom]) in page
    assert "rapport du suivi" not in page
