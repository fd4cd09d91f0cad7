"""The guide of the API is run, block after block, as its reader runs it."""

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from analyses.api.racine import schema
from analyses.models import Programme
from tests import builders
from tests.integration.analyses.test_fichiers import preparer
from voix.comptes.models import Compte
from voix.comptes.roles import Role

GUIDE = (Path(__file__).resolve().parents[3] / "docs/api.md").read_text(encoding="utf-8")
BLOCS = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)
SORTIE = re.search(r"```text\n(.*?)```", GUIDE, re.DOTALL).group(1)


@pytest.fixture
def eva(settings) -> Compte:
    """Return who reads the guide, where the demonstration's programme and a closing are there."""
    settings.DEBUG = True
    region = builders.un_territoire("32", nom="Hauts-de-France")
    builders.un_compte(territoire=region, email="coordination@voix.example")
    call_command("tableau1", stdout=StringIO())
    settings.DEBUG = False
    preparer()
    builders.un_compte(role=Role.EVALUATION, email="eva@exemple.fr", territoire=region)
    return builders.un_compte(role=Role.EVALUATION, email="eva@exemple.fr")


@pytest.mark.django_db(transaction=True)
def test_the_guide_runs_and_prints_what_it_says(live_server, eva, monkeypatch, capsys):
    assert Programme.objects.get().nom == "tableau1"
    monkeypatch.setenv("VOIX_SITE", live_server.url)
    monkeypatch.setenv("VOIX_JETON", builders.un_jeton(eva).valeur)
    carnet: dict[str, object] = {}
    for bloc in BLOCS:
        exec(compile(bloc, "docs/api.md", "exec"), carnet)  # noqa: S102  (our own guide)
    assert capsys.readouterr().out == SORTIE
    assert len(carnet["croises"]) > 0
    assert (carnet["cases"]["part_bas"] <= carnet["cases"]["part_haut"]).all()


def test_the_guide_names_every_address_and_every_refusal():
    for chemin in schema()["paths"]:
        court = chemin.removeprefix("/api/v1/")
        assert not court or f"`{court}`" in GUIDE, chemin
    dossier = Path(__file__).resolve().parents[3] / "analyses/api"
    sources = "".join(f.read_text("utf-8") for f in dossier.glob("*.py"))
    codes = set(re.findall(r'(?:ErreurApi|en_json)\(\s*\d+,\s*"(\w+)"', sources))
    assert codes - {"methode", "panne"} == {code for code in codes if f"`{code}`" in GUIDE}
