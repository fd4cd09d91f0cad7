from typing import Any

from django.apps import AppConfig


class AnalysesConfig(AppConfig):
    name = "analyses"
    verbose_name = "analyses"

    def ready(self) -> None:
        from enquetes.signaux import reponses_effacees

        reponses_effacees.connect(_oublier, dispatch_uid="analyses.oublier")


def _oublier(**_signal: Any) -> None:
    """Erase the texts copied from answers that have just been erased, in the same transaction."""
    from analyses.actions.verbatims import oublier_effaces

    oublier_effaces()
