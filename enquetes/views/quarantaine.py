"""What arrived and could not be opened: its coordination decides, nothing is thrown away by itself."""

from collections import Counter
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from enquetes.actions.boite import en_retard
from enquetes.actions.quarantaine import ecarter, rouvrir, rouvrir_toutes
from enquetes.models import Enveloppe, EtatEnveloppe, Motif
from voix.commun.erreurs import ErreurVoix
from voix.comptes.roles import Droit
from voix.comptes.views.acces import RequeteEquipe, droit_requis

QUE_FAIRE: Final = {
    Motif.CLE: "Remettez la clé depuis sa sauvegarde, puis essayez à nouveau.",
    Motif.SCEAU: "Quelqu’un l’a modifiée, ou elle a été abîmée. Elle ne s’ouvrira pas.",
    Motif.CONTENU: "Elle ne vient pas d’une page de Voix. Écartez-la.",
    Motif.VERSION: "Vérifiez de quelle séance vient l’appareil, puis écartez-la.",
    Motif.REPONSES: "Signalez-le à l’équipe de Voix : la page de réponse a laissé passer une faute.",
    Motif.LIEN: "Essayez à nouveau : si vous voyez la séance où l’appareil a servi, elle y sera rangée.",
    Motif.VIDE: "Personne n’a répondu. Écartez-la.",
    Motif.DEJA: "La même personne a déjà envoyé ses réponses autrement. Écartez-la.",
    Motif.CARTE: "La carte a été remplacée depuis, ou vient d’un autre suivi. Écartez-la.",
    Motif.ERREUR: "Signalez-le à l’équipe de Voix, puis essayez à nouveau après la correction.",
}
"""What coordination can do about each reason."""
MONTREES_AU_PLUS: Final = 200
"""Cards of one page; the whole of a reason is tried again by one button."""


@droit_requis(Droit.VOIR_SEANCES)
def quarantaine(request: RequeteEquipe) -> HttpResponse:
    """List what waits for a decision, and say whether the inbox is well; try a whole reason again."""
    if request.method == "POST":
        return _essayer_ensemble(request)
    a_examiner = Enveloppe.visibles_par(request.user).a_examiner()
    contexte = {
        "enveloppes": a_examiner.defer("brute")[:MONTREES_AU_PLUS],
        "total": a_examiner.count(),
        "ensembles": _ensembles(a_examiner),
        "en_retard": en_retard(),
    }
    return render(request, "enquetes/quarantaine/liste.html", contexte)


def _ensembles(a_examiner: QuerySet[Enveloppe]) -> list[dict[str, object]]:
    """Return the reasons for which several wait, with how many and what can be done about it."""
    attendent = a_examiner.filter(etat=EtatEnveloppe.QUARANTAINE).order_by()
    nombres = Counter(dict(attendent.values_list("motif").annotate(n=Count("pk"))))
    return [
        {"motif": motif, "nombre": nombres[motif], "que_faire": QUE_FAIRE[motif]}
        for motif in Motif
        if nombres[motif] > 1
    ]


def _essayer_ensemble(request: RequeteEquipe) -> HttpResponse:
    motif = request.POST.get("motif", "")
    if motif not in Motif.values:
        return redirect("enquetes:quarantaine")
    essayees, ouvertes, restent = rouvrir_toutes(motif=Motif(motif), par=request.user)
    if not essayees:
        messages.info(request, "Il ne reste rien à essayer pour cette raison.")
    elif ouvertes == essayees:
        messages.success(request, f"Ouvertes : {ouvertes}. Leurs réponses sont comptées.")
    else:
        messages.warning(request, f"Ouvertes : {ouvertes} sur {essayees}. Les autres attendent.")
    if restent:
        messages.warning(request, f"Pas encore essayées : {restent}. Appuyez encore une fois.")
    return redirect("enquetes:quarantaine")


@droit_requis(Droit.VOIR_SEANCES)
def enveloppe(request: RequeteEquipe, enveloppe: UUID) -> HttpResponse:
    """Show one envelope, never what is inside; try again, or set aside with a reason."""
    trouvee = get_object_or_404(Enveloppe.visibles_par(request.user).a_examiner(), pk=enveloppe)
    refus = ""
    if request.method == "POST":
        try:
            return _decider(request, trouvee)
        except ErreurVoix as erreur:
            refus = erreur.message
    contexte = {
        "enveloppe": trouvee,
        "que_faire": QUE_FAIRE.get(Motif(trouvee.motif), "") if trouvee.motif else "",
        "refus": refus,
        "raison": request.POST.get("raison", trouvee.raison),
    }
    statut = 409 if refus else 200
    return render(request, "enquetes/quarantaine/enveloppe.html", contexte, status=statut)


def _decider(request: RequeteEquipe, trouvee: Enveloppe) -> HttpResponse:
    if request.POST.get("geste") == "ecarter":
        ecarter(enveloppe=trouvee, raison=request.POST.get("raison", ""), par=request.user)
        messages.success(request, "L’enveloppe est écartée. Vous pouvez revenir sur ce choix.")
        return redirect("enquetes:quarantaine")
    if rouvrir(enveloppe=trouvee, par=request.user):
        messages.success(request, "L’enveloppe s’est ouverte : ses réponses sont comptées.")
        return redirect("enquetes:quarantaine")
    messages.warning(request, "Elle ne s’ouvre toujours pas.")
    return redirect("enquetes:enveloppe", trouvee.pk)
