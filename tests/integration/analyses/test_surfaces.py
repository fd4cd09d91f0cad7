"""Every number that a page or a file of results shows is in what ``exporter_tableaux`` writes."""

import csv
import json
import re
from html.parser import HTMLParser
from io import BytesIO, StringIO

import pytest
from django.core.management import call_command
from openpyxl import load_workbook

from analyses.actions.clotures import publier_releve
from analyses.actions.plans import choisir_plan
from analyses.confidentialite.tableau import Cellule, Ligne, Statut
from analyses.exports.formats import FORMATS
from analyses.exports.lignes import CHAMPS
from analyses.mesures.reponses import _tableaux
from analyses.models import Publication
from enquetes.actions.collectes import arreter_releve
from enquetes.models import Collecte
from tests import builders
from voix.comptes.roles import Role

from .test_murs import DEFINITION as DEFINITION_DU_MUR
from .test_murs import lire, montree, par, seance
from .test_resultats import AVIS

pytestmark = pytest.mark.django_db
__all__ = ["montree", "par", "seance"]
assert DEFINITION_DU_MUR

NOMBRE = re.compile(r"\d+")
SEUILS = {5, 8, 11}
"""Thresholds are told on every page; they are of no one."""


class Page(HTMLParser):
    """The tables of a page, and all the words that somebody can see or hear."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self.titres: list[str] = []
        self.mots: list[str] = []
        self._ou: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self._ou.append(tag)
        if tag == "table":
            self.tables.append([])
            self.titres.append("")
        elif tag == "tr" and self.tables:
            self.tables[-1].append([])
        elif tag in {"td", "th"}:
            self.tables[-1][-1].append("")
        self.mots += [v for n, v in attrs if v and n in {"alt", "aria-label", "title"}]

    def handle_endtag(self, tag):
        while self._ou and self._ou.pop() != tag:
            pass

    def handle_data(self, data):
        if {"style", "script", "defs", "nav", "header", "footer"} & set(self._ou):
            return
        if "td" in self._ou or "th" in self._ou:
            self.tables[-1][-1][-1] += data
        elif "caption" in self._ou:
            self.titres[-1] += data
        self.mots.append(data)


def repondre(collecte: Collecte, structures: list) -> None:
    """File 173 persons whose counts are no threshold and no date."""
    for rang, (venu, manque, foyer, nombre) in enumerate(
        [("oui", ["pain"], 4, 47), ("non", ["pain", "fruits"], 7, 53), ("non", [], 2, 39)]
    ):
        for structure in structures:
            builders.des_passations(
                collecte,
                nombre // 2 + rang,
                structure=structure,
                reponses={"venu": venu, "manque": manque, "foyer": foyer},
            )
    builders.des_passations(collecte, 2, structure=structures[0], reponses={"venu": "nsp"})


@pytest.fixture
def publiee():
    collecte = builders.une_collecte_ouverte(version=builders.une_version(AVIS), nom="avis")
    lieu = collecte.territoire
    repondre(collecte, [builders.une_structure(lieu, nom=n) for n in ("Le Marché", "Le Pont")])
    choisir_plan(collecte=collecte, croisements=[["structure"], ["territoire"]], par="essai")
    releve = arreter_releve(collecte=collecte, par=builders.un_compte(email="c@exemple.fr"))
    return publier_releve(releve_id=releve.pk, par="essai")


def exporter(publication: Publication, dossier) -> list[dict]:
    nom = publication.collecte.nom
    call_command("exporter_tableaux", nom, "--dossier", str(dossier), stdout=StringIO())
    return [json.loads(fichier.read_text("utf-8")) for fichier in sorted(dossier.iterdir())]


def dites(tables: list[dict]) -> dict[tuple[str, str, str, str], tuple[str, str]]:
    """Return what a page may say: by title, grouping, group and answer, the count and the share."""
    trouvees = {}
    for table in tables:
        dimension = table["dimensions"][-1]
        noms = [d["name"] for d in table["dimensions"][:-1]]
        libelles = {
            d["name"]: {c["code"]: c.get("label", c["code"]) for c in d["codes"]}
            for d in table["dimensions"]
        }
        racines = {d["name"]: d["codes"][0]["code"] for d in table["dimensions"]}
        tailles = {
            groupe(c, noms): c["value"]
            for c in table["cells"]
            if c["at"][dimension["name"]] == "TOTAL"
        }
        for cellule in table["cells"]:
            code = cellule["at"][dimension["name"]]
            ou = groupe(cellule, noms)
            nom = " · ".join(
                libelles[n][c] for n, c in zip(noms, ou, strict=True) if c != racines[n]
            )
            cle = (
                table["question"],
                "-".join(noms),
                nom or "Ensemble",
                libelles[dimension["name"]][code],
            )
            trouvees[cle] = en_mots(cellule, tailles[ou])
    return trouvees


def groupe(cellule: dict, noms: list[str]) -> tuple[str, ...]:
    return tuple(cellule["at"][nom] for nom in noms)


def en_mots(cellule: dict, taille: int) -> tuple[str, str]:
    """Say a cell of the file as a page would."""
    if cellule["status"] == "suppressed":
        return "masqué", ""
    bas, haut = cellule.get("low", cellule.get("value")), cellule.get("high", cellule.get("value"))
    statut = Statut.PUBLIE if "value" in cellule else Statut.INTERVALLE
    ligne, lue = Ligne("", "", taille, ()), Cellule(bas, haut, statut)
    return ligne.dire(lue), ligne.dire_la_part(lue)


def permis(tables: list[dict]) -> set[int]:
    """Return every whole number that the files hold, alone or in the words that say them."""
    bornes = {
        cellule[nom]
        for table in tables
        for cellule in table["cells"]
        for nom in ("value", "low", "high")
        if nom in cellule
    }
    dits = (mot for mots in dites(tables).values() for mot in mots)
    return bornes | {int(n) for mot in dits for n in NOMBRE.findall(mot)}


def noms(tables: list[dict]) -> set[int]:
    """Return the numbers that are names of answers: « 4 », « 6 à 9 »."""
    return {
        int(n)
        for table in tables
        for code in table["dimensions"][-1]["codes"]
        for n in NOMBRE.findall(code.get("label", ""))
    }


def test_each_cell_of_each_page_is_a_cell_of_the_files(publiee, client, tmp_path):
    tables = exporter(publiee, tmp_path / "d")
    attendues, nombres = dites(tables), permis(tables) | SEUILS
    client.force_login(builders.un_compte(role=Role.EVALUATION, email="eva@exemple.fr"))
    lues = 0
    for code in ("venu", "manque", "foyer"):
        for ventilation in ("", "structure", "territoire"):
            html = client.get(
                f"/espace/resultats/avis/{code}/", {"par": ventilation}
            ).content.decode()
            page = Page(html[html.index("<main") : html.index("</main>")])
            # Means and medians have their own test: « test_each_mean_and_median_is_in_the_files ».
            chiffres = [t for t in page.tables if t[0] == ["Groupe", "Moyenne", "Médiane"]]
            page.tables = [t for t in page.tables if t not in chiffres]
            (table,) = page.tables
            for libelle, *cases in () if ventilation else table[1:]:
                mot, part = attendues[code, "", "Ensemble", libelle]
                assert cases[0].split(" sur ")[0] == mot
                assert cases[1:] in ([part], [])
                lues += 1
            for ligne in table[1:] if ventilation else ():
                tete = table[0][1:]
                for colonne, case in zip(tete, ligne[1:], strict=True):
                    mot, part = attendues[
                        code,
                        ventilation,
                        ligne[0].removeprefix("dont "),
                        "TOTAL" if colonne == "N" else colonne,
                    ]
                    assert case in {mot, f"{mot} ({part})"}
                    lues += 1
            vus = {int(n) for mot in page.mots for n in NOMBRE.findall(sans_mots(mot))}
            assert vus <= nombres | noms([t for t in tables if t["question"] == code]), (
                code,
                ventilation,
                vus,
            )
    assert lues > 100


def test_what_is_read_of_one_group_is_in_the_files_too(publiee, client, tmp_path):
    attendues = dites(exporter(publiee, tmp_path / "d"))
    client.force_login(builders.un_compte(role=Role.EVALUATION, email="eva@exemple.fr"))
    html = client.get("/espace/resultats/avis/venu/").content.decode()
    offerts = re.findall(r'<option value="(structure:\w+)">([^<]+)', html)
    assert {"Le Marché", "Le Pont"} <= {libelle for _, libelle in offerts}
    for code, groupe_dit in offerts:
        html = client.get(f"/espace/resultats/avis/venu/?parmi={code}").content.decode()
        (table,) = Page(html[html.index("<main") : html.index("</main>")]).tables
        assert f"N&nbsp;=&nbsp;{attendues['venu', 'structure', groupe_dit, 'TOTAL'][0]}." in html
        for libelle, *cases in table[1:]:
            mot, part = attendues["venu", "structure", groupe_dit, libelle]
            assert cases[0].split(" sur ")[0] == mot
            assert cases[1:] in ([part], [])


def dits(tables: list[dict], question: str) -> set[str]:
    """Return the means and the medians of a question, as a page says them."""
    return {
        f"{s['value']:.{s['decimals']}f}".replace(".", ",")
        for table in tables
        for s in table["statistics"]
        if s["question"] == question
    }


def test_each_mean_and_median_is_in_the_files(publiee, client, tmp_path):
    tables = exporter(publiee, tmp_path / "d")
    # The median of a measure is a class of its answers: §9 has no field for it (ADR 0066).
    classes = {str(n) for n in noms([t for t in tables if t["question"] == "foyer"])}
    client.force_login(builders.un_compte(role=Role.EVALUATION, email="eva@exemple.fr"))
    html = client.get("/espace/resultats/avis/foyer/", {"par": "structure"}).content.decode()
    lus = [
        t for t in Page(html[html.index("<main") :]).tables if t[0][1:] == ["Moyenne", "Médiane"]
    ]
    assert lus
    assert {case for table in lus for ligne in table[1:] for case in ligne[1:]} <= (
        dits(tables, "foyer") | classes | {"non donnée"}
    )


def sans_mots(texte: str) -> str:
    """Take away what is no figure: addresses, days and numbers of relevés."""
    return re.sub(r"https?://\S+|\d{1,2}/\d{2}/\d{4}|\d{1,2} \w+ 20\d\d|[Rr]elevé \d+", "", texte)


def test_each_row_of_each_file_is_a_cell_of_the_files_for_scripts(publiee, client, tmp_path):
    tables = exporter(publiee, tmp_path / "d")
    attendues, nombres = dites(tables), permis(tables) | SEUILS
    client.force_login(builders.un_compte(role=Role.EVALUATION, email="eva@exemple.fr"))
    envoyes = {f.code: client.get(f"/espace/fichiers/avis/{f.code}/").content for f in FORMATS}
    for tableau in json.loads(envoyes["json"])["tableaux"]:
        assert tableau in tables
    lignes = [*lire_csv(envoyes["tableur"], ";"), *lire_csv(envoyes["donnees-ouvertes"], ",")]
    lignes += lire_xlsx(envoyes["xlsx"])
    autres = dits(tables, "foyer") | {str(n) for n in noms(tables)}
    assert {li["statut"] for li in lignes} >= {"mediane", "publie"}
    for ligne in lignes:
        cle = (ligne["question"], ligne["ventilation"] or "", ligne["groupe_libelle"])
        if ligne["statut"] in {"moyenne", "mediane"}:
            assert ligne["dit"] in autres
            assert str(ligne["moyenne"] or ligne["dit"]).replace(".", ",") == ligne["dit"]
        else:
            dite = attendues[*cle, ligne["reponse_libelle"]]
            assert (ligne["dit"], ligne["part_dite"] or "") == dite
        chiffres = (ligne[c] for c in ("base", "effectif", "minimum", "maximum"))
        assert {int(c) for c in chiffres if c not in {None, ""}} <= nombres
    assert len(lignes) > 150


def lire_csv(contenu: bytes, separateur: str) -> list[dict]:
    texte = contenu.decode("utf-8-sig")
    tete, *lignes = csv.reader(StringIO(texte, newline=""), delimiter=separateur)
    return [dict(zip(map(nom, tete), ligne, strict=True)) for ligne in lignes]


def lire_xlsx(contenu: bytes) -> list[dict]:
    feuille = load_workbook(BytesIO(contenu)).worksheets[0]
    tete, *lignes = feuille.iter_rows(values_only=True)
    return [dict(zip(map(nom, tete), ligne, strict=True)) for ligne in lignes]


def nom(titre: str) -> str:
    """Return the name of a column: some files are headed by its title."""
    return next((champ.nom for champ in CHAMPS if champ.titre == titre), titre)


def test_no_surface_of_persons_uses_the_rule_of_organisations(publiee, client, monkeypatch):
    """ADR 0068: the path of ADR 0040 is cut, and everything about persons still reads."""

    def coupe(*_args, **_options):
        raise AssertionError("persons were counted by the rule of organisations")

    monkeypatch.setattr("analyses.tableaux.proteger", coupe)
    monkeypatch.setattr("analyses.tableaux._calculer", coupe)
    client.force_login(builders.un_compte(role=Role.EVALUATION, email="eva@exemple.fr"))
    adresses = ["resultats/avis/", "resultats/avis/venu/?par=structure"]
    adresses += [f"fichiers/avis/{f.code}/" for f in FORMATS]
    for adresse in adresses:
        assert client.get(f"/espace/{adresse}").status_code == 200
    ((lu, montre),) = _tableaux(publiee.collecte, "venu")  # what indicators read
    assert lu.total is not None
    assert montre
    call_command("tableau", "avis", "--lignes", "venu", stdout=StringIO())


def test_what_a_room_saw_is_in_the_files_too(seance, montree, tmp_path):
    tables = exporter(montree, tmp_path / "d")
    assert [t["dimensions"][0]["name"] for t in tables] == ["seance"] * len(tables)
    page = Page(lire(seance))
    vus = {
        int(n)
        for mot in page.mots
        for n in NOMBRE.findall(sans_mots(mot))
        if "entre" in mot or "moins" in mot or "plus de" in mot
    }
    assert vus
    assert vus <= permis(tables) | SEUILS
