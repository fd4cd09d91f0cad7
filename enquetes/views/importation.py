"""A questionnaire written in a text editor: how, an example, and the page that reads it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from enquetes.actions.questionnaires import publier_version
from enquetes.champs import types
from enquetes.echanges.fichier import EXEMPLE, Lecture, lire_fichier
from enquetes.forms.importation import ImportationForm
from enquetes.models import Questionnaire
from enquetes.parcours.lecture import definition_depuis
from voix.commun.erreurs import ErreurVoix
from voix.comptes.models import Territoire
from voix.comptes.roles import Droit
from voix.comptes.views.acces import RequeteEquipe, droit_requis

from .collectes import saisie
from .fiches import Fiche

GABARIT = "enquetes/questionnaires/importer.html"


@droit_requis(Droit.IMPORTER_QUESTIONNAIRE)
def ecrire(request: RequeteEquipe) -> HttpResponse:
    """Explain how a questionnaire is written today; the builder will take this place."""
    contexte = {"types": types(), "exemple": EXEMPLE.read_text("utf-8")}
    return render(request, "enquetes/questionnaires/ecrire.html", contexte)


@droit_requis(Droit.IMPORTER_QUESTIONNAIRE)
def exemple(request: RequeteEquipe) -> HttpResponse:
    """Send the commented example."""
    return HttpResponse(
        EXEMPLE.read_bytes(),
        content_type="application/yaml; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{EXEMPLE.name}"'},
    )


@droit_requis(Droit.IMPORTER_QUESTIONNAIRE)
def importer(request: RequeteEquipe) -> HttpResponse:
    """Read a file, show every error or what it will be, and publish it when asked to.

    Nothing is kept between the two: the page that shows carries the text that is published.
    """
    formulaire = ImportationForm(saisie(request), request.FILES or None, compte=request.user)
    if request.method != "POST" or not formulaire.is_valid():
        return render(request, GABARIT, _a_completer(request, formulaire))
    octets = formulaire.octets()
    lecture = lire_fichier(octets)
    territoire, _ = formulaire.cleaned_data["lieu"]
    refus = ""
    if "publier" in request.POST and lecture.donnees is not None and lecture.est_juste:
        try:
            version = publier_version(
                definition=lecture.donnees,
                origine=Questionnaire.Origine.IMPORT,
                territoire=territoire,
                par=request.user,
            )
        except ErreurVoix as erreur:
            refus = erreur.message
        else:
            messages.success(request, f"«\u00a0{version.questionnaire.titre}\u00a0» est publié.")
            return redirect("enquetes:questionnaire", version=version.pk)
    texte = octets.decode("utf-8", "replace")
    depart = {"texte": texte, "lieu": request.POST.get("lieu")}
    contexte = {
        "form": ImportationForm(initial=depart, compte=request.user),
        "texte": texte,
        "lecture": lecture,
        "refus": refus,
    }
    return render(request, GABARIT, contexte | _avant_de_publier(request, lecture, territoire))


def _a_completer(request: RequeteEquipe, formulaire: ImportationForm) -> dict[str, object]:
    """Return a form to complete; the text that came with it is read and kept all the same."""
    octets = formulaire.octets() if formulaire.is_bound else b""
    if not octets:
        return {"form": formulaire}
    donnees = request.POST.copy()
    donnees["texte"] = octets.decode("utf-8", "replace")
    lecture = lire_fichier(octets)
    return {
        "form": ImportationForm(donnees, compte=request.user),
        "lecture": None if lecture.est_juste else lecture,
    }


def _avant_de_publier(
    request: RequeteEquipe, lecture: Lecture, territoire: Territoire
) -> dict[str, object]:
    """Return what the author reads again before it can no longer change."""
    if lecture.donnees is None or not lecture.est_juste:
        return {}
    fiche = Fiche(definition_depuis(lecture.donnees))
    deja = Questionnaire.visibles_par(request.user).filter(
        code=fiche.definition.code, territoire=territoire
    )
    return {
        "fiche": fiche,
        "pages": fiche.pages,
        "deja": deja.first(),
        "territoire": territoire,
    }
