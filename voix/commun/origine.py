"""Which site a request comes from, where no proof against forgery is asked."""

from django.http import HttpRequest


def vient_d_ici(request: HttpRequest) -> bool | None:
    """Return whether a page of this site sent it; ``None`` when it does not say.

    A browser writes a scheme and a host, nothing more: what another client writes is never parsed.
    """
    origine = request.headers.get("Origin")
    return None if origine is None else origine.partition("://")[2] == request.get_host()


def est_d_une_page_d_ici(request: HttpRequest) -> bool:
    """Return whether a page of this site sent it, by its « Referer » where the browser says no origin."""
    dit = vient_d_ici(request)
    if dit is None:
        reste = request.headers.get("Referer", "").partition("://")[2]
        return reste.startswith(f"{request.get_host()}/")
    return dit
