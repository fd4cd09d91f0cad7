"""The harness: strict, and nothing of the domain (that is in builders)."""

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis

# Playwright's synchronous interface runs a loop in the tests' own thread; the ORM is only used
# between two of its calls, never inside the loop.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

# A busy machine is slow, not wrong: property tests judge results, never the clock.
hypothesis.register_profile("voix", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis.load_profile("voix")


@pytest.fixture(autouse=True)
def _dossier_de_donnees(tmp_path: Path, settings):
    """Give each test its own data folder: keys and snapshots never leak from one to the next."""
    settings.DOSSIER_DONNEES = tmp_path


@pytest.fixture(autouse=True)
def _memoire_vide():
    cache.clear()


def pytest_collection_modifyitems(items):
    """Keep browser tests on one worker: two Chromium on two cores are slower than one."""
    for item in items:
        if "functional" in item.keywords:
            item.add_marker(pytest.mark.xdist_group("navigateur"))


def pytest_report_header() -> str:
    return f"base de données : {settings.DATABASES['default']['ENGINE'].rsplit('.', 1)[-1]}"
