"""The document that answers without network: all pages of a questionnaire, drawn once, under ``/o/``.

It holds no cookie, no proof against forgery and nothing of a person, so a service worker may keep
it. The same forms as the wizard's draw it.
"""

import re
import zlib
from collections.abc import Hashable
from datetime import date
from functools import lru_cache
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from enquetes.actions.mains_levees import questions_a_main_levee
from enquetes.champs import champ
from enquetes.champs.base import (
    LONGUEUR_PRECISION,
    a_precision,
    message_de_refus_contredit,
    messages_trop_long,
)
from enquetes.echanges.scellement import cle_courante
from enquetes.forms.passation import formulaire_de_page
from enquetes.parcours.chemin import total_est_sur
from enquetes.parcours.definition import Definition, Page, degeler
from enquetes.parcours.lecture import empreinte
from voix.commun import inclus
from voix.commun.francais import jour_en_mots
from voix.commun.memoire import par_identite

from .dits_hors_ligne import DIT_DES_ESSAIS, DIT_DU_COIN
from .passation import langues
from .passation.porte import (
    Porte,
    Refus,
    exiger_une_seance_qui_dure,
    montrer_refus,
    ouvrir_a_tous,
    proteger,
)
from .passation.rendu import presentation
from .scripts import SCRIPTS, STYLE, dans_la_page, script, version

DELAIS: Final = {"inactif": 120, "reste": 60, "fin": 20, "plus": 60}
"""Seconds, on a shared device: before asking, before erasing, before the next person, and when the
person who is leaving asks for more (K3, K5, T20). Any gesture begins them again."""
UN_AN: Final = "public, max-age=31536000, immutable"


@lru_cache(256)
def _comprime(contenu: bytes) -> bytes:
    """Return the lightest of a few cuts into blocks: style, questions and key each have their alphabet."""
    return min((_gzip(contenu, memoire) for memoire in (5, 6, 8)), key=len)


def _gzip(contenu: bytes, memoire: int) -> bytes:
    compresseur = zlib.compressobj(9, zlib.DEFLATED, 16 + zlib.MAX_WBITS, memoire)
    return compresseur.compress(contenu) + compresseur.flush()


def envoyer(request: HttpRequest, contenu: bytes, genre: str, cache_: str) -> HttpResponse:
    """Send what a device may keep; ``X-Voix`` tells it from a captive portal's page."""
    page = HttpResponse(content_type=f"{genre}; charset=utf-8")
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        contenu = _comprime(contenu)
        page["Content-Encoding"] = "gzip"
    page.content = contenu
    proteger(page)
    page["Cache-Control"], page["Vary"], page["X-Voix"] = cache_, "Accept-Encoding", "1"
    return page


@require_safe
def ressource(request: HttpRequest, empreinte: str, nom: str) -> HttpResponse:
    """Send a script, or the style. Under an older address a page that is open gets today's, and keeps nothing.

    ``?frais`` is what a device asks to keep. Were it answered, an old page would put today's documents
    beside its own addresses, and the next opening without network would find no script.
    """
    actuelle = empreinte == version()
    if nom not in {*SCRIPTS, STYLE} or (not actuelle and "frais" in request.GET):
        raise Http404
    quand = UN_AN if actuelle else "no-cache"
    if nom == STYLE:
        return envoyer(request, inclus.style().encode(), "text/css", quand)
    return envoyer(request, script(nom), "text/javascript", quand)


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    return envoyer(request, script("sw.js"), "text/javascript", "no-cache")


@require_safe
def heure(request: HttpRequest) -> HttpResponse:
    """Tell that the server itself answers; a device compares its clock with ``Date``."""
    page = JsonResponse({"voix": 1})
    page["Cache-Control"], page["X-Voix"] = "no-store", "1"
    return page


@require_safe
def choisir_langue(request: HttpRequest, jeton: str) -> HttpResponse:
    """Go to the document in the language of the phone."""
    try:
        porte = ouvrir_a_tous(jeton)
    except Refus as refus:
        return montrer_refus(request, refus)
    langue = langues.choisir(request, porte.langues)
    return proteger(redirect("enquetes:hors_ligne", jeton, langue))


@require_safe
def document(request: HttpRequest, jeton: str, langue: str) -> HttpResponse:
    try:
        porte = ouvrir_a_tous(jeton)
        exiger_une_seance_qui_dure(porte)
    except Refus as refus:
        return montrer_refus(request, refus)
    if langue not in porte.langues:
        return montrer_refus(request, Refus("lien_inconnu", 404))
    dit = tuple(presentation(porte.collecte, porte.definition, langue).items())
    cle = cle_courante()
    dit += (("incompletes", porte.collecte.garde_incompletes),)
    dit += (("retiree", porte.collecte.version.est_retiree),)
    jours = (porte.collecte.ouvre_le, porte.collecte.ferme_le) if porte.par_carte else None
    dit += (("jours", jours),)
    html = _dessiner(
        porte.definition, langue, tuple(porte.langues), jeton, dit, (cle.kid, cle.spki)
    )
    return envoyer(request, html, "text/html", "no-cache")


