"""Template tags that write the style, the script and the mark of Voix into a page."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from voix.commun import inclus

register = template.Library()

# « Voix » in our own letters; the o is a speech bubble. Colours come from the page.
MARQUE = (
    '<svg viewBox="0 0 82 34" role="img" aria-label="Voix" focusable="false" fill="none" '
    'stroke="currentColor" stroke-width="4.4" stroke-linecap="round" stroke-linejoin="round">'
    '<path d="m4 8 8 18 8-18M52 14v12M61 8l16 18M77 8 61 26"/><circle cx="36" cy="17" r="9"/>'
    '<path d="m29 25-2 4 5-2z"/><path stroke="var(--point)" stroke-width="5.5" d="M52 6h.01"/></svg>'
)


@register.simple_tag
def style_inclus() -> SafeString:
    return mark_safe(f"<style>{inclus.style()}</style>")  # noqa: S308  (our own static file)


@register.simple_tag
def style_de_question() -> SafeString:
    return mark_safe(f"<style>{inclus.style_de_question()}</style>")  # noqa: S308  (our own static file)


@register.simple_tag
def script_inclus() -> SafeString:
    return mark_safe(f"<script>{inclus.script()}</script>")  # noqa: S308  (our own static file)


@register.simple_tag
def marque() -> SafeString:
    """Write the name of Voix as it is drawn; it reads « Voix » aloud."""
    return mark_safe(MARQUE)  # noqa: S308  (our own drawing)
