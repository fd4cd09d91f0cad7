"""Drawings of protected tables: what they show, and the words that say the same."""

import re

import pytest
from django.utils.html import escape

from analyses.extraction.lecture import releves_de, source
from analyses.figures.barres import barres
from analyses.figures.croisees import barres_croisees
from analyses.figures.dessin import etiquette
from analyses.tableaux import tableau
from enquetes.actions.collectes import arreter_releve
from enquetes.models import Unite
from tests import builders
from tests.integration.analyses.test_resultats import AVIS, repondre
from voix.comptes.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def collecte():
    return builders.une_collecte_ouverte(version=builders.une_version(AVIS), nom="avis")


@pytest.fixture
def prise(collecte):
    repondre(collecte, 30, venu="oui", manque=["pain"], foyer=4)
    repondre(collecte, 20, venu="non", manque=["pain", "fruits"], foyer=7)
    repondre(collecte, 12, venu="_pnr", manque="_pnr")
    repondre(collecte, 3)
    arreter_releve(collecte=collecte, par=builders.un_compte())
    return source(collecte, releves_de(collecte)[0])


@pytest.mark.parametrize(("question", "par"), [("venu", "foyer"), ("manque", "venu")])
def test_bars_of_a_cross_table_say_its_figures_and_nothing_hidden(prise, question, par):
    croise = tableau(prise, question, par)
    figure = barres_croisees(croise)
    assert croise.a_masque
    assert "masqué" in figure.texte
    for ligne in croise.groupes():
        assert f"{ligne.libelle}, {ligne.taille} réponses" in figure.texte
        assert all(f">{c.valeur}<" in figure.svg for c in ligne.cellules if c.valeur)
    montres = {c.valeur for ligne in croise.groupes() for c in ligne.cellules}
    noms = {mot for ligne in croise.groupes() for mot in ligne.libelle.split()}
    ecrits = set(re.findall(r">(\d+)</text>", figure.svg)) - noms
    assert ecrits <= {str(valeur) for valeur in montres}


def test_a_single_answer_is_said_in_the_singular():
    """The matrix of Alim’Activ has one answer by territoire: « Bondy, 1 réponses »."""
    collecte = builders.une_collecte_ouverte(
        version=builders.une_version(AVIS), nom="organismes", unite=Unite.ORGANISATION
    )
    repondre(collecte, 1, venu="oui")
    par = builders.un_compte(territoire=collecte.territoire)
    prise = source(collecte, arreter_releve(collecte=collecte, par=par))
    assert " 1 réponse. " in barres(tableau(prise, "venu")).texte
    croisee = barres_croisees(tableau(prise, "venu", par="territoire"))
    assert ", 1 réponse\u00a0: " in croisee.texte


def test_a_page_shows_the_bars_beside_the_cross_table(client, collecte):
    collecte.unite = Unite.ORGANISATION
    collecte.save(update_fields=["unite"])
    repondre(collecte, 20, venu="oui", foyer=4)
    repondre(collecte, 12, venu="non", foyer=7)
    arreter_releve(collecte=collecte, par=builders.un_compte())
    client.force_login(builders.un_compte(role=Role.EVALUATION, email="eva@exemple.fr"))
    page = client.get("/espace/resultats/avis/venu/?par=foyer").content.decode().split("<main")[1]
    assert page.count("<svg aria-hidden") == 1
    croise = tableau(source(collecte, releves_de(collecte)[0]), "venu", "foyer")
    assert escape(barres_croisees(croise).texte) in page
    assert "style=" not in page


def test_nothing_is_drawn_where_no_group_can_be_shown(collecte):
    repondre(collecte, 12, venu="oui", foyer=2)
    repondre(collecte, 3, venu="non", foyer=4)
    arreter_releve(collecte=collecte, par=builders.un_compte())
    croise = tableau(source(collecte, releves_de(collecte)[0]), "manque", "venu")
    assert croise.groupes() == ()
    assert barres_croisees(croise) is None


def test_words_cut_in_a_figure_say_that_they_are_cut():
    court, long_ = "Pain", "Des produits pour bébé, " * 8
    assert etiquette(court) == court
    lignes = etiquette(long_).split("\n")
    assert len(lignes) == 3
    assert max(map(len, lignes)) <= 24
    assert lignes[-1].endswith("…")


def _tailles(svg):
    return {float(taille) for taille in re.findall(r'font-size="([\d.]+)px"', svg)}


@pytest.mark.parametrize(("question", "par"), [("venu", "foyer"), ("manque", "venu")])
def test_drawings_are_as_narrow_as_a_telephone_and_their_words_large_enough(prise, question, par):
    """On 360 pixels the page gives them about 330: words of 10 points on 259 are 13 pixels high."""
    for figure in (
        barres_croisees(tableau(prise, question, par)),
        barres(tableau(prise, question)),
    ):
        largeurs = {float(large) for large in re.findall(r'viewBox="0 0 ([\d.]+) ', figure.svg)}
        assert max(largeurs) <= 260
        assert min(_tailles(figure.svg)) >= 10


def test_answers_of_a_multiple_choice_have_a_drawing_each_with_every_group(prise):
    croise = tableau(prise, "manque", "venu")
    dessins = barres_croisees(croise).svg.split("<svg ")[1:]
    assert len(dessins) == len(croise.colonnes)
    for dessin_, colonne in zip(dessins, croise.colonnes, strict=True):
        assert f">{colonne.libelle}</text>" in dessin_
        # A long name takes several lines: its first word begins the first.
        assert all(f">{x.libelle.split()[0]}" in dessin_ for x in croise.groupes())


def test_an_answer_told_between_two_counts_is_drawn_and_never_written_as_one(prise):
    croise = tableau(prise, "venu", "foyer")
    svg = barres_croisees(croise).svg
    assert "non dit exactement" in svg
    assert all(f"(N\u00a0=\u00a0{ligne.taille})" in svg for ligne in croise.groupes())


@pytest.mark.parametrize(("question", "par"), [("venu", "foyer"), ("manque", "venu")])
def test_a_drawing_weighs_what_its_figures_weigh(prise, question, par):
    """A dotted hatch weighed 256 KB each time, and every word named ten families of letters."""
    svg = barres_croisees(tableau(prise, question, par)).svg
    assert svg.count("font-family") == svg.count("<svg ")
    assert not re.search(r"\d\.\d{3}", svg)
    assert "rotate(-0 " not in svg
    assert max(map(len, re.findall(r"<pattern.*?</pattern>", svg)), default=0) < 1000
    assert len(svg) < 500 * (svg.count("<text") + svg.count("<path"))


def test_a_hatch_is_the_same_in_a_bar_and_in_the_legend(collecte):
    """It was grey in the legend and white in the bars, where nobody saw it."""
    collecte.unite = Unite.ORGANISATION
    collecte.save(update_fields=["unite"])
    repondre(collecte, 9, venu="oui", foyer=4)
    repondre(collecte, 6, venu="_pnr", foyer=4)
    repondre(collecte, 5, foyer=4)
    arreter_releve(collecte=collecte, par=builders.un_compte())
    croise = tableau(source(collecte, releves_de(collecte)[0]), "venu", "foyer")
    svg = barres_croisees(croise).svg
    motifs = re.findall(r'<pattern id="(\w+)".*?</pattern>', svg)
    assert [svg.count(f"url(#{motif})") for motif in motifs] == [2, 2]  # refusal, no answer
