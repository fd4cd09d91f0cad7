"""No screen of coordination answers anybody who is not signed in, read or sent to."""

import pytest
from django.urls import URLPattern, get_resolver, reverse

from enquetes import urls
from tests import builders

pytestmark = pytest.mark.django_db


def des_noms(routes):
    for route in routes:
        if isinstance(route, URLPattern):
            yield route.name
        else:
            yield from des_noms(route.url_patterns)


@pytest.mark.parametrize("nom", sorted(des_noms(urls.espace)))
def test_anonymous_is_sent_to_the_sign_in_page(client, nom):
    collecte = builders.une_collecte_ouverte()
    seance = builders.une_seance(collecte=collecte)
    valeurs = {
        "nom": collecte.nom,
        "version": collecte.version_id,
        "lien": builders.lien_principal(collecte).pk,
        "etape": "venir",
        "seance": seance.pk,
        "appareil": 1,
        "enveloppe": builders.une_enveloppe(seance).pk,
        "code": "venu",
        "partie": "presents",
    }
    attendus = get_resolver("enquetes.urls").reverse_dict.getlist(nom)[0][0][0][1]
    # Whoever is not signed in is stopped before anything is looked for.
    adresse = reverse(f"enquetes:{nom}", kwargs={cle: valeurs.get(cle, 1) for cle in attendus})
    for methode in (client.get, client.post):
        page = methode(adresse)
        assert page.status_code == 302
        assert page["Location"].startswith(reverse("account_login"))
    collecte.refresh_from_db()
    assert collecte.etat == "ouverte"
