"""Which site a request comes from, where no proof against forgery is asked."""

from django.http import HttpRequest


def vient_d_ici(request: HttpRequest) -> bool | None:
    """Return whether a page of this site sent it; ``None`` when it does not say.

    A browser writes a scheme and a host, nothing more: what another client writes is never parsed.
    """
    origine = request.headers.get("Origin")
    return None if origine is None else origine.partition("://")[2] == request.get_host()
