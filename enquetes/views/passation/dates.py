"""The days of the next waves, for whoever wants them in her own telephone. Nothing is stored of it."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from enquetes.echanges.calendrier import calendrier

from . import langues
from .porte import Refus, montrer_refus, ouvrir, proteger


@require_safe
def dates(request: HttpRequest, jeton: str) -> HttpResponse:
    """Send the waves to come as a calendar file: the same for every family, no identity in it."""
    try:
        porte = ouvrir(jeton)
        if not porte.par_carte:
            raise Refus("lien_inconnu", 404)
    except Refus as refus:
        return montrer_refus(request, refus)
    cohorte = porte.collecte.vague.cohorte
    a_venir = cohorte.vagues.filter(collecte__ouvre_le__gt=timezone.localdate())
    with translation.override(langues.choisir(request, porte.langues)):
        texte = calendrier(cohorte, a_venir.select_related("collecte").order_by("rang"))
    fichier = HttpResponse(texte, content_type="text/calendar; charset=utf-8")
    fichier["Content-Disposition"] = 'attachment; filename="dates.ics"'
    return proteger(fichier)
