"""Bad input of issue 6: each is told in French, on every surface that shows the figure."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from analyses.actions.registres import ImportRefuse
from analyses.actions.registres.programmes import ProjetIndicateur, definir_indicateur
from analyses.indicateurs.catalogue import catalogue
from analyses.mesures import mesurer_tout, perimetre_du_programme
from analyses.models import Effectif, IndicateurPropre
from tests import builders
from tests.integration.analyses.registres.scenes import (
    importer,
    un_acteur,
    un_membre,
    un_programme,
    une_coordination,
    une_region,
)
from tests.integration.analyses.registres.test_personnes import POUVOIR, effectif, reponses
from voix.commun.erreurs import SaisieInvalide

pytestmark = pytest.mark.django_db

PAR_CODE = {i.code: i for i in catalogue()}


def ecrit_partout(client, phrase: str) -> None:
    sortie = StringIO()
    call_command("indicateurs", "--programme", "essai", stdout=sortie)
    assert phrase in sortie.getvalue()
    client.force_login(une_coordination())
    page = client.get(reverse("analyses:programme", args=["essai"])).content.decode()
    assert phrase in page


def definir(formule: str) -> None:
    definir_indicateur(
        territoire=une_region(),
        projet=ProjetIndicateur("V1", "Essai", "Un essai.", formule),
        par=une_coordination(),
    )


def test_a_part_that_exceeds_its_whole_is_said_with_both_numbers(client):
    un_programme(1)
    rencontres = [un_acteur(nom=f"r{n}", rencontre_le="2023-01-01") for n in range(11)]
    importer("acteurs", *rencontres, un_acteur(nom="s"))
    definir("nombre(acteurs) / nombre(acteurs avec rencontre)")
    ecrit_partout(client, "12 sur 11\u00a0: la partie dépasse le tout. Vérifiez les registres.")


def test_totals_that_cannot_be_are_refused_all_at_once_and_nothing_is_kept():
    un_programme(2)
    with pytest.raises(ImportRefuse) as refus:
        importer("effectifs", effectif("59001", 100, 101), effectif("59002", 100, 50, 51))
    assert [d.colonne for d in refus.value.defauts] == ["engagees", "regulieres"]
    assert Effectif.objects.count() == 0


def test_over_zero_there_is_a_sentence_and_no_figure(client):
    un_programme(1)
    definir("nombre(acteurs avec rencontre) / nombre(acteurs)")
    ecrit_partout(client, "Rien n’est encore saisi pour la base.")
    (mesure,) = mesurer_tout(perimetre_du_programme(un_programme(1)), [PAR_CODE["I4"]])
    assert mesure.valeur is None


def test_a_territoire_moved_inside_another_member_keeps_its_registers_and_says_what_it_hides(
    client,
):
    """Its actors still count for it; persons would be told twice, so they are not."""
    programme = un_programme(2)
    importer("acteurs", un_acteur(territoire="59002", rencontre_le="2023-01-01"))
    importer("effectifs", effectif("59001", 200, 100), effectif("59002", 200, 90))
    (avant,) = mesurer_tout(perimetre_du_programme(programme), [PAR_CODE["P05"]])
    assert avant.k == 190
    dessus, deplace = un_membre("59001"), un_membre("59002")
    deplace.parent, deplace.chemin = dessus, f"{dessus.chemin}59002/"
    deplace.save()
    ensemble = perimetre_du_programme(programme)
    engagees, rencontres = mesurer_tout(ensemble, [PAR_CODE["P05"], PAR_CODE["I4"]])
    assert engagees.k is None
    assert (rencontres.k, rencontres.n) == (1, 1)
    ecrit_partout(client, "un territoire est à l’intérieur d’un autre")


@pytest.mark.parametrize("nombre", ["9" * 12, "9" * 30, "9" * 5000])
def test_a_number_too_large_is_told_beside_its_field(client, nombre):
    un_programme(1)
    client.force_login(une_coordination())
    chiffre = {
        "code": "I1", "pourcent": "74", "k": nombre, "n": nombre, "origine": "x", "du": "2024-01-01",
    }  # fmt: skip
    page = client.post(reverse("analyses:ajouter_chiffre", args=["essai"]), chiffre)
    assert page.status_code == 200
    assert page.content.decode().count("Écrivez un nombre entier, de 0 à") >= 2
    assert client.get(
        f"{reverse('analyses:registre', args=['acteurs'])}?territoire={nombre}"
    ).status_code in {200, 404}


def test_a_target_too_large_is_told_beside_its_field(client):
    client.force_login(une_coordination())
    saisie = {
        "territoire": une_region().pk, "code": "V1", "nom": "V", "definition": "D", "formule": "nombre(acteurs)",
        "forme": "nombre", "objectif": "9" * 30, "sens": "au_moins", "mise_en_commun": "ensemble",
        "intervalle": "recensement", "base_min": "10",
    }  # fmt: skip
    page = client.post(reverse("analyses:ajouter_indicateur"), saisie)
    assert page.status_code == 200
    assert "Écrivez un nombre entier, de 0 à" in page.content.decode()


REPONSES = 'nombre(reponses avec questionnaire = "{}" et question = "{}" et code = "{}")'


@pytest.mark.parametrize(
    ("noms", "raison"),
    [
        (("pouvoire", "po1", "1"), "Aucun questionnaire publié n’a le code"),
        (("pouvoir", "po11", "1"), "n’est pas une question qui se compte"),
        (("pouvoir", "po1", "9"), "n’est pas une réponse à"),
    ],
)
def test_answers_that_no_questionnaire_has_are_refused(noms, raison):
    builders.une_version(POUVOIR)
    projet = ProjetIndicateur("V1", "Essai", "Un essai.", REPONSES.format(*noms), "nombre")
    with pytest.raises(SaisieInvalide, match=raison):
        definir_indicateur(territoire=une_region(), projet=projet, par=une_coordination())


@pytest.mark.parametrize("noms", [("pouvoir", "po1", "1"), ("pouvoir", "po1", "9")])
def test_answers_that_are_not_there_are_not_nobody(noms):
    """« 0 personne » where nothing is published, or where no answer has that code, would be false."""
    programme = un_programme(1)
    if noms[2] == "9":
        reponses(30, 40, 50, 60)
    IndicateurPropre.objects.create(
        territoire=une_region(), code="V1", nom="V", definition="D", formule=REPONSES.format(*noms), forme="nombre",
    )  # fmt: skip
    mesure = next(
        m for m in mesurer_tout(perimetre_du_programme(programme)) if m.indicateur.code == "V1"
    )
    assert (mesure.k, mesure.valeur) == (None, None)
    assert "Rien n’est encore saisi" in mesure.motif
