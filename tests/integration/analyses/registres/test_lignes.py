"""One row at a time, and registers that say of themselves what the pure description says."""

from datetime import date

import pytest
from django.db import IntegrityError, models, transaction

from analyses.actions.registres import (
    ajouter_mesure,
    creer_programme,
    definir_indicateur,
    enregistrer_ligne,
    retirer_indicateur,
    retirer_ligne,
)
from analyses.actions.registres.programmes import ChiffreLu, ProjetIndicateur
from analyses.indicateurs.registres import REGISTRES, Nature
from analyses.mesures import mesurer_tout, perimetre_du_programme
from analyses.models import MODELES, Acteur, Instance, MesureSaisie, Programme
from tests import builders
from tests.integration.analyses.registres.scenes import (
    importer,
    un_acteur,
    un_membre,
    un_programme,
    une_coordination,
    une_region,
)
from voix.commun.erreurs import AccesRefuse, SaisieInvalide
from voix.comptes.models import Trace
from voix.comptes.roles import Role

pytestmark = pytest.mark.django_db

VIDE = {
    c.nom: () if c.nature in {Nature.LISTE, Nature.LIENS} else None
    for c in REGISTRES["acteurs"].colonnes
}
EPICERIE = VIDE | {"nom": "Épicerie", "type": "epicerie", "raison": "", "raison_autre": ""}


def ajouter(valeurs=EPICERIE, **options):
    options = {"nom": "acteurs", "territoire": un_membre(), "par": une_coordination()} | options
    return enregistrer_ligne(valeurs=valeurs, **options)


@pytest.mark.parametrize("nom", REGISTRES)
def test_a_model_has_the_columns_of_its_register(nom):
    modele = MODELES[nom]
    champs = {c.name for c in modele._meta.get_fields() if c.concrete} - {"id", "territoire"}
    assert champs - {"programme"} == {c.nom for c in REGISTRES[nom].colonnes}
    assert ("programme" in champs) == REGISTRES[nom].du_programme
    assert modele.registre == nom
    for colonne in REGISTRES[nom].colonnes:
        champ = modele._meta.get_field(colonne.nom)
        if colonne.nature in {Nature.TEXTE, Nature.CHOIX}:
            assert champ.max_length >= max([len(c) for c in colonne.codes] or [colonne.maximum])
        if colonne.nature == Nature.CHOIX:
            assert tuple(champ.choices) == colonne.choix
        if colonne.nature == Nature.ENTIER:
            assert isinstance(
                champ, models.PositiveIntegerField | models.PositiveSmallIntegerField
            )


@pytest.mark.parametrize("nom", REGISTRES)
def test_the_key_of_a_register_is_unique_in_the_database(nom):
    r = REGISTRES[nom]
    cle = {"territoire", *r.cle} | ({"programme"} if r.du_programme else set())
    uniques = [
        set(c.fields)
        for c in MODELES[nom]._meta.constraints
        if isinstance(c, models.UniqueConstraint)
    ]
    assert cle in uniques


def test_a_row_is_added_once():
    assert ajouter().pk == ajouter().pk
    assert Acteur.objects.count() == 1
    assert Trace.objects.filter(verbe="ajouter_ligne").count() == 1


def test_another_row_of_the_same_name_is_refused():
    ajouter()
    with pytest.raises(SaisieInvalide, match="existe déjà"):
        ajouter(EPICERIE | {"type": "ccas"})


@pytest.mark.parametrize("nom", ["EPICERIE", "épicerie", "Épicerie  "])
def test_one_actor_written_in_two_ways_is_refused_by_the_form_as_by_a_file(nom):
    """I4 counted « EPICERIE » and « Épicerie » as two actors when one came by the form."""
    ajouter()
    with pytest.raises(SaisieInvalide, match="Écrivez «\xa0Épicerie\xa0» si c’est la même chose"):
        ajouter(EPICERIE | {"nom": nom})
    autre = ajouter(EPICERIE | {"nom": "Épicerie du Marché"})
    with pytest.raises(SaisieInvalide, match="ne diffèrent que par"):
        ajouter(EPICERIE | {"nom": nom}, ligne=autre)
    ajouter(EPICERIE | {"nom": nom}, territoire=un_membre("59002"))
    assert Acteur.objects.filter(territoire=un_membre()).count() == 2


def test_the_capitals_of_a_row_may_be_corrected_and_what_was_there_before_may_still_be_changed():
    ligne = ajouter(EPICERIE | {"nom": "EPICERIE"})
    ligne = ajouter(EPICERIE, ligne=ligne)
    assert ligne.nom == "Épicerie"
    ancienne = Acteur.objects.create(territoire=un_membre(), nom="épicerie", type="epicerie")
    ajouter(EPICERIE | {"nom": "épicerie", "type": "ccas"}, ligne=ancienne)
    assert Acteur.objects.get(nom="épicerie").type == "ccas"


def test_a_row_is_changed_and_the_trace_says_which_columns():
    ligne = ajouter()
    ajouter(EPICERIE | {"rencontre_le": date(2023, 3, 1)}, ligne=ligne)
    assert Acteur.objects.get().rencontre_le == date(2023, 3, 1)
    assert Trace.objects.get(verbe="modifier_ligne").details["colonnes"] == ["rencontre_le"]