@par_identite(128)
def _dessiner(
    definition: Definition,
    langue: str,
    offertes: tuple[str, ...],
    jeton: str,
    dit: tuple[tuple[str, Hashable], ...],
    cle: tuple[str, str],
) -> bytes:
    with translation.override(langue):
        contexte: dict[str, Any] = langues.contexte(langue, offertes) | dict(dit)
        contexte |= {
            "jeton": jeton,
            "version": version(),
            "pages": [_page(page, langue) for page in definition.pages],
        }
        lu = plan(definition, langue, offertes, jeton) | {"kid": cle[0], "pub": cle[1]}
        lu |= {nom: 1 for nom in ("retiree", "incompletes") if contexte[nom]}
        lu |= demander_une_carte(contexte["jours"]) if contexte["jours"] else {}
        contexte["plan"] = dans_la_page(lu)
        html = render_to_string("enquetes/hors_ligne/document.html", contexte)
        return re.sub(r"\s*\n\s*", "\n", html).encode()  # blank lines weigh, and say nothing


def _page(page: Page, langue: str) -> dict[str, Any]:
    question = page.questions[0]
    form = formulaire_de_page(page, langue)()
    form.plie = True
    return {
        "form": form,
        "titre": question.texte.dans(langue),
        "aide": question.aide.dans(langue),
        "pictogramme": question.pictogramme,
    }


def plan(
    definition: Definition, langue: str, offertes: tuple[str, ...], jeton: str
) -> dict[str, Any]:
    """Return what the script must know: the path, how each field is read, what it says."""

    def adresse(suite: str) -> str:
        return f"/o/{jeton}/{suite}/"

    return {
        "j": jeton,
        "q": definition.code,
        "v": empreinte(definition)[:12],
        "l": langue,
        "titre": definition.titre.dans(langue).texte,
        "pages": [_page_du_plan(page, definition) for page in definition.pages],
        "delais": DELAIS,
        "garder": [*(adresse(code) for code in offertes), *_scripts("coffre.js")],
        "animer": [adresse("animation"), *_scripts("animer.js", "code.js", STYLE)],
        "m": _messages() | {"refus": message_de_refus_contredit(langue)},
    } | _precision(definition)


def _scripts(*noms: str) -> list[str]:
    return [f"/o/a/{version()}/{nom}" for nom in noms]


def _precision(definition: Definition) -> dict[str, Any]:
    """Return what is said of a too long text beside a choice, where a choice asks for one."""
    if not any(a_precision(champ(q.type).modalites(q)) for q in definition.questions()):
        return {}
    dites = messages_trop_long(LONGUEUR_PRECISION)
    return {"precision": {"t": "texte", "max": LONGUEUR_PRECISION, "m": dites}}


def demander_une_carte(bornes: tuple[date, date]) -> dict[str, Any]:
    """Return what the document of a wave says beside: how a code is read, and on which days."""
    du, au = bornes
    jours = {"du": jour_en_mots(du), "au": jour_en_mots(au)}
    return {
        "carte": {
            "du": du.isoformat(),
            "au": au.isoformat(),
            "faux": _(
                "Ce code n’est pas complet, ou contient une erreur. Regardez-le encore : 8 signes."
            ),
            "montrez": _(
                "Montrez le carré de votre carte à la caméra. Pour arrêter, appuyez encore sur le bouton."
            ),
            "absents": _("Ces signes ne sont sur aucune carte : %(absents)s."),
            "jours": _(
                "Ces questions sont posées du %(du)s au %(au)s. La personne qui anime doit "
                "préparer la tablette à nouveau, ou vérifier sa date."
            )
            % jours,
        },
    }


def _page_du_plan(page: Page, definition: Definition) -> dict[str, Any]:
    lue: dict[str, Any] = {
        "champs": [
            {"c": question.code, **champ(question.type).hors_ligne(question)}
            for question in page.questions
        ],
    }
    if not total_est_sur(definition, page.code):
        lue["flou"] = 1
    if page.condition is not None:
        lue["si"] = degeler(page.condition.arbre)
    return lue


