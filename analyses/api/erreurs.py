"""Every refusal of the API: a code for programs, a French sentence that says what to do."""

import json
import logging
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from ninja.errors import ValidationError

from voix.commun.erreurs import AccesRefuse, ErreurVoix

journal = logging.getLogger(__name__)


class ErreurApi(Exception):  # noqa: N818  (a French name)
    """A refusal with its HTTP status and its code."""

    def __init__(self, statut: int, code: str, message: str) -> None:
        super().__init__(message)
        self.statut = statut
        self.code = code
        self.message = message


def introuvable(quoi: str) -> ErreurApi:
    """Return the refusal for what does not exist, or is not to be known by this account."""
    return ErreurApi(404, "introuvable", quoi)


def en_json(statut: int, code: str, message: str) -> HttpResponse:
    """Return an answer in the one form that errors have."""
    contenu = json.dumps({"code": code, "message": message}, ensure_ascii=False)
    page = HttpResponse(contenu, status=statut, content_type="application/json; charset=utf-8")
    if statut == _SANS_JETON:
        page["WWW-Authenticate"] = 'Bearer realm="Voix"'
    return page


_SANS_JETON: Final = 401
ATTENDUS: Final = {
    "page": "un nombre entier, 1 ou plus",
    "par_page": "un nombre entier, de 1 à 100",
    "releve": "le numéro d’un relevé, 1 ou plus",
    "par": "une ventilation donnée par la liste des tableaux",
    "parmi": "un groupe donné par la liste des questions",
    "collecte": "le nom court d’une collecte",
}
"""What each parameter holds, for who wrote something else."""


def _parametres(_requete: HttpRequest, erreur: ValidationError) -> HttpResponse:
    noms = dict.fromkeys(str(e["loc"][-1]) for e in erreur.errors)
    phrases = [
        f"«\u00a0{nom}\u00a0»\u00a0: {ATTENDUS.get(nom, 'une autre valeur')}" for nom in noms
    ]
    dites = "\u00a0; ".join(phrases)
    return en_json(422, "parametre", f"À corriger dans l’adresse. {dites}.")


def _refus(_requete: HttpRequest, erreur: ErreurVoix) -> HttpResponse:
    if isinstance(erreur, AccesRefuse):
        return en_json(403, "acces_refuse", erreur.message)
    return en_json(409, "impossible", erreur.message)


def _panne(_requete: HttpRequest, erreur: Exception) -> HttpResponse:
    """Answer as JSON even to what nobody foresaw; who runs the site reads the rest in the log."""
    journal.error("api", exc_info=erreur)
    return en_json(
        500,
        "panne",
        "Le serveur n’a pas pu répondre. Réessayez\u00a0; si cela dure, écrivez au site.",
    )


def inconnue(_requete: HttpRequest) -> HttpResponse:
    """Answer an address that the API does not have."""
    return en_json(
        404, "adresse", "Cette adresse n’existe pas. Toutes sont dans /api/v1/openapi.json."
    )


def poser(api: Any) -> None:
    """Give an API the handlers of its errors."""
    api.add_exception_handler(ErreurApi, lambda _requete, e: en_json(e.statut, e.code, e.message))
    api.add_exception_handler(
        Http404, lambda _requete, _e: en_json(404, "introuvable", "Cela n’existe pas, ou plus.")
    )
    api.add_exception_handler(ValidationError, _parametres)
    api.add_exception_handler(ErreurVoix, _refus)
    api.add_exception_handler(Exception, _panne)
