"""The nav of the staff's pages: only what the account may do."""

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from .models import Compte
from .perimetre import droits_de
from .roles import Droit

ENTREES: tuple[tuple[str, str, str, Droit], ...] = (
    (
        "Collectes",
        "Suivre les réponses\u00a0; liens et affiches.",
        "enquetes:collectes",
        Droit.VOIR_COLLECTES,
    ),
    (
        "Séances",
        "Préparer un atelier ou une réunion, l’animer, en rendre compte.",
        "enquetes:seances",
        Droit.ANIMER_SEANCE,
    ),
    (
        "Suivi",
        "Suivre des familles en quatre vagues, par des cartes sans nom.",
        "enquetes:cohortes",
        Droit.SUIVRE_COHORTE,
    ),
    (
        "Questionnaires",
        "Choisir dans la bibliothèque, ou ajouter le vôtre.",
        "enquetes:questionnaires",
        Droit.OUVRIR_COLLECTE,
    ),
    (
        "Résultats",
        "Qui a répondu quoi, en tableaux\u00a0: à lire, à imprimer, à télécharger.",
        "analyses:liste",
        Droit.LIRE_RESULTATS,
    ),
    (
        "Ce qui change",
        "D’une vague à l’autre, pour combien de familles, avec quelle certitude.",
        "analyses:changements",
        Droit.LIRE_CHANGEMENTS,
    ),
    (
        "Relire",
        "Dire quels textes peuvent sortir, un par un.",
        "analyses:a_relire",
        Droit.RELIRE_VERBATIMS,
    ),
    (
        "Indicateurs",
        "Objectif et résultat, pour un programme ou un territoire.",
        "analyses:indicateurs",
        Droit.LIRE_REGISTRES,
    ),
    (
        "Registres",
        "Acteurs, actions, instances, propositions\u00a0: une ligne à la fois, ou un fichier.",
        "analyses:registres",
        Droit.LIRE_REGISTRES,
    ),
    (
        "Retours",
        "Dire à celles et ceux qui ont répondu ce qui a été fait.",
        "analyses:retours",
        Droit.RENDRE_COMPTE,
    ),
    (
        "Équipe",
        "Inviter un collègue, changer ou retirer un rôle.",
        "comptes:equipe",
        Droit.GERER_EQUIPE,
    ),
)


def est_a_l_equipe(request: HttpRequest) -> bool:
    """Return whether the address is one of the staff's pages."""
    return request.path.startswith(("/espace/", "/compte/"))


def espace_menu(request: HttpRequest) -> dict[str, object]:
    """Return ``espace_menu``: text, address, and whether the page is there. Lazy on public pages."""
    compte = getattr(request, "user", None)
    if not est_a_l_equipe(request) or not isinstance(compte, Compte):
        return {"espace_menu": []}
    droits = droits_de(compte)
    entrees = [
        {
            "texte": "Accueil",
            "adresse": reverse("comptes:espace"),
            "ici": request.path == "/espace/",
        }
    ]
    for texte, aide, nom, droit in ENTREES:
        if droit not in droits:
            continue
        try:
            adresse = reverse(nom)
        except NoReverseMatch:
            continue
        entrees.append(
            {
                "texte": texte,
                "aide": aide,
                "adresse": adresse,
                "ici": request.path.startswith(adresse),
            }
        )
    return {"espace_menu": entrees}
