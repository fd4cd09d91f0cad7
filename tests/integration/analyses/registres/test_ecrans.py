"""The pages of registers and indicators, as coordination and evaluation use them."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from analyses.actions.registres import ajouter_mesure
from analyses.actions.registres.programmes import ChiffreLu
from analyses.indicateurs.registres import REGISTRES
from analyses.models import (
    Acteur,
    Action,
    IndicateurPropre,
    MesureSaisie,
    Programme,
    Reunion,
)
from tests import builders
from tests.integration.analyses.registres.scenes import (
    importer,
    un_acteur,
    un_fichier,
    un_membre,
    un_programme,
    une_coordination,
    une_region,
)
from tests.navigateur import Personne
from voix.comptes.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordination():
    personne = Personne()
    personne.client.force_login(une_coordination())
    un_membre()
    return personne


@pytest.fixture
def evaluation():
    personne = Personne()
    personne.client.force_login(
        builders.un_compte(Role.EVALUATION, une_region(), email="evaluation@exemple.fr")
    )
    return personne


def adresse(nom: str, *args: object) -> str:
    return reverse(f"analyses:{nom}", args=args)


def test_from_the_menu_to_a_saved_row(coordination):
    coordination.ouvrir("/espace/").suivre("Registres").suivre("Acteurs")
    assert "Rien n’est encore noté" in coordination.texte
    coordination.suivre("Ajouter un acteur")
    assert "Territoire" in coordination.texte
    ou = f"{adresse('ajouter_ligne', 'acteurs')}?territoire={un_membre().pk}"
    coordination.ouvrir(ou)
    saisie = {"nom": "Épicerie", "type": "epicerie", "antenne": "non"}
    page = coordination.client.post(ou, saisie, follow=True)
    assert "C’est enregistré." in page.content.decode()
    assert Acteur.objects.get().antenne is False


def test_save_and_go_on_stays_in_the_same_territoire(coordination):
    ou = f"{adresse('ajouter_ligne', 'acteurs')}?territoire={un_membre().pk}"
    page = coordination.client.post(ou, {"nom": "A", "type": "ccas", "encore": "oui"})
    assert page["Location"] == ou


def test_errors_are_beside_their_field(coordination):
    ou = f"{adresse('ajouter_ligne', 'acteurs')}?territoire={un_membre().pk}"
    page = coordination.client.post(
        ou, {"nom": "", "type": "ccas", "participe_le": "2023-05-01", "rencontre_le": "hier"}
    )
    texte = page.content.decode()
    assert "Il manque «\u00a0Nom\u00a0»." in texte
    assert "Écrivez une date" in texte
    page = coordination.client.post(ou, {"nom": "A", "type": "ccas", "participe_le": "2023-05-01"})
    assert "il n’a pas de date de rencontre" in page.content.decode()
    assert 'id="id_rencontre_le_error"' in page.content.decode()
    assert Acteur.objects.count() == 0


def test_an_identifier_too_large_for_the_database_is_not_in_the_list(coordination):
    """SQLite overflowed on it: a 500, where every other wrong choice is an error of its field."""
    enorme, membre = "9" * 26, un_membre().pk
    page = coordination.client.post(
        adresse("ajouter_programme"),
        {"titre": "Essai", "territoire": une_region().pk, "territoires": [membre, enorme]},
    )
    assert page.context["form"].errors.keys() == {"territoires"}
    ou = f"{adresse('ajouter_ligne', 'actions')}?territoire={membre}"
    page = coordination.client.post(ou, {"acteurs": enorme})
    assert page.context["form"].errors["acteurs"] == ["Choisissez dans la liste."]


@pytest.mark.parametrize("nom", REGISTRES)
def test_every_register_has_its_form_and_its_pages(coordination, nom):
    un_programme(1)
    for page in (
        adresse("registre", nom),
        adresse("importer_registre", nom),
        f"{adresse('ajouter_ligne', nom)}?territoire={un_membre().pk}",
    ):
        assert coordination.ouvrir(page).page.status_code == 200
    modele = coordination.client.get(adresse("modele_registre", nom))
    assert modele.content.decode().startswith("\ufeff")
    assert f'filename="{nom}.csv"' in modele["Content-Disposition"]


def test_a_row_is_changed_and_taken_away(coordination):
    importer("acteurs", un_acteur(), un_acteur(nom="Ferme", type="producteur"))
    action = {"territoire": "59001", "intitule": "Paniers", "objectif": "approvisionnement"}
    importer("actions", action | {"commencee_le": "2023-06-01", "acteurs": "Ferme"})
    ou = adresse("modifier_ligne", "actions", Action.objects.get().pk)
    page = coordination.client.get(ou).content.decode()
    assert 'value="Paniers"' in page
    assert 'value="2023-06-01"' in page
    assert page.count("checked") == 3  # its goal, « pas renseigné », its actor
    saisie = {
        "intitule": "Paniers",
        "commencee_le": "2023-06-01",
        "objectif": "participation",
        "acteurs": [str(a.pk) for a in Acteur.objects.all()],
    }
    coordination.client.post(ou, saisie)
    assert Action.objects.get().acteurs.count() == 2
    assert Action.objects.get().objectif == "participation"
    ou = adresse("retirer_ligne", "actions", Action.objects.get().pk)
    assert "Paniers" in coordination.ouvrir(ou).texte
    assert Action.objects.count() == 1
    coordination.client.post(ou)
    assert Action.objects.count() == 0


def test_a_reunion_keeps_its_lists(coordination):
    ou = f"{adresse('ajouter_ligne', 'reunions')}?territoire={un_membre().pk}"
    coordination.client.post(
        ou,
        {
            "le": "2023-06-01",
            "intitule": "R",
            "soutiens": ["garde", "repas"],
            "presents_elus": "2",
        },
    )
    reunion = Reunion.objects.get()
    assert (reunion.soutiens, reunion.presents_elus, reunion.presents_personnes) == (
        ["garde", "repas"],
        2,
        None,
    )


def test_a_file_is_imported_or_every_error_is_shown(coordination):
    ou = adresse("importer_registre", "acteurs")
    faux = SimpleUploadedFile("a.csv", un_fichier("acteurs", un_acteur(type="x", nom="")))
    page = coordination.client.post(ou, {"fichier": faux})
    texte = page.content.decode()
    assert "2 choses à corriger. Rien n’est enregistré." in texte
    assert "Ligne 2, colonne «&nbsp;type&nbsp;»" in texte
    juste = SimpleUploadedFile("a.csv", un_fichier("acteurs", un_acteur()))
    page = coordination.client.post(ou, {"fichier": juste}, follow=True)
    assert "1 ajoutée," in page.content.decode()
    assert Acteur.objects.count() == 1


def test_thousands_of_errors_make_a_page_that_opens(coordination):
    lignes = [un_acteur(nom=f"n{i}", type="x") for i in range(3000)]
    fichier = SimpleUploadedFile("a.csv", un_fichier("acteurs", *lignes))
    page = coordination.client.post(adresse("importer_registre", "acteurs"), {"fichier": fichier})
    assert "3000 choses à corriger" in page.content.decode()
    assert len(page.content) < 100_000


def test_a_programme_is_created_and_shows_its_table(coordination):
    saisie = {
        "titre": "Mieux manger",
        "territoire": une_region().pk,
        "territoires": [un_membre().pk],
    }
    page = coordination.client.post(adresse("ajouter_programme"), saisie, follow=True)
    assert "Mieux manger est prêt." in page.content.decode()
    assert Programme.objects.get().nom == "mieux-manger"


def test_the_table_says_objective_result_gap_and_base(evaluation):
    un_programme(10)
    for code in range(59001, 59011):
        atteint = "oui" if code < 59009 else "non"
        ligne = {"territoire": str(code), "type": "formalisation", "atteint": atteint}
        importer("jalons", ligne | {"le": "2023-01-01", "preuve": "Charte"})
    evaluation.ouvrir("/espace/").suivre("Indicateurs").suivre("Programme d’essai")
    assert "I10. Formalisation du réseau local" in evaluation.texte
    assert "8 sur 10 territoires" in evaluation.texte
    assert "Laissé ouvert par la source" in evaluation.texte
    rang = evaluation.texte.split("I10. ")[1].split("I11. ")[0]
    assert "80 % 80 %" in rang
    assert rang.strip().endswith("0 pointAtteint")


def test_a_gap_has_its_sign(evaluation):
    un_programme(10)
    for code in range(59001, 59011):
        importer("jalons", {"territoire": str(code), "type": "probleme", "atteint": "non"})
    evaluation.ouvrir(adresse("programme", "essai"))
    rang = evaluation.texte.split("I9. ")[1].split("I10. ")[0]
    assert "0 %0 sur 10 territoires" in rang
    assert "\u2212100 points" in rang
    assert "Pas atteint" in rang


def test_a_figure_typed_in_is_warned_of_then_kept_and_flagged(evaluation):
    un_programme(1)
    ou = adresse("ajouter_chiffre", "essai")
    saisie = {"code": "I1", "pourcent": "74", "n": "48", "origine": "Bilan", "du": "2024-12-01"}
    page = evaluation.client.post(ou, saisie)
    assert "74\u00a0% de 48, c’est impossible." in page.content.decode()
    assert MesureSaisie.objects.count() == 0
    evaluation.client.post(ou, saisie | {"garder": "oui"})
    assert MesureSaisie.objects.count() == 1
    evaluation.ouvrir(adresse("programme", "essai"))
    assert "74 % de 48, c’est impossible." in evaluation.texte
    evaluation.client.post(ou, saisie | {"n": "80", "k": "59", "origine": "Voix"})
    assert MesureSaisie.objects.count() == 2


def test_a_possible_figure_is_shown_without_alarm(evaluation):
    programme = un_programme(1)
    chiffre = ChiffreLu("I1", "74", "Bilan", date(2024, 12, 1), k=59, n=80)
    ajouter_mesure(programme=programme, chiffre=chiffre, par=une_coordination())
    evaluation.ouvrir(adresse("programme", "essai"))
    assert "Lu ailleurs : 74 % de 80 (Bilan)." in evaluation.texte
    assert "c’est impossible" not in evaluation.texte


@pytest.mark.parametrize(
    ("saisie", "attendu"),
    [
        ({"pourcent": "79", "n": "10"}, "79\u00a0% de 10, c’est impossible."),
        ({"pourcent": "79", "n": "19"}, "Ce chiffre est possible."),
        ({"pourcent": "73,8", "n": "80", "k": "59"}, "Ce chiffre est possible."),
        ({"pourcent": "74", "n": "80", "k": "60"}, "60 sur 80 ne font pas 74\u00a0%."),
        ({"pourcent": "abc", "n": "80"}, "Écrivez un pourcentage"),
        ({"pourcent": "50", "n": ""}, "Écrivez sur combien."),
        ({"pourcent": "²", "n": "5"}, "Écrivez un pourcentage"),
    ],
)
def test_any_percentage_can_be_checked(evaluation, saisie, attendu):
    page = evaluation.client.get(adresse("verifier"), saisie)
    assert attendu in page.content.decode()


def test_an_evaluator_writes_an_indicator_and_takes_it_away(evaluation):
    un_programme(1)
    ou = adresse("ajouter_indicateur")
    saisie = {
        "base_min": "10",
        "territoire": une_region().pk,
        "code": "V1",
        "nom": "Épiceries",
        "definition": "Épiceries, sur les acteurs.",
        "formule": "nombre(acteur avec type = epicerie) / nombre(acteurs)",
        "forme": "part",
        "sens": "au_moins",
        "mise_en_commun": "ensemble",
        "intervalle": "aucun",
    }
    page = evaluation.client.post(ou, saisie)
    assert (
        "Caractère 8\u00a0: la table «\u00a0acteur\u00a0» n’existe pas." in page.content.decode()
    )
    saisie["formule"] = saisie["formule"].replace("acteur avec", "acteurs avec")
    evaluation.client.post(ou, saisie)
    propre = IndicateurPropre.objects.get()
    assert "V1. Épiceries" in evaluation.ouvrir(adresse("programme", "essai")).texte
    assert "V1. Épiceries" in evaluation.ouvrir(adresse("definitions")).texte
    evaluation.client.post(adresse("retirer_indicateur", propre.pk))
    assert IndicateurPropre.objects.count() == 0


def test_evaluation_reads_registers_and_writes_nothing(evaluation):
    un_membre()
    importer("acteurs", un_acteur())
    evaluation.ouvrir(adresse("registre", "acteurs"))
    assert "Épicerie" in evaluation.texte
    assert "Ajouter" not in evaluation.texte
    assert "Modifier" not in evaluation.texte


def test_an_unknown_register_or_territoire_is_not_found(coordination):
    for ou in (
        adresse("registre", "rien"),
        adresse("ajouter_ligne", "rien"),
        adresse("territoire", 0),
        f"{adresse('registre', 'acteurs')}?territoire=0",
        f"{adresse('ajouter_ligne', 'acteurs')}?territoire=99999999999999999999",
    ):
        assert coordination.client.get(ou).status_code == 404


def test_a_territoire_has_its_own_table(coordination):
    un_programme(2)
    importer("acteurs", *[un_acteur(nom=f"n{i}", rencontre_le="2023-01-01") for i in range(12)])
    coordination.ouvrir(adresse("indicateurs")).suivre("Commune 59001")
    assert "12 sur 12 acteurs" in coordination.texte


def test_a_long_register_is_paged_and_searched_at_a_flat_cost(
    coordination, django_assert_max_num_queries
):
    importer("acteurs", *[un_acteur(nom=f"Structure {i:03}") for i in range(90)])
    noms = [f"Structure {i:03}" for i in range(90)]
    action = {"territoire": "59001", "objectif": "approvisionnement", "commencee_le": "2023-06-01"}
    importer("actions", *[action | {"intitule": f"A{n}", "acteurs": n} for n in noms])
    with django_assert_max_num_queries(14):
        page = coordination.client.get(adresse("registre", "actions"), {"page": 2})
    assert "90 lignes, page 2 sur 3" in " ".join(page.content.decode().split())
    coordination.ouvrir(f"{adresse('registre', 'acteurs')}?q=structure 07")
    assert "10 lignes" in coordination.texte
