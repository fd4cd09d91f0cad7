"""Files of results: what is exported is what is shown, in every format, never more."""

import csv
import json
from html import unescape
from io import BytesIO, StringIO
from math import isnan
from xml.etree import ElementTree as ET
from zipfile import ZIP_STORED, ZipFile

import openpyxl
import pyreadstat
import pytest
from arro3.io import read_parquet

from analyses.actions.clotures import publier_releve
from analyses.exports.formats import FORMATS
from analyses.exports.lignes import CHAMPS
from analyses.exports.texte import neutraliser
from analyses.extraction.lecture import releves_de, source
from analyses.lectures import lecture_du_releve
from enquetes.actions.collectes import arreter_releve
from enquetes.models import Unite
from tests import builders
from tests.integration.analyses.test_resultats import AVIS, repondre
from voix.comptes.roles import Role

pytestmark = pytest.mark.django_db

CODES = [format_.code for format_ in FORMATS]
TEXTE = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}p"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
PIEGE = '=HYPERLINK("http://exemple.fr";"venu")'


def preparer(unite: str = Unite.PERSONNE):
    """Return a published relevé whose first question looks like a formula."""
    definition = json.loads(json.dumps(AVIS))
    definition["pages"][0]["questions"][0]["texte"]["fr"] = PIEGE
    collecte = builders.une_collecte_ouverte(
        version=builders.une_version(definition), nom="avis", unite=unite
    )
    structures = [builders.une_structure(collecte.territoire, nom) for nom in ("Une", "Deux")]
    for structure in structures:
        builders.des_passations(
            collecte, 14, structure=structure, reponses={"venu": "oui", "manque": ["pain"]}
        )
        builders.des_passations(
            collecte, 13, structure=structure, reponses={"venu": "non", "mots": "rue des Lilas"}
        )
    repondre(collecte, 3, venu="_pnr")
    arreter_releve(collecte=collecte, par=builders.un_compte())
    releve = releves_de(collecte)[0]
    if unite == Unite.PERSONNE:
        publier_releve(releve_id=releve.pk, par=builders.un_compte())
    return source(collecte, releve)


@pytest.fixture
def prise():
    return preparer()


@pytest.fixture
def eva(client):
    client.force_login(builders.un_compte(role=Role.EVALUATION, email="eva@exemple.fr"))
    return client


def recevoir(client, code: str) -> bytes:
    page = client.get(f"/espace/fichiers/avis/{code}/")
    assert page.status_code == 200
    assert page["Content-Disposition"].startswith('attachment; filename="avis-releve-1')
    return page.content


def ouvertes(client) -> list[dict[str, str]]:
    texte = recevoir(client, "donnees-ouvertes").decode("utf-8")
    return list(csv.DictReader(StringIO(texte, newline="")))


def test_a_file_says_of_each_figure_what_its_page_says(eva, prise):
    rangees = ouvertes(eva)
    lecture = lecture_du_releve(prise)
    par_question = {q: [r for r in rangees if r["question"] == q] for q in ("venu", "manque")}
    for question, siennes in par_question.items():
        for par in ["", *dict(lecture.groupements(question))]:
            page = eva.get(f"/espace/resultats/avis/{question}/?par={par}").content.decode()
            montres = unescape(page).replace("\u00a0", " ")
            choisies = [r for r in siennes if r["ventilation"].replace("|", ",") == par]
            assert choisies or not lecture.tableau(question, par).groupes()
            for rangee in choisies:
                assert rangee["dit"].replace("\u00a0", " ") in montres


def test_what_a_page_hides_has_no_figure_in_any_column(eva, prise):
    rangees = ouvertes(eva)
    assert {r["statut"] for r in rangees} > {"publie"}
    for rangee in rangees:
        if rangee["statut"] != "publie":
            assert rangee["effectif"] == rangee["pourcentage"] == ""
        if rangee["statut"] == "masque":
            assert rangee["minimum"] == rangee["maximum"] == rangee["part_dite"] == ""
            assert rangee["dit"] == "masqué"
        if rangee["statut"] == "intervalle":
            assert int(rangee["minimum"]) < int(rangee["maximum"])


def test_every_format_tells_the_same_cells(eva, prise):
    rangees = ouvertes(eva)
    tableur = recevoir(eva, "tableur").decode("utf-8-sig")
    lues = list(csv.reader(StringIO(tableur, newline=""), delimiter=";"))
    assert lues[0] == [champ.titre for champ in CHAMPS]
    sans = [[cellule.removeprefix("'") for cellule in rangee] for rangee in lues[1:]]
    assert sans == [list(r.values()) for r in rangees]
    racine = ET.fromstring(ZipFile(BytesIO(recevoir(eva, "ods"))).read("content.xml"))  # noqa: S314  (our own file)
    donnees = feuilles_de(racine)["Données"]
    assert donnees[1:] == [list(r.values()) for r in rangees]
    assert list(feuilles_de(racine)) == ["Données", "Dictionnaire", "Modalités", "Méthode"]


