"""What pages without an account share with respondents': languages, shell, words of a questionnaire."""

from collections.abc import Mapping

from enquetes.echanges.qr import fichier_svg
from enquetes.models import Collecte
from enquetes.parcours.definition import LANGUE_SOURCE, TexteRendu
from enquetes.views.passation.langues import NOMS as LANGUES
from enquetes.views.passation.langues import choisir as choisir_langue
from enquetes.views.passation.langues import contexte as contexte_de_langue
from enquetes.views.passation.porte import proteger
from voix.comptes.models import Compte
from voix.comptes.roles import Droit


def collectes_a_rendre(compte: Compte) -> list[Collecte]:
    """Return the collectes whose return ``compte`` may write, with their questionnaire."""
    return list(Collecte.visibles_par(compte, Droit.RENDRE_COMPTE))


def titre_dans(collecte: Collecte, langue: str) -> TexteRendu:
    """Return the title that respondents saw."""
    return collecte.titre_dans(langue, collecte.version.lue())


def dans(textes: Mapping[str, str], langue: str) -> TexteRendu:
    """Return what coordination wrote, in ``langue`` or in French."""
    if textes.get(langue):
        return TexteRendu(textes[langue], langue)
    return TexteRendu(textes.get(LANGUE_SOURCE, ""), LANGUE_SOURCE)


def mots_de_la_question(
    collecte: Collecte, code: str, langue: str
) -> tuple[TexteRendu, dict[str, TexteRendu]]:
    """Return the text of a question, and of its answers by code, as respondents read them."""
    from enquetes.champs import champ

    question = collecte.version.lue().question(code)
    modalites = champ(question.type).modalites(question) or ()
    return question.texte.dans(langue), {m.code: m.texte.dans(langue) for m in modalites}


__all__ = [
    "LANGUES",
    "LANGUE_SOURCE",
    "TexteRendu",
    "choisir_langue",
    "collectes_a_rendre",
    "contexte_de_langue",
    "dans",
    "fichier_svg",
    "mots_de_la_question",
    "proteger",
    "titre_dans",
]
