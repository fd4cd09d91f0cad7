"""Files of indicators: what the page shows, in every format, never more; nothing is computed."""

import csv
import json
from datetime import date
from io import BytesIO, StringIO
from zipfile import ZipFile

import openpyxl
import pytest
from arro3.io import read_parquet
from django.urls import reverse
from django.utils import timezone

from analyses.actions.registres import definir_indicateur
from analyses.actions.registres.programmes import ProjetIndicateur
from analyses.exports.mesures import CHAMPS, jeu_de_mesures
from analyses.exports.paquet import paquet as paquet_de
from analyses.indicateurs.mesure import Mesure
from analyses.mesures import MesureDite
from tests import builders
from tests.integration.analyses.registres.scenes import (
    PAR_CODE,
    importer,
    un_acteur,
    un_programme,
    une_coordination,
    une_region,
)
from tests.integration.analyses.registres.test_personnes import effectif
from voix.comptes.roles import Role

pytestmark = pytest.mark.django_db
PIEGE = "=1+1"


@pytest.fixture
def coordination(client):
    un_programme(10)
    rencontres = [un_acteur(territoire=f"{59001 + n}", nom=f"n{n}") for n in range(10)]
    for acteur in rencontres[:7]:
        acteur["rencontre_le"] = "2023-01-01"
    importer("acteurs", *rencontres)
    importer("effectifs", effectif("59001", 141, 137))
    client.force_login(une_coordination())
    return client


def recevoir(client, code: str) -> bytes:
    page = client.get(reverse("analyses:fichier_programme", args=["essai", code]))
    assert page["Content-Disposition"].startswith('attachment; filename="indicateurs-essai')
    return page.content


def lire(contenu: bytes, encodage: str, separateur: str) -> list[dict[str, str]]:
    texte = StringIO(contenu.decode(encodage), newline="")
    return list(csv.DictReader(texte, delimiter=separateur))


def test_a_file_says_of_each_indicator_what_its_page_says(coordination):
    page = coordination.get(reverse("analyses:programme", args=["essai"])).content.decode()
    assert reverse("analyses:fichiers_programme", args=["essai"]) in page
    rangees = {
        r["indicateur"]: r for r in lire(recevoir(coordination, "donnees-ouvertes"), "utf-8", ",")
    }
    assert len(rangees) >= 30
    i4 = rangees["I4"]
    assert (i4["k"], i4["n"], i4["valeur"], i4["atteint"]) == ("7", "10", "70", "non")
    assert (i4["ecart"], i4["arrete_le"]) == ("-20", timezone.localdate().isoformat())
    for rangee in rangees.values():
        assert rangee["dit"].replace("\u00a0", " ") in page.replace("&nbsp;", " ").replace(
            "\u00a0", " "
        )
        assert bool(rangee["motif"]) != bool(rangee["valeur"]), rangee
    api = json.loads(recevoir(coordination, "json"))
    assert api["format"] == "voix-indicateurs/1"
    assert [m["code"] for m in api["indicateurs"]] == list(rangees)


def test_a_hidden_number_of_persons_is_in_no_file(coordination):
    (p06,) = [
        r
        for r in lire(recevoir(coordination, "donnees-ouvertes"), "utf-8", ",")
        if r["indicateur"] == "P06"
    ]
    assert (p06["k"], p06["valeur"]) == ("", "")
    assert "Masqué" in p06["motif"]
    for code in ("ods", "paquet", "json", "schema", "tableur"):
        contenu = recevoir(coordination, code)
        parties = [contenu]
        if contenu.startswith(b"PK"):
            archive = ZipFile(BytesIO(contenu))
            parties = [archive.read(n) for n in archive.namelist() if not n.endswith("parquet")]
        assert not any(b"137" in partie for partie in parties), code


