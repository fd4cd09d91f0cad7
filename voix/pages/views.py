"""Pages that need no model, and the pages of errors."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

PAGES = (
    ("accueil", ""),
    ("aide", "aide"),
    ("accessibilite", "accessibilite"),
    ("vie_privee", "vie-privee"),
    ("mentions", "mentions"),
)


def page(nom: str) -> Callable[[HttpRequest], HttpResponse]:
    """Return the view of one public page."""

    def vue(request: HttpRequest) -> HttpResponse:
        return render(request, f"pages/{nom}.html")

    return vue
