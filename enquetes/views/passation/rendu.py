"""Render a page once, then fill it in: it is the same for everyone but for a few words.

The template is rendered with marks in place of what changes (token, rank, links), every option
unticked and every text empty; the result is cut at the marks and at the inputs. Filling it in is
joining strings: no template runs for the second person.
"""

import re
from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import lru_cache
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import conditional_escape, escape
from django.utils.translation import gettext as _

from enquetes.champs import NATURES
from enquetes.forms.passation import formulaire_de_page
from enquetes.models import Collecte, Entree, Unite
from enquetes.parcours.chemin import total_est_sur
from enquetes.parcours.definition import Definition, Page
from voix.commun.memoire import par_identite

from . import langues as langues_

MARQUES: Final = {
    "csrf_token": "\ue000j\ue001",
    "rang": "\ue000r\ue001",
    "total": "\ue000t\ue001",
    "retour": "\ue000b\ue001",
    "commencer": "\ue000c\ue001",
    "reprendre": "\ue000p\ue001",
    "autre": "\ue000a\ue001",
    "relais": "\ue000l\ue001",
    "code": "\ue000o\ue001",
    "effacer": "\ue000e\ue001",
    "vu": "\ue000v\ue001",
    "lignes": "\ue000g\ue001",
    "reponses": "\ue000d\ue001",
    "changer": "\ue000h\ue001",
}
"""Signs of the private use area: no author's text holds them (they are not letters)."""

_DECOUPE: Final = re.compile(
    "(?P<marque>\ue000.\ue001)"
    r"|(?P<option><input type=\"(?:radio|checkbox)\" name=\"(?P<nom>[^\"]+)\"(?: value=\"(?P<valeur>[^\"]*)\")?)"
    r"|(?P<texte><input type=\"text\" name=\"(?P<nom_texte>[^\"]+)\")"
    r"|(?P<zone><textarea name=\"(?P<nom_zone>[^\"]+)\"[^>]*>\n?)"
)

Trou = Callable[[Mapping[str, str], Mapping[str, Any]], str]


def _trou_marque(nom: str) -> Trou:
    return lambda mots, _initial: conditional_escape(mots[nom])


def _trou_option(nom: str, valeur: str | None) -> Trou:
    def coche(_mots: Mapping[str, str], initial: Mapping[str, Any]) -> str:
        donnee = initial.get(nom)
        if valeur is None:
            return " checked" if donnee else ""
        oui = valeur in donnee if isinstance(donnee, list) else donnee == valeur
        return " checked" if oui else ""

    return coche


def _trou_texte(nom: str) -> Trou:
    def valeur(_mots: Mapping[str, str], initial: Mapping[str, Any]) -> str:
        return f' value="{escape(initial[nom])}"' if nom in initial else ""

    return valeur


def _trou_zone(nom: str) -> Trou:
    return lambda _mots, initial: escape(initial.get(nom, ""))


def _decouper(html: str) -> tuple[str | Trou, ...]:
    noms = {marque: nom for nom, marque in MARQUES.items()}
    morceaux: list[str | Trou] = []
    debut = 0
    for trouve in _DECOUPE.finditer(html):
        if trouve["marque"]:
            morceaux += [html[debut : trouve.start()], _trou_marque(noms[trouve["marque"]])]
        else:
            morceaux.append(html[debut : trouve.end()])
            if trouve["option"]:
                morceaux.append(_trou_option(trouve["nom"], trouve["valeur"]))
            elif trouve["texte"]:
                morceaux.append(_trou_texte(trouve["nom_texte"]))
            else:
                morceaux.append(_trou_zone(trouve["nom_zone"]))
        debut = trouve.end()
    morceaux.append(html[debut:])
    return tuple(morceaux)


def contexte_de_page(form: Any, langue: str, offertes: tuple[str, ...]) -> dict[str, Any]:
    """Return what the template of a question needs beside what changes."""
    page: Page = form.page
    return langues_.contexte(langue, offertes) | {
        "form": form,
        "page": page,
        "titre": page.questions[0].texte.dans(langue),
        "aide": page.questions[0].aide.dans(langue),
    }


@par_identite(4096)
def _patron(
    page: Page, langue: str, offertes: tuple[str, ...], dossier: str
) -> tuple[str | Trou, ...]:
    with translation.override(langue):
        form = formulaire_de_page(page, langue)()
        html = render_to_string(
            f"{dossier}/question.html", contexte_de_page(form, langue, offertes) | MARQUES
        )
    return _decouper(html)


@lru_cache(4096)
def _patron_fixe(
    gabarit: str,
    langue: str,
    offertes: tuple[str, ...],
    contexte: tuple[tuple[str, Hashable], ...],
    noms: tuple[str, ...],
) -> tuple[str | Trou, ...]:
    marques = {nom: MARQUES[nom] for nom in noms}
    with translation.override(langue):
        html = render_to_string(
            gabarit, langues_.contexte(langue, offertes) | dict(contexte) | marques
        )
    return _decouper(html)


def presentation(collecte: Collecte, definition: Definition, langue: str) -> dict[str, Hashable]:
    """Return what the welcome page says of a collecte, by value."""
    return {
        "titre": collecte.titre_dans(langue, definition),
        "fictive": collecte.fictive,
        "demandeur": collecte.mots_dans(langue, "demandeur"),
        "raison": collecte.mots_dans(langue, "raison"),
        "duree": definition.duree_minutes,
        "par_personne": collecte.unite == Unite.PERSONNE,
        "par_carte": collecte.entree == Entree.CARTE,
    }


def page_fixe(
    gabarit: str,
    langue: str,
    offertes: tuple[str, ...],
    contexte: Mapping[str, Hashable],
    mots: Mapping[str, str],
) -> str:
    """Return a page, or a part of one, that is the same for all, with one person's words.

    What the template shows is in ``contexte``, by value: a change in it renders it again. What a
    person answered is in ``mots`` only, so that nothing of it is remembered here.
    """
    patron = _patron_fixe(gabarit, langue, offertes, tuple(contexte.items()), tuple(mots))
    return _remplir(patron, mots, {})


def place(definition: Definition, etape: str, pages: Iterable[Page]) -> dict[str, str]:
    """Return which question a step is, and « sur 13 » once no answer can change the total any more.

    A page that only explains is no question: it has no rank and counts for none.
    """
    codes = [page.code for page in pages if any(NATURES[q.type].repond for q in page.questions)]
    if etape not in codes:
        return {"rang": "", "total": ""}
    sur = total_est_sur(definition, etape)
    total = _(" sur %(total)s") % {"total": len(codes)} if sur else ""
    return {"rang": str(codes.index(etape) + 1), "total": total}


def page_de_question(
    page: Page,
    langue: str,
    offertes: tuple[str, ...],
    mots: Mapping[str, str],
    initial: Mapping[str, Any],
    dossier: str = "enquetes/passation",
) -> str:
    """Return the page of a question, filled in with one person's words and ticks."""
    return _remplir(_patron(page, langue, offertes, dossier), mots, initial)


def _remplir(
    patron: tuple[str | Trou, ...], mots: Mapping[str, str], initial: Mapping[str, Any]
) -> str:
    return "".join(
        morceau if isinstance(morceau, str) else morceau(mots, initial) for morceau in patron
    )
