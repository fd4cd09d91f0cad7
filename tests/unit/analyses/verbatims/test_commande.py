"""``manage.py masquer``: JSON lines in, JSON lines out, and a bad line stops nothing."""

import io
import json
import sys

import pytest
from django.core.management import call_command

from analyses.management.commands.masquer import TEXTE_MAX


def lancer(monkeypatch, entree: bytes) -> list[dict]:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(entree)))
    sortie = io.StringIO()
    call_command("masquer", stdout=sortie)
    return [json.loads(ligne) for ligne in sortie.getvalue().splitlines()]


def test_each_line_gives_its_spans_in_code_points(monkeypatch):
    texte = "😀 ma fille Lina, et la Rose de Rose"
    lignes = [{"id": "a", "texte": texte}, {"id": 7, "texte": "rien à dire"}]
    entree = "\n".join(json.dumps(x, ensure_ascii=i == 0) for i, x in enumerate(lignes)).encode()
    premiere, seconde = lancer(monkeypatch, entree)
    assert premiere["id"] == "a"
    assert premiere["spans"] == [{"debut": 11, "fin": 15, "type": "prenom"}]
    assert texte[11:15] == "Lina"
    (signale,) = premiere["signalements"]
    assert set(signale) == {"debut", "fin", "type", "motif"}
    assert texte[signale["debut"] : signale["fin"]] == "Rose"
    assert seconde == {"id": 7, "spans": [], "signalements": []}


MAUVAISES = {
    b"pas du json": None,
    b"[1, 2]": None,
    b'{"texte": "sans id"}': None,
    b'{"id": {"a": 1}, "texte": "x"}': None,
    b'{"id": true, "texte": "x"}': None,
    b'{"id": 1}': 1,
    b'{"id": 1, "texte": 3}': 1,
    b'{"id": 1, "texte": "a\\u0000b"}': 1,
    b'{"id": 1, "texte": "\xff"}': None,
    b"\x00": None,
    b"[" * 100_000: None,
    b'{"id": 1, "texte": "' + b"a" * (TEXTE_MAX + 1) + b'"}': 1,
}


@pytest.mark.parametrize("mauvaise", MAUVAISES, ids=lambda ligne: repr(ligne[:24]))
def test_a_bad_line_gives_an_error_and_the_next_is_read(monkeypatch, mauvaise):
    erreur, bonne = lancer(monkeypatch, mauvaise + b'\n\n{"id": 2, "texte": "avec Karim"}\n')
    assert set(erreur) == {"id", "ligne", "erreur"}
    assert erreur["id"] == MAUVAISES[mauvaise]
    assert erreur["ligne"] == 1
    assert erreur["erreur"]
    assert bonne == {
        "id": 2,
        "spans": [{"debut": 5, "fin": 10, "type": "prenom"}],
        "signalements": [],
    }


def test_windows_files_and_lone_surrogates_are_read(monkeypatch):
    entree = b'\xef\xbb\xbf{"id": 1, "texte": "\\ud800 avec Karim"}\r\n'
    (reponse,) = lancer(monkeypatch, entree)
    assert reponse["spans"] == [{"debut": 7, "fin": 12, "type": "prenom"}]


def test_nothing_in_nothing_out(monkeypatch):
    assert lancer(monkeypatch, b"\n \n") == []
