"""One field that answers « où ? »: a territoire, or a structure in it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from enquetes.models import Collecte
from voix.comptes.models import Compte, Structure, Territoire
from voix.comptes.perimetre import perimetre_de
from voix.comptes.roles import Droit

Lieu = tuple[Territoire, Structure | None]
"""A structure always comes with its own territoire."""


def territoires_de(compte: Compte, droit: Droit) -> QuerySet[Territoire]:
    """Return the territoires where ``compte`` holds ``droit``, with everything below them."""
    condition = Q(pk__in=[])
    for chemin in sorted(perimetre_de(compte, droit).chemins):
        condition |= Q(chemin__startswith=chemin)
    return Territoire.objects.filter(condition)


def structures_de(compte: Compte, droit: Droit) -> QuerySet[Structure]:
    """Return the structures where ``compte`` holds ``droit``."""
    perimetre = perimetre_de(compte, droit)
    return (
        Structure.objects.filter(perimetre.filtre(territoire="territoire", structure="pk"))
        .select_related("territoire")
        .order_by("territoire__chemin", "nom")
    )


def lieux_sans_lien(collecte: Collecte) -> tuple[QuerySet[Territoire], QuerySet[Structure]]:
    """Return the places of this collecte that have no open link of their own yet."""
    ouverts = collecte.acces.des_lieux().filter(ouvert=True)
    avec_lien = ouverts.filter(structure__isnull=True).values("territoire")
    territoires = Territoire.objects.sous(collecte.territoire)
    structures = Structure.objects.filter(
        territoire__chemin__startswith=collecte.territoire.chemin
    ).select_related("territoire")
    return (
        territoires.exclude(pk=collecte.territoire_id).exclude(pk__in=avec_lien),
        structures.exclude(pk__in=ouverts.filter(structure__isnull=False).values("structure")),
    )


class _ChampLieux:
    """Choices are written once and read back without asking the database again."""

    lieux: dict[str, Lieu]

    def garnir(
        self, territoires: Iterable[Territoire], structures: Iterable[Structure]
    ) -> list[Any]:
        """Remember the places; return the choices in two groups."""
        self.lieux = {f"t{t.pk}": (t, None) for t in territoires}
        self.lieux |= {f"s{s.pk}": (s.territoire, s) for s in structures}
        # On a phone a list shows thirty signs: the territoire is said where there are several.
        seul = len({s.territoire_id for _, s in self.lieux.values() if s}) == 1
        groupes: list[Any] = []
        for titre, initiale in (("Territoires", "t"), ("Structures", "s")):
            choix = [
                (cle, _etiquette(lieu, seul=seul))
                for cle, lieu in self.lieux.items()
                if cle[0] == initiale
            ]
            if choix:
                groupes.append((titre, choix))
        return groupes


def cle_du_lieu(territoire: Territoire, structure: Structure | None) -> str:
    return f"s{structure.pk}" if structure else f"t{territoire.pk}"


def _etiquette(lieu: Lieu, *, seul: bool) -> str:
    territoire, structure = lieu
    if structure is not None:
        return structure.nom if seul else f"{structure.nom}, {territoire.nom}"
    return f"{territoire.nom} ({territoire.get_niveau_display()})"


class LieuField(_ChampLieux, forms.ChoiceField):
    def proposer(self, territoires: Iterable[Territoire], structures: Iterable[Structure]) -> None:
        groupes = self.garnir(territoires, structures)
        if len(self.lieux) > 1:
            groupes.insert(0, ("", "Choisissez un lieu"))
        self.choices = groupes

    def clean(self, value: Any) -> Lieu:
        return self.lieux[super().clean(value)]


class LieuxField(_ChampLieux, forms.MultipleChoiceField):
    def proposer(self, territoires: Iterable[Territoire], structures: Iterable[Structure]) -> None:
        self.choices = self.garnir(territoires, structures)

    def clean(self, value: Any) -> list[Lieu]:
        return [self.lieux[cle] for cle in super().clean(value)]
