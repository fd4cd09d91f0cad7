"""The wizard: one question a page, every step stored, the address says where one is."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from formtools.wizard.views import NamedUrlWizardView

from enquetes.actions.passations import terminer_passation
from enquetes.champs import champ
from enquetes.forms.passation import formulaire_de_page, initial_de_page
from enquetes.parcours.definition import Definition
from voix.commun.erreurs import SaisieInvalide
from voix.commun.memoire import par_identite

from . import langues, temoin
from .porte import (
    DOSSIER,
    Refus,
    exiger_de_pouvoir_repondre,
    montrer_refus,
    ouvrir,
    proteger,
)
from .rendu import contexte_de_page, page_de_question
from .stockage import StockagePassation

VERIFIER = "verifier"
MERCI = "merci"
DEPUIS = "depuis"
"""Parameter of a page opened from the summary: « Continuer » then comes back to it."""


class FormulaireFinal(forms.Form):
    """The last step asks nothing: it shows what will be sent."""


@par_identite(512)
def formulaires(definition: Definition, langue: str) -> dict[str, type[forms.Form]]:
    """Return the steps of the wizard, by the code of their page, the summary last."""
    etapes: dict[str, type[forms.Form]] = {
        page.code: formulaire_de_page(page, langue) for page in definition.pages
    }
    return etapes | {VERIFIER: FormulaireFinal}


class EtapeView(NamedUrlWizardView):  # type: ignore[misc]  # formtools carries no types
    """A NamedUrl wizard whose steps are the pages of the link's questionnaire."""

    storage_name = "enquetes.views.passation.stockage.StockagePassation"
    http_method_names = ("get", "head", "post", "options")
    request: HttpRequest
    storage: StockagePassation

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find what is behind the address, then let formtools go its way, in the right language."""
        try:
            self.porte = ouvrir(kwargs["jeton"], kwargs["identifiant"])
            if self.porte.a_envoye:
                return proteger(redirect("enquetes:merci", kwargs["jeton"], kwargs["identifiant"]))
            exiger_de_pouvoir_repondre(self.porte)
        except Refus as refus:
            return montrer_refus(request, refus)
        passation = self.porte.passation
        self.langue = langues.choisir(
            request, self.porte.langues, passation.langue if passation else ""
        )
        request.porte, request.passation_id = self.porte, kwargs["identifiant"]  # type: ignore[attr-defined]  # read by the storage
        with translation.override(self.langue):
            page = super().dispatch(request, *args, **kwargs)
        return proteger(page)

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.etape: str = kwargs["step"]

    def get_prefix(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        # Called by formtools before the storage is made: the place to say what the steps are.
        self.form_list = formulaires(self.porte.definition, self.langue)
        self.condition_dict: dict[str, Any] = {}
        return str(kwargs["identifiant"].hex)

    def get_form_prefix(self, step: str | None = None, form: Any = None) -> None:
        """Give fields the codes of their questions as names: a page is one step."""

    def get_form_list(self) -> Mapping[str, type[forms.Form]]:
        """Return the steps on the path; the summary ends every path.

        formtools' own ``post`` would trip over this override; ours replaces it.
        """
        sur_chemin = {page.code for page in self.storage.chemin.pages} | {VERIFIER}
        return {code: form for code, form in self.form_list.items() if code in sur_chemin}

    def get_step_url(self, step: str) -> str:
        """Return the address of a step; it keeps a language that is not stored yet."""
        parametres = {}
        demandee = langues.demandee(self.request, self.porte.langues)
        passation = self.porte.passation
        if (
            demandee
            and not self.storage.a_garde
            and (not passation or passation.langue != demandee)
        ):
            parametres[langues.PARAMETRE] = demandee
        if self.request.GET.get(DEPUIS) == VERIFIER and step != VERIFIER:
            parametres[DEPUIS] = VERIFIER
        adresse = reverse("enquetes:etape", kwargs=self.kwargs | {"step": step})
        return f"{adresse}?{urlencode(parametres)}" if parametres else adresse

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show a step, or go to where the person is when it is not on the path."""
        if self.etape not in self.form_list:
            refus = Refus("etape_inconnue", 404, {"reprise": self.get_step_url(self._reprise())})
            return montrer_refus(self.request, refus)
        if self.etape not in self.get_form_list():
            return redirect(self.get_step_url(self._reprise()))
        self.storage.current_step = self.etape
        return self.render(self.get_form())

    def _reprise(self) -> str:
        page = self.storage.chemin.reprise()
        return page.code if page else VERIFIER

    def get_form_initial(self, step: str) -> dict[str, Any]:
        if step == VERIFIER:
            return {}
        return initial_de_page(self.porte.definition.page(step), self.storage.conservees)

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """Store one page. The address names the step: a forged hidden field changes nothing."""
        if self.etape not in self.get_form_list():
            return self.get(*args, **kwargs)
        self.storage.current_step = self.etape
        if self.etape == VERIFIER:
            return self._envoyer()
        form = self.get_form(data=self.request.POST)
        if not form.is_valid():
            return self.render(form)
        self.storage.set_step_data(self.etape, {"valeurs": form.valeurs(), "langue": self.langue})
        page = self.render_next_step(form)
        if self.storage.a_garde and self.porte.passation is None:
            temoin.poser(page, self.request, self.kwargs["jeton"], self.kwargs["identifiant"])
        return page

    def render_next_step(self, form: forms.Form, **kwargs: Any) -> HttpResponse:
        """Redirect to the next page; from the summary, to a page that has just appeared or back."""
        suite = self.get_next_step()
        if self.request.GET.get(DEPUIS) == VERIFIER:
            suite = self.storage.page_apparue() or VERIFIER
        return redirect(self.get_step_url(suite))

    def _envoyer(self) -> HttpResponse:
        """Send once; the page of thanks can be reloaded for ever."""
        try:
            terminer_passation(passation_id=self.kwargs["identifiant"], acces=self.porte.acces)
        except SaisieInvalide:
            return self.render(self.get_form())
        return redirect("enquetes:merci", self.kwargs["jeton"], self.kwargs["identifiant"])

    def render(self, form: Any = None, **kwargs: Any) -> HttpResponse:
        """Render a step: filled in from the ready page, or in full when something is wrong."""
        if self.etape == VERIFIER:
            return self._montrer_recapitulatif()
        mots = self._mots()
        offertes = tuple(self.porte.langues)
        if not form.is_bound:
            initial = self.get_form_initial(self.etape)
            page = page_de_question(form.page, self.langue, offertes, mots, initial)
            return HttpResponse(page)
        contexte = contexte_de_page(form, self.langue, offertes) | mots
        return render(self.request, f"{DOSSIER}/question.html", contexte)

    def _mots(self) -> dict[str, str]:
        """Return what changes on the page from one person to the next, ticks apart."""
        rang = self.storage.chemin.rang(self.etape) or 0
        retour = self.get_step_url(VERIFIER) if self._vient_de_verifier() else self.get_prev_step()
        if retour and not self._vient_de_verifier():
            retour = self.get_step_url(retour)
        bienvenue = reverse("enquetes:bienvenue", args=[self.kwargs["jeton"]])
        return {
            "csrf_token": get_token(self.request),
            "rang": str(rang + 1),
            "total": str(len(self.storage.chemin.pages)),
            "retour": retour or bienvenue,
            "effacer": reverse("enquetes:abandonner", args=self._adresse()),
        }

    def _vient_de_verifier(self) -> bool:
        return self.request.GET.get(DEPUIS) == VERIFIER

    def _adresse(self) -> list[Any]:
        return [self.kwargs["jeton"], self.kwargs["identifiant"]]

    def _montrer_recapitulatif(self) -> HttpResponse:
        reponses = self.storage.chemin.reponses
        lignes = [
            {
                "question": question.texte.dans(self.langue),
                "reponses": champ(question.type).libelle(question, reponses, self.langue),
                "changer": f"{self.get_step_url(page.code)}?{DEPUIS}={VERIFIER}",
            }
            for page in self.storage.chemin.pages
            for question in page.questions
            if champ(question.type).nature.repond
        ]
        precedente = self.get_prev_step()
        contexte = langues.contexte(self.langue, self.porte.langues) | {
            "lignes": lignes,
            "vide": not reponses,
            "retour": self.get_step_url(precedente) if precedente else "",
            "effacer": reverse("enquetes:abandonner", args=self._adresse()),
        }
        return render(self.request, f"{DOSSIER}/verifier.html", contexte)
