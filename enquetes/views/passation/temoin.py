"""The cookie that finds one's answers again by the same link; set after the first stored answer."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

NOM = "reprise"
DUREE = 30 * 24 * 3600


def lire(request: HttpRequest) -> UUID | None:
    """Return the identifier that the phone kept; a broken cookie is no cookie."""
    try:
        return UUID(hex=request.COOKIES.get(NOM, ""), version=4)
    except ValueError:
        return None


def poser(page: HttpResponse, request: HttpRequest, chemin: str, identifiant: UUID) -> None:
    """Keep the identifier on the phone, unless it has it already."""
    if request.COOKIES.get(NOM) == identifiant.hex:
        return
    page.set_cookie(
        NOM,
        identifiant.hex,
        max_age=DUREE,
        path=chemin,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )


def oter(page: HttpResponse, chemin: str) -> None:
    page.delete_cookie(NOM, path=chemin, samesite="Lax")
