"""The report finds the two true changes of the demonstration, and not the three others."""

import csv
import json
import re
from datetime import date, timedelta
from shutil import copytree

import pytest
from django.core.management import call_command
from django.utils import timezone

from analyses.actions.changements import arreter_changement
from analyses.changements.couples import CASES
from analyses.changements.lecture import lire
from analyses.changements.phrases import RETENU, dire
from analyses.changements.verdict import Partage, Verdict, p_signes
from analyses.figures.pentes import pentes
from analyses.models import Changement
from analyses.rapports import changement as rapport
from enquetes.models import Cohorte, Collecte, Passation, Rang
from tests import builders
from tests.partage import une_fois
from voix.commun.francais import jour_en_mots
from voix.comptes.models import Compte
from voix.comptes.roles import Role

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("changement")]


@pytest.fixture(scope="module")
def faite(django_db_setup, django_db_blocker, tmp_path_factory):
    dossier = tmp_path_factory.mktemp("demonstration")
    with une_fois(django_db_blocker, dossier):
        par = builders.un_compte()
        builders.une_structure(builders.un_territoire())
        call_command("cohorte_fictive", par=par.email)
        yield Cohorte.objects.get().pk, par.pk, dossier


@pytest.fixture
def demonstration(faite, _dossier_de_donnees, settings):
    cohorte, par, dossier = faite
    copytree(dossier, settings.DOSSIER_DONNEES, dirs_exist_ok=True)
    return Cohorte.objects.get(pk=cohorte), Compte.objects.get(pk=par)


def test_the_two_true_changes_are_found_and_the_others_are_not(demonstration):
    cohorte, par = demonstration
    fait = arreter_changement(cohorte=cohorte, rang=Rang.SORTIE, par=par)
    verdicts = {c["libelle"]: c["verdict"] for c in fait.contenu["criteres"] if c["declaree"]}
    vrais = {"Jours avec des légumes secs", "Confiance pour cuisiner (6 questions)"}
    assert {nom for nom, mot in verdicts.items() if mot == Verdict.NETTE} == vrais
    sans = {mot for nom, mot in verdicts.items() if nom not in vrais}
    assert sans <= {Verdict.INCERTAIN, Verdict.MASQUE}
    assert 45 <= fait.nombre <= 53


def test_other_waves_and_other_questions_get_no_verdict(demonstration):
    cohorte, par = demonstration
    fait = arreter_changement(cohorte=cohorte, rang=Rang.MI_PARCOURS, par=par)
    assert {c["verdict"] for c in fait.contenu["criteres"]} == {""}
    sortie = arreter_changement(cohorte=cohorte, rang=Rang.SORTIE, par=par)
    assert {c["verdict"] for c in sortie.contenu["criteres"] if not c["declaree"]} == {""}


def test_the_demonstration_twice_is_the_same_as_once(demonstration):
    _, par = demonstration
    avant = Passation.objects.count()
    call_command("cohorte_fictive", par=par.email)
    assert (Cohorte.objects.count(), Passation.objects.count()) == (1, avant)


def test_the_demonstration_declares_its_outcomes_before_anybody_answers(client, demonstration):
    cohorte, par = demonstration
    assert cohorte.criteres_le < cohorte.vague(Rang.ENTREE).collecte.ouvre_le
    assert {v.collecte.version.questionnaire.code for v in cohorte.vagues.filter(rang=1)} == {
        "suivi-entree"
    }
    fait = arreter_changement(cohorte=cohorte, rang=Rang.SORTIE, par=par)
    assert fait.contenu["ages"]["demande"]
    client.force_login(par)
    texte = client.get(f"/espace/changements/{cohorte.pk}/3/").content.decode()
    assert f"déclarés le {jour_en_mots(cohorte.criteres_le)}" in texte
    assert "Âge, à l’entrée." in texte


