"""Published scales: the person pastes the official text, Voix brings the rest."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from enquetes.actions.questionnaires import publier_version
from enquetes.bibliotheque.echelles import Gabarit, definition_de, echelle_de, gabarits
from enquetes.forms.echelles import EchelleForm, repartir
from enquetes.models import Questionnaire, VersionQuestionnaire
from enquetes.parcours.lecture import definition_depuis
from voix.commun.erreurs import ErreurVoix
from voix.comptes.roles import Droit
from voix.comptes.views.acces import RequeteEquipe, droit_requis

from .collectes import saisie
from .fiches import Fiche


@droit_requis(Droit.IMPORTER_QUESTIONNAIRE)
def echelles(request: RequeteEquipe) -> HttpResponse:
    """List the scales that Voix can score, with whose they are."""
    contexte = {"gabarits": gabarits().values()}
    return render(request, "enquetes/questionnaires/echelles.html", contexte)


@droit_requis(Droit.IMPORTER_QUESTIONNAIRE)
def echelle(request: RequeteEquipe, gabarit: str) -> HttpResponse:
    """Take the pasted texts, show what they make, and publish when asked to."""
    une = gabarits().get(gabarit)
    if une is None:
        raise Http404(gabarit)
    if "repartir" in request.POST:
        return _repartir(request, une)
    formulaire = EchelleForm(saisie(request), gabarit=une, compte=request.user)
    contexte: dict[str, object] = {"form": formulaire, "gabarit": une, "bloc": ""}
    if request.method == "POST" and formulaire.is_valid():
        try:
            if "publier" in request.POST:
                return _publier(request, une, formulaire)
        except ErreurVoix as erreur:
            contexte["refus"] = erreur.message
        contexte |= _a_relire(une, formulaire)
    return render(request, "enquetes/questionnaires/echelle.html", contexte)


def _repartir(request: RequeteEquipe, gabarit: Gabarit) -> HttpResponse:
    """Put each line that was pasted at once in its place, for the person to check."""
    bloc = request.POST.get("bloc", "")
    textes = repartir(gabarit, bloc)
    contexte: dict[str, object] = {"gabarit": gabarit, "bloc": bloc}
    if textes is None:
        contexte["refus"] = (
            f"Il faut {len(gabarit.questions)} lignes, une par question. Enlevez les titres et "
            "les lignes en trop, ou collez les questions une par une."
        )
    contexte["form"] = EchelleForm(initial=textes, gabarit=gabarit, compte=request.user)
    return render(request, "enquetes/questionnaires/echelle.html", contexte)


def _publier(request: RequeteEquipe, gabarit: Gabarit, formulaire: EchelleForm) -> HttpResponse:
    version: VersionQuestionnaire = publier_version(
        definition=definition_de(gabarit, formulaire.textes, source=formulaire.source_confirmee),
        origine=Questionnaire.Origine.IMPORT,
        territoire=formulaire.cleaned_data["lieu"][0],
        par=request.user,
    )
    messages.success(request, f"«\u00a0{version.questionnaire.titre}\u00a0» est publié.")
    return redirect("enquetes:questionnaire", version=version.pk)


def _a_relire(gabarit: Gabarit, formulaire: EchelleForm) -> dict[str, object]:
    lue = definition_depuis(
        definition_de(gabarit, formulaire.textes, source=formulaire.source_confirmee)
    )
    une = Fiche(lue)
    return {"fiche": une, "pages": une.pages, "complete": echelle_de(lue) is not None}
