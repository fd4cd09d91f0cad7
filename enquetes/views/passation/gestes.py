"""What a page of a question does beside storing an answer: a fault, another language, a way out."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from formtools.wizard.views import NamedUrlWizardView

from . import langues, sorties, temoin
from .adresses import VERIFIER, Adresses
from .attente import Attente, est_laissee, tel_quel
from .porte import Porte
from .stockage import StockagePassation


class SansRepondre(NamedUrlWizardView):
    """Keeps what is ticked and typed on the way, which the wizard only moves along."""

    garde_la_saisie: bool = True
    """Whether the phone keeps what is typed and not stored; not on a shared device."""
    message: str = ""
    """Set when a form came without its proof (CSRF): it is shown again, and nothing is stored."""
    request: HttpRequest
    storage: StockagePassation
    porte: Porte
    identifiant: UUID
    etape: str
    langue: str
    depuis: str
    ici: Adresses
    attente: Attente

    def _montrer(self, form: Any, tel_quel: dict[str, Any] | None = None) -> HttpResponse:
        raise NotImplementedError  # drawn by ``EtapeView``, the one that answers

    def get_step_url(self, step: str) -> str:
        """Return the address of a step; it keeps a language that is not stored yet."""
        return self.ici.etape(step, langue=self._langue_a_dire(), depuis=self.depuis)

    def _langue_a_dire(self) -> str:
        demandee = langues.demandee(self.request, self.porte.langues)
        garder = not self.storage.a_garde and self.porte.langue != demandee
        return demandee if garder else ""

    def _sans_repondre(self, form: Any) -> HttpResponse | None:
        """Do what is asked beside answering, if anything: nothing is judged nor stored."""
        if self.message:
            return self._montrer(form)
        if self.request.POST.get(langues.BOUTON) in self.porte.langues:
            return self._traduire(form)
        la = self._sortie()
        return self._sortir(form, la) if la else None

    def _sortie(self) -> str:
        """Return where a button that does not answer leads; on a shared device nothing waits."""
        vers = self.request.POST.get(sorties.BOUTON, "") if self.garde_la_saisie else ""
        if vers == sorties.RETOUR:
            precedente = VERIFIER if self.depuis else self.storage.precedente(self.etape)
            return self.get_step_url(precedente) if precedente else self._avant_la_premiere()
        if vers == sorties.EFFACER:
            langue = self._langue_a_dire()
            return self.ici.effacer(self.etape, langue=langue, depuis=self.depuis)
        return sorties.page_d_aide(vers, self.langue)

    def _avant_la_premiere(self) -> str:
        """Return the welcome: of a wave, the one that the code has opened, not the code again."""
        if not self.porte.par_carte:
            return self.ici.bienvenue
        adresse = reverse(
            "enquetes:carte_ouverte", args=[self.porte.acces.jeton, self.identifiant]
        )
        langue = self._langue_a_dire()
        return f"{adresse}?{langues.PARAMETRE}={langue}" if langue else adresse

    def _sortir(self, form: Any, la: str) -> HttpResponse:
        """Leave the page; what is ticked and typed is there at its next visit."""
        page = HttpResponseRedirect(la)
        if not form.has_changed():
            self.attente.oublier(page, self.etape)
        elif self.attente.garder(page, self.etape, form.fields):
            if self.porte.passation is None and not self.porte.par_carte:
                temoin.poser(
                    page, self.request, self.ici.bienvenue, self.identifiant, temoin.DEBUT
                )
        else:
            self.message = str(sorties.TROP_LONG)
            return self._montrer(form)
        return page

    def _redire(self, form: Any) -> HttpResponse:
        """Say what is wrong, by a page that Back can ask for again where the telephone can keep it."""
        ici = HttpResponseRedirect(self.request.get_full_path())
        if self.garde_la_saisie and self.attente.garder(ici, self.etape, form.fields):
            return ici
        return self._montrer(form)

    def _traduire(self, form: Any) -> HttpResponse:
        """Show the page in the language asked for, with what is ticked and typed (T14)."""
        voulue = self.request.POST[langues.BOUTON]
        if voulue == self.langue:  # the same form, sent again below to the address of its language
            return self._montrer(form)
        la = self.ici.etape(self.etape, langue=voulue, depuis=self.depuis)
        page = HttpResponseRedirect(la)
        if not self.attente.garder(page, self.etape, form.fields):
            # Too much for a cookie: the browser sends the form there itself, as it is.
            page.status_code = HTTPStatus.TEMPORARY_REDIRECT
        return page

    def _revoir(self) -> HttpResponse:
        """Show a step as it was left, or with what is wrong of it; else as it is stored."""
        tape = self.attente.lire(self.etape) if self.garde_la_saisie else None
        if tape is None or self.etape == VERIFIER:
            return self._montrer(None)
        form = self.get_form(self.etape, data=tape)
        if est_laissee(tape):
            return self._montrer(None, tel_quel(tape, form.fields))
        return self._montrer(None if form.is_valid() else form)
