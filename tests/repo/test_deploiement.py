"""What the page of deployment says can be done, and hides what it must."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands
from django.urls import get_resolver

RACINE = Path(__file__).parents[2]
PAGE = (RACINE / "docs/deploiement.md").read_text("utf-8")
SANS_JETON = {"", "accessibilite", "aide", "mentions", "retour", "vie-privee"}
"""Public pages that are the same for everybody: their address tells nothing."""
DE_L_EQUIPE = {"api", "compte", "espace"}


def test_every_command_it_names_exists():
    nommees = set(re.findall(r"manage\.py (\w+)", PAGE))
    assert {"habiliter", "purger", "boite", "verifier_registre"} <= nommees <= set(get_commands())


def test_every_night_is_in_the_table_of_commands():
    commandes = (RACINE / "docs/commandes.md").read_text("utf-8")
    de_nuit = set(re.findall(r"^\| `(\w+)[^`]*`.*\*\*(?:chaque|toutes)", commandes, re.MULTILINE))
    assert de_nuit
    assert de_nuit <= set(re.findall(r"^[\d*/]+ .*manage\.py (\w+)", PAGE, re.MULTILINE))


def _debuts(motifs, avant=""):
    for motif in motifs:
        chemin = avant + str(motif.pattern).lstrip("^")
        if hasattr(motif, "url_patterns"):
            yield from _debuts(motif.url_patterns, chemin)
        else:
            yield chemin.split("/")[0]


def test_no_address_of_a_respondent_is_written_in_the_log():
    (tu,) = re.findall(r"location ~ (\S+) \{", PAGE)
    publics = set(_debuts(get_resolver().url_patterns)) - DE_L_EQUIPE - SANS_JETON
    assert {"r", "k", "o", "carte", "effacer"} <= publics
    assert [debut for debut in publics if not re.match(tu, f"/{debut}/x/")] == []
    assert not re.match(tu, "/espace/")


@pytest.mark.parametrize("dit", ["remote_addr", "http_user_agent", "request_uri", "time_local"])
def test_the_format_of_the_log_holds_nobody(dit):
    (forme,) = re.findall(r"log_format voix '([^']*)'", PAGE)
    assert f"${dit}" not in forme
