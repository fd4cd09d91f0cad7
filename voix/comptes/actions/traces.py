"""Write a trace; called by every action, in its transaction."""

from typing import Any

from django.db import models

from voix.comptes.models import Compte, Trace


def tracer(*, par: Compte | str, verbe: str, objet: models.Model, **details: Any) -> Trace:
    """Record that ``par`` (an account, or the name of a command) did ``verbe`` on ``objet``.

    ``details`` never holds an answer, an address or a secret.
    """
    acteur = f"compte:{par.pk}" if isinstance(par, Compte) else par
    return Trace.objects.create(
        acteur=acteur,
        verbe=verbe,
        objet=objet._meta.label_lower,
        objet_id=str(objet.pk),
        details=details,
    )
