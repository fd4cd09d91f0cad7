"""Who took part, against who is helped: what is said, and every way to find a few persons in it."""

import json
from datetime import date
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from django.core.management import call_command
from django.urls import reverse

from analyses.actions.clotures import publier_releve
from analyses.actions.murs import publier_mur
from analyses.actions.plans import choisir_plan
from analyses.actions.registres import Ecrite, ecrire_composition, retirer_composition
from analyses.confidentialite.traits import AGE, TRANSPORT
from analyses.extraction.salle import salle_du_lien
from analyses.indicateurs.formule.analyse import lire
from analyses.indicateurs.formule.arbre import ErreurFormule
from analyses.mesures import Verdict, diversites, perimetre_du_programme, perimetre_du_territoire
from analyses.mesures.diversite import CACHE, RETIREE, SANS_EFFECTIF, SANS_REPONSES
from analyses.models import Composition
from enquetes.actions.collectes import arreter_releve
from enquetes.actions.seances import clore_seance, ouvrir_seance
from tests import builders
from tests.integration.analyses.registres.scenes import (
    importer,
    un_membre,
    un_programme,
    une_coordination,
    une_region,
)
from tests.integration.analyses.registres.test_personnes import effectif
from voix.commun.erreurs import EtatIncompatible, SaisieInvalide
from voix.comptes.roles import Role

pytestmark = pytest.mark.django_db

PROFIL = builders.UNE_DEFINITION | {
    "code": "profil",
    "pages": [
        {
            "code": trait.code,
            "questions": [
                {
                    "code": trait.question,
                    "type": "choix_multiple" if trait.multiple else "choix_unique",
                    "texte": {"fr": trait.titre},
                    "profil": "ordinaire" if trait.multiple else "sensible",
                    "choix": [{"code": c, "texte": {"fr": mot}} for c, mot in trait.tranches],
                }
            ],
        }
        for trait in (AGE, TRANSPORT)
    ],
}


def composer(*nombres: int, territoire=None, trait=AGE, total=None, par=None) -> Composition:
    return ecrire_composition(
        territoire=territoire or un_membre(),
        ecrite=Ecrite(
            trait.code,
            date(2026, 1, 31),
            dict(zip(trait.codes, nombres, strict=True)),
            "Logiciel de la structure",
            total,
        ),
        par=par or une_coordination(),
    )


def repondre(*nombres: int, territoire=None, nom="", voitures: int = 0, par=None) -> None:
    """Close a collecte where so many persons of each age answered; so many have a car."""
    par = par or une_coordination()
    collecte = builders.une_collecte_ouverte(
        par=par,
        territoire=territoire or un_membre(),
        version=builders.une_version(PROFIL),
        **({"nom": nom} if nom else {}),
    )
    for code, nombre in zip(AGE.codes, nombres, strict=True):
        conduisent = min(nombre, voitures)
        voitures -= conduisent
        for combien, moyen in ((conduisent, ["voiture"]), (nombre - conduisent, ["marche"])):
            if combien:
                builders.des_passations(collecte, combien, reponses={"pr1": code, "pr4": moyen})
    releve = arreter_releve(collecte=collecte, par=par)
    publier_releve(releve_id=releve.pk, par=par)


def dites(territoire=None, trait=AGE):
    toutes = diversites(perimetre_du_territoire(territoire or un_membre()))
    return next(d for d in toutes if d.trait == trait)


@pytest.fixture
def scene():
    """300 helped, of whom 120 are 60 or over; 150 answers, of whom 30 are."""
    programme = un_programme(1)
    importer("effectifs", effectif("59001", 300, 150, 50))
    composer(40, 60, 80, 80, 40)
    repondre(30, 40, 50, 15, 15)
    return programme


def test_each_class_is_set_against_what_a_draw_would_give(scene):
    (dite,) = diversites(perimetre_du_programme(scene))
    assert not dite.motif
    (comparaison,) = dite.comparaisons
    parts = {p.libelle: p for p in comparaison.parts}
    assert [p.accompagnees for p in comparaison.parts] == [40, 60, 80, 80, 40]
    agees = parts["De 60 à 74 ans"]
    assert agees.verdict == Verdict.MOINS
    assert agees.part_accompagnees == 27
    assert agees.reponses[0] <= 15 <= agees.reponses[1]
    assert agees.attendu[0] <= 40 <= agees.attendu[1]
    assert parts["De 40 à 59 ans"].verdict in {Verdict.COMME, Verdict.DOUTE}


# Attacks. Each of them was written before the page.


def montre(dite) -> set[tuple[str, int | None]]:
    """Return every number that a composition tells."""
    if dite.composition is None:
        return set()
    cellules = zip(dite.composition.colonnes, dite.composition.total.cellules, strict=True)
    return {(c.code, cellule.valeur) for c, cellule in cellules}


def test_a_small_tranche_is_never_told_nor_found_from_the_whole(scene):
    composer(40, 60, 80, 117, 3)
    nombres = montre(dites())
    assert {n for _, n in nombres} == {40 + 60, 80, 120}
    assert not {3, 117} & {n for _, n in nombres}


