"""Steps 2 to 5 of §4.3: what is shown of each cell, as much as an auditor lets through.

The auditor is an argument (``modele.Examinateur``): nothing here knows how it attacks. Goals are
those of the bands: a protected count must be able to be anything in its band.
"""

from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from .modele import (
    Affichage,
    Audit,
    Booleens,
    Entiers,
    Examinateur,
    Fuite,
    Nature,
    Probleme,
    Reels,
)
from .reparation import Jeu, Reparateur, cout

TOURS = 12
LOT = 60
"""Leaks repaired between two audits."""
_DEJA_FLOU = 0.4


class Mode(StrEnum):
    """How the cells of one distribution are shown."""

    BANDES = "bandes"
    TROUS = "trous"
    MASQUE = "masque"


@dataclass(slots=True)
class Consigne:
    """What the protector starts from, cell by cell."""

    fixes: Booleens
    """Cells already published: they say what they said."""
    bas: Entiers
    """Low end of what is published; anything elsewhere."""
    haut: Entiers
    nb_totaux: Entiers
    """Dimensions that each cell adds over."""
    ordre: Reels
    """Keyed random numbers that break ties."""


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


def proteger(probleme: Probleme, consigne: Consigne, examinateur: Examinateur) -> Protection:
    """Return the widest display of one problem that the auditor accepts.

    When even masking everything does not satisfy it, the result is not ``sur``: refuse.
    """
    atelier = _Atelier(probleme, consigne, examinateur)
    atelier.premier_affichage()
    atelier.devancer()
    audit = atelier.reparer()
    if audit.sur:
        atelier.remontrer()
    return Protection(atelier.affichage, audit, atelier.modes, atelier.reparateur.resolus)


