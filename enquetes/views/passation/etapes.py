"""The wizard: one question a page, every step stored, the address says where one is."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils import translation

from enquetes.actions.passations import OntChange, cles_de
from enquetes.forms.passation import formulaire_de_page, initial_de_page
from enquetes.models import Mode
from enquetes.parcours.definition import Definition
from voix.commun import inclus, politique
from voix.commun.erreurs import SaisieInvalide
from voix.commun.memoire import par_identite

from . import (
    adresses,
    envoi,
    langues,
    preuve,
    recapitulatif,
    reception,
    saisie,
    temoin,
)
from .adresses import DEPUIS, MERCI, VERIFIER
from .attente import Attente
from .gestes import SansRepondre
from .porte import (
    DOSSIER,
    Porte,
    Refus,
    dire_deja_envoye,
    exiger_de_pouvoir_repondre,
    montrer_refus,
    ouvrir,
    proteger,
)
from .rendu import contexte_de_page, page_de_question, page_fixe, place
from .signes import noter_le_depart

__all__ = ["MERCI", "VERIFIER", "EtapeView"]


class FormulaireFinal(forms.Form):
    """The last step asks nothing: it shows what will be sent."""


@par_identite(512)
def formulaires(definition: Definition, langue: str) -> dict[str, type[forms.Form]]:
    """Return the steps of the wizard, by the code of their page, the summary last."""
    etapes: dict[str, type[forms.Form]] = {
        page.code: formulaire_de_page(page, langue) for page in definition.pages
    }
    return etapes | {VERIFIER: FormulaireFinal}


class EtapeView(SansRepondre):
    """A NamedUrl wizard whose steps are the pages of the link's questionnaire."""

    storage_name = "enquetes.views.passation.stockage.StockagePassation"
    http_method_names = ("get", "head", "post", "options")
    condition_dict: dict[str, Any] = {}
    dossier = DOSSIER
    mode: str = Mode.TELEPHONE

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find what is behind the address, then let formtools go its way, in the right language."""
        porte = None
        try:
            porte = ouvrir(kwargs["jeton"], kwargs["identifiant"])
            self._situer(request, porte, kwargs["identifiant"], kwargs["step"])
            if porte.a_envoye:
                return self._deja_envoye()
            papier = saisie.de_papier(request, kwargs["identifiant"])
            exiger_de_pouvoir_repondre(porte, papier=papier)
            self._exiger_un_brouillon_non_efface()
            preuve.exiger_une_carte(request, porte, kwargs["identifiant"])
            reception.exiger_le_formulaire(request, porte.definition, self.etape)
        except Refus as refus:
            dits = saisie.dits(request, porte, kwargs, partage=not self.garde_la_saisie)
            return montrer_refus(request, replace(refus, contexte=refus.contexte | dits))
        with translation.override(self.langue):
            page: HttpResponse = super().dispatch(request, *args, **kwargs)
        return proteger(page)

    def _situer(self, request: HttpRequest, porte: Porte, identifiant: UUID, etape: str) -> None:
        self.porte, self.identifiant, self.etape = porte, identifiant, etape
        self.langue = langues.choisir(request, porte.langues, porte.langue)
        self.depuis = request.GET.get(DEPUIS, "")
        self.ici = adresses.Adresses(request.path, etape)
        self.attente = Attente(request, self.ici.base)
        request.porte, request.passation_id = porte, identifiant  # type: ignore[attr-defined]  # read by the storage

    def _exiger_un_brouillon_non_efface(self) -> None:
        """Raise ``Refus`` when another tab of this telephone has just erased this draft."""
        if (
            self.porte.passation is None
            and temoin.lire(self.request, temoin.EFFACE) == self.identifiant
        ):
            raise Refus("efface", 410, {"recommencer": self.ici.bienvenue})

    def get_prefix(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        return str(self.identifiant.hex)

    def get_form_prefix(self, step: str | None = None, form: Any = None) -> None:
        """Give fields the codes of their questions as names: a page is one step."""

    def _tracer(self) -> None:
        """Give formtools the steps on the path; the summary ends every path."""
        tous = formulaires(self.porte.definition, self.langue)
        self.form_list = {page.code: tous[page.code] for page in self.storage.chemin.pages}
        self.form_list[VERIFIER] = FormulaireFinal

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show a step, or go to where the person is when it is not on the path."""
        self._tracer()
        if self.etape in self.form_list:
            return self._revoir()
        if any(page.code == self.etape for page in self.porte.definition.pages):
            return self._aller(self.storage.reprise())
        return self._reprendre()

    def _reprendre(self) -> HttpResponse:
        """Say that there is no such page, and where to go on."""
        reprise = self.get_step_url(self.storage.reprise())
        refus = Refus(
            "etape_inconnue", 404, {"reprise": reprise, "garde": self.porte.passation is not None}
        )
        return montrer_refus(self.request, refus, self.langue)

    def _aller(self, etape: str) -> HttpResponse:
        """Lead to a step."""
        return HttpResponseRedirect(self.get_step_url(etape))

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """Store one page. The address names the step: a forged hidden field changes nothing."""
        self._tracer()
        if self.etape not in self.form_list:
            return self._plus_posee() or self.get(*args, **kwargs)
        if self.etape == VERIFIER:
            return self._envoyer()
        form = self.get_form(self.etape, data=self.request.POST)
        return self._sans_repondre(form) or self._repondre(form)

    def _repondre(self, form: Any) -> HttpResponse:
        if not form.is_valid():
            return self._redire(form)
        page = self._garder(form)
        self.attente.oublier(page, self.etape)
        return page

    def _stocker(self, form: Any) -> HttpResponse | None:
        """Store the answers of this page; return what to show instead when they are not taken."""
        valeurs = form.valeurs()
        donnees = {"valeurs": valeurs, "langue": self.langue, "mode": self._mode()}
        self.storage.set_step_data(self.etape, donnees)
        if valeurs and not self.storage.a_garde:
            return self._dire_que_rien_n_a_change()
        self._tracer()
        return None

    def _garder(self, form: Any) -> HttpResponse:
        refus = self._stocker(form)
        if refus is not None:
            return refus
        page = self.render_next_step(form)
        if self.storage.a_garde:
            self._garder_le_fil(page)
        return page

    def _mode(self) -> str:
        return saisie.mode_note(self.request, self.identifiant) or self.mode

    def _garder_le_fil(self, page: HttpResponse) -> None:
        """Let the same link find these answers again on this telephone; never on the team's device."""
        if saisie.mode_note(self.request, self.identifiant):
            return
        if not self.porte.par_carte:  # a card has its own proof, and nothing else leads back
            temoin.poser(page, self.request, self.ici.bienvenue, self.identifiant)
        noter_le_depart(page, self.request, self.ici.bienvenue, temoin.DUREE)

    def _deja_envoye(self) -> HttpResponse:
        if self.request.method == "POST" and self.etape == VERIFIER:  # a second tap (T5)
            return proteger(self._remercier())
        return dire_deja_envoye(self.request, self.porte, self._trop_tard())

    def _trop_tard(self) -> dict[str, Any]:
        """Return what to say of a page that came after the answers were sent, and was not in them."""
        if self.request.method != "POST" or self.etape not in self._codes():
            return {}
        page = self.porte.definition.page(self.etape)
        form = formulaire_de_page(page, self.langue)(self.request.POST)
        valeurs = form.valeurs() if form.is_valid() else None
        sues = self.porte.passation.reponses  # type: ignore[union-attr]  # it was sent
        envoyees = {cle: sues[cle] for cle in cles_de(page) if cle in sues}
        if valeurs == envoyees:
            return {}
        return {"trop_tard": True} | self._dits()

    def _codes(self) -> set[str]:
        return {page.code for page in self.porte.definition.pages}

    def _dits(self) -> dict[str, Any]:
        adresse = {"identifiant": self.identifiant, "step": self.etape}
        return saisie.dits(self.request, self.porte, adresse, partage=not self.garde_la_saisie)

    def _plus_posee(self) -> HttpResponse | None:
        """Give back the words typed on a page that another tab has just hidden: they are not stored."""
        dits = self._dits() if self.etape in self._codes() else {}
        if not dits.get("mots"):
            return None
        reprise = self.get_step_url(self.storage.reprise())
        refus = Refus("plus_posee", 409, {"reprise": reprise} | dits)
        return montrer_refus(self.request, refus, self.langue)

    def _dire_que_rien_n_a_change(self) -> HttpResponse:
        """Tell why nothing was stored: sent meanwhile from another tab, or somebody else's address."""
        self.porte = ouvrir(self.porte.acces.jeton, self.identifiant)
        if self.porte.a_envoye:
            return self._deja_envoye()
        return montrer_refus(self.request, Refus("lien_inconnu", 404))

    def get_form_initial(self, step: str) -> dict[str, Any]:
        if step == VERIFIER:
            return {}
        return initial_de_page(self.porte.definition.page(step), self.storage.conservees)

    def render_next_step(self, form: forms.Form, **kwargs: Any) -> HttpResponse:
        """Redirect to the next page; from the summary, to pages that have appeared, then back."""
        if not self.depuis:
            return self._aller(self.get_next_step(self.etape))
        suite, *ensuite = [*self.storage.a_demander(self.etape, self.depuis.split(".")), VERIFIER]
        self.depuis = ".".join(ensuite[:-1]) or VERIFIER
        return self._aller(suite)

    def _envoyer(self) -> HttpResponse:
        """Send once; the page of thanks can be reloaded for ever."""
        if self.message:
            return self._montrer(None)
        questions, brouillon = len(self.storage.chemin.reponses), self.identifiant
        try:
            self.identifiant = envoi.envoyer(self.request, self.porte, self.identifiant, questions)
        except OntChange:
            return self._relire()
        except SaisieInvalide:
            return self._montrer(None)
        except Refus as refus:
            return montrer_refus(self.request, refus, self.langue)
        page = self._remercier()
        preuve.oter(page, self.request, brouillon)
        self.attente.tout_oublier(page)
        return page

    def _relire(self) -> HttpResponse:
        """Show the summary as it is stored now; sent again, it is what was read."""
        return HttpResponseRedirect(self.ici.relire)

    def _remercier(self) -> HttpResponse:
        return HttpResponseRedirect(self.ici.merci(self.identifiant))

    def _montrer(self, form: Any, tel_quel: dict[str, Any] | None = None) -> HttpResponse:
        """Render a step: filled in from the ready page, or in full when something is to be said."""
        if self.etape == VERIFIER:
            page, style = self._montrer_recapitulatif(), inclus.style()
        else:
            page, style = self._montrer_question(form, tel_quel), inclus.style_de_question()
        politique.poser_stricte(page, style)
        return page

    def _montrer_question(self, form: Any, tel_quel: dict[str, Any] | None) -> HttpResponse:
        mots, offertes = self._mots(), tuple(self.porte.langues)
        if form is None:
            page = self.porte.definition.page(self.etape)
            gardees = self.storage.conservees
            initial = initial_de_page(page, gardees) if tel_quel is None else tel_quel
            html = page_de_question(page, self.langue, offertes, mots, initial, self.dossier)
            return HttpResponse(html)
        contexte = contexte_de_page(form, self.langue, offertes) | mots
        contexte["message"] = self.message
        return render(self.request, f"{self.dossier}/question.html", contexte)

    def _mots(self) -> dict[str, str]:
        """Return what changes on the page from one person to the next, ticks apart."""
        return {
            "csrf_token": get_token(self.request),
            **place(self.porte.definition, self.etape, self.storage.chemin.pages),
        }

    def _montrer_recapitulatif(self) -> HttpResponse:
        chemin, precedente = self.storage.chemin, self.storage.precedente(None)
        relire = envoi.ONT_CHANGE if adresses.RELIRE in self.request.GET else ""
        contexte = {"vide": not chemin.reponses, "message": str(self.message or relire)}
        mots = {
            "csrf_token": get_token(self.request),
            "vu": chemin.empreinte,
            "retour": self.get_step_url(precedente) if precedente else "",
            "effacer": self.ici.effacer(VERIFIER, langue=self._langue_a_dire()),
            "lignes": recapitulatif.lignes(
                chemin, self.langue, self.dossier, self.ici, self.attente.pages
            ),
        }
        gabarit, offertes = f"{self.dossier}/verifier.html", tuple(self.porte.langues)
        return HttpResponse(page_fixe(gabarit, self.langue, offertes, contexte, mots))
