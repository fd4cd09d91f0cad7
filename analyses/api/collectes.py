"""Collectes, their published tables and the publications that hold them."""

from typing import Annotated, Any, Final

from django.urls import reverse
from django.utils.http import urlencode
from ninja import Query, Router

from analyses.choix import Choix
from analyses.confidentialite.tableau import TableauProtege
from analyses.extraction import lecture
from analyses.lectures import Lecture, lecture_du_releve
from analyses.models import Publication
from voix.comptes.models import Portee

from . import schemas
from .erreurs import ErreurApi, introuvable
from .lieux import nommer
from .pages import Pagination, paginer
from .porte import Porteur, Requete, compte_de

routes = Router(auth=Porteur(Portee.RESULTATS), tags=["Résultats"])
NumeroDeReleve = Annotated[
    int | None, Query(ge=1, le=32767, description="Numéro du relevé. Sans lui\u00a0: le dernier.")
]
_PAR: Final = "Ventilation, comme la donne la liste des tableaux. Sans elle\u00a0: tout le monde."
_PARMI: Final = "Un seul groupe, comme le donne la liste des questions. Sans lui\u00a0: tous."


@routes.get(
    "/collectes",
    response={200: schemas.Page[schemas.Collecte], **schemas.REFUS},
    summary="Les collectes dont vous pouvez lire les résultats",
)
def collectes(request: Requete, pagination: Query[Pagination]) -> dict[str, Any]:
    return paginer(request, lecture.collectes_lisibles(compte_de(request)), pagination, _resumer)


@routes.get(
    "/collectes/{slug:nom}",
    response={200: schemas.CollecteDetaillee, **schemas.REFUS},
    summary="Une collecte et ses relevés",
)
def collecte(request: Requete, nom: str) -> dict[str, Any]:
    trouvee = _collecte(request, nom)
    return _resumer(trouvee) | {
        "releves": [_releve(trouvee, releve) for releve in lecture.releves_de(trouvee)]
    }


@routes.get(
    "/collectes/{slug:nom}/tableaux",
    response={200: schemas.Page[schemas.Resume], **schemas.REFUS},
    summary="Les tableaux publiés d’une collecte",
)
def tableaux(
    request: Requete, nom: str, pagination: Query[Pagination], releve: NumeroDeReleve = None
) -> dict[str, Any]:
    _trouvee, numero, lue = _lecture(request, nom, releve)
    offerts = [
        (ensemble, par, titre)
        for ensemble in lue.tous()
        for par, titre in [("", ""), *lue.groupements(ensemble.question)]
    ]

    def resumer(offert: tuple[TableauProtege, str, str]) -> dict[str, Any]:
        ensemble, par, titre = offert
        return {
            "question": ensemble.question,
            "titre": ensemble.titre,
            "par": par,
            "par_titre": titre,
            "adresse": _adresse(request, nom, ensemble.question, par, numero),
        }

    return paginer(request, offerts, pagination, resumer)


@routes.get(
    "/collectes/{slug:nom}/questions",
    response={200: schemas.Page[schemas.Question], **schemas.REFUS},
    summary="Les questions, ce que l’on peut en lire, et pourquoi le reste ne se lit pas",
)
def questions(
    request: Requete, nom: str, pagination: Query[Pagination], releve: NumeroDeReleve = None
) -> dict[str, Any]:
    trouvee, _numero, lue = _lecture(request, nom, releve)
    posees_si = lecture.conditions_de(trouvee)
    dites = {code: _question(code, titre) for code, titre in lue.questions()}
    for absente in lue.sans_tableau():
        dites[absente.question] = _question(absente.question, absente.titre, absente.raison)
    codes = (question.code for question in trouvee.version.lue().questions())

    def detailler(une: dict[str, Any]) -> dict[str, Any]:
        code = une["question"]
        complete = une | {"posee_si": posees_si.get(code, "")}
        return complete | _lisible(lue, code) if une["comptee"] else complete

    return paginer(request, [dites[c] for c in codes if c in dites], pagination, detailler)


@routes.get(
    "/collectes/{slug:nom}/tableaux/{question}",
    response={200: schemas.Tableau, **schemas.REFUS},
    summary="Un tableau protégé, au format voix-sdc-table/1",
)
def tableau(
    request: Requete,
    nom: str,
    question: str,
    par: Annotated[str, Query(max_length=200, description=_PAR)] = "",
    parmi: Annotated[str, Query(max_length=200, description=_PARMI)] = "",
    releve: NumeroDeReleve = None,
) -> dict[str, Any]:
    trouvee, numero, lue = _lecture(request, nom, releve)
    if not lue.a_la_question(question):
        raise introuvable("Cette question n’a pas de tableau. Lisez la liste des tableaux.")
    # The same choice as the page makes: what it does not show has no answer here either.
    choix = Choix.lu({"par": par, "parmi": parmi}, nom, numero, question)
    protege = choix.tableau(lue)
    if protege is None:
        permises = "\u00a0; ".join(code for code, _titre in lue.groupements(question)) or "aucune"
        raise ErreurApi(
            404,
            "ventilation",
            f"{choix.refus(trouvee, lue).phrase} Ventilations publiées\u00a0: {permises}.",
        )
    return protege.en_json()


