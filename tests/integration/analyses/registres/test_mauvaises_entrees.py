"""Bad input of issue 6: each is told in French, on every surface that shows the figure."""

import html
from datetime import timedelta
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from analyses.actions.registres import ImportRefuse
from analyses.actions.registres.programmes import ProjetIndicateur, definir_indicateur
from analyses.mesures import mesurer_tout, perimetre_du_programme
from analyses.models import Acteur, Effectif, IndicateurPropre
from tests import builders
from tests.integration.analyses.registres.scenes import (
    PAR_CODE,
    importer,
    un_acteur,
    un_fichier,
    un_membre,
    un_programme,
    une_coordination,
    une_region,
)
from tests.integration.analyses.registres.test_personnes import POUVOIR, effectif, reponses
from voix.commun.erreurs import SaisieInvalide

pytestmark = pytest.mark.django_db


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
    ecrit_partout(client, "Pas de résultat\u00a0: la base est de 0\u00a0acteur.")
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


DEMAIN = (timezone.localdate() + timedelta(days=1)).isoformat()
AUJOURDHUI = timezone.localdate().isoformat()


@pytest.mark.parametrize(
    ("registre", "ligne", "colonne"),
    [
        ("acteurs", un_acteur(rencontre_le=DEMAIN), "rencontre_le"),
        ("actions", {"territoire": "59001", "intitule": "A", "objectif": "approvisionnement", "commencee_le": DEMAIN}, "commencee_le"),
        ("propositions", {"territoire": "59001", "reference": "P", "recue_le": "2024-01-01", "texte": "T", "repondue_le": DEMAIN, "decision": "adoptee"}, "repondue_le"),
        ("ambassadeurs", {"territoire": "59001", "arrete_le": DEMAIN, "recrutes": "40", "formes": "30", "actifs": "20"}, "arrete_le"),
    ],
)  # fmt: skip
def test_a_day_to_come_is_not_a_fact(registre, ligne, colonne):
    un_programme(1)
    with pytest.raises(ImportRefuse) as refus:
        importer(registre, ligne)
    (defaut,) = refus.value.defauts
    assert (defaut.colonne, "pas encore passé" in defaut.message) == (colonne, True)
    assert importer(registre, ligne | {colonne: AUJOURDHUI}).nb_ajoutees == 1


def test_a_day_to_come_is_told_beside_its_field(client):
    lieu = un_membre()
    client.force_login(une_coordination())
    ou = f"{reverse('analyses:ajouter_ligne', args=['acteurs'])}?territoire={lieu.pk}"
    page = client.post(ou, {"nom": "A", "type": "ccas", "rencontre_le": "2090-01-01"})
    assert page.status_code == 200
    assert "pas encore passé" in page.content.decode()
    assert Acteur.objects.count() == 0


def test_an_action_may_end_later_and_a_period_is_told_before_its_end():
    un_programme(1)
    action = {"territoire": "59001", "intitule": "A", "objectif": "approvisionnement", "commencee_le": "2024-01-01"}  # fmt: skip
    assert importer("actions", action | {"finie_le": DEMAIN}).nb_ajoutees == 1
    assert importer("effectifs", effectif("59001", 200, 100) | {"au": DEMAIN}).nb_ajoutees == 1


def test_a_line_with_a_wrong_value_tells_all_the_rest_too():
    """A wrong day hid the unknown territoire, the unknown actor and what columns say of each other."""
    un_programme(1)
    action = {
        "territoire": "00000", "intitule": "", "objectif": "x", "commencee_le": "2024-05-01",
        "finie_le": "2024-01-01", "acteurs": "Inconnu",
    }  # fmt: skip
    with pytest.raises(ImportRefuse) as refus:
        importer("actions", action, action | {"territoire": "59001", "intitule": "B"})
    assert [(d.ligne, d.colonne) for d in refus.value.defauts] == [
        (2, "intitule"), (2, "objectif"), (2, "finie_le"), (2, "territoire"),
        (3, "objectif"), (3, "finie_le"), (3, "acteurs"),
    ]  # fmt: skip


def test_thousands_of_errors_are_grouped_and_the_rest_is_counted(client):
    un_membre()
    lignes = [un_acteur(nom=f"a{n}", type="boutique", antenne=f"x{n}") for n in range(300)]
    client.force_login(une_coordination())
    fichier = SimpleUploadedFile("a.csv", un_fichier("acteurs", *lignes))
    page = client.post(
        reverse("analyses:importer_registre", args=["acteurs"]), {"fichier": fichier}
    )
    texte = html.unescape(page.content.decode()).replace("\xa0", " ")
    assert "600 choses à corriger" in texte
    assert "Lignes 2, 3, 4, 5, 6 et 295 autres, colonne « type »" in texte
    assert "Et encore 201 : « antenne » 201. Corrigez" in texte
