"""Long files are made apart: the page says how far, the file is the one that would have been sent."""

import json
import os
import time

import pytest

from analyses import fichiers
from analyses.exports.formats import PAR_CODE, Format
from analyses.fichiers import Etape, fabrication_de, jeu_du_releve
from analyses.lectures import lecture_du_releve
from tests import builders
from tests.integration.analyses.test_chantiers import a_part
from tests.integration.analyses.test_fichiers import eva, preparer
from voix.commun.a_part import prendre
from voix.comptes.roles import Role

__all__ = ["a_part", "eva"]
ADRESSE = "/espace/fichiers/avis/xlsx/"
PAGE = f"{ADRESSE}preparation/"
XLSX = PAR_CODE["xlsx"]


@pytest.fixture
def tout_est_long(monkeypatch, settings, tmp_path):
    settings.DOSSIER_DONNEES = tmp_path
    monkeypatch.setattr(Format, "est_long", lambda _format, _jeu: True)


def le_jeu(prise):
    return jeu_du_releve(prise, lecture_du_releve(prise))


def test_the_threshold_counts_cells():
    assert not XLSX.est_long(XLSX.cellules_max)
    assert XLSX.est_long(XLSX.cellules_max + 1)
    assert not PAR_CODE["tableur"].est_long(XLSX.cellules_max + 1)


@pytest.mark.django_db
def test_from_the_list_to_a_file_that_resumes(eva, tout_est_long):
    jeu = le_jeu(preparer())
    liste = eva.get("/espace/fichiers/avis/").content.decode()
    assert f"{PAGE}?releve=1" in liste
    assert "il se prépare à part" in liste
    assert eva.get(f"{ADRESSE}?releve=1")["Location"] == f"{PAGE}?releve=1"
    page = eva.get(PAGE)
    assert "Préparer le fichier" in page.content.decode()
    assert "Refresh" not in page
    page = eva.post(PAGE, follow=True)
    assert "Le fichier est prêt" in page.content.decode()
    assert f'href="{ADRESSE}?releve=1"' in page.content.decode()
    entier = eva.get(ADRESSE)
    assert entier.content == XLSX.ecrire(jeu)
    suite = eva.get(ADRESSE, headers={"Range": "bytes=100-", "If-Range": entier["ETag"]})
    assert (suite.status_code, entier.content[:100] + suite.content) == (206, entier.content)
    assert eva.get(ADRESSE, headers={"If-None-Match": entier["ETag"]}).status_code == 304


@pytest.mark.django_db
def test_a_page_says_how_far_it_is_and_when_it_was_cut(eva, tout_est_long):
    jeu = le_jeu(preparer())
    verrou = prendre(fichiers._etat(jeu, XLSX))
    fichiers._compteur(verrou, 200)(84)
    page = eva.get(PAGE)
    assert page["Refresh"] == "2"
    assert '<progress id="progression" max="100" value="42">' in page.content.decode()
    os.close(verrou)
    assert "s’est arrêtée avant la fin" in eva.get(PAGE).content.decode()
    assert eva.get(ADRESSE)["Location"].startswith(PAGE)
    eva.post(PAGE)
    assert fabrication_de(jeu, XLSX).etape == Etape.PRETE


@pytest.mark.django_db
def test_what_changed_is_another_file_and_old_ones_go(eva, tout_est_long):
    prise = preparer()
    eva.post(PAGE)
    fait = fabrication_de(le_jeu(prise), XLSX).fichier
    prise.collecte.titre = "Un autre titre"
    prise.collecte.save()
    assert eva.get(ADRESSE)["Location"].startswith(PAGE)
    os.utime(fait, (0, time.time() - fichiers.GARDE - 1))
    eva.post(PAGE)
    assert not fait.exists()
    assert eva.get(ADRESSE).status_code == 200


@pytest.mark.django_db
def test_who_reads_no_result_prepares_no_file(client, tout_est_long, tmp_path):
    preparer()
    client.force_login(builders.un_compte(role=Role.AMBASSADEUR, email="autre@exemple.fr"))
    assert client.get(PAGE).status_code == client.post(PAGE).status_code == 403
    assert not list(tmp_path.glob("fichiers/*"))


@pytest.mark.django_db(transaction=True)
def test_it_is_made_by_a_process_of_its_own(client, a_part, monkeypatch, settings, tmp_path):
    settings.DOSSIER_DONNEES = tmp_path
    monkeypatch.setattr(Format, "est_long", lambda _format, _jeu: True)
    settings.CHANTIERS_A_PART = False
    prise = preparer()
    settings.CHANTIERS_A_PART = True
    client.force_login(builders.un_compte(role=Role.EVALUATION, email="eva@exemple.fr"))
    page = client.post(PAGE, follow=True)
    assert ("Le fichier s’écrit" in page.content.decode()) == ("Refresh" in page)
    jeu = le_jeu(prise)
    for _ in range(1200):
        if fabrication_de(jeu, XLSX).etape != Etape.EN_COURS:
            break
        time.sleep(0.1)
    assert client.get(ADRESSE).content == XLSX.ecrire(jeu)
    assert not json.dumps([f.name for f in tmp_path.glob("fichiers/*.json")]).count("xlsx")
