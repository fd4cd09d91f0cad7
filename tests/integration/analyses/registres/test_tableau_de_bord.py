"""What a dashboard adds: figures with their words, moments × levels, evolution."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from analyses.figures.courbes import courbe
from analyses.figures.objectifs import objectifs
from analyses.indicateurs.mesure import conclure
from analyses.mesures import evolutions, niveaux_par_moment, perimetre_du_programme
from analyses.mesures.evolution import POINTS_MAX, semestres
from analyses.mesures.lignes import Lecteur
from analyses.models import Acteur, Jalon
from tests.integration.analyses.registres.scenes import (
    PAR_CODE,
    importer,
    un_acteur,
    un_membre,
    un_programme,
)

pytestmark = pytest.mark.django_db

FIN = date(2024, 3, 1)


def test_a_figure_says_in_words_all_that_it_draws():
    mesures = [conclure(PAR_CODE["I3"], 8, 10), conclure(PAR_CODE["I10"], 6, 10)]
    figure = objectifs(mesures)
    assert (
        "Acquisition de compétences\u00a0: 80\u00a0% pour un objectif de 80\u00a0%, atteint"
        in figure.texte
    )
    assert "60\u00a0% pour un objectif de 80\u00a0%, pas atteint" in figure.texte
    assert figure.svg.startswith("<svg")
    assert figure.svg == objectifs(mesures).svg


def test_no_name_is_cut_in_a_drawing():
    mesures = [conclure(i, 6, 10) for i in PAR_CODE.values() if i.objectif and i.forme == "part"]
    figure = objectifs(mesures)
    assert "…" not in figure.svg
    assert "…" in objectifs([conclure(replace(PAR_CODE["I10"], nom="mot " * 60), 6, 10)]).svg


def test_what_has_no_value_or_no_objective_is_not_drawn():
    assert objectifs([conclure(PAR_CODE["I3"], 1, 2), conclure(PAR_CODE["P02"], 2, 10)]) is None


def test_moments_and_levels_add_up_to_the_territoires():
    programme = un_programme(3)
    ligne = {"territoire": "59001", "moment": "diagnostic"}
    importer(
        "implications",
        ligne | {"le": "2023-01-01", "niveau": "2", "preuve": "A"},
        ligne | {"le": "2023-02-01", "niveau": "4", "preuve": "B"},
        ligne | {"le": "2023-03-01", "niveau": "5"},
        ligne | {"territoire": "59002", "le": "2023-03-01", "niveau": "1", "preuve": "C"},
    )
    lignes = {
        ligne.moment: ligne.nombres
        for ligne in niveaux_par_moment(perimetre_du_programme(programme))
    }
    assert lignes["Diagnostic"] == (1, 1, 0, 0, 1, 0)
    assert lignes["Bilan"] == (3, 0, 0, 0, 0, 0)
    assert all(sum(nombres) == 3 for nombres in lignes.values())


@pytest.mark.parametrize(
    ("debut", "attendus"),
    [
        (None, [FIN]),
        (date(2023, 8, 1), [date(2023, 12, 31), FIN]),
        (date(2023, 1, 1), [date(2023, 6, 30), date(2023, 12, 31), FIN]),
    ],
)
def test_half_years_between_two_days(debut, attendus):
    assert semestres(debut, FIN) == attendus


def test_a_long_time_keeps_its_latest_dates():
    jours = semestres(date(2010, 1, 1), FIN)
    assert len(jours) == POINTS_MAX
    assert jours[-1] == FIN


def suivi(programme, code):
    lus = {e.indicateur.code: e for e in evolutions(perimetre_du_programme(programme), FIN)}
    return [(jour, mesure.k, mesure.n) for jour, mesure in lus[code].points]


def test_what_came_later_was_not_known():
    programme = un_programme(1)
    jours = {"recense_le": "2023-01-02", "rencontre_le": "2023-03-01"}
    importer(
        "acteurs",
        un_acteur(nom="A", **jours, participe_le="2023-09-01"),
        un_acteur(
            nom="B", recense_le="2023-01-02", rencontre_le="2023-10-01", raison="concurrence"
        ),
        un_acteur(nom="C", recense_le="2024-01-15"),
    )
    juin, decembre, fin = date(2023, 6, 30), date(2023, 12, 31), date(2024, 1, 15)
    assert suivi(programme, "I4") == [(juin, 1, 2), (decembre, 2, 2), (fin, 2, 3)]
    assert suivi(programme, "I7") == [(juin, 0, 1), (decembre, 1, 2), (fin, 1, 2)]
    assert suivi(programme, "I5") == [(juin, 0, 1), (decembre, 1, 1), (fin, 1, 1)]
    # Reading the past changes nothing of what is kept.
    assert Acteur.objects.get(nom="B").raison == "concurrence"


def test_the_first_and_last_day_are_looked_up_without_building_a_register(monkeypatch):
    """Five registers of a thousand territoires were made for two days: a fifth of the page."""
    programme = un_programme(1)
    importer("acteurs", un_acteur(recense_le="2023-01-02"), un_acteur(nom="D"))
    faites = Counter()
    lire = Lecteur.lire

    def compter(lecteur, nom):
        faites[nom] += 1
        return lire(lecteur, nom)

    monkeypatch.setattr(Lecteur, "lire", compter)
    (dates,) = {tuple(j for j, _ in e.points) for e in evolutions(*_du_programme(programme))}
    assert len(dates) == 1
    assert set(faites.values()) == {1}


def test_a_day_to_come_and_a_territoire_outside_do_not_stretch_the_period():
    programme = un_programme(1)
    un_membre("59777", "Dehors")
    importer(
        "acteurs",
        un_acteur(recense_le="2023-08-01"),
        un_acteur(nom="Dehors", territoire="59777", recense_le="2020-01-01"),
    )
    assert [jour for jour, *_ in suivi(programme, "I4")] == [date(2023, 8, 1)]


def _du_programme(programme):
    return perimetre_du_programme(programme), FIN


def test_a_milestone_is_reached_on_its_day():
    programme = un_programme(1)
    jalon = {"territoire": "59001", "type": "probleme", "atteint": "oui", "preuve": "CR"}
    importer("acteurs", un_acteur(recense_le="2023-01-02"))
    importer("jalons", jalon | {"le": "2023-10-01"})
    assert [k for _, k, _ in suivi(programme, "I9")] == [0, 1]
    assert Jalon.objects.get().atteint


def test_figures_about_persons_are_not_followed():
    """Two counts of the same persons at two dates differ by a few."""
    suivis = evolutions(perimetre_du_programme(un_programme(1)), FIN)
    assert suivis
    assert not any(e.indicateur.personnes for e in suivis)


def test_a_line_needs_two_points():
    mesure = conclure(PAR_CODE["I10"], 6, 10)
    vide = conclure(PAR_CODE["I10"], 1, 2)
    assert courbe([(FIN, mesure), (FIN, vide)]) is None
    figure = courbe([(date(2023, 6, 30), mesure), (FIN, mesure)])
    assert (
        figure.texte
        == "Formalisation du réseau local. 06/2023\u00a0: 60\u00a0%\u00a0; 03/2024\u00a0: 60\u00a0%."
    )
