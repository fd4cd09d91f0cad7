"""What changed in a cohort, in plain French; the annexe for an evaluator. Never a family."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from analyses.actions.changements import arreter_changement
from analyses.changements.exposition import PRUDENCE
from analyses.changements.lecture import Lecture, lire
from analyses.changements.phrases import REGLES, RETENUS, jamais_servies, phrase_declaration
from analyses.exports.texte import TABLEUR, ecrire_csv
from analyses.extraction.ensembles import ensembles_de
from analyses.extraction.paires import Cohorte, cohortes_lisibles, contraste_de, vagues_de
from analyses.figures.halteres import halteres
from analyses.figures.pentes import pentes
from analyses.models import Changement
from analyses.rapports.annexe import FICHIER, rangees
from analyses.rapports.changement import rapport_pdf
from voix.comptes.roles import Droit
from voix.comptes.views.acces import RequeteEquipe, droit_requis

QUOI = {2: "le mi-parcours", 3: "la sortie", 4: "l’après-dispositif"}
"""What is compared with entrée, as one says it."""


def _cohorte(request: RequeteEquipe, cohorte: int) -> Cohorte:
    return get_object_or_404(cohortes_lisibles(request.user), pk=cohorte)


@droit_requis(Droit.LIRE_CHANGEMENTS)
def cohortes(request: RequeteEquipe) -> HttpResponse:
    """List the cohorts whose changes this account may read."""
    lisibles = cohortes_lisibles(request.user)
    contexte = {"cohortes": lisibles, "ensembles": ensembles_de(request.user)}
    return render(request, "analyses/changements/liste.html", contexte)


@droit_requis(Droit.LIRE_CHANGEMENTS)
def contrastes(request: RequeteEquipe, cohorte: int) -> HttpResponse:
    """List the contrasts of a cohort: shown, ready to be made, or too early."""
    lue = _cohorte(request, cohorte)
    faits, aujourdhui = Changement.de(lue.pk), timezone.localdate()
    lignes = [
        {
            "vague": vague,
            "quoi": QUOI[vague.rang],
            "fait": faits.get(vague.rang),
            "pret": aujourdhui > vague.collecte.ferme_le and not lue.est_coupee,
        }
        for vague in vagues_de(lue)[1:]
    ]
    contexte = {"cohorte": lue, "lignes": lignes}
    return render(request, "analyses/changements/contrastes.html", contexte)


@droit_requis(Droit.LIRE_CHANGEMENTS)
def arreter(request: RequeteEquipe, cohorte: int, rang: int) -> HttpResponse:
    """Make the report of a contrast: one POST, harmless when pressed twice."""
    lue = _cohorte(request, cohorte)
    if request.method == "POST":
        arreter_changement(cohorte=lue, rang=rang, par=request.user)
        messages.success(request, "Le rapport est fait. Il ne change plus.")
        return redirect("analyses:changement", cohorte, rang)
    return redirect("analyses:contrastes", cohorte)


def _lu(request: RequeteEquipe, cohorte: int, rang: int) -> tuple[Cohorte, Changement, Lecture]:
    lue = _cohorte(request, cohorte)
    fait = Changement.de(lue.pk).get(rang)
    if fait is None or contraste_de(rang) is None:
        raise Http404
    return lue, fait, lire(fait.contenu, fait.nombre, fait.arrete_le)


@droit_requis(Droit.LIRE_CHANGEMENTS)
def changement(request: RequeteEquipe, cohorte: int, rang: int) -> HttpResponse:
    """Show the report: what changed, for how many, how sure, and what may not be said."""
    lue, fait, lecture = _lu(request, cohorte, rang)
    contexte: dict[str, Any] = {
        "cohorte": lue,
        "fait": fait,
        "contraste": contraste_de(rang),
        "quoi": QUOI[rang],
        "lecture": lecture,
        "figure": halteres(lecture.declares, lecture.nombre),
        "declaration": phrase_declaration(len(lecture.declares), lue.criteres_le),
        "declares": [(c, pentes(c, lecture.nombre)) for c in lecture.declares],
        "regles": REGLES,
        "raison": RETENUS,
        "prudence": PRUDENCE,
        "jamais_servies": jamais_servies(lecture.jamais_servies),
    }
    return render(request, "analyses/changements/rapport.html", contexte)


@droit_requis(Droit.LIRE_CHANGEMENTS)
def annexe(request: RequeteEquipe, cohorte: int, rang: int) -> HttpResponse:
    """Send the numbers behind the sentences, as a table for a spreadsheet."""
    lue, _, lecture = _lu(request, cohorte, rang)
    return HttpResponse(
        ecrire_csv(tuple(FICHIER.values()), rangees(lecture, lue.criteres_le), TABLEUR),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="changement-{lue.pk}-{rang}.csv"'},
    )


@droit_requis(Droit.LIRE_CHANGEMENTS)
def imprimer(request: RequeteEquipe, cohorte: int, rang: int) -> HttpResponse:
    """Send the report and its annexe as one PDF."""
    lue, fait, lecture = _lu(request, cohorte, rang)
    titre = f"Ce qui change entre l’entrée et {QUOI[rang]}"
    dessins = {c.code: pentes(c, lecture.nombre) for c in lecture.declares}
    dessins[""] = halteres(lecture.declares, lecture.nombre)
    pdf = rapport_pdf(
        lecture,
        entete={
            "titre": titre,
            "sous_titre": f"{lue.titre}, {lue.structure}. Rapport du {fait.arrete_le:%d/%m/%Y}.",
            "pied": f"{lue.titre} · {titre} · {fait.empreinte[:12]}",
            "fictive": lue.fictive,
        },
        declares_le=lue.criteres_le,
        dessins={code: dessin for code, dessin in dessins.items() if dessin is not None},
    )
    nom = f"changement-{lue.pk}-{rang}.pdf"
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{nom}"'},
    )
