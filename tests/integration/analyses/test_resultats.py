"""From finished passations to what an evaluator reads: codes, protected tables, never a row."""

import re

import pytest
from django.template.loader import render_to_string

from analyses.actions.clotures import publier_releve
from analyses.confidentialite.tableau import Ligne
from analyses.extraction import cliche as fichiers
from analyses.extraction.lecture import cliche_de, conditions_de, releves_de, source
from analyses.models import Empreinte, Publication
from analyses.tableaux import groupements, tableau, tous
from analyses.templatetags.resultats import en_arbre
from enquetes.actions.acces import ajouter_acces
from enquetes.actions.collectes import arreter_releve
from enquetes.actions.effacements import effacer_par_code
from enquetes.models import Passation, Unite
from tests import builders
from tests.integration.enquetes.test_passation import PETIT
from voix.commun.erreurs import EtatIncompatible, SaisieInvalide
from voix.comptes.roles import Role

pytestmark = pytest.mark.django_db

AVIS = {
    "format": "voix-questionnaire/1",
    "code": "avis",
    "titre": {"fr": "Votre avis"},
    "langues": ["fr"],
    "pages": [
        {
            "code": code,
            "questions": [
                {"code": code, "type": type_, "texte": {"fr": f"Question {code} ?"}} | plus
            ],
        }
        for code, type_, plus in [
            ("venu", "oui_non", {}),
            (
                "manque",
                "choix_multiple",
                {"choix": [{"code": c, "texte": {"fr": c.title()}} for c in ("pain", "fruits")]},
            ),
            ("foyer", "nombre", {"options": {"min": 1, "max": 12}}),
            ("mots", "texte_long", {}),
        ]
    ],
}


@pytest.fixture
def collecte():
    return builders.une_collecte_ouverte(version=builders.une_version(AVIS), nom="avis")


def repondre(collecte, nombre: int, **reponses) -> None:
    builders.des_passations(collecte, nombre, reponses=reponses)


@pytest.fixture
def prise(collecte):
    repondre(collecte, 30, venu="oui", manque=["pain"], foyer=4, mots="Paula habite rue des Lilas")
    repondre(collecte, 20, venu="non", manque=["pain", "fruits"], foyer=7)
    repondre(collecte, 12, venu="_pnr", manque="_pnr")
    repondre(collecte, 3)
    arreter_releve(collecte=collecte, par=builders.un_compte())
    return source(collecte, releves_de(collecte)[0])


def valeurs(protege) -> dict:
    return {
        c.code: x.valeur for c, x in zip(protege.colonnes, protege.total.cellules, strict=True)
    }


def test_every_question_but_texts_has_its_table(prise):
    assert [protege.question for protege in tous(prise)] == ["venu", "manque", "foyer"]


def test_counts_tell_refusal_from_silence_and_hide_what_is_small(prise):
    assert valeurs(tableau(prise, "venu")) == {
        "oui": 30,
        "non": 20,
        "nsp": None,
        "nc": None,
        "_pnr": None,
        "_sr": None,
    }


def test_multiple_answers_are_counted_by_person_and_do_not_add_up(prise):
    protege = tableau(prise, "manque")
    assert protege.multiple
    assert valeurs(protege) == {"pain": 50, "fruits": 20, "_pnr": 12, "_sr": None}


def test_numbers_are_counted_by_class(prise):
    protege = tableau(prise, "foyer")
    libelles = {c.code: c.libelle for c in protege.colonnes}
    assert (libelles["c4"], libelles["c6"]) == ("4", "6 à 9")
    assert (valeurs(protege)["c4"], valeurs(protege)["c6"]) == (30, 20)


def test_no_identifier_and_no_text_comes_through(prise, settings):
    cliche_de(prise)
    ecrits = b"".join(f.read_bytes() for f in settings.DOSSIER_DONNEES.rglob("cliches/**/*.*"))
    assert b"Paula" not in ecrits
    for passation in Passation.objects.all():
        assert passation.pk.bytes not in ecrits
        assert str(passation.pk).encode() not in ecrits


