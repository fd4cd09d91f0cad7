"""The registers of my territoires: lists, one row on a phone, a whole file."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from analyses.actions.registres import (
    ImportRefuse,
    defauts_groupes,
    enregistrer_ligne,
    importer_registre,
    retirer_ligne,
)
from analyses.forms.registres import FichierForm, LieuForm, LigneForm, territoires_tenus
from analyses.indicateurs.registres import REGISTRES, Nature, Registre
from analyses.indicateurs.registres.lecture import modele
from analyses.indicateurs.registres.valeurs import attendu
from analyses.models import MODELES, LigneDeRegistre
from analyses.models.participation.lieux import territoires_lus
from voix.commun.erreurs import ErreurVoix
from voix.comptes.models import Compte, Territoire
from voix.comptes.perimetre import perimetre_de
from voix.comptes.roles import Droit
from voix.comptes.views.acces import RequeteEquipe, droit_requis

LIGNES_MONTREES = 40
"""Rows of a page."""


def _registre(nom: str) -> Registre:
    if nom not in REGISTRES:
        raise Http404
    return REGISTRES[nom]


def _territoire(request: RequeteEquipe, lus: Any) -> Territoire | None:
    """Return the territoire that the address asks for, among those that may be seen."""
    voulu = request.GET.get("territoire", "")
    if not voulu:
        return None
    if len(voulu) > CHIFFRES_MAX:
        raise Http404
    return get_object_or_404(lus, pk=voulu) if voulu.isdecimal() else None


CHIFFRES_MAX = 18
"""Digits of an identifier: beyond, no database holds it."""


@droit_requis(Droit.LIRE_REGISTRES)
def registres(request: RequeteEquipe) -> HttpResponse:
    """List the registers, with how many rows this account may read in each."""
    nombres = [
        {
            "registre": r,
            "nombre": _nombre_lu(r, request.user),
            "reserve": _est_reserve(r, request.user),
        }
        for r in REGISTRES.values()
    ]
    contexte = {"registres": nombres, "peut_tenir": territoires_tenus(request.user).exists()}
    return render(request, "analyses/registres/tous.html", contexte)


@droit_requis(Droit.LIRE_REGISTRES)
def registre(request: RequeteEquipe, registre: str) -> HttpResponse:
    """List the rows of a register, for one territoire or for all of mine."""
    r = _registre(registre)
    visibles = MODELES[registre].visibles_par(request.user, _droit_de_lire(r))
    lieux = territoires_lus(request.user).filter(pk__in=visibles.values("territoire"))
    territoire = _territoire(request, lieux)
    lignes = visibles.filter(territoire=territoire) if territoire else visibles
    cherche, nommee = request.GET.get("q", "").strip(), _colonne_cherchee(r)
    if cherche and nommee:
        lignes = lignes.filter(**{f"{nommee}__icontains": cherche})
    page = Paginator(_avec_liens(r, lignes), LIGNES_MONTREES).get_page(request.GET.get("page"))
    contexte = {
        "registre": r,
        "reserve": _est_reserve(r, request.user),
        "lieux": lieux,
        "territoire": territoire,
        "cherche": cherche,
        "peut_chercher": bool(nommee),
        "nombre": page.paginator.count,
        "page": page,
        "lignes": [_montrer(r, ligne) for ligne in page],
        "peut_tenir": territoires_tenus(request.user).exists(),
    }
    return render(request, "analyses/registres/lignes.html", contexte)


def _droit_de_lire(r: Registre) -> Droit:
    """Return the right that reading rows asks for: counts of persons are read by who keeps them."""
    return Droit.TENIR_REGISTRES if r.personnes else Droit.LIRE_REGISTRES


def _est_reserve(r: Registre, compte: Compte) -> bool:
    return not perimetre_de(compte, _droit_de_lire(r)).est_ouvert


def _nombre_lu(r: Registre, compte: Compte) -> int:
    return int(MODELES[r.nom].visibles_par(compte, _droit_de_lire(r)).count())


def _colonne_cherchee(r: Registre) -> str:
    """Return the column that names a row, if it has one that is a text."""
    textes = (nom for nom in r.cle if r.colonne(nom).nature == Nature.TEXTE)
    return next(textes, "")


def _avec_liens(r: Registre, lignes: QuerySet[Any]) -> QuerySet[Any]:
    """Read the rows that these lead to in one statement more, not one for each."""
    seuls = [c.nom for c in r.colonnes if c.nature == Nature.LIEN]
    plusieurs = [c.nom for c in r.colonnes if c.nature == Nature.LIENS]
    lies = lignes.select_related("territoire", *seuls)
    return lies.prefetch_related(*plusieurs)


def _montrer(r: Registre, ligne: LigneDeRegistre) -> dict[str, Any]:
    """Return a row as people read it: what is empty is left out."""
    faits = []
    for colonne in r.colonnes[1:]:
        valeur = getattr(ligne, colonne.nom)
        if colonne.nature == Nature.LIENS:
            valeur = ", ".join(str(liee) for liee in valeur.all())
        elif colonne.nature == Nature.LISTE:
            valeur = ", ".join(dict(colonne.choix)[code] for code in valeur)
        elif colonne.nature == Nature.CHOIX:
            valeur = dict(colonne.choix).get(valeur, "")
        elif colonne.nature == Nature.OUI_NON and valeur is not None:
            valeur = "oui" if valeur else "non"
        if valeur not in (None, ""):
            faits.append((colonne.libelle, valeur))
    return {"ligne": ligne, "titre": str(ligne), "faits": faits}


@droit_requis(Droit.TENIR_REGISTRES)
def ajouter_ligne(request: RequeteEquipe, registre: str) -> HttpResponse:
    """Add a row: first where, then what."""
    r = _registre(registre)
    tenus = territoires_tenus(request.user)
    seuls = list(tenus[:2])
    territoire = _territoire(request, tenus) or (seuls[0] if len(seuls) == 1 else None)
    if territoire is None:
        contexte = {"registre": r, "form": LieuForm(compte=request.user)}
        return render(request, "analyses/registres/ou.html", contexte)
    return _saisir(request, r, territoire)


@droit_requis(Droit.TENIR_REGISTRES)
def modifier_ligne(request: RequeteEquipe, registre: str, ligne: int) -> HttpResponse:
    """Change a row where it is."""
    r = _registre(registre)
    trouvee = _ligne(request, registre, ligne)
    return _saisir(request, r, trouvee.territoire, trouvee)


def _ligne(request: RequeteEquipe, registre: str, pk: int) -> LigneDeRegistre:
    lignes = MODELES[registre].visibles_par(request.user, Droit.TENIR_REGISTRES)
    trouvee: LigneDeRegistre = get_object_or_404(lignes, pk=pk)
    return trouvee


def _saisir(
    request: RequeteEquipe,
    r: Registre,
    territoire: Territoire,
    ligne: LigneDeRegistre | None = None,
) -> HttpResponse:
    formulaire = LigneForm(
        request.POST if request.method == "POST" else None,
        registre=r,
        territoire=territoire,
        compte=request.user,
        ligne=ligne,
    )
    if formulaire.is_valid():
        try:
            enregistrer_ligne(
                nom=r.nom,
                territoire=territoire,
                valeurs=formulaire.valeurs(),
                programme=formulaire.cleaned_data.get("programme"),
                ligne=ligne,
                par=request.user,
            )
        except ErreurVoix as erreur:
            formulaire.add_error(None, erreur.message)
        else:
            messages.success(request, "C’est enregistré.")
            if "encore" in request.POST:
                return redirect(_adresse("ajouter_ligne", r, territoire))
            return redirect(_adresse("registre", r, territoire))
    contexte = {"registre": r, "territoire": territoire, "form": formulaire, "ligne": ligne}
    return render(request, "analyses/registres/ligne.html", contexte)


def _adresse(nom: str, r: Registre, territoire: Territoire) -> str:
    return f"{reverse(f'analyses:{nom}', args=[r.nom])}?territoire={territoire.pk}"


@droit_requis(Droit.TENIR_REGISTRES)
def retirer(request: RequeteEquipe, registre: str, ligne: int) -> HttpResponse:
    """Ask, then take the row away."""
    r = _registre(registre)
    trouvee = _ligne(request, registre, ligne)
    if request.method == "POST":
        territoire = trouvee.territoire
        retirer_ligne(ligne=trouvee, par=request.user)
        messages.success(request, "La ligne est retirée.")
        return redirect(_adresse("registre", r, territoire))
    contexte = {"registre": r, "ligne": trouvee}
    return render(request, "analyses/registres/retirer.html", contexte)


@droit_requis(Droit.TENIR_REGISTRES)
def modele_csv(request: RequeteEquipe, registre: str) -> HttpResponse:
    """Send the file to fill in."""
    r = _registre(registre)
    return HttpResponse(
        modele(r),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{r.nom}.csv"'},
    )


@droit_requis(Droit.TENIR_REGISTRES)
def importer(request: RequeteEquipe, registre: str) -> HttpResponse:
    """Read a file: every error, or every row."""
    r = _registre(registre)
    formulaire = FichierForm(request.POST or None, request.FILES or None)
    contexte: dict[str, Any] = {
        "registre": r,
        "form": formulaire,
        "colonnes": [(c, attendu(c)) for c in r.colonnes],
    }
    if request.method == "POST" and formulaire.is_valid():
        try:
            bilan = importer_registre(nom=r.nom, octets=formulaire.octets(), par=request.user)
        except ImportRefuse as refus:
            contexte["nombre"] = len(refus.defauts)
            contexte["defauts"], contexte["reste"] = defauts_groupes(refus.defauts)
        else:
            messages.success(
                request,
                f"Import fait\u00a0: {_en_lignes(bilan.nb_ajoutees, 'ajoutée')}, "
                f"{_en_lignes(bilan.nb_changees, 'changée')}, {bilan.nb_identiques} déjà là.",
            )
            return redirect("analyses:registre", registre=r.nom)
    return render(request, "analyses/registres/importer.html", contexte)


def _en_lignes(nombre: int, participe: str) -> str:
    """Return « 1 ajoutée », « 0 changée », « 2 ajoutées »."""
    return f"{nombre} {participe}{'s' if nombre > 1 else ''}"
