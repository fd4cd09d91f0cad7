"""Check the whole register: seals, witnesses, and the exact audit of everything ever shown."""

from datetime import date

from django.db import DatabaseError, transaction
from django.utils import timezone

from analyses.extraction.groupes import groupement
from analyses.extraction.lecture import Collecte
from analyses.extraction.personnes import personnes
from analyses.models import Publication, Verification
from voix.comptes.actions.traces import tracer
from voix.comptes.models import Compte

from .demandes import Projet, donnees_de, questions_de, registre_de
from .sceau import fautes_du_registre


def verifier_registre(*, par: Compte | str) -> Verification:
    """Check every collecte that something was published of, and write down what was found."""
    fautes: list[str] = []
    publications = questions = 0
    for collecte in Collecte.objects.avec_son_lieu().filter(publications__isnull=False).distinct():
        siennes = list(
            Publication.objects.filter(collecte=collecte).select_related("plan").order_by("numero")
        )
        publications += len(siennes)
        nombre, trouvees = _verifier(collecte, siennes)
        questions += nombre
        fautes += [f"{collecte.nom}\u00a0: {faute}" for faute in trouvees]
    return _ecrire(publications, questions, fautes, par)


def _verifier(collecte: Collecte, publications: list[Publication]) -> tuple[int, list[str]]:
    """Return how many questions were attacked, and what is wrong; whatever it is, others follow."""
    try:
        # Figures of a register that is not whole prove nothing.
        trouvees = fautes_du_registre(collecte)
        return (0, trouvees) if trouvees else _attaquer(collecte, publications)
    except DatabaseError:
        raise
    except Exception as erreur:  # noqa: BLE001  (one collecte says nothing of the others)
        return 0, [f"n’a pas pu être vérifiée ({type(erreur).__name__}\u00a0: {erreur})."]


def _attaquer(collecte: Collecte, publications: list[Publication]) -> tuple[int, list[str]]:
    """Return how many questions were attacked, and which exposed somebody."""
    from analyses.confidentialite.moteur.relecture import relire

    plan = publications[-1].plan
    vues = personnes(collecte, date.max)
    projet = Projet(
        collecte=collecte,
        au=date.max,
        plan=plan,
        vues=vues,
        groupements=[groupement(d, vues, collecte) for d in plan.dimensions],
        precedentes=publications,
    )
    questions = questions_de(projet)
    registre = registre_de(publications, questions)
    verdicts = dict(relire(donnees_de(projet), questions, registre))
    fautes = [
        f"la question «\u00a0{nom}\u00a0» "
        + ("n’a pas pu être vérifiée" if audit.inacheve else "pourrait exposer quelqu’un")
        for nom, audit in verdicts.items()
        if not audit.sur
    ]
    return len(verdicts), fautes


@transaction.atomic
def _ecrire(
    publications: int, questions: int, fautes: list[str], par: Compte | str
) -> Verification:
    ecrite = Verification.objects.create(
        jour=timezone.localdate(), publications=publications, questions=questions, fautes=fautes
    )
    tracer(par=par, verbe="verifier_registre", objet=ecrite, fautes=len(fautes))
    return ecrite
