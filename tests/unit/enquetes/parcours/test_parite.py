"""The same conditions and the same numbers, in Python on the server and in JavaScript on a device."""

import gzip
import json
import random
import shutil
import subprocess
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from babel.dates import get_month_names
from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from enquetes.champs import NATURES, champ
from enquetes.champs.base import COMPTE_AU_PLUS, nettoyer
from enquetes.champs.mois import mois_en_cours
from enquetes.parcours.chemin import chemin
from enquetes.parcours.code_effacement import lire
from enquetes.parcours.definition import Question, Texte, degeler
from enquetes.parcours.lecture import definition_depuis
from enquetes.parcours.periodes import mois_ecrit
from enquetes.parcours.verification import verifier
from enquetes.views.scripts import SCRIPTS, SUITES, script

SOURCES = Path(__file__).resolve().parents[4] / "voix/static/voix/hors-ligne"
CODES = ["oui", "non", "autre"]
QUESTIONNAIRES, REPONSES = 400, 25


def dans_node(dossier: Path, programme: str, entree: object) -> Any:
    """Run the device's own module in node and return what it answers."""
    shutil.copy(SOURCES / "coffre.js", dossier / "coffre.mjs")
    (dossier / "essai.mjs").write_text(
        'import * as c from "./coffre.mjs";\nimport { readFileSync } from "node:fs";\n'
        'const entree = JSON.parse(readFileSync("entree.json", "utf8"));\n' + programme,
        encoding="utf-8",
    )
    (dossier / "entree.json").write_text(json.dumps(entree), encoding="utf-8")
    sortie = subprocess.run(
        ["node", "essai.mjs"], cwd=dossier, check=True, capture_output=True, text=True
    ).stdout
    return json.loads(sortie)


def une_condition(hasard: random.Random, avant: list[tuple[str, str]], profondeur: int = 0):
    if profondeur < 2 and hasard.random() < 0.4:
        branche = hasard.choice(["all", "any", "not"])
        if branche == "not":
            return {"not": une_condition(hasard, avant, profondeur + 1)}
        nombre = hasard.randint(1, 3)
        return {branche: [une_condition(hasard, avant, profondeur + 1) for _ in range(nombre)]}
    code, type_ = hasard.choice(avant)
    if type_ == "choix_multiple":
        return {"q": code, "has": hasard.choice(CODES)}
    if type_ == "choix_unique":
        return {"q": code, "eq": hasard.choice(CODES)}
    borne = hasard.randint(0, 7) if type_ == "jours" else hasard.choice([0, 1.5, 3, 3.0, 12])
    return {"q": code, hasard.choice(["ge", "le"] + ["eq"] * (type_ == "nombre")): borne}


def un_questionnaire(hasard: random.Random) -> dict:
    pages: list[dict[str, Any]] = []
    avant: list[tuple[str, str]] = []
    for rang in range(hasard.randint(2, 9)):
        type_ = hasard.choice(["choix_unique", "choix_multiple", "jours", "nombre"])
        question: dict[str, Any] = {
            "code": f"q{rang}",
            "type": type_,
            "texte": {"fr": f"Question {rang} ?"},
        }
        if type_.startswith("choix"):
            question["choix"] = [{"code": c, "texte": {"fr": c.title()}} for c in CODES]
        if type_ == "nombre":
            question["options"] = {"decimales": 1}
        page: dict[str, Any] = {"code": f"p{rang}", "questions": [question]}
        if avant and hasard.random() < 0.6:
            page["si"] = une_condition(hasard, avant)
        pages.append(page)
        avant.append((f"q{rang}", type_))
    base = {"format": "voix-questionnaire/1", "code": "hasard", "titre": {"fr": "Hasard"}}
    return base | {"langues": ["fr"], "pages": pages}


def des_reponses(hasard: random.Random, donnees: dict) -> dict:
    tirees = {}
    for page in donnees["pages"]:
        (question,) = page["questions"]
        valeur = {
            "choix_unique": lambda: hasard.choice(CODES),
            "choix_multiple": lambda: hasard.sample(CODES, hasard.randint(1, 3)),
            "jours": lambda: str(hasard.randint(0, 7)),
            "nombre": lambda: hasard.choice([0, 1, 1.5, 3, 12, 7.5]),
        }[question["type"]]()
        sort = hasard.random()
        if sort < 0.75:
            tirees[question["code"]] = valeur
        elif sort < 0.85:
            tirees[question["code"]] = "_pnr"
    return tirees


