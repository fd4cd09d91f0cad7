"""Steps 2 to 5 of §4.3: what is shown of each cell, as much as an auditor lets through.

The auditor is an argument (``modele.Examinateur``): nothing here knows how it attacks. Goals are
those of the bands: a protected count must be able to be anything in its band.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from .affinage import resserrer
from .modele import Affichage, Audit, Examinateur, Fuite, Nature, Probleme, Reels
from .presentation import Consigne, Mode, Presentation
from .reparation import Reparateur

TOURS = 12
_ARRONDI = 1e-6
POINT_ET_PLUS = 1.001
EFFORT, REFERENCE = 400, 400
"""Programs spent on showing again, fewer when there are more unknowns than the reference: what is
not tried stays hidden. Counted, not timed: the same data always give the same display."""
_PART = 8
"""Cells tried together, as a part of those left."""
ENSEMBLE = 20
"""Leaks given room by one program."""
LOT, PART_DES_CELLULES = 60, 5
"""Leaks repaired between two audits, more when there are many cells."""


@dataclass(slots=True)
class Protection:
    """What may be shown, and what it cost."""

    affichage: Affichage
    audit: Audit
    modes: dict[int, Mode] = field(default_factory=dict)
    programmes: int = 0

    @property
    def sur(self) -> bool:
        """Return whether the last audit of the protector found nothing."""
        return self.audit.sur


def proteger(
    probleme: Probleme,
    consigne: Consigne,
    examinateur: Examinateur,
    depart: Presentation | None = None,
) -> Protection:
    """Return the widest display of one problem that the auditor accepts, said as narrowly as follows.

    ``depart``: a display to start from. When even masking everything does not satisfy the auditor,
    the result is not ``sur``: refuse.
    """
    atelier = _Atelier(depart or _depart(probleme, consigne), examinateur)
    audit, dit = _mener(atelier), _dire(atelier)
    while audit.sur and examinateur.chercher(dit.bas, dit.haut):
        audit, dit = atelier.reparer(), _dire(atelier)
    return Protection(dit, audit, atelier.vue.modes, atelier.reparateur.resolus)


def esquisser(probleme: Probleme, consigne: Consigne, examinateur: Examinateur) -> Protection:
    """Return a display to start from: what sums of told counts give is left to who reads it whole."""
    atelier = _Atelier(_depart(probleme, consigne), examinateur)
    audit = _mener(atelier)
    return Protection(atelier.vue.affichage, audit, atelier.vue.modes, atelier.reparateur.resolus)


def _depart(probleme: Probleme, consigne: Consigne) -> Presentation:
    vue = Presentation(probleme, consigne)
    vue.premier_affichage()
    return vue


class _Atelier:
    """The display being repaired, then shown again."""

    def __init__(self, presentation: Presentation, examinateur: Examinateur) -> None:
        self.vue, self.examinateur = presentation, examinateur
        self.p, self.consigne = presentation.p, presentation.consigne
        self.reparateur = Reparateur(self.p)
        self.reste = min(EFFORT, EFFORT * REFERENCE // self.p.verite.size)

    # --- step 4 --------------------------------------------------------------------------------

    def reparer(self) -> Audit:
        """Audit and widen, until nothing leaks or nothing is left to hide."""
        for tour in range(TOURS * 4):
            audit = self._auditer(max(LOT, self.vue.n.size // PART_DES_CELLULES))
            if audit.inacheve or not audit.fuites:
                return audit
            connues: list[Reels] = []
            bouge = tour < TOURS and self._reparer_ensemble(audit.fuites, connues)
            for fuite in audit.fuites:
                bouge |= self._reparer_une(fuite, connues, insister=tour >= TOURS)
            if not bouge and not any([self._masquer_autour(f) for f in audit.fuites]):  # noqa: C419  (all of them)
                return audit
        return self._tout_masquer()

    def _auditer(self, limite: int | None) -> Audit:
        return self.examinateur.examiner(
            self.vue.affichage.bas, self.vue.affichage.haut, limite=limite
        )

    def _tout_masquer(self) -> Audit:
        for distribution in self.vue.modes:
            self.vue.passer(distribution, Mode.MASQUE)
        return self._auditer(None)

    def _cible(self, fuite: Fuite) -> tuple[Reels, list[tuple[float, float]]]:
        """Return the sum that leaks, and the values that it must be able to take."""
        classe = self.p.classes[fuite.classe]
        dedans = np.isin(np.arange(self.p.nb_morceaux), fuite.morceaux)
        n = int(self.p.tailles[dedans].sum())
        vrai = int((self.p.verite[dedans] @ classe).sum())
        cible = np.outer(dedans, classe).ravel().astype(float)
        return cible, _buts(vrai, n, self.p.parametres.m)

    def _reparer_ensemble(self, fuites: Sequence[Fuite], connues: list[Reels]) -> bool:
        """Give room inside bands to many counts in one program, then the other way in another."""
        demandes = [self._cible(fuite) for fuite in fuites if fuite.classe >= 0]
        change = False
        for tour in range(0, 2 * len(demandes), ENSEMBLE):
            cote, debut = divmod(tour, len(demandes))
            lignes, dessous = [], []
            for rang, (cible, buts) in enumerate(demandes[debut : debut + ENSEMBLE]):
                for bas, haut in buts[(cote + rang) % 2 :][:1]:
                    if any(_dans((bas, haut), float(cible @ x)) for x in connues):
                        continue
                    # « At most » is « at least » of the opposite.
                    lignes.append(cible if bas > 0 else -cible)
                    dessous.append(bas if bas > 0 else -haut)
            if not lignes:
                continue
            deviation = self.reparateur.devier_ensemble(
                self.vue.affichage.bas,
                self.vue.affichage.haut,
                self.vue.jeu(libre=False),
                np.array(lignes),
                np.array(dessous),
            )
            if deviation is not None:
                change |= self.vue.elargir(deviation.bouges, libre=False)
                connues.append(deviation.brut)
                if deviation.x is not None:
                    self.examinateur.ajouter(deviation.x)
        return change

    def _reparer_une(self, fuite: Fuite, connues: list[Reels], *, insister: bool) -> bool:
        """Give one leaking count the room of its band; return whether the display changed."""
        if insister:
            return self._masquer_autour(fuite)
        if fuite.classe < 0:
            return self._reparer_moyenne(fuite, connues)
        change = False
        rates = 0
        cible, buts = self._cible(fuite)
        for but in buts:
            if any(_dans(but, float(cible @ x)) for x in connues):
                continue
            trouve = self._vers(cible, but, connues, fuite)
            rates += trouve is None
            change |= bool(trouve)
        if rates == len(buts) or (rates and not change):
            change |= self._masquer_autour(fuite)
        return change

    def _reparer_moyenne(self, fuite: Fuite, connues: list[Reels]) -> bool:
        """A6: let the mean of a few persons go more than a point further, up or down."""
        valeurs = self.p.valeurs
        if valeurs is None:
            return self._masquer_autour(fuite)
        dites = ~np.isnan(valeurs)
        dedans = np.isin(np.arange(self.p.nb_morceaux), fuite.morceaux)
        change, atteint = False, False
        for sens, seuil in ((1.0, fuite.bas + POINT_ET_PLUS), (-1.0, fuite.haut - POINT_ET_PLUS)):
            if not np.nanmin(valeurs) <= seuil <= np.nanmax(valeurs):
                continue
            poids = np.where(dites, sens * (np.nan_to_num(valeurs) - seuil), 0.0)
            cible = np.outer(dedans, poids).ravel()
            # One of them at least gives a value, else there is no mean.
            au_moins = float(np.abs(poids[dites]).min()) if dites.any() else 0.0
            if any(float(cible @ x) >= au_moins for x in connues):
                return change
            trouve = self._vers(cible, (au_moins, np.inf), connues, fuite)
            change |= bool(trouve)
            if trouve is not None:
                atteint = True
                break
        return change if atteint and change else self._masquer_autour(fuite)

    def _vers(
        self, cible: Reels, but: tuple[float, float], connues: list[Reels], fuite: Fuite
    ) -> bool | None:
        """Reach one goal, first inside bands, then with holes; ``None``: out of reach."""
        for libre in (False, True):
            jeu = self.vue.jeu(libre=libre)
            deviation = self.reparateur.devier(
                self.vue.affichage.bas, self.vue.affichage.haut, jeu, cible, but
            )
            if deviation is None:
                if not libre:
                    self._trouer(fuite)
                continue
            change = self.vue.elargir(deviation.bouges, libre=libre)
            if deviation.x is not None:
                self.examinateur.ajouter(deviation.x)
            return change or libre
        return None

    def _trouer(self, fuite: Fuite) -> None:
        """4.b: the distribution of the leak itself passes to holes."""
        entiere, groupes = set(fuite.morceaux), self.p.groupes
        for une in self.vue.modes:
            debut, fin = groupes.indptr[self.vue.groupe_de(une) :][:2]
            if (
                fin - debut == len(entiere)
                and self._est_de(fuite, une)
                and entiere.issuperset(groupes.indices[debut:fin].tolist())
            ):
                self.vue.passer(une, Mode.TROUS)

    def _est_de(self, fuite: Fuite, distribution: int) -> bool:
        """Return whether a distribution is that of the answer that leaks, where each has its own."""
        return not self.p.coches or distribution % len(self.p.classes) == fuite.classe

    def _masquer_autour(self, fuite: Fuite) -> bool:
        """4.d: mask whole the finest distribution that touches a leak; return whether one was."""
        dedans = np.isin(np.arange(self.p.nb_morceaux), fuite.morceaux).astype(np.int64)
        communs = self.p.groupes @ dedans
        candidats = [
            (not self._est_de(fuite, une), self.vue.effectif(une), une)
            for une, mode in self.vue.modes.items()
            if mode is not Mode.MASQUE
            and communs[self.vue.groupe_de(une)]
            and self.vue.cellules(une).size
        ]
        if not candidats:
            return False
        self.vue.passer(min(candidats)[-1], Mode.MASQUE)
        return True

    # --- step 5 --------------------------------------------------------------------------------

    def remontrer(self) -> None:
        """Step 5: show again what was hidden, what leaves least to prove first."""
        self._remontrer_distributions()
        caches = self._caches()
        while caches and self.reste > 0:
            doutes = {rang: self._doute(rang) for rang in caches}
            caches.sort(key=lambda r: (doutes[r], -self.vue.x[r], self.consigne.ordre[r]))
            lot = [r for r in caches if not doutes[r]] or caches[: max(1, len(caches) // _PART)]
            self._essayer_cellules(lot)
            caches = caches[len(lot) :]

    def _caches(self) -> list[int]:
        """Return the cells that could be told exactly, had they not been hidden for others."""
        return [
            r
            for r in range(self.vue.n.size)
            if not self.consigne.fixes[r]
            and self.vue.affichage.nature[r] in (Nature.MILIEU, Nature.MASQUE)
            and not self.vue.primaire[r]
            and self.vue.n[r] >= self.p.parametres.n_min
        ]

    def _doute(self, rang: int) -> int:
        """Return what would be left to prove if one cell were told."""
        avant = self.vue.affichage.copie()
        self.vue.montrer(rang, Nature.EXACT)
        doute = self.examinateur.en_doute(self.vue.affichage.bas, self.vue.affichage.haut)
        self.vue.affichage = avant
        return doute

    def _essayer_cellules(self, rangs: list[int]) -> None:
        """Tell several cells at once; when it leaks, each half of them."""
        if self.reste <= 0:
            return
        avant = self.vue.affichage.copie()
        for rang in rangs:
            self.vue.montrer(rang, Nature.EXACT)
        if self._essai_sur():
            return
        self.vue.affichage = avant
        if len(rangs) > 1:
            self._essayer_cellules(rangs[: len(rangs) // 2])
            self._essayer_cellules(rangs[len(rangs) // 2 :])

    def _essai_sur(self) -> bool:
        audit = self._auditer(1)
        # An attempt costs, even when populations already met settle it.
        self.reste -= max(audit.programmes, 1)
        return audit.sur

    def _remontrer_distributions(self) -> None:
        """Put distributions back to bands, largest first; half of the effort at most."""
        plancher = self.reste // 2
        for une in sorted(self.vue.modes, key=lambda d: -self.vue.effectif(d)):
            if (
                self.reste > plancher
                and self.vue.modes[une] is not Mode.BANDES
                and self.vue.effectif(une) >= self.p.parametres.n_min
            ):
                self._essayer_distribution(une)

    def _essayer_distribution(self, une: int) -> None:
        avant, mode = self.vue.affichage.copie(), self.vue.modes[une]
        for essai in (Mode.BANDES, Mode.TROUS):
            if essai is mode or self.reste <= 0:
                break
            self.vue.modes[une] = essai
            for rang in self.vue.cellules(une):
                bande = self.vue.nature_de_bande(int(rang))
                cache = essai is Mode.TROUS and bande is not Nature.EXACT
                self.vue.montrer(int(rang), Nature.MASQUE if cache else bande)
            if self._essai_sur():
                return
            self.vue.affichage, self.vue.modes[une] = avant.copie(), mode


def _mener(atelier: _Atelier) -> Audit:
    """Widen until nothing leaks, then show again what can be."""
    atelier.vue.devancer()
    audit = atelier.reparer()
    if audit.sur:
        atelier.remontrer()
    return audit


def _dire(atelier: _Atelier) -> Affichage:
    """Return what is shown, each count said as narrowly as the others say it already."""
    dit = atelier.vue.affichage.copie()
    resserrer(atelier.p, dit, atelier.consigne.fixes)
    return dit


def _buts(vrai: int, n: int, m: int) -> list[tuple[float, float]]:
    """Return the ends that a count must be able to reach: those of its band (§4.3.4)."""
    if vrai < m:
        ends = (0, min(n, m - 1))
    elif n - vrai < m:
        ends = (max(0, n - m + 1), n)
    else:
        ends = (vrai - 1, vrai + 1)
    # The truth itself is one population: an end where it stands is already reached.
    return [
        (float(end), float(n)) if end > vrai else (0.0, float(end)) for end in ends if end != vrai
    ]


def _dans(but: tuple[float, float], valeur: float) -> bool:
    return but[0] - _ARRONDI <= valeur <= but[1] + _ARRONDI
