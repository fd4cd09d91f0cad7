"""Template tags of respondents' pages."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from enquetes.bibliotheque.pictogrammes import ATTRIBUTS, PICTOGRAMMES
from enquetes.parcours.definition import TexteRendu

register = template.Library()


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


@register.simple_tag(takes_context=True)
def texte(context: template.Context, rendu: TexteRendu) -> SafeString:
    """Write a text with its language when it is not the page's; what a person typed is isolated."""
    if not rendu.langue:
        return format_html("<bdi>{}</bdi>", rendu.texte)
    if rendu.langue == context.get("langue"):
        return format_html("{}", rendu.texte)
    sens = "rtl" if rendu.langue == "ar" else "ltr"
    return format_html('<span lang="{}" dir="{}">{}</span>', rendu.langue, sens, rendu.texte)