def test_what_columns_say_of_each_other_is_checked():
    with pytest.raises(SaisieInvalide, match="date de rencontre"):
        ajouter(EPICERIE | {"participe_le": date(2023, 3, 1)})
    assert Acteur.objects.count() == 0


@pytest.mark.parametrize("role", [Role.EVALUATION, Role.AMBASSADEUR, Role.DIETETIQUE])
def test_only_coordination_writes(role):
    autre = builders.un_compte(role, une_region(), email=f"{role}@exemple.fr")
    with pytest.raises(AccesRefuse):
        ajouter(par=autre)
    ligne = ajouter()
    with pytest.raises(AccesRefuse):
        retirer_ligne(ligne=ligne, par=autre)


def test_a_row_that_others_lead_to_stays():
    un_membre()
    importer("instances", {"territoire": "59001", "nom": "Comité", "type": "autre"})
    importer(
        "reunions",
        {"territoire": "59001", "le": "2023-06-01", "intitule": "R", "instance": "Comité"},
    )
    with pytest.raises(SaisieInvalide, match="D’autres lignes"):
        retirer_ligne(ligne=Instance.objects.get(), par=une_coordination())
    assert Instance.objects.count() == 1


def test_a_row_goes_away_and_leaves_its_trace():
    retirer_ligne(ligne=ajouter(), par=une_coordination())
    assert Acteur.objects.count() == 0
    assert Trace.objects.filter(verbe="retirer_ligne").count() == 1


@pytest.mark.parametrize(
    "faute",
    [
        {"type": "inconnu"},
        {"raison": "autre"},
        {"participe_le": date(2023, 1, 1)},
        {"rencontre_le": date(2023, 1, 2), "recense_le": date(2023, 1, 3)},
        {"rencontre_le": date(2023, 1, 2), "anime": True, "raison": "concurrence"},
    ],
)
def test_the_database_is_the_last_judge(faute):
    champs = {"nom": "A", "type": "ccas", "territoire": un_membre()} | faute
    with pytest.raises(IntegrityError), transaction.atomic():
        Acteur.objects.create(**champs)


def test_a_programme_is_made_once_and_only_of_my_territoires():
    assert un_programme(2).pk == un_programme(3).pk
    assert Programme.objects.get().territoires.count() == 3
    ailleurs = builders.un_territoire("11")
    with pytest.raises(AccesRefuse):
        creer_programme(
            nom="autre",
            titre="Autre",
            territoire=une_region(),
            territoires=[ailleurs],
            par=une_coordination(),
        )
    with pytest.raises(SaisieInvalide):
        creer_programme(
            nom="vide",
            titre="Vide",
            territoire=une_region(),
            territoires=[],
            par=une_coordination(),
        )


PROJET = {
    "code": "V1",
    "nom": "Épiceries rencontrées",
    "definition": "Épiceries rencontrées, sur les épiceries.",
    "formule": "nombre(acteurs avec type = epicerie et rencontre) / nombre(acteurs avec type = epicerie)",
}


def definir(**changements):
    evaluation = builders.un_compte(Role.EVALUATION, une_region(), email="evaluation@exemple.fr")
    return definir_indicateur(
        territoire=une_region(), projet=ProjetIndicateur(**PROJET | changements), par=evaluation
    )


def test_an_evaluator_adds_an_indicator_without_code():
    programme = un_programme(1)
    noms = [f"É{n}" for n in range(12)]
    importer(
        "acteurs",
        *[un_acteur(nom=n, rencontre_le="2023-01-01") for n in noms[:9]],
        *[un_acteur(nom=n) for n in noms[9:]],
    )
    definir()
    definir(objectif=70)
    mesures = {m.indicateur.code: m for m in mesurer_tout(perimetre_du_programme(programme))}
    assert len(mesures) == 31
    assert (mesures["V1"].k, mesures["V1"].n, mesures["V1"].valeur) == (9, 12, 75)
    assert mesures["V1"].atteint is True


@pytest.mark.parametrize(
    ("changement", "message"),
    [
        ({"formule": "nombre(acteur) / nombre(acteurs)"}, "Caractère 8"),
        ({"formule": "nombre(acteurs) / nombre(territoires)"}, "Une part compare"),
        ({"code": "I1"}, "indicateur fourni"),
        ({"objectif": 101}, "de 0 à 100"),
    ],
)
def test_a_wrong_indicator_is_refused_with_its_reason(changement, message):
    with pytest.raises(SaisieInvalide, match=message):
        definir(**changement)


def test_an_indicator_goes_away():
    propre = definir()
    retirer_indicateur(propre=propre, par=une_coordination())
    assert Trace.objects.filter(verbe="retirer_indicateur").exists()


def test_a_figure_typed_in_is_kept_even_when_impossible():
    programme = un_programme(1)
    chiffre = ChiffreLu("I1", "74", "Bilan de l’AMI", date(2024, 12, 1), n=48)
    for _ in range(2):
        ajouter_mesure(programme=programme, chiffre=chiffre, par=une_coordination())
    assert MesureSaisie.objects.count() == 1
    with pytest.raises(SaisieInvalide, match="pourcentage"):
        ajouter_mesure(
            programme=programme,
            chiffre=ChiffreLu("I1", "beaucoup", "Bilan", date(2024, 12, 1)),
            par=une_coordination(),
        )
