from typing import Any

from django.apps import AppConfig


class AnalysesConfig(AppConfig):
    name = "analyses"
    verbose_name = "analyses"

    def ready(self) -> None:
        from enquetes.signaux import (
            ce_que_montre,
            reponses_effacees,
            seance_a_montrer,
            seance_va_rouvrir,
        )

        ce_que_montre.connect(_annoncer, dispatch_uid="analyses.annoncer")
        reponses_effacees.connect(_oublier, dispatch_uid="analyses.oublier")
        seance_a_montrer.connect(_dire_si_montrable, dispatch_uid="analyses.montrable")
        seance_va_rouvrir.connect(_refuser_apres_le_mur, dispatch_uid="analyses.mur")


def _oublier(**_signal: Any) -> None:
    """Erase the texts copied from answers that have just been erased, in the same transaction."""
    from analyses.actions.verbatims import oublier_effaces

    oublier_effaces()


def _refuser_apres_le_mur(*, seance_id: int, **_signal: Any) -> None:
    """Refuse to open a séance again whose results were shown: one more answer would tell itself."""
    from analyses.actions.murs import exiger_pas_encore_montre

    exiger_pas_encore_montre(seance_id=seance_id)


def _dire_si_montrable(*, seance_id: int, **_signal: Any) -> str:
    """Tell the page of a séance whether its wall has something to show."""
    from analyses.actions.murs import a_montrer

    return a_montrer(seance_id=seance_id)


def _annoncer(familles: int, **_signal: Any) -> Any:
    """Tell the set-up screen of a cohort what that many families can show."""
    from analyses.changements.annonce import annoncer

    return annoncer(familles)