def test_the_page_says_it_in_words_and_claims_nothing_it_must_not(client, demonstration):
    cohorte, par = demonstration
    arreter_changement(cohorte=cohorte, rang=Rang.SORTIE, par=par)
    client.force_login(builders.un_compte(Role.DIETETIQUE, email="diet@exemple.fr"))
    texte = client.get(f"/espace/changements/{cohorte.pk}/3/").content.decode()
    assert texte.count("Évolution nette") == 2
    assert texte.count("ne permettent pas de conclure") == 3
    assert "Sans groupe comparé" in texte
    assert "Selon ce qu’auraient dit" in texte
    for jamais in ("grâce au projet", "p =", "CREDOC", "INCA", "PNNS-GS2", "insécurité"):
        assert jamais not in texte
    annexe = client.get(f"/espace/changements/{cohorte.pk}/3/annexe.csv")
    lignes = annexe.content.decode("utf-8-sig").splitlines()
    assert lignes[0].startswith("critere;declare;sens;familles;repondu;plus;stables;moins;")
    assert sum(";oui;" in ligne for ligne in lignes) == 5
    assert any(ligne.startswith("les deux fois;49;70;70") for ligne in lignes)
    exiger_les_nombres_d_un_evaluateur(cohorte, list(csv.reader(lignes, delimiter=";")))


def exiger_les_nombres_d_un_evaluateur(cohorte, lignes):
    """Test, p, Holm, effect and its interval, bounds, each from what is shown; the rest is said missing."""
    tete, *rangs = lignes
    par_nom = {
        rang[0]: dict(zip(tete, rang, strict=False)) for rang in rangs if len(rang) == len(tete)
    }
    contenu = Changement.de(cohorte.pk)[Rang.SORTIE].contenu
    for critere in contenu["criteres"]:
        if critere["declaree"] and critere["montre"]:
            dit = par_nom[critere["libelle"]]
            partage = Partage(critere["n"], *(tuple(critere["connus"][c]) for c in CASES))
            attendu = f"{round(p_signes(partage), 4)}".replace(".", ",")
            assert dit["p_signes"] in {attendu, "moins de 0,0001"}
            assert dit["rang_biserial"] == "non donné"
            assert dit["test"]
            assert dit["apres_holm"]
            assert float(dit["tango_bas_pourcent"].replace(",", ".")) < 100
            assert float(dit["borne_haut_pourcent"].replace(",", ".")) <= 100
    assert any(len(rang) == 1 and "rangs signés n’est pas donné" in rang[0] for rang in rangs)


def test_the_day_of_the_declaration_is_on_the_page_in_the_file_and_in_the_annexe(
    client, demonstration, monkeypatch
):
    cohorte, par = demonstration
    Cohorte.objects.update(criteres_le=date(2026, 3, 8))
    arreter_changement(cohorte=cohorte, rang=Rang.SORTIE, par=par)
    client.force_login(par)
    adresse, donnees = f"/espace/changements/{cohorte.pk}/3/", {}

    def garder(_modele, lues):
        donnees.update(lues)
        return b""

    monkeypatch.setattr(rapport, "composer", garder)
    client.get(f"{adresse}rapport.pdf")
    dits = [
        client.get(adresse).content.decode(),
        client.get(f"{adresse}annexe.csv").content.decode(),
        str(donnees["sections"]),
        donnees["annexe"]["phrases"][0],
    ]
    for dit in dits:
        assert re.search(r"déclarés le 8\s+mars\s+2026", dit.replace("\\xa0", " "))
    assert "choisis avant les réponses" not in "".join(dits)


def test_the_report_and_its_annexe_are_one_accessible_file(client, demonstration):
    cohorte, _ = demonstration
    client.force_login(builders.un_compte(Role.EVALUATION, email="eval@exemple.fr"))
    page = client.get(f"/espace/changements/{cohorte.pk}/3/rapport.pdf")
    assert page["Content-Type"] == "application/pdf"
    assert page.content.startswith(b"%PDF-")
    assert b"pdfuaid" in page.content
    encore = client.get(f"/espace/changements/{cohorte.pk}/3/rapport.pdf")
    assert encore.content == page.content


def test_each_figure_says_in_words_every_number_it_draws(demonstration):
    cohorte, _ = demonstration
    fait = Changement.de(cohorte.pk)[Rang.SORTIE]
    lecture = lire(fait.contenu, fait.nombre, fait.arrete_le)
    for critere in lecture.declares:
        figure = pentes(critere, fait.nombre)
        for mots, connu in zip(
            ("progressent", "sont stables", "reculent"), critere.connus, strict=False
        ):
            dit = dire(connu, fait.nombre)
            assert f"{dit} {mots}" in figure.svg
            assert f"{mots}\u00a0: {dit}" in figure.texte


