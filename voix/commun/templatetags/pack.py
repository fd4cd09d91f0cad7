"""What the crispy pack « voix » needs beyond the filters of Django."""

import re

from django import template
from django.forms import BaseForm
from django.forms.boundfield import BoundField, BoundWidget
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

# On a group, the fieldset carries the message: repeated on each button, a screen reader says
# « invalid » or « required » at every option.
BRUITS = ("aria-invalid", "required")


@register.simple_tag
def champ_nomme(form: BaseForm, nom: str) -> BoundField:
    """Return a field of the form, to be drawn elsewhere than in its turn."""
    return form[nom]


@register.simple_tag
def faute_nommee(champ: BoundField, faute: str) -> str:
    """Return a line of the summary: what is wrong, after the name of the field unless it says it.

    A page of a questionnaire asks little at once, and its messages say what to write: they stay as they are.
    """
    nom = str(champ.label).strip()
    dit = rf"(?<!\w){re.escape(nom)}(?!\w)"
    if hasattr(champ.form, "page") or re.search(dit, faute, re.IGNORECASE):
        return faute
    if nom.endswith((".", "?", "!", "…")):
        return f"{nom} {faute}"
    return f"{nom}\u00a0: {faute[:1].lower()}{faute[1:]}"


@register.simple_tag
def option(bouton: BoundWidget) -> SafeString:
    """Write one radio button or box of a group, without what belongs to the group."""
    for attribut in BRUITS:
        bouton.data["attrs"].pop(attribut, None)
    return bouton.tag()


@register.simple_tag
def option_pliee(bouton: BoundWidget) -> SafeString:
    """Write an option as the document of a device takes it: its script gives name, id and label."""
    attributs = {nom: valeur for nom, valeur in bouton.data["attrs"].items() if nom != "id"}
    return format_html(
        '<input type="{}" value="{}"{}>',
        bouton.data["type"],
        bouton.data["value"],
        flatatt(attributs),
    )
