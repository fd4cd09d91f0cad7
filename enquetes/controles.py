"""What ``manage.py check`` verifies of enquetes: every private key seals and opens an envelope."""

from typing import Any

from django.core.checks import CheckMessage, Error, register

from enquetes.echanges.scellement import defauts_des_cles


@register()
def cles_de_la_boite(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Fail while a key is broken: answers sealed with it would wait for nothing."""
    return [
        Error(
            f"La clé «\u00a0{nom}\u00a0» n’ouvre pas ce qu’elle scelle.",
            hint="Remettez ce fichier depuis la sauvegarde des clés.",
            id="enquetes.E001",
        )
        for nom in defauts_des_cles()
    ]
