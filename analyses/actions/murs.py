"""Show a room its own answers, once, in bands: a publication like another (collecte §4.2, G1–G7)."""

from django.utils import timezone

from analyses.confidentialite.moteur.parametres import ORDINAIRE
from analyses.cube import SEANCE
from analyses.extraction.groupes import Groupement
from analyses.extraction.lecture import Collecte, colonnes_de, conditions_de
from analyses.extraction.personnes import personnes
from analyses.extraction.plan import LIBELLES
from analyses.extraction.salle import Salle, ouvrir_ce_qui_attend, salle_de
from analyses.models import Publication
from voix.commun.cles import empreinte_a_cle
from voix.commun.erreurs import EtatIncompatible
from voix.comptes.models import Compte

from .clotures import projeter, publier
from .demandes import donnees_de, profils_de, questions_de, registre_de
from .plans import plan_en_vigueur
from .sceau import exiger_registre


def exiger_pas_encore_montre(*, seance_id: int) -> None:
    """Raise ``EtatIncompatible`` once the results of a séance were shown (G2)."""
    if Publication.objects.filter(seance_id=seance_id).exists():
        raise EtatIncompatible(
            "Les résultats de cette séance ont été montrés\u00a0: elle ne se rouvre plus. "
            "Les réponses qui arrivent encore seront comptées avec celles de tout le monde."
        )


PERSONNES_AU_MOINS = ORDINAIRE.n_min


def a_montrer(*, seance_id: int) -> str:
    """Return « montre » once a wall was shown, « montrable » when one may be; else nothing."""
    if Publication.objects.filter(seance_id=seance_id).exists():
        return "montre"
    salle = salle_de(seance_id)
    if salle is None or not salle.personnes or salle.arrivees.a_temps < PERSONNES_AU_MOINS:
        return ""
    return "montrable" if montrables(salle.collecte) else ""


def montrables(collecte: Collecte) -> list[str]:
    """Return the titles of the questions that a wall of this collecte may show, whatever was said."""
    toutes = colonnes_de(collecte)
    profils = profils_de(collecte, toutes)
    return [c.titre for c in toutes if profils[c.question] == ORDINAIRE.profil.lower()]


def publier_mur(*, salle: Salle, par: Compte) -> Publication:
    """Freeze what the room answered before the closing; a second press shows the same again.

    Errors: ``EtatIncompatible`` while the séance is open, or when nothing may be shown (why is in
    the message, and in the register).
    """
    import numpy as np

    from analyses.confidentialite.moteur.mur import Silences, exposer
    from analyses.confidentialite.moteur.unites import Axe, Groupe

    deja = Publication.du_mur(salle.pk)
    if deja is not None:
        return deja
    if not salle.est_close:
        raise EtatIncompatible("Fermez d’abord la séance\u00a0: les résultats se montrent après.")
    if not salle.personnes:
        raise EtatIncompatible("Les réponses d’organismes se lisent dans les résultats.")
    collecte, au = salle.collecte, timezone.localdate()
    exiger_registre(collecte)
    ouvrir_ce_qui_attend(salle)
    vues = personnes(collecte, au, seance_id=salle.pk)
    projet = projeter(collecte, au, plan_en_vigueur(collecte=collecte, par=par), vues)
    code = f"s{salle.pk}"
    ici = Groupement(SEANCE, "Séance", ((code, salle.titre, ""),), np.zeros(vues.nombre, np.int64))
    projet.groupements.append(ici)
    questions = questions_de(projet)
    resultat = exposer(
        donnees_de(projet),
        questions,
        Groupe((Axe(SEANCE, (code,)),)),
        registre_de(projet.precedentes, questions),
        silences=Silences(tuple(LIBELLES), tuple(conditions_de(collecte))),
        cle=empreinte_a_cle("mur", code),
    )
    return publier(projet, resultat, par=par, seance_id=salle.pk)