def feuilles_de(racine) -> dict[str, list[list[str]]]:
    return {
        table.get(f"{TABLE}name"): [
            ["".join(case.itertext()) for case in rangee] for rangee in table
        ]
        for table in racine.iter(f"{TABLE}table")
    }


def test_an_ods_file_is_one_that_programs_recognise(eva, prise):
    archive = ZipFile(BytesIO(recevoir(eva, "ods")))
    premier = archive.infolist()[0]
    assert (premier.filename, premier.compress_type) == ("mimetype", ZIP_STORED)
    assert archive.read("mimetype").endswith(b"opendocument.spreadsheet")
    for nom in ("META-INF/manifest.xml", "content.xml"):
        ET.fromstring(archive.read(nom))  # noqa: S314  (our own file)


def test_a_workbook_and_an_spss_file_tell_the_same_cells(eva, prise, tmp_path):
    rangees = [list(r.values()) for r in ouvertes(eva)]
    classeur = openpyxl.load_workbook(BytesIO(recevoir(eva, "xlsx")))
    assert classeur.sheetnames == ["Données", "Dictionnaire", "Modalités", "Méthode"]
    donnees = list(classeur["Données"].iter_rows(min_row=2, values_only=True))
    assert [["" if v is None else str(v) for v in rangee] for rangee in donnees] == rangees
    fichier = tmp_path / "donnees.sav"
    fichier.write_bytes(recevoir(eva, "spss"))
    lues, meta = pyreadstat.read_sav(str(fichier), apply_value_formats=True)
    assert meta.column_labels == [champ.titre for champ in CHAMPS]
    assert [[_mot(v) for v in rangee] for rangee in lues.itertuples(index=False)] == rangees


def test_parquet_tells_the_same_cells_with_their_types(eva, prise):
    rangees = [list(r.values()) for r in ouvertes(eva)]
    lu = read_parquet(BytesIO(recevoir(eva, "parquet")))
    schema, groupes = lu.schema, list(lu)
    lues = [
        rangee for groupe in groupes for rangee in zip(*map(_liste, groupe.columns), strict=True)
    ]
    assert [["" if v is None else str(v) for v in rangee] for rangee in lues] == rangees
    types = {"integer": "Int64", "number": "Float64", "string": "Utf8"}
    for champ in CHAMPS:
        assert types[champ.type] in str(schema.field(champ.nom).type)
        assert schema.field(champ.nom).nullable != champ.requis
    # A text that looks like a formula is there as it is: nothing computes a Parquet file.
    assert PIEGE in {rangee[1] for rangee in lues}


def _liste(colonne) -> list[object]:
    return [valeur.as_py() for valeur in colonne]


def _mot(valeur: object) -> str:
    """Return a value of SPSS as the open-data file writes it; a missing number is nothing."""
    if isinstance(valeur, float):
        return "" if isnan(valeur) else f"{valeur:.0f}"
    return str(valeur)


def test_no_workbook_computes_a_text(eva, prise):
    classeur = openpyxl.load_workbook(BytesIO(recevoir(eva, "xlsx")))
    cellules = [c for feuille in classeur for rangee in feuille.iter_rows() for c in rangee]
    assert PIEGE in {c.value for c in cellules}
    assert {c.data_type for c in cellules} == {"s", "inlineStr", "n"}


def test_no_spreadsheet_computes_a_text(eva, prise):
    tableur = recevoir(eva, "tableur").decode("utf-8-sig")
    for rangee in csv.reader(StringIO(tableur, newline=""), delimiter=";"):
        assert not any(cellule.startswith(("=", "+", "-", "@")) for cellule in rangee)
    assert f"'{PIEGE}" in tableur.replace('""', '"')
    contenu = ZipFile(BytesIO(recevoir(eva, "ods"))).read("content.xml").decode()
    assert "=HYPERLINK" in contenu
    assert "table:formula" not in contenu


