"""Send a file, whole or from where a broken download stopped (RFC 9110 §14)."""

import re
from collections.abc import Callable
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

_PARTIE: Final = re.compile(r"bytes=(\d{0,15})-(\d{0,15})", re.ASCII)
"""One part; several at once are answered with the whole file."""


def envoyer(request: HttpRequest, contenu: bytes, type_: str, nom: str) -> HttpResponse:
    """Send what was just written: the same tables make the same bytes."""
    etiquette = sha256(contenu).hexdigest()[:32]
    return _envoyer(
        request, lambda p: contenu[p.start : p.stop], len(contenu), etiquette, (type_, nom)
    )


def envoyer_le_fichier(request: HttpRequest, fichier: Path, type_: str, nom: str) -> HttpResponse:
    """Send a file that was written apart; its own name says what it holds."""

    def lire(partie: range) -> bytes:
        with fichier.open("rb") as ouvert:
            ouvert.seek(partie.start)
            return ouvert.read(len(partie))

    return _envoyer(request, lire, fichier.stat().st_size, fichier.stem, (type_, nom))


def _envoyer(
    request: HttpRequest,
    lire: Callable[[range], bytes],
    taille: int,
    empreinte: str,
    quoi: tuple[str, str],
) -> HttpResponse:
    etiquette = quote_etag(empreinte)
    entetes = {
        "Content-Disposition": f'attachment; filename="{quoi[1]}"',
        "ETag": etiquette,
        "Accept-Ranges": "bytes",
        # Compressed by the server, its bytes would no longer be those that are counted.
        "Content-Encoding": "identity",
    }
    partie = _partie(request, taille, etiquette)
    if partie is None:
        page = HttpResponse(lire(range(taille)), content_type=quoi[0], headers=entetes)
    elif not partie:
        rien = {"Content-Range": f"bytes */{taille}"}
        return HttpResponse(status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, headers=rien)
    else:
        entetes["Content-Range"] = f"bytes {partie[0]}-{partie[-1]}/{taille}"
        page = HttpResponse(
            lire(partie),
            status=HTTPStatus.PARTIAL_CONTENT,
            content_type=quoi[0],
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