def test_ten_thousand_random_paths_are_the_same(tmp_path):
    hasard = random.Random(20261126)  # noqa: S311  (questionnaires, not secrets)
    cas, attendus = [], []
    for _ in range(QUESTIONNAIRES):
        donnees = un_questionnaire(hasard)
        assert {d.code for d in verifier(donnees, NATURES)} <= {"condition_impossible"}
        definition = definition_depuis(donnees)
        pages = [
            {
                "c": page.code,
                "champs": [{"c": question.code} for question in page.questions],
                **({"si": degeler(page.condition.arbre)} if page.condition else {}),
            }
            for page in definition.pages
        ]
        lots = [des_reponses(hasard, donnees) for _ in range(REPONSES)]
        cas.append([pages, lots])
        for lot in lots:
            marche = chemin(definition, lot)
            attendus.append([[page.code for page in marche.pages], marche.reponses])
    programme = """
    console.log(JSON.stringify(entree.flatMap(([pages, lots]) =>
      lots.map((r) => { const [vues, gardees] = c.chemin(pages, r); return [vues.map((p) => p.c), gardees]; }))));
    """
    trouves = dans_node(tmp_path, programme, cas)
    assert len(trouves) == QUESTIONNAIRES * REPONSES == 10_000
    assert [n for n, (a, b) in enumerate(zip(attendus, trouves, strict=True)) if a != b] == []
    assert len({json.dumps(a[0]) for a in attendus}) > 150  # paths do differ


def une_saisie(hasard: random.Random) -> str:
    signes = "0123456789.,-+ e\u00a0\u202f٣٤\u066b\u066c\u2212/\u200f_a"
    return "".join(hasard.choice(signes) for _ in range(hasard.randint(0, 8)))


@pytest.mark.parametrize(
    ("type_", "options"),
    [("mois", {}), ("nombre", {}), ("nombre", {"min": -5, "max": 99, "decimales": 2})],
)
def test_what_a_device_lets_through_the_server_takes(tmp_path, type_, options):
    """What a device sends is not refused afterwards, and it asks nothing again that the server takes."""
    hasard = random.Random(7)  # noqa: S311  (what people might type, not secrets)
    question = Question(
        "q", type_, Texte.depuis({"fr": "?"}), options=tuple(sorted(options.items()))
    )
    regle = champ(type_).hors_ligne(question)
    saisies = [une_saisie(hasard) for _ in range(3000)] + ["03/2025", "2025-03", "4,5", "12 000"]
    saisies += ["1_0", "_1", "1__0", "1e3", "E5", "Infinity", "sNaN"]
    programme = "console.log(JSON.stringify(entree.saisies.map((s) => [c.juger(entree.regle, s), c.chiffres(s)])));"
    juges = dans_node(tmp_path, programme, {"regle": regle, "saisies": saisies})
    champ_ = champ(type_).formulaire(question, "fr")["q"]
    refusees, laissees, retenues = 0, [], []
    for saisie, (faute, lue) in zip(saisies, juges, strict=True):
        try:
            propre = champ_.clean(saisie)
        except ValidationError:
            refusees += 1
            if faute is None:
                laissees.append(saisie)
            continue
        if faute is not None:
            retenues.append(saisie)
        elif type_ == "nombre" and propre is not None:
            assert float(lue) == propre, saisie
    assert (laissees, retenues) == ([], [])
    assert refusees > 100


@pytest.mark.parametrize("langue", ["fr", "en", "uk", "ar"])
def test_a_device_knows_the_names_of_months_that_the_server_knows(tmp_path, langue):
    question = Question("q", "mois", Texte.depuis({"fr": "?"}))
    with translation.override(langue):
        regle = champ("mois").hors_ligne(question)
    noms = {n[:lettres] for mois in regle["noms"] for n in mois for lettres in (2, 3, 4, 99)}
    # « mars » in English, « März » in French, with accents composed or not: told alike, or read alike.
    for ailleurs in ("fr", "en", "ar", "ar_DZ", "uk", "de", "ru", "fa", "tr"):
        autres = get_month_names("wide", "format", ailleurs).values()
        noms |= {unicodedata.normalize(f, nom) for nom in autres for f in ("NFC", "NFD")}
    saisies = [f"{nom} 2025" for nom in noms] + [f"2024 {nom.upper()}." for nom in noms]
    programme = "console.log(JSON.stringify(entree.saisies.map((s) => c.juger(entree.regle, s))));"
    juges = dans_node(tmp_path, programme, {"regle": regle, "saisies": saisies})
    champ_ = champ("mois").formulaire(question, langue)["q"]

    def juger(saisie):
        try:
            champ_.clean(saisie)
        except ValidationError as faute:
            return [faute.code]
        return None

    assert [s for s, faute in zip(saisies, juges, strict=True) if faute != juger(s)] == []
    assert 24 <= juges.count(None) < len(saisies)