def test_a_score_and_its_questions_are_never_printed_together(client, demonstration):
    """Declared: pulses and fish, of the benchmarks; the mean of six questions on cooking."""
    cohorte, par = demonstration
    contenu = Changement.de(cohorte.pk)[Rang.SORTIE].contenu
    montres = {c["code"] for c in contenu["criteres"] if c["montre"]}
    assert {f"critere{n}" for n in range(1, 6)} <= montres
    assert not montres & {"reperes", "a6", *(f"cu{n}" for n in range(1, 7))}
    assert {r["code"] for r in contenu["retraits"]} == {
        c["code"] for c in contenu["criteres"] if not c["montre"]
    }
    client.force_login(par)
    texte = client.get(f"/espace/changements/{cohorte.pk}/3/").content.decode()
    assert "Ce que nous avons retenu, et pourquoi" in texte
    assert "Repères alimentaires atteints" in texte


def test_where_those_who_left_started_is_shown_by_groups_of_eleven_and_more(client, demonstration):
    cohorte, par = demonstration
    fait = arreter_changement(cohorte=cohorte, rang=Rang.SORTIE, par=par)
    lecture = lire(fait.contenu, fait.nombre, fait.arrete_le)
    assert len(lecture.departs) == 5
    for tableau in lecture.departs:
        tailles = {ligne.libelle: ligne.taille for ligne in tableau.lignes}
        assert tailles["Ont répondu les deux fois"] == 49
        assert tailles["N’ont pas répondu la seconde fois"] == 21
    client.force_login(par)
    texte = client.get(f"/espace/changements/{cohorte.pk}/3/").content.decode()
    assert "D’où partaient les familles" in texte
    exiger_des_moities(fait, texte)


def exiger_des_moities(fait, texte):
    """Seventy families are enough: some outcomes are told beside what was received, and say no cause."""
    dites = {e["quoi"]: len(e["criteres"]) for e in fait.contenu["expositions"]}
    assert set(dites) == {"paniers", "ateliers"}
    assert sum(dites.values()) >= 1  # of ten; how many depends on a key: 5 to 8 seen
    for exposition in fait.contenu["expositions"]:
        for critere in exposition["criteres"]:
            assert sum(ligne["n"] for ligne in critere["lignes"]) == 49
            assert all(ligne["haut"] - ligne["bas"] >= 4 for ligne in critere["lignes"])
    assert set(fait.moities) == {quoi for quoi, nombre in dites.items() if nombre}
    assert "un écart ne dit pas d’où il vient" in texte
    assert "Retenu, pour ne rien laisser deviner" in texte or sum(dites.values()) == 10
    for jamais in ("grâce", "effet des", "font progresser"):
        assert jamais not in texte


def test_a_withheld_outcome_says_why_and_never_that_the_group_is_small(client, demonstration):
    """After the two other reports, the last one withholds outcomes of forty families."""
    cohorte, par = demonstration
    for rang in (Rang.MI_PARCOURS, Rang.SORTIE):
        arreter_changement(cohorte=cohorte, rang=rang, par=par)
    hier = timezone.localdate() - timedelta(days=1)
    Collecte.objects.filter(vague__cohorte=cohorte, vague__rang=Rang.POST).update(ferme_le=hier)
    fait = arreter_changement(cohorte=cohorte, rang=Rang.POST, par=par)
    retenus = [c for c in fait.contenu["criteres"] if c["declaree"] and not c["montre"]]
    lecture = lire(fait.contenu, fait.nombre, fait.arrete_le)
    assert len(retenus) == sum(critere.raison == RETENU for critere in lecture.declares)
    client.force_login(par)
    texte = client.get(f"/espace/changements/{cohorte.pk}/4/").content.decode()
    assert texte.count(RETENU) == len(retenus)
    assert "Effectif insuffisant" not in texte
    assert (
        "pensez aux suivants"
        not in client.get(f"/espace/changements/{cohorte.pk}/").content.decode()
    )


def test_the_split_is_read_by_name_whatever_the_order_of_the_database(demonstration):
    """PostgreSQL gives « stables » first: the drawings and the annexe then said 31 for 6."""
    cohorte, _ = demonstration
    fait = Changement.de(cohorte.pk)[Rang.SORTIE]
    contenu = json.loads(json.dumps(fait.contenu, sort_keys=True))
    for critere, ecrit in zip(
        lire(contenu, fait.nombre, fait.arrete_le).declares, fait.contenu["criteres"], strict=False
    ):
        assert critere.connus == tuple(tuple(ecrit["connus"][case]) for case in CASES)
