"""Files of a collecte's results: exactly what the pages of results show."""

import re
from hashlib import sha256
from http import HTTPStatus
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from analyses.exports.formats import FORMATS, PAR_CODE
from analyses.exports.lignes import Jeu
from analyses.extraction.lecture import Source
from analyses.lectures import Lecture
from voix.comptes.roles import Droit
from voix.comptes.views.acces import RequeteEquipe, droit_requis

from .resultats import lue

_PARTIE: Final = re.compile(r"bytes=(\d{0,15})-(\d{0,15})", re.ASCII)
"""One part; several at once are answered with the whole file."""
_LIEUX = ("territoire", "structure", "mois")


@droit_requis(Droit.LIRE_RESULTATS)
def fichiers(request: RequeteEquipe, nom: str) -> HttpResponse:
    """Offer the formats, each with what it is for."""
    contexte, _prise, lecture = lue(request, nom)
    if lecture is None:
        return render(request, "analyses/attente.html", contexte)
    return render(request, "analyses/fichiers.html", contexte | {"formats": FORMATS})


@droit_requis(Droit.LIRE_RESULTATS)
def fichier(request: RequeteEquipe, nom: str, fichier: str) -> HttpResponse:
    """Send one file; nothing is sent again while it has not changed."""
    contexte, prise, lecture = lue(request, nom)
    format_ = PAR_CODE.get(fichier)
    if format_ is None:
        raise Http404
    if lecture is None or prise is None:
        return render(request, "analyses/attente.html", contexte)
    jeu = _jeu(prise, lecture)
    return _envoyer(request, format_.ecrire(jeu), format_.type, format_.fichier(jeu))


def _envoyer(request: HttpRequest, contenu: bytes, type_: str, nom: str) -> HttpResponse:
    """Send a file, or the part of it that a broken download asks for (RFC 9110 §14)."""
    etiquette = quote_etag(sha256(contenu).hexdigest()[:32])
    entetes = {
        "Content-Disposition": f'attachment; filename="{nom}"',
        "ETag": etiquette,
        "Accept-Ranges": "bytes",
        # Compressed by the server, its bytes would no longer be those that are counted.
        "Content-Encoding": "identity",
    }
    partie = _partie(request, len(contenu), etiquette)
    if partie is None:
        page = HttpResponse(contenu, content_type=type_, headers=entetes)
    elif not partie:
        rien = {"Content-Range": f"bytes */{len(contenu)}"}
        return HttpResponse(status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, headers=rien)
    else:
        entetes["Content-Range"] = f"bytes {partie[0]}-{partie[-1]}/{len(contenu)}"
        page = HttpResponse(
            contenu[partie.start : partie.stop],
            status=HTTPStatus.PARTIAL_CONTENT,
            content_type=type_,
            headers=entetes,
        )
    return get_conditional_response(request, etag=etiquette, response=page) or page


def _partie(request: HttpRequest, taille: int, etiquette: str) -> range | None:
    """Return the bytes asked for: ``None`` for all of them, an empty range for none of these."""
    demandee = _PARTIE.fullmatch(request.headers.get("Range", ""))
    if demandee is None or demandee[0] == "bytes=-":
        return None
    if request.headers.get("If-Range", etiquette) != etiquette:
        return None  # The file changed since: what was received is of no use.
    debut, fin = demandee.groups()
    if not debut:
        return range(max(0, taille - int(fin)), taille)
    if fin and int(fin) < int(debut):
        return None  # Not a range: ignored, as the standard says.
    return range(int(debut), min(int(fin or taille) + 1, taille))


def _jeu(prise: Source, lecture: Lecture) -> Jeu:
    """Return every table that the pages of results show of this relevé."""
    tableaux = []
    for ensemble in lecture.tous():
        tableaux.append(ensemble)
        for par, _titre in lecture.groupements(ensemble.question):
            # Of organisations, nothing is hidden: any two questions cross, and files would swell.
            if lecture.personnes or par in _LIEUX:
                tableaux.append(lecture.tableau(ensemble.question, par))
    collecte = prise.collecte
    return Jeu(
        nom=f"{collecte.nom}-releve-{lecture.numero}",
        titre=collecte.titre,
        arrete_le=lecture.arrete_le.isoformat(),
        fictif=collecte.fictive,
        methode=_methode(prise, lecture),
        tableaux=tuple(tableaux),
    )


def _methode(prise: Source, lecture: Lecture) -> tuple[tuple[str, str], ...]:
    collecte = prise.collecte
    secret = (
        "Un groupe de moins de 11 personnes n’est jamais montré seul. Un nombre trop petit est "
        "dit «\u00a0moins de tant\u00a0», ou «\u00a0entre tant et tant\u00a0». Tout ce qui est montré "
        "est vrai."
        if lecture.personnes
        else "Des organisations ou des territoires ont répondu\u00a0: rien n’est masqué."
    )
    formules = (
        "Dans le CSV «\u00a0tableur\u00a0», une apostrophe précède un texte qui commence comme "
        "une formule."
    )
    sujets = (
        ("Collecte", f"{collecte.titre}, {collecte.lieu} ({collecte.public})"),
        ("Relevé", f"Relevé {lecture.numero}, arrêté le {lecture.arrete_le:%d/%m/%Y}"),
        ("Nombre de réponses", f"{lecture.nombre}"),
        ("Règle de secret", secret),
        ("Ce que contient le fichier", "Ce que montrent les pages de résultats, rien de plus."),
        ("Formules", formules),
    )
    fictif = ("Données fictives", "Ces réponses sont inventées pour la démonstration.")
    return (fictif, *sujets) if collecte.fictive else sujets