def test_organisations_are_counted_as_they_are(collecte):
    collecte.unite = Unite.ORGANISATION
    collecte.save(update_fields=["unite"])
    repondre(collecte, 1, venu="oui")
    repondre(collecte, 2, venu="non")
    arreter_releve(collecte=collecte, par=builders.un_compte())
    protege = tableau(source(collecte, releves_de(collecte)[0]), "venu")
    assert valeurs(protege)["oui"] == 1
    assert not protege.a_masque


def test_a_grouping_that_nobody_has_is_not_offered_and_says_so(collecte, client):
    collecte.unite = Unite.ORGANISATION
    collecte.save(update_fields=["unite"])
    repondre(collecte, 4, venu="oui")
    arreter_releve(collecte=collecte, par=builders.un_compte())
    prise = source(collecte, releves_de(collecte)[0])
    assert [code for code, _titre in groupements(prise, "venu")] == ["territoire", "mois"]
    with pytest.raises(SaisieInvalide, match="ne vient d’une structure"):
        tableau(prise, "venu", "structure")
    client.force_login(builders.un_compte(role=Role.EVALUATION, email="eva@exemple.fr"))
    page = client.get("/espace/resultats/avis/venu/?par=structure").content.decode()
    assert "Aucune réponse de cette collecte ne vient d’une structure" in page
    assert '<figure class="petits"' not in page
    vide = client.get("/espace/resultats/avis/venu/?par=foyer").content.decode()
    assert groupements(prise, "manque") == groupements(prise, "foyer") == []
    assert "«\u00a0Question foyer ?\u00a0» n’a reçu aucune réponse" in vide


def test_structures_and_territoires_are_one_table(collecte):
    par = builders.un_compte()
    for rang in range(3):
        lieu = builders.un_territoire(f"9300{rang}", parent=collecte.territoire)
        for maison in ("A", "B"):
            structure = builders.une_structure(lieu, nom=f"{maison}{rang}")
            acces = ajouter_acces(collecte=collecte, territoire=lieu, structure=structure, par=par)
            champs = {"acces": acces, "territoire": lieu, "structure": structure}
            builders.des_passations(collecte, 12, reponses={"venu": "oui"}, **champs)
            builders.des_passations(collecte, 9 + rang, reponses={"venu": "non"}, **champs)
    arreter_releve(collecte=collecte, par=par)
    prise = source(collecte, releves_de(collecte)[0])
    hauts = {ligne.code: ligne for ligne in tableau(prise, "venu", "territoire").groupes()}
    structures = tableau(prise, "venu", "structure")
    assert {c: ligne.cellules for c, ligne in hauts.items()} == {
        ligne.code: ligne.cellules for ligne in structures.groupes() if ligne.code in hauts
    }


def test_crossing_two_questions_hides_the_same_both_ways(prise):
    assert ("foyer", "Question foyer ?") in groupements(prise, "venu")
    dans_un_sens = tableau(prise, "venu", "foyer")
    dans_l_autre = tableau(prise, "foyer", "venu")
    assert dans_un_sens.total is not None
    montres = {
        (ligne.code, colonne.code): cellule.valeur
        for ligne in dans_un_sens.groupes()
        for colonne, cellule in zip(dans_un_sens.colonnes, ligne.cellules, strict=True)
        if cellule.valeur is not None
    }
    renverses = {
        (colonne.code, ligne.code): cellule.valeur
        for ligne in dans_l_autre.groupes()
        for colonne, cellule in zip(dans_l_autre.colonnes, ligne.cellules, strict=True)
        if cellule.valeur is not None
    }
    assert montres == renverses


@pytest.mark.parametrize(
    ("question", "par"),
    [("inconnue", ""), ("mots", ""), ("venu", "manque"), ("venu", "venu"), ("venu", "heure")],
)
def test_what_cannot_be_tabulated_is_refused_with_the_choices(prise, question, par):
    with pytest.raises(SaisieInvalide):
        tableau(prise, question, par)


def test_a_releve_never_changes_after_an_erasure(prise, collecte):
    avant = tableau(prise, "venu")
    passation = Passation.objects.filter(reponses__venu="oui").first()
    Passation.objects.filter(pk=passation.pk).update(etat="effacee", reponses={})
    assert tableau(prise, "venu") == avant
    effacer_par_code(code="inconnu")


