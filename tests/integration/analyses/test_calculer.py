"""``manage.py calculer`` as a statistician runs it: a list in, a list out, never a traceback."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

RACINE = Path(__file__).resolve().parents[3]


def calculer(monkeypatch, entree: str | bytes):
    octets = entree.encode() if isinstance(entree, str) else entree
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(octets)))
    sortie = io.StringIO()
    call_command("calculer", stdout=sortie)
    return json.loads(sortie.getvalue())


def test_a_real_process_answers_in_order_and_one_bad_request_stops_nothing():
    """NaN and a number of five thousand digits are written as other tools would write them."""
    entree = (
        '[{"fonction": "proportion", "k": 8, "n": 10, "confiance": 0.95},'
        ' {"fonction": "mcnemar", "non_oui": NaN, "oui_non": 2},'
        ' {"fonction": "mcnemar", "non_oui": 1' + "0" * 5000 + ', "oui_non": 2},'
        ' "mcnemar", {"fonction": "mcnemar", "non_oui": 16, "oui_non": 6}]'
    )
    processus = subprocess.run(
        [sys.executable, "manage.py", "calculer"],
        cwd=RACINE,
        input=entree.encode(),
        capture_output=True,
        check=True,
    )
    resultats = json.loads(processus.stdout.decode())
    assert [round(x, 2) for x in resultats[0].values()] == [0.49, 0.94]
    assert resultats[1]["p_exact"] is resultats[2]["p_exact"] is None
    assert all("raison" in resultats[rang] for rang in (1, 2, 3))
    assert resultats[4]["p_exact"] == pytest.approx(0.052479, abs=5e-7)


def test_no_request_gives_no_result(monkeypatch):
    assert calculer(monkeypatch, "[]") == []


def test_the_reason_is_real_french(monkeypatch):
    (resultat,) = calculer(monkeypatch, '[{"fonction": "mcnemar", "non_oui": "9", "oui_non": 2}]')
    assert resultat == {
        "p_exact": None,
        "raison": "«\u00a0non_oui\u00a0» doit être fait de nombres.",
    }


@pytest.mark.parametrize(
    "entree", ["", "{", "{}", '"x"', "3", "null", b"\xff\xfe\xfa", "[" * 100_000, "[1,]"]
)
def test_what_is_not_a_list_is_refused_with_a_sentence(monkeypatch, entree):
    with pytest.raises(CommandError, match="L’entrée"):
        calculer(monkeypatch, entree)
