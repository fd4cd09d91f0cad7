"""Public pages say who answers for the site, and speak the respondent's language."""

import pytest

pytestmark = pytest.mark.django_db


def test_who_answers_for_the_site_is_told_where_it_is_filled_in(client, settings):
    sans = client.get("/mentions/").content.decode()
    assert "hébergé" not in sans
    assert "L’organisme qui a installé Voix" in sans
    settings.MENTIONS = {
        "editeur": "PAT de l’Essai, 1 place du Marché, 11000 Carcassonne",
        "directeur": "Camille Essai",
        "hebergeur": "Hébergeur d’essai, 04 00 00 00 00",
        "contact": "donnees@exemple.fr",
    }
    avec = client.get("/mentions/").content.decode()
    assert "publié par PAT de l’Essai" in avec
    assert "Camille Essai" in avec
    assert "hébergé par Hébergeur d’essai" in avec
    assert 'href="mailto:donnees@exemple.fr"' in avec
    assert "L’organisme qui a installé Voix" not in avec


@pytest.mark.parametrize(
    ("langue", "sens", "dit"),
    [("fr", "ltr", "non conforme"), ("ar", "rtl", "لوحة المفاتيح"), ("uk", "ltr", "без миші")],
)
def test_accessibility_is_told_in_the_language_of_the_respondent(client, langue, sens, dit):
    page = client.get(f"/accessibilite/?langue={langue}").content.decode()
    assert f'lang="{langue}"' in page
    assert f'dir="{sens}"' in page or sens == "ltr"
    assert dit in page
