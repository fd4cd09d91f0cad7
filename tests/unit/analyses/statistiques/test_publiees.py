"""What others printed, asked through the door that a statistician uses."""

import pytest

from analyses.statistiques.demandes import FONCTIONS
from bench.publiees import PUBLICATIONS


@pytest.mark.parametrize("publication", PUBLICATIONS, ids=lambda p: p.source)
def test_the_printed_value_is_found(publication):
    for cle, (ecart, permis) in publication.ecarts().items():
        assert ecart <= permis, (publication.source, cle)


def test_every_function_with_a_literature_has_a_printed_value():
    sans = {"attrition", "regression_moyenne", "score"}
    assert {p.demande["fonction"] for p in PUBLICATIONS} == set(FONCTIONS) - sans
