"""The guides of ``docs``, one for each kind of user, shown where they work."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from markdown_it.token import Token

DOCS: Final = settings.BASE_DIR / "docs"
IMAGES: Final = DOCS / "images"
_ESPACES: Final = re.compile(r"(?<=«) | (?=[»:;?!%])")
"""Where French does not break a line; in files, plain spaces are easier to write."""
TYPES: Final = {".png": "image/png", ".webp": "image/webp"}


@dataclass(frozen=True, slots=True)
class Guide:
    """A page of ``docs``: its address, its words."""

    nom: str
    fichier: str
    titre: str
    pour: str


GUIDES: Final = (
    Guide(
        "coordonner",
        "guide-coordination.md",
        "Coordonner",
        "Ouvrir une collecte, inviter une équipe, suivre les réponses.",
    ),
    Guide(
        "animer",
        "guide-atelier.md",
        "Animer un atelier",
        "Une tablette, une salle sans réseau\u00a0: du début à la fin.",
    ),
    Guide(
        "suivre",
        "guide-suivi.md",
        "Suivre des familles",
        "Pour la diététicienne\u00a0: cartes, vagues, ce qui change.",
    ),
    Guide(
        "evaluer",
        "guide-evaluation.md",
        "Évaluer en vingt minutes",
        "Plan, tableaux, indicateurs, fichiers, bilan.",
    ),
    Guide(
        "indicateurs",
        "guide-indicateurs.md",
        "Registres et indicateurs",
        "Tenir les registres, lire les indicateurs, écrire le sien.",
    ),
    Guide(
        "clore",
        "guide-cloture.md",
        "Clore et publier sans exposer personne",
        "La confidentialité\u00a0: ce qui est masqué, et pourquoi.",
    ),
    Guide(
        "relire",
        "guide-relecture.md",
        "Relire les textes",
        "Masquer ce qui reconnaît quelqu’un, avant de montrer ses mots.",
    ),
    Guide(
        "questionnaire",
        "ecrire-un-questionnaire.md",
        "Écrire un questionnaire",
        "Dans un éditeur de texte, page par page.",
    ),
    Guide(
        "bibliotheque",
        "bibliotheque.md",
        "Les questionnaires fournis",
        "Ce que chacun demande, en combien de temps.",
    ),
    Guide("api", "api.md", "Lire Voix avec pandas", "L’API, bloc par bloc."),
    Guide("calculs", "statistiques.md", "Les calculs", "Chaque méthode, et comment la vérifier."),
    Guide("glossaire", "glossaire.md", "Glossaire", "Les mots de Voix."),
)
PAR_NOM: Final = {guide.nom: guide for guide in GUIDES}
_PAR_FICHIER: Final = {guide.fichier: guide.nom for guide in GUIDES}


@login_required
def liste(request: HttpRequest) -> HttpResponse:
    """List the guides."""
    return render(request, "pages/guides.html", {"guides": GUIDES})


@login_required
def guide(request: HttpRequest, guide: str) -> HttpResponse:
    """Show one guide."""
    voulu = PAR_NOM.get(guide)
    if voulu is None:
        raise Http404
    fichier = DOCS / voulu.fichier
    contenu = _en_html(fichier, fichier.stat().st_mtime_ns)
    return render(request, "pages/guide.html", {"guide": voulu, "contenu": contenu})


@login_required
def image(request: HttpRequest, chemin: str) -> HttpResponse:
    """Send a picture of a guide: nothing else of the machine has an address here."""
    fichier = (IMAGES / chemin).resolve()
    if not fichier.is_relative_to(IMAGES) or fichier.suffix not in TYPES or not fichier.is_file():
        raise Http404
    page = HttpResponse(fichier.read_bytes(), content_type=TYPES[fichier.suffix])
    page["Cache-Control"] = "private, max-age=3600"
    return page


@lru_cache(maxsize=len(GUIDES))
def _en_html(fichier: Path, _modifie: int) -> SafeString:
    """Return a guide as HTML: our own text, read without HTML in it."""
    from markdown_it import MarkdownIt

    lecteur = MarkdownIt("commonmark", {"html": False, "xhtmlOut": False}).enable("table")
    jetons = lecteur.parse(fichier.read_text("utf-8"))
    for jeton in jetons:
        if jeton.type == "th_open":
            jeton.attrSet("scope", "col")
        elif jeton.type == "table_open":
            jeton.attrSet("class", "tableau")
        elif jeton.children is not None:
            jeton.children = _liens(jeton.children)
    html = str(lecteur.renderer.render(jetons, lecteur.options, {}))
    html = html.replace(
        "<table", '<div class="defile" tabindex="0" role="region" aria-label="Tableau"><table'
    )
    rendu: SafeString = mark_safe(html.replace("</table>", "</table></div>"))  # noqa: S308  (our own files, HTML off)
    return rendu


def _liens(jetons: "Sequence[Token]") -> "list[Token]":
    """Lead to the pages of Voix; a link to a file that has none here becomes its words."""
    gardes: list[Any] = []
    coupe = False
    for jeton in jetons:
        if jeton.type == "text":
            jeton.content = _ESPACES.sub("\u00a0", jeton.content)
        elif jeton.type == "image":
            source = str(jeton.attrGet("src")).removeprefix("images/")
            jeton.attrSet("src", reverse("pages:image_de_guide", args=[source]))
            jeton.attrSet("loading", "lazy")
        elif jeton.type == "link_open":
            cible = str(jeton.attrGet("href"))
            nom = _PAR_FICHIER.get(cible.partition("#")[0])
            coupe = nom is None and "://" not in cible
            if nom:
                jeton.attrSet("href", reverse("pages:guide", args=[nom]))
        if not (coupe and jeton.type in {"link_open", "link_close"}):
            gardes.append(jeton)
    return gardes
