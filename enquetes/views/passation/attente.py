"""What is ticked or typed and not stored, kept by the phone until this person's next visit of that page.

A page that answers a POST stays in the history, and its Back is the browser's own error (trap T1 of
accessibilité). So a fault is said by a page that is asked for. What is ticked when another language
is asked for (T14), and what is left by « Retour » or « Besoin d’aide ? », wait the same way: they
are neither judged nor stored on the server, and no answer that is counted.

One signed cookie for the pages of one person, and for nobody else's: erasing takes one away.
"""

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Final
from urllib.parse import urlencode

from django import forms
from django.core import signing
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.datastructures import MultiValueDict

from enquetes.champs.base import COMPTE_AU_PLUS

from .langues import BOUTON as LANGUE
from .sorties import BOUTON as SORTIE

NOM: Final = "attente"
DUREE: Final = 2 * 3600
"""Seconds: the time to read the help, or to ask somebody; as long as a card opens its pages."""
PLACE: Final = 3_500
"""Bytes: browsers drop a cookie of more than 4 096. Compressed, the longest text that is allowed."""
SIGNES: Final = COMPTE_AU_PLUS + 1
"""What is left of a text that was cut on its way: more is not even compressed."""


class Attente:
    """What waits on this phone, page by page; ``chemin`` is the beginning of the person's addresses."""

    def __init__(self, request: HttpRequest, chemin: str) -> None:
        self.request, self.chemin = request, chemin
        self.sel = f"enquetes.attente:{chemin}"
        self.pages: dict[str, str] = self._gardees() if NOM in request.COOKIES else {}

    def _gardees(self) -> dict[str, str]:
        try:
            pages: dict[str, str] = signing.loads(
                self.request.COOKIES[NOM], salt=self.sel, max_age=DUREE
            )
        except signing.BadSignature:  # a broken cookie is no cookie
            return {}
        return pages

    def lire(self, etape: str) -> QueryDict | None:
        """Return what was left at this step."""
        return QueryDict(self.pages[etape]) if etape in self.pages else None

    def garder(self, page: HttpResponse, etape: str, noms: Iterable[str]) -> bool:
        """Give ``page`` what was typed in the fields of these names; say whether there was room."""
        envoi = self.request.POST
        tape = {nom: envoi.getlist(nom) for nom in (*noms, LANGUE, SORTIE) if nom in envoi}
        if sum(map(len, chain.from_iterable(tape.values()))) > SIGNES:
            return False
        return self._poser(page, self.pages | {etape: urlencode(tape, doseq=True)})

    def _poser(self, page: HttpResponse, pages: dict[str, str]) -> bool:
        valeur = signing.dumps(pages, salt=self.sel, compress=True)
        if len(valeur) > PLACE:
            return False
        page.set_cookie(
            NOM,
            valeur,
            max_age=DUREE,
            path=self.chemin,
            httponly=True,
            samesite="Lax",
            secure=self.request.is_secure(),
        )
        return True

    def oublier(self, page: HttpResponse, etape: str) -> None:
        """Forget one step: it was answered, or passed."""
        autres = {code: tape for code, tape in self.pages.items() if code != etape}
        if not autres:
            self.tout_oublier(page)
        elif etape in self.pages:
            self._poser(page, autres)

    def tout_oublier(self, page: HttpResponse) -> None:
        """Leave nothing on the phone: all was sent, or erased."""
        if NOM in self.request.COOKIES:
            oublier_a(page, self.chemin)


def oublier_a(page: HttpResponse, chemin: str) -> None:
    """Leave nothing of what waits under ``chemin``: another address than this one never receives it."""
    page.delete_cookie(NOM, path=chemin, samesite="Lax")


def est_laissee(tape: QueryDict) -> bool:
    """Return whether a page was left as it was: it is then shown again without a judgement."""
    return LANGUE in tape or SORTIE in tape


def tel_quel(tape: QueryDict, champs: Mapping[str, forms.Field]) -> dict[str, object]:
    """Return what was typed as the initial data of a form: shown again, not judged."""
    lus = {
        nom: champ.widget.value_from_datadict(tape, MultiValueDict(), nom)
        for nom, champ in champs.items()
    }
    return {nom: lu for nom, lu in lus.items() if lu is not None}