def test_a_lost_cliche_is_not_made_again_with_one_person_less(prise, settings, tmp_path_factory):
    cliche_de(prise)
    assert Empreinte.objects.get().nombre == 65
    passation = Passation.objects.first()
    Passation.objects.filter(pk=passation.pk).update(etat="effacee", reponses={})
    settings.DOSSIER_DONNEES = tmp_path_factory.mktemp("perdu")
    with pytest.raises(EtatIncompatible, match="Restaurez"):
        cliche_de(prise)


def test_two_builders_at_once_leave_one_whole_cliche(prise, settings):
    import numpy as np

    dossier = settings.DOSSIER_DONNEES / "cliches" / "deux"
    premiere = fichiers.ecrire(dossier, {"q": np.array([1, 2, 3], np.uint8)}, [])
    seconde = fichiers.ecrire(dossier, {"q": np.array([9], np.uint8)}, [])
    assert premiere == seconde
    assert sorted(fichiers.ouvrir(dossier).colonne("q").tolist()) == [1, 2, 3]
    assert [f.name for f in dossier.parent.iterdir()] == ["deux"]


def test_before_a_releve_only_how_many_answered(client, collecte):
    repondre(collecte, 5, venu="oui")
    client.force_login(builders.un_compte(role=Role.EVALUATION, email="eva@exemple.fr"))
    page = client.get("/espace/resultats/avis/").content.decode()
    assert "5 réponses reçues" in page
    assert "<svg aria-hidden" not in page.split("<main")[1]


def test_tables_of_persons_are_prepared_before_they_are_shown(client, prise):
    client.force_login(builders.un_compte(role=Role.EVALUATION, email="eva@exemple.fr"))
    page = client.get("/espace/resultats/avis/").content.decode()
    assert "ne sont pas encore prêts" in page
    assert "rien n’est masqué" not in page
    assert "20 sur 65" not in page
    assert "Préparer les tableaux" in client.get("/espace/resultats/avis/venu/").content.decode()
    client.post("/espace/resultats/avis/preparer-les-tableaux/")
    client.post("/espace/resultats/avis/preparer-les-tableaux/")
    assert not Publication.objects.exists()
    assert "20 sur 65" not in client.get("/espace/resultats/avis/?tout=oui").content.decode()
    client.force_login(builders.un_compte())
    for _ in range(2):
        client.post("/espace/resultats/avis/preparer-les-tableaux/publier/")
    assert Publication.objects.count() == 1
    assert "20 sur 65" in client.get("/espace/resultats/avis/?tout=oui").content.decode()


def test_pages_show_tables_figures_and_their_words(client, prise):
    publier_releve(releve_id=prise.releve.pk, par="essai")
    client.force_login(builders.un_compte(role=Role.EVALUATION, email="eva@exemple.fr"))
    page = client.get("/espace/resultats/avis/?tout=oui").content.decode()
    assert "20 sur 65" in page
    assert "Non\u00a0: 20 sur 65" in page
    # Three persons said nothing: the number most often given hides how many.
    assert "Sans réponse\u00a0: moins de 5" in page
    assert "Oui\u00a0: entre 21 et 33" in page
    assert "style=" not in page
    assert "Paula" not in page
    croise = client.get("/espace/resultats/avis/venu/?par=territoire").content.decode()
    assert "Par territoire." in croise
    territoires = client.get("/espace/resultats/avis/venu/?par=territoire").content.decode()
    assert '<option value="territoire" selected>Territoire</option>' in territoires
    assert "Territoire 11" in territoires
    assert client.get("/espace/resultats/avis/rien/").status_code == 404


def test_a_question_that_nobody_answered_is_said_and_not_drawn(client, collecte):
    collecte.unite = Unite.ORGANISATION
    collecte.save(update_fields=["unite"])
    repondre(collecte, 20, venu="oui")
    arreter_releve(collecte=collecte, par=builders.un_compte())
    client.force_login(builders.un_compte(role=Role.EVALUATION, email="eva@exemple.fr"))
    page = client.get("/espace/resultats/avis/?tout=oui").content.decode().split("<section")
    venu, manque = (next(s for s in page if f'id="t-{q}"' in s) for q in ("venu", "manque"))
    assert "<table" in venu
    assert "Aucune réponse à cette question\u00a0: 0 sur 20." in manque.replace("&nbsp;", "\u00a0")
    assert "<svg" not in manque