@pytest.mark.parametrize("debut", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff20"])
def test_what_begins_as_a_formula_is_neutralised(debut):
    assert neutraliser(f"{debut}1+1") == f"'{debut}1+1"
    assert neutraliser(-1) == -1
    assert neutraliser("1=1") == "1=1"


def test_the_package_describes_its_own_files(eva, prise):
    archive = ZipFile(BytesIO(recevoir(eva, "paquet")))
    descripteur = json.loads(archive.read("datapackage.json"))
    assert len(descripteur["resources"]) == 2
    for ressource in descripteur["resources"]:
        texte = archive.read(ressource["path"]).decode(ressource["encoding"])
        separateur = ressource["dialect"]["delimiter"]
        entete, *rangees = csv.reader(StringIO(texte, newline=""), delimiter=separateur)
        champs = ressource["schema"]["fields"]
        assert entete == [champ["name"] for champ in champs]
        assert rangees
        for rangee in rangees:
            for champ, valeur in zip(champs, rangee, strict=True):
                contraintes = champ.get("constraints", {})
                assert valeur or "required" not in contraintes
                assert valeur in contraintes.get("enum", [valeur])
                assert not valeur or champ["type"] != "integer" or int(valeur) >= 0
                if valeur and champ["type"] == "number":
                    assert float(valeur.replace(champ.get("decimalChar", "."), ".")) >= 0
    noms = {"schema": "schema.json", "json": "tableaux.json", "tableur": "tableur.csv"}
    noms["parquet"] = "donnees.parquet"
    assert all(archive.read(nom) == recevoir(eva, code) for code, nom in noms.items())


def test_no_text_and_no_identifier_leaves(eva, prise):
    for code in CODES:
        contenu = recevoir(eva, code)
        parties = [contenu]
        if contenu.startswith(b"PK"):
            archive = ZipFile(BytesIO(contenu))
            parties = [archive.read(nom) for nom in archive.namelist()]
        assert not any(b"Lilas" in partie for partie in parties), code
        assert recevoir(eva, code) == contenu, code


def test_a_file_that_has_not_changed_is_not_sent_again(eva, prise):
    etiquette = eva.get("/espace/fichiers/avis/ods/")["ETag"]
    page = eva.get("/espace/fichiers/avis/ods/", headers={"If-None-Match": etiquette})
    assert (page.status_code, page.content) == (304, b"")


def test_a_broken_download_goes_on_where_it_stopped(eva, prise):
    adresse = "/espace/fichiers/avis/donnees-ouvertes/"
    entier = eva.get(adresse, headers={"Accept-Encoding": "gzip"})
    contenu, taille, etiquette = entier.content, len(entier.content), entier["ETag"]
    assert entier["Accept-Ranges"] == "bytes"

    def lire(partie: str, si: str = etiquette):
        entetes = {"Range": partie, "If-Range": si, "Accept-Encoding": "gzip"}
        return eva.get(adresse, headers=entetes)

    suite = lire("bytes=100-")
    assert (suite.status_code, contenu[:100] + suite.content) == (206, contenu)
    assert suite["Content-Range"] == f"bytes 100-{taille - 1}/{taille}"
    assert lire("bytes=0-9").content == contenu[:10]
    assert lire("bytes=-7").content == contenu[-7:]
    trop = lire(f"bytes={taille}-")
    assert (trop.status_code, trop["Content-Range"]) == (416, f"bytes */{taille}")
    # A file that changed, several parts or nonsense: the whole file, never a wrong piece.
    for partie, si in (
        ("bytes=100-", '"autre"'),
        ("bytes=0-1,4-5", etiquette),
        ("bytes=9-2", etiquette),
    ):
        page = lire(partie, si)
        assert (page.status_code, page.content) == (200, contenu)


def test_of_organisations_nothing_is_hidden(eva):
    preparer(Unite.ORGANISATION)
    assert {r["statut"] for r in ouvertes(eva)} <= {"publie", "zero_structurel"}


def test_the_page_offers_every_format_and_no_other_is_invented(eva, prise):
    assert "/espace/fichiers/avis/" in eva.get("/espace/resultats/avis/").content.decode()
    page = eva.get("/espace/fichiers/avis/").content.decode()
    assert all(f"/espace/fichiers/avis/{code}/" in page for code in CODES)
    assert eva.get("/espace/fichiers/avis/sas/").status_code == 404


def test_nothing_leaves_before_the_tables_are_prepared(eva):
    collecte = builders.une_collecte_ouverte(version=builders.une_version(AVIS), nom="avis")
    repondre(collecte, 30, venu="oui")
    for adresse in ("/espace/fichiers/avis/", "/espace/fichiers/avis/ods/"):
        page = eva.get(adresse)
        assert "Content-Disposition" not in page
        assert page.status_code == 200


@pytest.mark.parametrize("role", [Role.AMBASSADEUR, Role.DIETETIQUE])
def test_who_reads_no_result_receives_no_file(client, prise, role):
    client.force_login(builders.un_compte(role=role, email="autre@exemple.fr"))
    assert client.get("/espace/fichiers/avis/ods/").status_code == 403