def test_a_correction_of_a_few_changes_nothing_that_is_told(scene):
    """One helped person more, then less, then elsewhere: nobody is bracketed."""
    avant = dites()
    for nombres in [(40, 60, 80, 80, 41), (40, 60, 80, 79, 40), (39, 61, 80, 80, 40)]:
        composer(*nombres)
        assert dites() == avant


def test_changing_the_composition_tells_nothing_of_the_answers():
    """Whatever the composition, answers are told as the closing tells them, and no narrower."""
    un_programme(1)
    importer("effectifs", effectif("59001", 300, 150, 50))
    repondre(30, 40, 57, 20, 3)
    vues = set()
    for nombres in [
        (40, 60, 80, 80, 40),
        (60, 60, 80, 60, 40),
        (40, 60, 80, 108, 12),
        (40, 100, 80, 40, 40),
    ]:
        composer(*nombres)
        dite = dites()
        for comparaison in dite.comparaisons:
            total = comparaison.reponses.total
            vues |= {
                (c.code, cellule.bas, cellule.haut)
                for c, cellule in zip(comparaison.reponses.colonnes, total.cellules, strict=True)
            }
    assert vues
    assert len({code for code, _, _ in vues}) == len(vues), "an answer told in two ways"
    bornes = {code: (bas, haut) for code, bas, haut in vues}
    assert bornes["plus_74"] != (3, 3)


def test_everybody_answered_nothing_is_shown():
    """As many answers as persons helped: a composition would be the answers themselves."""
    un_programme(1)
    importer("effectifs", effectif("59001", 150, 140, 50))
    composer(30, 40, 45, 20, 15)
    repondre(30, 40, 57, 20, 3)
    dite = dites()
    assert (dite.composition, dite.comparaisons, dite.motif) == (None, (), CACHE)


def test_a_later_closing_that_it_would_narrow_takes_it_away(scene):
    """The second collecte of the place is nearly everybody of two classes."""
    assert dites().comparaisons
    repondre(40, 60, 80, 76, 3, nom="seconde")
    assert dites().motif == CACHE


def test_an_inner_place_counts_among_those_it_may_narrow(scene):
    dedans = builders.un_territoire("59001A", un_membre(), "Quartier")
    repondre(40, 60, 80, 76, 3, territoire=dedans, nom="quartier")
    assert dites().motif == CACHE


def clore_dans_la_region(lieux, plan=None):
    """Close a collecte of the region where so many of each age answered, place by place."""
    par = une_coordination()
    collecte = builders.une_collecte_ouverte(
        par=par, territoire=une_region(), version=builders.une_version(PROFIL), nom="region"
    )
    if plan:
        choisir_plan(collecte=collecte, croisements=plan, par="commande:essai")
    for territoire, nombres in lieux:
        maison = builders.une_structure(territoire, f"Maison {territoire.pk}")
        for code, nombre in zip(AGE.codes, nombres, strict=True):
            builders.des_passations(
                collecte,
                nombre,
                structure=maison,
                territoire=territoire,
                reponses={"pr1": code, "pr4": ["marche"]},
            )
    publier_releve(releve_id=arreter_releve(collecte=collecte, par=par).pk, par=par)


AILLEURS = (60, 60, 60, 60, 60)


@pytest.mark.parametrize(
    "plan", [None, [["structure"]], [["territoire", "mois"]], [["structure", "mois"]]]
)
def test_a_row_of_the_region_counts_too(scene, plan):
    """Whatever the crossing: a structure, or a month of the place, are persons of the place."""
    lieux = [(un_membre("59001"), (40, 60, 80, 76, 3)), (un_membre("59002"), AILLEURS)]
    clore_dans_la_region(lieux, plan)
    assert dites().motif == CACHE


def test_the_row_of_a_quartier_in_the_region_counts_too(scene):
    dedans = builders.un_territoire("59001A", un_membre(), "Quartier")
    clore_dans_la_region([(dedans, (40, 60, 80, 76, 3)), (un_membre("59002"), AILLEURS)])
    assert dites().motif == CACHE


def test_a_row_of_the_region_that_is_of_elsewhere_changes_nothing(scene):
    clore_dans_la_region([(un_membre("59002"), (40, 60, 80, 76, 3))])
    assert not dites().motif


@pytest.mark.parametrize("accompagnees", [299, 301, 310, 290])
def test_the_few_who_are_left_out_of_the_composition_are_not_found(accompagnees):
    """The caseload is told beside it (P06): one less the other would be 1 to 10 persons."""
    un_programme(1)
    importer("effectifs", effectif("59001", accompagnees, 150, 50))
    composer(40, 60, 80, 80, 40)
    repondre(30, 40, 50, 15, 15)
    assert dites().motif == CACHE


def test_a_place_inside_another_has_no_composition_of_its_own(scene):
    with pytest.raises(SaisieInvalide, match="contient l’autre"):
        composer(100, 100, 100, 100, 100, territoire=une_region())
    dedans = builders.un_territoire("59001A", un_membre(), "Quartier")
    with pytest.raises(SaisieInvalide, match="contient l’autre"):
        composer(20, 20, 20, 20, 20, territoire=dedans)


