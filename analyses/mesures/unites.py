"""Which territoire a row counts for: registers may be kept below the territoire of a programme."""

from collections.abc import Iterable, Sequence

from analyses.models import MODELES, Programme
from voix.comptes.models import Territoire

Rattachement = dict[int, int]
"""For the id of each territoire inside a unit, the id of that unit."""


def rattacher(unites: Sequence[Territoire]) -> Rattachement:
    """Return to which unit each territoire belongs: itself, or the nearest one that contains it."""
    chemins = {unite.chemin: unite.pk for unite in unites}
    trouves: Rattachement = {}
    for pk, chemin in Territoire.objects.values_list("pk", "chemin"):
        unite = next((chemins[debut] for debut in _debuts(chemin) if debut in chemins), None)
        if unite is not None:
            trouves[pk] = unite
    return trouves


def _debuts(chemin: str) -> Iterable[str]:
    """Iterate over a path and those that contain it, the nearest first: /32/59/ then /32/."""
    morceaux = chemin.strip("/").split("/")
    for fin in range(len(morceaux), 0, -1):
        yield "/" + "/".join(morceaux[:fin]) + "/"


def unites_de(territoire: Territoire) -> tuple[Territoire, ...]:
    """Return the units of a territoire: the members of programmes in it, and who keeps registers.

    What lies inside a unit counts for it; a territoire with nothing in it is its own unit.
    """
    dessous = list(Territoire.objects.sous(territoire).order_by("chemin"))
    ids = [t.pk for t in dessous]
    membres = set(
        Programme.objects.filter(territoires__in=ids).values_list("territoires", flat=True)
    )
    choisies = _les_plus_hautes(t for t in dessous if t.pk in membres)
    tiennent = _qui_tiennent(ids)
    autres = (
        t
        for t in dessous
        if t.pk in tiennent and not any(c.chemin.startswith(t.chemin) for c in choisies)
    )
    toutes = _les_plus_hautes(sorted([*choisies, *autres], key=lambda t: t.chemin))
    return tuple(toutes) or (territoire,)


def _les_plus_hautes(territoires: Iterable[Territoire]) -> list[Territoire]:
    """Return those that no other contains; they come in the order of their paths."""
    hautes: list[Territoire] = []
    for territoire in territoires:
        if not hautes or not territoire.chemin.startswith(hautes[-1].chemin):
            hautes.append(territoire)
    return hautes


def _qui_tiennent(territoires: list[int]) -> set[int]:
    """Return which of these territoires have a row in a register."""
    trouves: set[int] = set()
    for modele in MODELES.values():
        trouves |= set(modele.des_territoires(territoires).values_list("territoire", flat=True))
    return trouves


def contenants(unites: Sequence[Territoire]) -> list[Territoire]:
    """Return the territoires that contain one of these, and are none of them."""
    return list(Territoire.objects.filter(chemin__in=_dessus(unites) - {u.chemin for u in unites}))


def _dessus(unites: Sequence[Territoire]) -> set[str]:
    """Return the paths of all that contains one of these, other units of the list included."""
    return {debut for unite in unites for debut in _debuts(unite.chemin) if debut != unite.chemin}


def sont_contenues(unites: Sequence[Territoire], *, aussi_les_registres: bool) -> bool:
    """Return whether a unit lies inside another territoire that counts it in its own figures.

    One that is in a programme does; one that only keeps registers does when nothing inside it is
    in a programme (``aussi_les_registres``).
    """
    ids = [t.pk for t in Territoire.objects.filter(chemin__in=_dessus(unites))]
    if Programme.objects.filter(territoires__in=ids).exists():
        return True
    return aussi_les_registres and any(
        modele.des_territoires(ids).exists()
        for nom, modele in MODELES.items()
        if nom in {"effectifs", "ambassadeurs"}
    )