class _Atelier:
    """The display in progress."""

    def __init__(self, probleme: Probleme, consigne: Consigne, examinateur: Examinateur) -> None:
        self.p, self.consigne, self.examinateur = probleme, consigne, examinateur
        self.n = probleme.bases
        self.x = probleme.sommes(probleme.verite)
        self.groupe = probleme.cellules[:, 0]
        self.reparateur = Reparateur(probleme)
        self.couts = cout(probleme, consigne.nb_totaux)
        self.modes: dict[int, Mode] = {}
        m = probleme.parametres.m
        self.petit = self.x < m
        self.grand = ~self.petit & (self.n - self.x < m)
        self.primaire = self.petit | self.grand
        self.affichage = Affichage(self.x.copy(), self.x.copy(), [Nature.EXACT] * self.n.size)

    # --- steps 2 and after: writing what a cell shows ---------------------------------------

    def premier_affichage(self) -> None:
        """Step 2: bands for small counts and small complements, nothing of small groups."""
        for rang in range(self.n.size):
            if not self.consigne.fixes[rang]:
                self._montrer(rang, self._nature_de_bande(rang))
        fixes = self.consigne.fixes
        self.affichage.bas[fixes] = self.consigne.bas[fixes]
        self.affichage.haut[fixes] = self.consigne.haut[fixes]
        for groupe in np.unique(self.groupe[~fixes]):
            petit = self.p.effectifs[groupe] < self.p.parametres.n_min
            self.modes[int(groupe)] = Mode.MASQUE if petit else Mode.BANDES

    def _nature_de_bande(self, rang: int) -> Nature:
        if self.n[rang] < self.p.parametres.n_min:
            return Nature.MASQUE
        if self.petit[rang]:
            return Nature.BAS
        return Nature.HAUT if self.grand[rang] else Nature.EXACT

    def _montrer(self, rang: int, nature: Nature) -> None:
        n, m = int(self.n[rang]), self.p.parametres.m
        x = int(self.x[rang])
        self.affichage.bas[rang], self.affichage.haut[rang] = {
            Nature.EXACT: (x, x),
            Nature.BAS: (0, m - 1),
            Nature.HAUT: (n - m + 1, n),
            Nature.MILIEU: (m, n - m),
            Nature.MASQUE: (0, n),
        }[nature]
        self.affichage.nature[rang] = nature

    def _cellules(self, groupe: int) -> Entiers:
        return np.flatnonzero((self.groupe == groupe) & ~self.consigne.fixes)

    def _passer(self, groupe: int, mode: Mode) -> None:
        """Put a distribution in a mode; in TROUS a hole says nothing of what it hides."""
        if self.modes.get(groupe, Mode.MASQUE) in (mode, Mode.MASQUE):
            return
        self.modes[groupe] = mode
        for rang in self._cellules(groupe):
            if mode is Mode.MASQUE or self.affichage.nature[rang] is not Nature.EXACT:
                self._montrer(int(rang), Nature.MASQUE)

    def _elargir(self, bouges: Entiers, *, libre: bool) -> bool:
        """Widen the cells that moved; return whether anything changed."""
        change = False
        for rang in bouges.tolist():
            groupe = int(self.groupe[rang])
            if libre:
                self._passer(groupe, Mode.TROUS)
            trous = self.modes[groupe] is not Mode.BANDES
            nature = Nature.MASQUE if trous else Nature.MILIEU
            if self.affichage.nature[rang] is not nature:
                self._montrer(rang, nature)
                change = True
        return change

    # --- before the first audit ----------------------------------------------------------------

    def devancer(self) -> None:
        """Hide what obviously has to be: a lone band is given back by its exact neighbours.

        In each distribution where bands cannot move, the answer told most often overall becomes
        MILIEU: the same one everywhere, so that rows compensate each other.
        """
        if self.p.multiple:
            return
        simples = self.p.cellules[:, 1] < self.p.nb_reponses
        poids = np.bincount(self.p.cellules[:, 1], weights=self.x)
        for groupe, mode in self.modes.items():
            if mode is not Mode.BANDES or not self._bloque(groupe):
                continue
            for rang in sorted(
                self._cellules(groupe), key=lambda r: -poids[self.p.cellules[r, 1]]
            ):
                if simples[rang] and self._peut_ceder(int(rang)):
                    self._montrer(int(rang), Nature.MILIEU)
                    break

    def _bloque(self, groupe: int) -> bool:
        """Return whether the bands of a distribution cannot take all their values."""
        rangs = self._cellules(groupe)
        bas, haut = self.affichage.bas[rangs], self.affichage.haut[rangs]
        bandes = bas < haut
        if not bandes.any():
            return False
        reste = int(self.p.effectifs[groupe]) - int(bas.sum())
        marge = int((haut - bas).sum())
        largeurs = (haut - bas)[bandes]
        return bool((largeurs > reste).any() or (marge - largeurs < reste).any())

    def _peut_ceder(self, rang: int) -> bool:
        m, n, x = self.p.parametres.m, int(self.n[rang]), int(self.x[rang])
        exact = self.affichage.nature[rang] is Nature.EXACT
        return exact and x - m >= m - 1 and n - m - x >= m - 1

    # --- step 4 --------------------------------------------------------------------------------

    def reparer(self) -> Audit:
        """Audit and widen, until nothing leaks or nothing is left to hide."""
        for tour in range(TOURS * 4):
            audit = self._auditer(LOT)
            if audit.inacheve or not audit.fuites:
                return audit
            bouge = False
            connues: list[Entiers] = []
            for fuite in audit.fuites:
                bouge |= self._reparer_une(fuite, connues, insister=tour >= TOURS)
            if not bouge and not any([self._masquer_autour(f) for f in audit.fuites]):  # noqa: C419  (all of them)
                return audit
        return self._tout_masquer()

    def _auditer(self, limite: int | None) -> Audit:
        return self.examinateur.examiner(self.affichage.bas, self.affichage.haut, limite=limite)

    def _tout_masquer(self) -> Audit:
        for groupe in self.modes:
            self._passer(groupe, Mode.MASQUE)
        return self._auditer(None)

    def _reparer_une(self, fuite: Fuite, connues: list[Entiers], *, insister: bool) -> bool:
        """Give one leaking count the room of its band; return whether the display changed."""
        if insister or fuite.classe < 0:
            return self._masquer_autour(fuite)
        classe = self.p.classes[fuite.classe]
        dedans = np.isin(np.arange(self.p.nb_morceaux), fuite.morceaux)
        cible = np.outer(dedans, classe).ravel().astype(float)
        n = int(self.p.tailles[dedans].sum())
        vrai = int((self.p.verite[dedans] @ classe).sum())
        change = False
        rates = 0
        buts = _buts(vrai, n, self.p.parametres.m)
        for but in buts:
            if any(_dans(but, float(cible @ x.ravel())) for x in connues):
                continue
            trouve = self._vers(cible, but, connues, fuite)
            rates += trouve is None
            change |= bool(trouve)
        if rates == len(buts) or (rates and not change):
            change |= self._masquer_autour(fuite)
        return change

    def _vers(
        self, cible: Reels, but: tuple[float, float], connues: list[Entiers], fuite: Fuite
    ) -> bool | None:
        """Reach one goal, first inside bands, then with holes; ``None``: out of reach."""
        for libre in (False, True):
            jeu = self._jeu(libre=libre)
            deviation = self.reparateur.devier(
                self.affichage.bas, self.affichage.haut, jeu, cible, but
            )
            if deviation is None:
                if not libre:
                    self._trouer(fuite)
                continue
            change = self._elargir(deviation.bouges, libre=libre)
            if deviation.x is not None:
                connues.append(deviation.x)
                self.examinateur.ajouter(deviation.x)
            return change or libre
        return None

    def _trouer(self, fuite: Fuite) -> None:
        """4.b: the distribution of the leak itself passes to holes."""
        for groupe in self.modes:
            if tuple(self.p.groupes[[groupe]].indices.tolist()) == tuple(fuite.morceaux):
                self._passer(groupe, Mode.TROUS)

    def _jeu(self, *, libre: bool) -> Jeu:
        """Return how far cells may move: inside MILIEU, or anywhere (``libre``)."""
        m, a = self.p.parametres.m, self.affichage
        exact = a.bas == a.haut
        trous = np.array([self.modes.get(int(g)) is not Mode.BANDES for g in self.groupe])
        partout = trous | libre
        dessous = np.where(partout, a.bas, np.where(exact, a.bas - m, 0))
        dessus = np.where(partout, self.n - a.haut, np.where(exact, self.n - m - a.haut, 0))
        couts = np.where(exact, self.couts, _DEJA_FLOU) * (1.0 + 0.01 * self.consigne.ordre)
        for bornes in (dessous, dessus):
            bornes[self.consigne.fixes] = 0
        return Jeu(np.maximum(dessous, 0.0), np.maximum(dessus, 0.0), couts)

    def _masquer_autour(self, fuite: Fuite) -> bool:
        """4.d: mask whole the finest distribution that touches a leak; return whether one was."""
        dedans = np.isin(np.arange(self.p.nb_morceaux), fuite.morceaux).astype(np.int64)
        communs = self.p.groupes @ dedans
        candidats = [
            g
            for g, mode in self.modes.items()
            if mode is not Mode.MASQUE and communs[g] and self._cellules(g).size
        ]
        if not candidats:
            return False
        self._passer(min(candidats, key=lambda g: (self.p.effectifs[g], g)), Mode.MASQUE)
        return True

    # --- step 5 --------------------------------------------------------------------------------

    def remontrer(self) -> None:
        """Step 5: try to show again what was hidden, largest first; keep what stays clean."""
        for groupe in sorted(self.modes, key=lambda g: -int(self.p.effectifs[g])):
            if self.modes[groupe] is not Mode.BANDES and self.p.effectifs[groupe] >= (
                self.p.parametres.n_min
            ):
                self._essayer_distribution(groupe)
        hidden = [
            r
            for r in range(self.n.size)
            if not self.consigne.fixes[r]
            and self.affichage.nature[r] in (Nature.MILIEU, Nature.MASQUE)
            and not self.primaire[r]
            and self.n[r] >= self.p.parametres.n_min
        ]
        for rang in sorted(hidden, key=lambda r: (-self.x[r], self.consigne.ordre[r])):
            avant = self.affichage.copie()
            self._montrer(rang, Nature.EXACT)
            if not self._auditer(1).sur:
                self.affichage = avant

    def _essayer_distribution(self, groupe: int) -> None:
        avant, mode = self.affichage.copie(), self.modes[groupe]
        for essai in (Mode.BANDES, Mode.TROUS):
            if essai is mode:
                break
            self.modes[groupe] = essai
            for rang in self._cellules(groupe):
                bande = self._nature_de_bande(int(rang))
                cache = essai is Mode.TROUS and bande is not Nature.EXACT
                self._montrer(int(rang), Nature.MASQUE if cache else bande)
            if self._auditer(1).sur:
                return
            self.affichage, self.modes[groupe] = avant.copie(), mode


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
    return but[0] <= valeur <= but[1]
