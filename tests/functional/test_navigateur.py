"""The browser of the tests is as strict as the rest of the harness."""

import pytest
from playwright.sync_api import Error

pytestmark = pytest.mark.functional


@pytest.mark.parametrize("adresse", ["http://192.0.2.1/", "http://exemple.fr/"])
def test_no_page_reaches_another_machine(page, adresse):
    with pytest.raises(Error, match="ERR_NAME_NOT_RESOLVED"):
        page.goto(adresse)
