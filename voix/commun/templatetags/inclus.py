"""Template tags that write the style, the script and the mark of Voix into a page."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from voix.commun import inclus

register = template.Library()

MARQUE = (
    '<svg viewBox="0 0 32 32" aria-hidden="true" focusable="false">'
    '<path fill="#0c4f43" d="M7 3h18a5 5 0 0 1 5 5v11a5 5 0 0 1-5 5h-9l-8 6v-6H7a5 5 0 0 1-5-5V8'
    'a5 5 0 0 1 5-5z"/><path fill="none" stroke="#ffc94d" stroke-width="3" stroke-linecap="round" '
    'd="M9.500 12v3M16 8.500v10M22.500 12v3"/></svg>'
)


@register.simple_tag
def style_inclus() -> SafeString:
    return mark_safe(f"<style>{inclus.style()}</style>")  # noqa: S308  (our own static file)


@register.simple_tag
def script_inclus() -> SafeString:
    return mark_safe(f"<script>{inclus.script()}</script>")  # noqa: S308  (our own static file)


@register.simple_tag
def marque() -> SafeString:
    """Draw the mark: a speech bubble that holds a voice."""
    return mark_safe(MARQUE)  # noqa: S308  (our own drawing)
