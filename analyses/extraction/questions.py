"""Which questions and answers published questionnaires have, for whoever writes an indicator of them."""

from django.utils import timezone

from enquetes.models import VersionQuestionnaire

from .plan import colonnes


def reponses_publiees(questionnaire: str) -> dict[str, dict[str, str]]:
    """Return code and label of each answer, by question that is counted, in every version of a code.

    Nothing when no published questionnaire has this code.
    """
    trouvees: dict[str, dict[str, str]] = {}
    versions = VersionQuestionnaire.objects.filter(questionnaire__code=questionnaire)
    for version in versions.select_related("questionnaire"):
        for colonne in colonnes(version.lue(), timezone.localdate()):
            trouvees.setdefault(colonne.question, {}).update(colonne.modalites)
    return trouvees