@pytest.mark.parametrize("langue", ["fr", "ar"])
def test_a_device_says_of_a_month_what_the_server_says(tmp_path, langue):
    hasard = random.Random(11)  # noqa: S311  (what people might type, not secrets)
    morceaux = [
        "3",
        "15",
        "13",
        "00",
        "2025",
        "3025",
        "25",
        "mars",
        "mai",
        "مارس",
        "été",
        "/",
        "-",
    ]
    morceaux += [" ", ".", "٣", "٢٠٢٥", "\u200f", "_", "e\u0301", "²", "Ⅳ"]
    saisies = ["".join(hasard.choices(morceaux, k=hasard.randint(1, 6))) for _ in range(4000)]
    saisies += ["3" * 201, " " * 200 + "03/2025"]
    question = Question("q", "mois", Texte.depuis({"fr": "?"}))
    with translation.override(langue):
        regle = champ("mois").hors_ligne(question)
    programme = "console.log(JSON.stringify(entree.saisies.map((s) => c.juger(entree.regle, s))));"
    juges = dans_node(tmp_path, programme, {"regle": regle, "saisies": saisies})
    champ_ = champ("mois").formulaire(question, langue)["q"]
    ecarts, vues = [], set()
    for saisie, juge in zip(saisies, juges, strict=True):
        try:
            champ_.clean(saisie)
        except ValidationError as faute:
            vues.add(faute.code)
            ecarts += [] if juge == [faute.code] else [(saisie, juge, faute.code)]
        else:
            ecarts += [] if juge is None else [(saisie, juge, None)]
    assert ecarts == []
    assert vues == set(regle["m"]), "every fault was met"


def test_a_device_and_the_server_agree_on_months_that_have_not_come(tmp_path):
    options = (("futur", "non"),)
    question = Question("q", "mois", Texte.depuis({"fr": "?"}), options=options)
    ici = mois_en_cours(timezone.now())
    ecrits = [mois_ecrit(ici + ecart) for ecart in range(-30, 31)]
    saisies = [f(*ecrit.split("-")) for ecrit in ecrits for f in _ECRITURES] + ["13/2099", ""]
    regle = champ("mois").hors_ligne(question)
    programme = "console.log(JSON.stringify(entree.saisies.map((s) => c.juger(entree.regle, s))));"
    juges = dans_node(tmp_path, programme, {"regle": regle, "saisies": saisies})
    champ_, attendus = champ("mois").formulaire(question, "fr")["q"], []
    for saisie in saisies:
        try:
            champ_.clean(saisie)
        except ValidationError as faute:
            attendus.append([faute.code])
        else:
            attendus.append(None)
    assert juges == attendus
    assert attendus.count(["futur"]) == 30 * len(_ECRITURES)


_ECRITURES = (
    lambda a, m: f"{a}-{m}",
    lambda a, m: f"{int(m)}/{a}",
    lambda a, m: f"{int(m)}{a}",
    lambda a, m: f"{get_month_names('wide', 'format', 'fr')[int(m)]} {a}",
)


def test_a_device_whose_clock_stopped_takes_the_months_the_document_knew(tmp_path):
    question = Question("q", "mois", Texte.depuis({"fr": "?"}), options=(("futur", "non"),))
    regle = champ("mois").hors_ligne(question)
    ici = regle["futur"]
    saisies = [mois_ecrit(ici), mois_ecrit(ici + 1)]
    programme = "Date.now = () => 0; console.log(JSON.stringify(entree.saisies.map((s) => c.juger(entree.regle, s))));"
    assert dans_node(tmp_path, programme, {"regle": regle, "saisies": saisies}) == [
        None,
        ["futur"],
    ]


