"""Whatever somebody reads is in real French: in templates, in code, in catalogues, in questionnaires."""

import re
from pathlib import Path

import pytest
import yaml
from babel.messages.pofile import read_po

from tests.francais import fautes, phrases

RACINE = Path(__file__).resolve().parents[2]
# Detectors hold what they look for, as people write it.
MODULES = [
    f
    for dossier in ("voix", "enquetes", "analyses")
    for f in sorted((RACINE / dossier).rglob("*.py"))
    if not {"migrations", "detecteurs"} & set(f.parts)
]
GABARITS = sorted((RACINE / "templates").rglob("*.html"))
UN_JOUR_NU = re.compile(r'\{\{ [\w.]*(?:_le|\.jour) \}\}|\|date:"j F|=[\w.]+_le(?= )')
"""A day that Django would write « 1 janvier »: the filter « jour » writes « 1er janvier »."""
# The example is shown as an author types it, on a keyboard without no-break spaces.
DONNEES = [
    f
    for dossier in ("enquetes", "analyses")
    for f in sorted((RACINE / dossier).rglob("*.yaml"))
    if f.name != "exemple.yaml"
]


@pytest.mark.parametrize(
    ("texte", "faute"),
    [
        ("L'épicerie est ouverte", "apostrophe droite"),
        ("Dis-nous ce que tu veux dire", "tutoiement"),
        ("Voulez-vous venir ?", "espace sécable"),
        ("Ce texte : le vôtre", "espace sécable"),
        ("Appuyez sur « Continuer »", "espace sécable"),
        ("Voulez-vous venir?", "espace oubliée"),
        ("Appuyez sur «Continuer»", "espace oubliée"),
    ],
)
def test_each_fault_is_seen(texte, faute):
    assert any(f.startswith(faute) for f in fautes(texte))


@pytest.mark.parametrize(
    "texte",
    [
        "Voulez-vous venir\u00a0?",
        "Lisez «\u202fl’aide\u202f» de la page\u00a0: c’est court.",
        "SELECT a FROM t WHERE t.x = 'd' ;",
        "It's not French: it's fine!",
        "r'e",
        "https://exemple.fr/?par=mois",
    ],
)
def test_what_is_right_or_not_french_is_left_alone(texte):
    assert fautes(texte) == []


def test_code_speaks_real_french():
    """Every string but documentation: messages, labels, help and logs, whether translated or not."""
    lues = [(f, ligne, texte) for f in MODULES for ligne, texte in phrases(f)]
    assert len(lues) > 3000
    assert [
        f"{fichier.relative_to(RACINE)}:{ligne} {faute}"
        for fichier, ligne, texte in lues
        for faute in fautes(texte)
    ] == []


def test_the_catalogue_speaks_real_french():
    """A text of ours is its own French; what allauth says in English is French by translation."""
    with (RACINE / "locale/fr/LC_MESSAGES/django.po").open("rb") as fichier:
        messages = [m for m in read_po(fichier, locale="fr") if m.id]
    paires = []
    for message in messages:
        pluriel = isinstance(message.id, tuple | list)
        ids = message.id if pluriel else (message.id,)
        traduits = message.string if pluriel else (message.string,)
        paires += [traduit or source for source, traduit in zip(ids, traduits, strict=False)]
    assert len(paires) > 100
    assert [faute for texte in paires for faute in fautes(texte)] == []


def en_francais(noeud: object) -> list[str]:
    """Return the French texts of a definition, and all of them where only French is written."""
    if isinstance(noeud, str):
        return [noeud]
    if isinstance(noeud, dict):
        enfants = [noeud["fr"]] if "fr" in noeud else noeud.values()
        return [texte for enfant in enfants for texte in en_francais(enfant)]
    if isinstance(noeud, list):
        return [texte for enfant in noeud for texte in en_francais(enfant)]
    return []


@pytest.mark.parametrize("fichier", DONNEES, ids=lambda f: f.stem)
def test_questionnaires_and_indicators_speak_real_french(fichier):
    textes = en_francais(yaml.safe_load(fichier.read_text(encoding="utf-8")))
    assert textes
    assert [faute for texte in textes for faute in fautes(texte)] == []


@pytest.mark.parametrize("gabarit", GABARITS, ids=lambda f: f.name)
def test_templates_speak_real_french(gabarit):
    texte = gabarit.read_text(encoding="utf-8").replace("&nbsp;", "\u00a0")
    traduits = re.findall(r'{% translate "([^"]*)"', texte)
    texte = re.sub(r"{#.*?#}|<(style|script)\b.*?</\1>", "", texte, flags=re.DOTALL)
    texte = re.sub(r"{%.*?%}", "", re.sub(r"{{.*?}}", "mot", texte), flags=re.DOTALL)
    lignes = re.sub(r"<[^>]*>", "\n", texte).split("\n")
    assert [faute for ligne in [*lignes, *traduits] for faute in fautes(ligne)] == []


@pytest.mark.parametrize("fichier", GABARITS, ids=lambda f: str(f.relative_to(RACINE)))
def test_a_day_is_written_in_french(fichier):
    assert not UN_JOUR_NU.findall(fichier.read_text("utf-8"))