@routes.get(
    "/publications",
    response={200: schemas.Page[schemas.Publication], **schemas.REFUS},
    summary="Les publications scellées, de la plus récente à la plus ancienne",
)
def publications(
    request: Requete,
    pagination: Query[Pagination],
    collecte: Annotated[
        # A NUL would break PostgreSQL: what no name can hold is refused before the database.
        str, Query(max_length=64, pattern=r"^[-\w]*$", description="Nom court d’une collecte.")
    ] = "",
) -> dict[str, Any]:
    lisibles = lecture.collectes_lisibles(compte_de(request))
    if collecte:
        lisibles = lisibles.filter(nom=collecte)
    toutes = Publication.des_collectes(lisibles)
    return paginer(request, toutes, pagination, lambda une: _publication(request, une))


def _collecte(requete: Requete, nom: str) -> lecture.Collecte:
    trouvee = lecture.collectes_lisibles(compte_de(requete)).filter(nom=nom).first()
    if trouvee is None:
        raise introuvable(
            "Cette collecte n’existe pas, ou vous ne pouvez pas en lire les résultats."
        )
    return trouvee


def _lecture(
    requete: Requete, nom: str, numero: int | None
) -> tuple[lecture.Collecte, int, Lecture]:
    """Return the collecte, the relevé asked for or the latest one, and what may be read of it."""
    trouvee = _collecte(requete, nom)
    releves = [r for r in lecture.releves_de(trouvee) if numero in {None, r.numero}]
    if not releves and numero is not None:
        raise introuvable(f"Cette collecte n’a pas de relevé {numero}.")
    lue = lecture_du_releve(lecture.source(trouvee, releves[0])) if releves else None
    if lue is None:
        raise ErreurApi(
            409, "pas_publie", "Les tableaux ne sont pas encore publiés. Revenez après la clôture."
        )
    return trouvee, releves[0].numero, lue


def _question(code: str, titre: str, raison: str = "") -> dict[str, Any]:
    return {
        "question": code,
        "titre": titre,
        "comptee": not raison,
        "raison": raison,
        "groupements": [],
        "groupes": [],
        "pourquoi": [],
    }


def _lisible(lue: Lecture, code: str) -> dict[str, Any]:
    """Return the closed lists of a question’s page, and the notes under its table."""
    return {
        "groupements": [
            {"par": par, "titre": titre} for par, titre in lue.groupements(code) if par
        ],
        "groupes": [
            {"parmi": parmi, "titre": titre, "groupe": groupe}
            for titre, siens in lue.groupes(code)
            for parmi, groupe in siens
        ],
        "pourquoi": lue.pourquoi(code),
    }


def _resumer(une: lecture.Collecte) -> dict[str, Any]:
    return {
        "nom": une.nom,
        "titre": une.titre,
        "public": une.public,
        "territoire": nommer(une.territoire),
        "structure": une.structure.nom if une.structure else None,
        "unite": une.unite,
        "etat": une.etat,
        "ouvre_le": une.ouvre_le,
        "ferme_le": une.ferme_le,
        "fictive": une.fictive,
        "rendue_le": une.rendue_le,
    }


def _releve(une: lecture.Collecte, releve: lecture.Releve) -> dict[str, Any]:
    lue = lecture_du_releve(lecture.source(une, releve))
    return {
        "numero": releve.numero,
        "arrete_le": releve.arrete_le,
        "lisible": lue is not None,
        "nombre": lue.nombre if lue else None,
        "sources": [{"titre": ou, "nombre": dit} for ou, dit in (lue.sources() if lue else [])],
        "mises_a_l_ecart": (lue.ecartees() if lue else "") or None,
    }


def _adresse(requete: Requete, nom: str, question: str, par: str, releve: int) -> str:
    parametres = {"releve": str(releve)} | ({"par": par} if par else {})
    chemin = reverse("api:tableau", args=[nom, question])
    return requete.build_absolute_uri(f"{chemin}?{urlencode(parametres)}")


def _publication(requete: Requete, une: Publication) -> dict[str, Any]:
    nom, releve = une.collecte.nom, _releve_de(une)
    tableaux = f"{reverse('api:tableaux', args=[nom])}?releve={releve}"
    return {
        "collecte": nom,
        "numero": une.numero,
        "releve": releve,
        "au": une.au,
        "nombre": une.nombre,
        "empreinte": une.empreinte,
        "precedente": une.precedente,
        "tableaux": requete.build_absolute_uri(tableaux) if releve else None,
    }


def _releve_de(une: Publication) -> int | None:
    """Return the number of the relevé that it tells; one that completes another names it apart."""
    if une.releve is not None:
        return une.releve.numero
    complete = une.parametres.get("releve")
    return lecture.releve_nomme(complete).numero if complete else None
