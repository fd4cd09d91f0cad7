"""schemathesis asks the API what its document allows, and what it does not: never a 500.

Each answer is held against the document: status, type, form; a wrong call is refused, a right one is
not. Few examples an address, drawn alike each time: the whole stays under fifteen seconds.
"""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode

from tests import builders
from tests.integration.analyses.api import un_programme
from tests.integration.analyses.registres import scenes
from tests.integration.analyses.test_fichiers import preparer
from voix.comptes.models import Territoire
from voix.comptes.roles import Role

pytestmark = pytest.mark.django_db
PEU = settings(
    max_examples=6, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck)
)
CONNUS = {"question": "venu"}
"""What a path names when something is really there; the rest depends on the address."""


@pytest.fixture
def valeur() -> str:
    """Return the token of whoever reads a published collecte and a programme."""
    preparer()
    scenes.un_programme(2)
    eva = builders.un_compte(role=Role.EVALUATION, email="eva@exemple.fr")
    builders.un_compte(
        role=Role.EVALUATION, email="eva@exemple.fr", territoire=Territoire.objects.get(code="32")
    )
    return un_programme(eva).valeur


@pytest.fixture
def operations():
    """Return the addresses of the document, served in this very process."""
    # As Django’s own test client does: the connection is that of the test.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    document = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    yield [lue.ok() for lue in document.get_all_operations()]
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def vrais(operation) -> dict[str, str]:
    """Return the path of something that is there."""
    noms = {"nom": "essai" if "/programmes/" in operation.path else "avis", **CONNUS}
    noms |= {"lieu": "commune-59001"}
    return {nom: v for nom, v in noms.items() if f"{{{nom}}}" in operation.path}


def test_every_address_keeps_to_its_document(valeur, operations):
    # Its client of WSGI does not undo compression.
    entetes = {"Authorization": f"Bearer {valeur}", "Accept-Encoding": "identity"}
    vus: dict[str, set[int]] = {}
    for operation in operations:
        chemin: dict[str, str] | None = vrais(operation)
        essais: list[tuple[GenerationMode, dict[str, str] | None]] = [
            (GenerationMode.POSITIVE, chemin),
            (GenerationMode.NEGATIVE, chemin),
        ]
        essais += [(GenerationMode.POSITIVE, None)] if chemin else []
        for genre, chemin in essais:

            @PEU
            @given(case=operation.as_strategy(generation_mode=genre, path_parameters=chemin))
            def demander(case):
                page = case.call_and_validate(headers=entetes)
                vus.setdefault(case.operation.path, set()).add(page.status_code)

            demander()
    assert len(vus) == len(operations)
    assert all(200 in statuts for statuts in vus.values()), vus
    assert not any(statut >= 500 for statuts in vus.values() for statut in statuts)