def _messages() -> dict[str, str]:
    return {
        "rang": _("Question %(rang)s"),
        "total": _(" sur %(total)s"),
        "continuer": _("Continuer"),
        "envoyer": _("Envoyer mes réponses"),
        "verifiez": _("Vérifiez vos réponses"),
        "pas_de_reponse": _("Pas de réponse"),
        "changer": _("Changer"),
        "merci": _("Merci !"),
        "envoyees": _("Vos réponses sont bien envoyées."),
        "gardees": _(
            "Vos réponses sont gardées sur cet appareil, scellées. "
            "Elles partiront dès qu’il y aura du réseau."
        ),
        "attente_1": _("Une réponse attend le réseau. Rouvrez cette page quand il sera là."),
        "attente_n": _("%(n)s réponses attendent le réseau. Rouvrez cette page quand il sera là."),
        "refusees": _("À vérifier avec la personne qui anime : %(n)s."),
        "plein": _(
            "Cet appareil n’arrive pas à garder vos réponses. Ne fermez pas cette page : "
            "libérez de la place puis réessayez, ou notez-les sur papier."
        ),
        "impossible": _(
            "Cet appareil ne peut rien garder (navigation privée ?). Répondez sur papier."
        ),
        "double": _(
            "Ce questionnaire est déjà ouvert dans un autre onglet. Continuez là-bas, "
            "ou fermez-le puis rechargez cette page."
        ),
        "retiree": _(
            "Ce questionnaire a un défaut : il est retiré. "
            "Si vous avez commencé, finissez : vos réponses sont gardées."
        ),
        "sans_reseau": _("Pas de réseau pour changer. Continuez ici : rien n’est perdu."),
        "fin": _("Cette page s’efface dans vingt secondes."),
        "plus": _("Cette page s’efface dans une minute."),
    }


ESSAIS: Final = (
    ("https", "La liaison est protégée."),
    ("memoire", "L’appareil sait garder des réponses."),
    ("relais", "Le questionnaire peut s’ouvrir sans réseau."),
    ("pages", "Toutes les pages sont sur l’appareil."),
    ("place", "Il reste de la place."),
    ("reste", "L’appareil promet de ne rien effacer de lui-même."),
    ("horloge", "L’appareil est à l’heure."),
    ("jeton", "L’appareil a le droit d’envoyer."),
    ("attente", "Aucune réponse n’attend."),
    ("ecran", "Ouvert depuis l’écran d’accueil."),
    ("essai", "Essayé sans réseau."),
)
"""What is tried, one line each (collecte §2.8); a doubt is told and blocks nothing."""


@require_safe
def preparer(request: HttpRequest, jeton: str) -> HttpResponse:
    """Show what is tried on a device before leaving for a hall without network."""
    try:
        porte = ouvrir_a_tous(jeton)
        if porte.collecte.version.est_retiree:
            raise Refus("retire", 410, {"collecte": porte.collecte})
    except Refus as refus:
        return montrer_refus(request, refus)
    contexte = {
        "jeton": jeton,
        "version": version(),
        "titre": porte.collecte.titre_dans("fr", porte.definition),
        "documents": [(code, langues.NOMS.get(code, code)) for code in porte.langues],
        "essais": ESSAIS,
        "plan": dans_la_page({"j": jeton, "garder": _a_garder(jeton, porte), "m": DIT_DES_ESSAIS}),
    }
    html = render_to_string("enquetes/hors_ligne/preparer.html", contexte)
    return envoyer(request, html.encode(), "text/html", "no-cache")


def _a_garder(jeton: str, porte: Porte) -> list[str]:
    lu = plan(porte.definition, "fr", tuple(porte.langues), jeton)
    garder: list[str] = lu["garder"] + lu["animer"]
    garder += [f"/o/{jeton}/preparer/", *_scripts("preparer.js")]
    if porte.acces.seance_id is not None:  # a prepared device keeps the report too
        garder += [f"/o/{jeton}/compte-rendu/", *_scripts("rapport.js")]
        garder += [f"/o/{jeton}/mains-levees/"] if _se_leve(porte) else []
    return garder


def _se_leve(porte: Porte) -> bool:
    """Return whether a question may be asked to the room of this link."""
    return porte.acces.seance is not None and bool(questions_a_main_levee(porte.acces.seance))


@require_safe
def animation(request: HttpRequest, jeton: str) -> HttpResponse:
    """Show the facilitator's corner of a shared device: the code, then counts, never an answer (K7, K8).

    A page of its own: what was opened with the code goes with it, before anybody answers.
    """
    try:
        porte = ouvrir_a_tous(jeton)
    except Refus as refus:
        return montrer_refus(request, refus)
    contexte = {
        "jeton": jeton,
        "version": version(),
        "titre": porte.collecte.titre_dans("fr", porte.definition),
        "rapport": porte.acces.seance_id is not None,
        "mains": _se_leve(porte),
        "plan": dans_la_page({"j": jeton, "langue": porte.langues[0], "m": DIT_DU_COIN}),
    }
    html = render_to_string("enquetes/hors_ligne/animation.html", contexte)
    return envoyer(request, html.encode(), "text/html", "no-cache")
