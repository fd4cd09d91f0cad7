"""Template tags of respondents' pages."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from enquetes.bibliotheque.pictogrammes import ATTRIBUTS, PICTOGRAMMES
from enquetes.parcours.definition import TexteRendu

register = template.Library()

DE_DROITE_A_GAUCHE = frozenset({"ar"})


def _attributs(langue: str, langue_de_la_page: str) -> SafeString:
    """Return `` lang="…" dir="…"`` for words in another language than the page's."""
    if not langue or not langue_de_la_page or langue == langue_de_la_page:
        return SafeString("")
    sens = "rtl" if langue in DE_DROITE_A_GAUCHE else "ltr"
    return format_html(' lang="{}" dir="{}"', langue, sens)


@register.simple_tag
def pictogramme(code: str, classe: str = "") -> SafeString:
    """Draw a pictogram of the allow-list; an unknown code draws nothing."""
    dessin = PICTOGRAMMES.get(code)
    if not dessin:
        return SafeString("")
    return format_html(
        "<svg{} {}>{}</svg>",
        format_html(' class="{}"', classe) if classe else "",
        mark_safe(ATTRIBUTS),  # noqa: S308  (our own constant)
        mark_safe(dessin),  # noqa: S308  (our own drawing, never an author's)
    )


def ecrire(rendu: TexteRendu, langue: str) -> SafeString:
    """Write a text with its language when it is not the page's; what a person typed is isolated."""
    if not rendu.langue:
        return format_html("<bdi>{}</bdi>", rendu.texte)
    attributs = _attributs(rendu.langue, langue)
    if not attributs:
        return format_html("{}", rendu.texte)
    return format_html("<span{}>{}</span>", attributs, rendu.texte)


@register.simple_tag(takes_context=True)
def texte(context: template.Context, rendu: TexteRendu) -> SafeString:
    """Write a text of a questionnaire on a page (``ecrire``)."""
    return ecrire(rendu, context.get("langue") or "")


@register.simple_tag(takes_context=True)
def langue_de(context: template.Context, langue: str) -> SafeString:
    """Write the language of a choice when it is not the form's."""
    return _attributs(langue, getattr(context.get("form"), "langue", ""))


@register.simple_tag
def langue_du_champ(form: Any, champ: Any, quoi: str = "texte") -> SafeString:
    """Write the language of a field's words when a translation is missing."""
    page = getattr(form, "page", None)
    for question in page.questions if page else ():
        if question.code == champ.name:
            rendu = getattr(question, quoi).dans(form.langue)
            return _attributs(rendu.langue, form.langue) if rendu.texte else SafeString("")
    return SafeString("")