def test_what_looks_like_a_formula_is_computed_by_no_format(coordination):
    projet = ProjetIndicateur("X1", PIEGE, "@SOMME(1)", "nombre(acteurs avec rencontre)", "nombre")
    definir_indicateur(territoire=une_region(), projet=projet, par=une_coordination())
    tableur = recevoir(coordination, "tableur").decode("utf-8-sig")
    assert f"X1;'{PIEGE};" in tableur
    assert ";'@SOMME(1);" in tableur
    feuille = openpyxl.load_workbook(BytesIO(recevoir(coordination, "xlsx")))["Données"]
    (cellule,) = [c for c in feuille["B"] if c.value == PIEGE]
    assert cellule.data_type in {"s", "inlineStr"}
    ods = ZipFile(BytesIO(recevoir(coordination, "ods"))).read("content.xml").decode()
    assert f'office:value-type="string"><text:p>{PIEGE}<' in ods
    assert "table:formula" not in ods
    lu = read_parquet(BytesIO(recevoir(coordination, "parquet")))
    assert PIEGE in [v.as_py() for groupe in lu for v in groupe.columns[1]]


def test_each_profile_writes_numbers_and_days_its_own_way(coordination):
    champs = {c.nom: c.titre for c in CHAMPS}
    francais = lire(recevoir(coordination, "tableur"), "utf-8-sig", ";")
    jour = timezone.localdate()
    assert {r[champs["arrete_le"]] for r in francais} == {f"{jour:%d/%m/%Y}"}
    (p03,) = [r for r in francais if r[champs["indicateur"]] == "P03"]
    assert p03[champs["valeur"]] == "0,0"
    paquet = ZipFile(BytesIO(recevoir(coordination, "paquet")))
    ouvert, tableur = json.loads(paquet.read("datapackage.json"))["resources"]
    assert tableur["schema"]["fields"][4]["format"] == "%d/%m/%Y"
    assert tableur["schema"]["fields"][9]["decimalChar"] == ","
    assert "format" not in ouvert["schema"]["fields"][4]
    feuille = openpyxl.load_workbook(BytesIO(recevoir(coordination, "xlsx")))["Données"]
    assert feuille["E2"].value.date() == jour
    lu = read_parquet(BytesIO(recevoir(coordination, "parquet")))
    assert "Date32" in str(lu.schema.field("arrete_le").type)


def test_a_net_loss_keeps_to_the_schema_of_its_package():
    """P14 may be below zero, its interval too: a package that its own schema refuses is no package."""
    perdu = Mesure(PAR_CODE["P14"], -5, 43, -12, intervalle=(-30, 6))
    cache = Mesure(PAR_CODE["P14"], n=43, motif="Masqué", entre=(-25, -2))
    jeu = jeu_de_mesures(
        [MesureDite(perdu), MesureDite(cache)],
        nom="essai",
        titre="Essai",
        le=date(2026, 1, 1),
        fictif=True,
        methode=(),
    )
    with ZipFile(BytesIO(paquet_de(jeu))) as paquet:
        description = json.loads(paquet.read("datapackage.json"))
        lues = lire(paquet.read("donnees-ouvertes.csv"), "utf-8", ",")
    (champs,) = [
        ressource["schema"]["fields"]
        for ressource in description["resources"]
        if ressource["name"] == "donnees-ouvertes"
    ]
    moindres = {c["name"]: c.get("constraints", {}).get("minimum") for c in champs}
    assert [(li["valeur"], li["intervalle_bas"]) for li in lues] == [("-12", "-30"), ("", "")]
    for ligne in lues:
        for nom, moindre in moindres.items():
            assert moindre is None or not ligne[nom] or float(ligne[nom]) >= moindre, nom


def test_who_reads_no_register_receives_no_file(client, coordination):
    adresses = [reverse("analyses:fichiers_programme", args=["essai"])]
    adresses.append(reverse("analyses:fichier_programme", args=["essai", "ods"]))
    client.force_login(builders.un_compte(role=Role.DIETETIQUE, email="paula@exemple.fr"))
    assert {client.get(adresse).status_code for adresse in adresses} == {403}
    ailleurs = builders.un_territoire("84")
    client.force_login(builders.un_compte(Role.EVALUATION, ailleurs, email="ailleurs@exemple.fr"))
    assert {client.get(adresse).status_code for adresse in adresses} == {404}