@pytest.mark.parametrize("nombre", [2000, 2001, COMPTE_AU_PLUS, COMPTE_AU_PLUS + 1])
def test_a_device_counts_a_long_text_as_far_as_the_server(tmp_path, nombre):
    question = Question("q", "texte_long", Texte.depuis({"fr": "?"}))
    regle = champ("texte_long").hors_ligne(question)
    programme = "console.log(JSON.stringify(c.juger(entree.regle, entree.saisie)));"
    faute = dans_node(tmp_path, programme, {"regle": regle, "saisie": "é" * nombre})
    try:
        champ("texte_long").formulaire(question, "fr")["q"].clean("é" * nombre)
        attendu = None
    except ValidationError as erreur:
        attendu = {"max_length": ["long", nombre], "demesure": ["demesure"]}[erreur.code]
    assert faute == attendu


@pytest.mark.parametrize("signe", ["👩‍👩‍👧‍👦 ", "e\u0301", "a\r\n", "\u202eא\u202c", "ि"])
def test_a_device_counts_signs_as_the_server_does(tmp_path, signe):
    """Families of emoji, accents apart, line ends, marks of direction: the same count on both sides."""
    saisie = signe * 1999
    question = Question("q", "texte_long", Texte.depuis({"fr": "?"}))
    programme = "console.log(JSON.stringify(c.juger(entree.regle, entree.saisie)));"
    regle = champ("texte_long").hors_ligne(question)
    nombre = len(nettoyer(saisie))
    attendu = ["long", nombre] if nombre > regle["max"] else None
    assert dans_node(tmp_path, programme, {"regle": regle, "saisie": saisie}) == attendu


def test_codes_drawn_on_a_device_are_codes(tmp_path):
    programme = "console.log(JSON.stringify([...Array(2000)].map(c.nouveauCode)));"
    codes = dans_node(tmp_path, programme, None)
    assert [code for code in codes if lire(code) != code] == []
    assert len(set(codes)) == 2000


def test_identifiers_drawn_on_a_device_are_random_ones(tmp_path):
    programme = "console.log(JSON.stringify([...Array(500)].map(c.uuid)));"
    for brut in dans_node(tmp_path, programme, None):
        assert brut[14] == "4"
        assert brut[19] in "89ab"


def test_every_script_of_a_device_together_weighs_less_than_fifteen_kilobytes():
    """As they are sent: comments stay here (enquetes/views/scripts.py)."""
    poids = {nom: len(gzip.compress(script(nom))) for nom in {*SCRIPTS, "sw.js"}}
    assert {*poids, *(nom for nom, _ in SUITES)} == {f.name for f in SOURCES.glob("*.js")}
    assert sum(poids.values()) <= 15 * 1024, poids


@pytest.mark.parametrize("langue", ["fr", "en", "ar", "uk"])
@pytest.mark.parametrize(
    ("type_", "options", "saisies"),
    [
        ("nombre", {}, ["٨", "007", "+3", "1000", "12 000", "٣٬٤٢٨", "999999999", "-0", "8,"]),
        (
            "nombre",
            {"min": -99999, "decimales": 4},
            ["12345,6789", "0.0001", "-4,5", "-12345", ",5"],
        ),
        ("nombre", {"unite": {"fr": "repas", "en": "meals"}}, ["4", "12345"]),
        (
            "mois",
            {},
            [
                "\u0660٣/٢\u0660٢\u0665",
                "3 2025",
                "032025",
                "12025",
                "2025-3",
                "mars 2025",
                "2025 آذار",
                "مارس 2025",
            ],
        ),
        ("texte_long", {}, ["٨", "Deux\nlignes", "03 2025"]),
    ],
)
def test_the_summary_of_a_device_shows_what_the_server_understood(
    tmp_path, langue, type_, options, saisies
):
    """What cannot be read stays as it was typed: it is then said to be wrong, and not sent."""
    question = Question(
        "q", type_, Texte.depuis({"fr": "?"}), options=tuple(sorted(options.items()))
    )
    un = champ(type_)
    with translation.override(langue):
        regle = un.hors_ligne(question)
        champ_, attendus = un.formulaire(question, langue)["q"], []
        for saisie in saisies:
            try:
                reponses = {"q": champ_.clean(saisie)}
            except ValidationError:
                attendus.append(saisie)
            else:
                attendus.append(un.libelle(question, reponses, langue)[0].texte)
    programme = (
        "console.log(JSON.stringify(entree.saisies.map((s) => c.lu(entree.regle, s, entree.l))));"
    )
    entree = {"regle": regle, "saisies": saisies, "l": langue}
    assert dans_node(tmp_path, programme, entree) == attendus
    assert any(a != s for a, s in zip(attendus, saisies, strict=True)) is (type_ != "texte_long")
