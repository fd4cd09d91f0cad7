"""The wizard on a shared device: one address for every page, so that a history tells nothing.

Where the person is stands in the turn, on the server. Back shows the page where they are, or the
start when the turn is over; never a page of somebody else.
"""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.views.decorators.http import require_http_methods

from enquetes.actions.tours import deplacer_tour, oublier_tour, tour_en_cours
from enquetes.models import Mode, TourPartage
from enquetes.views.passation import envoi, langues
from enquetes.views.passation.adresses import MERCI, VERIFIER
from enquetes.views.passation.attente import tel_quel
from enquetes.views.passation.etapes import EtapeView
from enquetes.views.passation.porte import Refus, montrer_refus, ouvrir
from enquetes.views.passation.stockage import StockagePassation

from . import appareil
from .bords import DOSSIER

ETAPE, GESTE = ".etape", ".geste"
"""Names that no question can have: the page a form belongs to, and what is done beside answering."""


@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, jeton: str) -> HttpResponseBase:
    """Show or store the page where the turn stands."""
    try:
        porte = ouvrir(jeton)
    except Refus as refus:
        return montrer_refus(request, refus)
    cle = appareil.cle_du_tour(request)
    tour = tour_en_cours(cle, porte.acces)
    if tour is None or tour.etape == MERCI:
        return appareil.au_debut(jeton)
    if request.POST.get(GESTE) == "effacer":
        oublier_tour(cle=cle)
        return appareil.au_debut(jeton)
    etape = request.POST.get(ETAPE, tour.etape)
    page = _vue(tour)(request, jeton=jeton, identifiant=tour.passation, step=etape)
    return appareil.retourner_par_silence(page, jeton)


def _vue(tour: TourPartage) -> Any:
    return EtapePartageeView.as_view(
        [("page", forms.Form)],
        url_name="enquetes:kiosque_question",
        done_step_name="fin",
        tour=tour,
    )


class EtapePartageeView(EtapeView):
    """The same pages, forms and storage as on one's own telephone; no step in the address."""

    dossier = DOSSIER
    mode = Mode.TABLETTE
    garde_la_saisie = False
    tour: TourPartage = None  # type: ignore[assignment]  # given by as_view

    def _situer(self, request: HttpRequest, porte: Any, identifiant: Any, etape: str) -> None:
        super()._situer(request, porte, identifiant, etape)
        self.langue = self.tour.langue
        # What comes after the summary counts for the page shown, not for an older one sent again.
        self.depuis = self.tour.depuis if etape == self.tour.etape else ""

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        geste, _, quoi = self.request.POST.get(GESTE, "").partition(":")
        self._tracer()
        if geste == "retour":
            return self._revenir()
        if geste == "changer" and quoi in self.form_list:
            self.depuis = VERIFIER
            return self._aller(quoi)
        if geste == "langue" and quoi in self.porte.langues:
            deplacer_tour(tour=self.tour, etape=self.etape, depuis=self.tour.depuis, langue=quoi)
            return self._ici()
        return super().post(*args, **kwargs)

    def _revenir(self) -> HttpResponse:
        """Go one page back; what is ticked or typed here is stored first, for no phone keeps it."""
        if self.etape == VERIFIER:
            return self._aller(self.storage.precedente(None) or self.etape)
        form = self.get_form(self.etape, data=self.request.POST)
        if self.message or not form.is_valid():
            return self._montrer(form)
        refus = self._stocker(form) if form.has_changed() else None
        if refus is not None:
            return refus
        precedente = VERIFIER if self.depuis else self.storage.precedente(self.etape)
        return self._aller(precedente or self.etape)

    def _traduire(self, form: Any) -> HttpResponse:
        """Answer at once, as for a fault: what is not stored yet leaves nothing on the device."""
        self.langue = self.request.POST[langues.BOUTON]
        deplacer_tour(
            tour=self.tour, etape=self.etape, depuis=self.tour.depuis, langue=self.langue
        )
        with translation.override(self.langue):
            return self._montrer(None, tel_quel(self.request.POST, form.fields))

    def _aller(self, etape: str) -> HttpResponse:
        depuis = "" if etape == VERIFIER else self.depuis
        deplacer_tour(tour=self.tour, etape=etape, depuis=depuis)
        return self._ici()

    def _ici(self) -> HttpResponse:
        return appareil.Redirection(appareil.questions(self.porte.acces.jeton))

    def _reprendre(self) -> HttpResponse:
        return self._aller(self.storage.reprise())

    def _garder_le_fil(self, page: HttpResponse) -> None:
        """Leave nothing on the device: the turn is enough."""

    def _deja_envoye(self) -> HttpResponse:
        return appareil.au_debut(self.porte.acces.jeton)

    def _relire(self) -> HttpResponse:
        """Answer at once, with what is stored now: another page may have stored it since this began."""
        self._situer(
            self.request,
            ouvrir(self.porte.acces.jeton, self.identifiant),
            self.identifiant,
            self.etape,
        )
        self.storage = StockagePassation(self.get_prefix(self.request), self.request)
        self.message = str(envoi.ONT_CHANGE)
        return self._montrer(None)

    def _remercier(self) -> HttpResponse:
        deplacer_tour(tour=self.tour, etape=MERCI)
        return appareil.Redirection(f"{appareil.debut(self.porte.acces.jeton)}merci/")

    def _mots(self) -> dict[str, str]:
        """Return what changes on the page; there is no way back before the first question."""
        premiere = not self.depuis and not self.storage.precedente(self.etape)
        return super()._mots() | {"retour": "hidden" if premiere else ""}
