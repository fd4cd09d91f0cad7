"""The ways out of a question that do not answer it: buttons of its form, so that nothing typed is lost."""

from typing import Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from . import langues

BOUTON: Final = ".vers"
"""Of the buttons that lead elsewhere, with what is ticked and typed; no question has this name."""
RETOUR: Final = "retour"
EFFACER: Final = "effacer"
AIDES: Final = ("aide", "trouver_aide", "vie_privee", "accessibilite")
"""Public pages, each named as its address is."""

TROP_LONG: Final = _("Votre texte est trop long pour attendre. Continuez pour le garder.")


def page_d_aide(vers: str, langue: str) -> str:
    """Return the address of a public page, or nothing for whatever else is asked for."""
    if vers not in AIDES:
        return ""
    return f"{reverse(f'pages:{vers}')}?{langues.PARAMETRE}={langue}"