def test_a_long_crossing_in_small_drawings_shows_its_figures_before_any_fold_is_opened(
    client, collecte
):
    """Two closed folds and no figure at all, on a telephone."""
    par = builders.un_compte()
    collecte.unite = Unite.ORGANISATION
    collecte.save(update_fields=["unite"])
    for rang in range(7):
        lieu = builders.un_territoire(f"9300{rang}", parent=collecte.territoire, nom=f"V{rang}")
        acces = ajouter_acces(collecte=collecte, territoire=lieu, par=par)
        for manque in (["pain"], ["pain", "fruits"]):
            champs = {"acces": acces, "territoire": lieu, "reponses": {"manque": manque}}
            builders.des_passations(collecte, 3, **champs)
    arreter_releve(collecte=collecte, par=par)
    client.force_login(builders.un_compte(role=Role.EVALUATION, email="eva@exemple.fr"))
    page = client.get("/espace/resultats/avis/manque/?par=territoire").content.decode()
    plis = re.findall(r'<details class="plie"( open)?><summary>([^<]*)', page)
    assert [pli for ouvert, pli in plis if ouvert] == ["Le tableau, groupe après groupe"]


@pytest.mark.parametrize("role", [Role.AMBASSADEUR, Role.DIETETIQUE])
def test_other_roles_read_no_result(client, prise, role):
    client.force_login(builders.un_compte(role=role, email="autre@exemple.fr"))
    assert client.get("/espace/resultats/").status_code == 403
    assert client.get("/espace/resultats/avis/").status_code == 403


def test_an_evaluator_of_another_territoire_finds_nothing(client, prise):
    ailleurs = builders.un_territoire("32")
    client.force_login(
        builders.un_compte(role=Role.EVALUATION, territoire=ailleurs, email="loin@exemple.fr")
    )
    assert client.get("/espace/resultats/avis/").status_code == 404
    assert client.get("/espace/resultats/avis/venu/").status_code == 404


def test_statements_of_a_page_do_not_grow_with_the_answers(
    client, prise, django_assert_max_num_queries
):
    client.force_login(builders.un_compte(role=Role.EVALUATION, email="eva@exemple.fr"))
    publier_releve(releve_id=prise.releve.pk, par="essai")
    client.get("/espace/resultats/avis/")
    with django_assert_max_num_queries(11):
        client.get("/espace/resultats/avis/")


def test_who_was_asked_is_told_of_a_question_that_not_everybody_saw():
    version = builders.une_version(PETIT)
    collecte = builders.une_collecte_ouverte(version=version)
    dites = conditions_de(collecte)
    posees_a_tous = {
        q.code for page in version.lue().pages if not page.condition for q in page.questions
    }
    assert dites
    assert not set(dites) & posees_a_tous
    assert all("la réponse à «\u00a0" in phrase for phrase in dites.values())


def test_where_a_question_was_not_asked_is_told_without_speaking_of_persons():
    """Territoires and organisations answer too."""
    texte = render_to_string("analyses/_posee.html", {"posee_si": "la réponse est « oui »"})
    assert "c’est «&nbsp;Sans réponse&nbsp;» qui est compté" in texte
    assert "personne" not in texte


def test_a_part_is_read_under_its_whole():
    def ligne(code, parent=""):
        return Ligne(code, code, 20, (), parent)

    lignes = [
        ligne("total"),
        ligne("t1"),
        ligne("t2"),
        ligne("s1", "t2"),
        ligne("s2", "t1"),
        ligne("s3", "t9"),
    ]
    assert [(un.code, sous) for un, sous in en_arbre(lignes)] == [
        ("total", False),
        ("t1", False),
        ("s2", True),
        ("t2", False),
        ("s1", True),
        ("s3", False),
    ]
