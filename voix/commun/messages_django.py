"""Django's own form messages, said in our words: kept here so that ``makemessages`` finds them.

A form gives its own ``error_messages`` where it can say more. These are what is left: mostly
forged or outdated forms. Django looks a message up in our catalogues before its own.
"""

from typing import Final

from django.utils.translation import gettext_noop

REDITS: Final = (
    gettext_noop("This field is required."),
    gettext_noop("Select a valid choice. %(value)s is not one of the available choices."),
    gettext_noop("Select a valid choice. That choice is not one of the available choices."),
    gettext_noop("Null characters are not allowed."),
)
