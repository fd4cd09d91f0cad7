"""The guides of ``docs`` in the product: every one reads, every link leads somewhere, nothing else leaves."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from tests import builders
from voix.comptes.roles import Role
from voix.pages.guides import GUIDES

pytestmark = pytest.mark.django_db
DOCS = Path(settings.BASE_DIR) / "docs"


@pytest.fixture
def equipe(client):
    client.force_login(builders.un_compte(role=Role.EVALUATION, email="eva@exemple.fr"))
    return client


def test_every_guide_reads_and_all_its_links_lead_somewhere(equipe):
    accueil = equipe.get(reverse("comptes:espace")).content.decode()
    assert accueil.count(f'href="{reverse("pages:guides")}"') == 2  # a card, and « Aide »
    liste = equipe.get(reverse("pages:guides")).content.decode()
    cibles = {reverse("pages:guide", args=[guide.nom]) for guide in GUIDES}
    assert all(f'href="{cible}"' in liste for cible in cibles)
    liens: set[str] = set()
    for cible in sorted(cibles):
        page = equipe.get(cible).content.decode()
        contenu = page[page.index("<article") : page.index("</article>")]
        assert "<h1>" in contenu
        assert all('scope="col"' in th for th in re.findall(r"<th(?: [^>]*)?>", contenu))
        assert all(
            re.search(r'alt="[^"]{10,}"', image) for image in re.findall(r"<img[^>]*>", contenu)
        )
        liens |= set(re.findall(r'(?:href|src)="(?!https?:)([^"#]*)', contenu))
    assert len(liens) > 20
    assert {lien: equipe.get(lien).status_code for lien in liens} == dict.fromkeys(liens, 200)


@pytest.mark.parametrize(
    "chemin", ["../adr/0001-une-maison-un-seul-sens.md", "../../manage.py", "rien.png"]
)
def test_nothing_but_pictures_leaves(equipe, chemin):
    assert equipe.get(f"/espace/guides/images/{chemin}").status_code == 404
    assert equipe.get("/espace/guides/deploiement/").status_code == 404


@pytest.mark.parametrize("guide", ["evaluation", "suivi"])
def test_the_guides_pictures_stay_light(guide):
    photos = list((DOCS / "images" / guide).iterdir())
    assert sum(photo.stat().st_size for photo in photos) <= 200_000
    texte = (DOCS / f"guide-{guide}.md").read_text("utf-8")
    assert all(f"images/{guide}/{photo.name}" in texte for photo in photos)