def test_a_place_moved_inside_another_is_told_no_more(scene):
    ailleurs = un_membre("59009")
    composer(100, 100, 100, 100, 100, territoire=ailleurs)
    ici = un_membre()
    type(ici).objects.filter(pk=ici.pk).update(chemin=f"{ailleurs.chemin}59001/")
    ici.refresh_from_db()
    assert {d.motif for d in diversites(perimetre_du_territoire(ici))} <= {CACHE, SANS_EFFECTIF}


def test_a_caseload_that_may_not_be_told_hides_its_composition():
    un_programme(1)
    composer(40, 60, 80, 80, 40)
    repondre(30, 40, 50, 15, 15)
    assert dites().motif == SANS_EFFECTIF


def test_nothing_is_told_without_a_closing():
    un_programme(1)
    importer("effectifs", effectif("59001", 300, 150, 50))
    composer(40, 60, 80, 80, 40)
    dite = dites()
    assert (dite.composition, dite.motif) == (None, SANS_REPONSES)


def test_a_withdrawal_is_not_a_way_to_start_again(scene):
    retirer_composition(territoire=un_membre(), trait="age", par=une_coordination())
    assert dites().motif == RETIREE
    composer(40, 60, 80, 80, 41)
    assert dites().motif == CACHE
    with pytest.raises(EtatIncompatible):
        retirer_composition(territoire=un_membre(), trait="transport", par=une_coordination())


def test_no_other_surface_has_the_numbers(scene, client):
    """Neither a formula, nor the API, nor a file, nor the bilan, nor the command."""
    composer(41, 71, 83, 97, 61)
    with pytest.raises(ErreurFormule):
        lire("somme(composition.total)")
    lues = StringIO()
    call_command("indicateurs", "--programme", "essai", "--json", stdout=lues)
    textes = [lues.getvalue()]
    compte = builders.un_compte(Role.EVALUATION, une_region(), "eval@exemple.fr")
    jeton = builders.un_jeton(compte).valeur
    entete = {"HTTP_AUTHORIZATION": f"Bearer {jeton}"}
    for nom, args in [("api:mesures_du_programme", ["essai"]), ("api:programme", ["essai"])]:
        textes.append(client.get(reverse(nom, args=args), **entete).content.decode())
    client.force_login(compte)
    for fichier in ("csv", "json"):
        page = client.get(reverse("analyses:fichier_programme", args=["essai", fichier]))
        textes.append(b"".join(page).decode() if page.streaming else page.content.decode())
    mots = client.get(reverse("analyses:bilan_word_programme", args=["essai"])).content
    textes.append(ZipFile(BytesIO(mots)).read("word/document.xml").decode())
    assert json.loads(textes[0])
    for texte in textes:
        assert "Moins de 26 ans" not in texte
        assert "composition" not in texte.lower()


# Several choices.


def test_transport_is_compared_choice_by_choice():
    un_programme(1)
    importer("effectifs", effectif("59001", 300, 150, 50))
    composer(150, 5, 120, 140, 60, 0, trait=TRANSPORT, total=300)
    repondre(30, 40, 50, 15, 15, voitures=30)
    dite = dites(trait=TRANSPORT)
    assert montre(dite) == {
        ("marche", 150), ("velo", None), ("bus", 120), ("voiture", 140), ("conduite", 60), ("autre", None),
    }  # fmt: skip
    parts = {p.libelle: p for p in dite.comparaisons[0].parts}
    assert set(parts) == {
        "À pied",
        "En bus, tram ou train",
        "Avec leur voiture",
        "Conduites par quelqu’un",
    }
    assert parts["Avec leur voiture"].verdict == Verdict.MOINS


def test_the_wall_of_a_room_counts_too():
    """Eleven helped have a car; the wall said that more than nine of twelve have one."""
    un_programme(1)
    importer("effectifs", effectif("59001", 300, 150, 50))
    composer(150, 5, 120, 11, 60, 0, trait=TRANSPORT, total=300)
    repondre(30, 40, 50, 15, 15)
    assert dites(trait=TRANSPORT).comparaisons
    par = une_coordination()
    collecte = builders.une_collecte_ouverte(
        par=par,
        territoire=un_membre(),
        version=builders.une_version(PROFIL),
        nom="salle",
        profil="ordinaire",
    )
    seance = builders.une_seance(collecte=collecte, par=par, territoire=un_membre())
    seance = ouvrir_seance(seance=seance, par=par)
    reponses = {"pr1": "moins_26", "pr4": ["voiture"]}
    builders.des_passations(collecte, 12, acces=seance.acces, reponses=reponses)
    clore_seance(seance=seance, par=par)
    publier_mur(salle=salle_du_lien(seance.acces.jeton), par=par)
    assert dites(trait=TRANSPORT).motif == CACHE
    assert not dites(trait=TRANSPORT).comparaisons
