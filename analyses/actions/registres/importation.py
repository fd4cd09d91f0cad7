"""A whole file into a register: all of it or nothing, and the same file twice is the same as once."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from analyses.indicateurs.registres import Colonne, Nature, Registre, registre
from analyses.indicateurs.registres.lecture import Defaut, LigneLue, lire_fichier
from analyses.models import MODELES, LigneDeRegistre, Programme
from voix.commun.erreurs import SaisieInvalide
from voix.comptes.actions.traces import tracer
from voix.comptes.models import Compte, Territoire
from voix.comptes.perimetre import perimetre_de
from voix.comptes.roles import Droit

from .lignes import differences
from .noms import dire, plier


class ImportRefuse(SaisieInvalide):
    """Nothing was written; ``defauts`` says everything that is wrong, in the order of the file."""

    def __init__(self, defauts: tuple[Defaut, ...]) -> None:
        super().__init__("\n".join(en_phrase(defaut) for defaut in defauts))
        self.defauts = defauts


def en_phrase(defaut: Defaut) -> str:
    """Return an error in one line, for a terminal."""
    ou = f"Ligne {defaut.ligne}" if defaut.ligne else "Tout le fichier"
    colonne = f", colonne «\u00a0{defaut.colonne}\u00a0»" if defaut.colonne else ""
    return f"{ou}{colonne}\u00a0: {defaut.message} {defaut.conseil}"


@dataclass(frozen=True, slots=True)
class Bilan:
    """What a file changed."""

    nb_ajoutees: int
    nb_changees: int
    nb_identiques: int


@transaction.atomic
def importer_registre(*, nom: str, octets: bytes, par: Compte) -> Bilan:
    """Write every row of a file. Errors: ``ImportRefuse``, with all of them at once.

    A row whose territoire and key are known already is corrected; nothing is ever taken away.
    """
    r = registre(nom)
    lecture = lire_fichier(octets, r, timezone.localdate())
    defauts = list(lecture.defauts)
    # A line with a wrong value is looked up too: all its errors are told at once.
    toutes = sorted((*lecture.lignes, *lecture.fautives), key=lambda lue: lue.numero)
    lignes = _Rattachement(r, par).rattacher(toutes, defauts)
    if defauts:
        raise ImportRefuse(tuple(sorted(defauts, key=lambda d: d.ligne)))
    if not lignes:
        raise ImportRefuse(
            (Defaut(0, "", "Ce fichier n’a que sa première ligne.", "Ajoutez des lignes."),)
        )
    return _ecrire(r, lignes, par)


@dataclass(frozen=True, slots=True)
class _Ligne:
    """A row with its territoire and the rows that it leads to."""

    numero: int
    territoire: Territoire
    programme: Programme | None
    valeurs: dict[str, Any]

    def cle(self, r: Registre) -> tuple[Any, ...]:
        programme = (self.programme.pk,) if self.programme else ()
        return (*programme, self.territoire.pk, *(self.valeurs[nom] for nom in r.cle))


class _Rattachement:
    """Looks codes and names up, once for the whole file."""

    def __init__(self, r: Registre, par: Compte) -> None:
        self.r = r
        permis = Territoire.objects.du_perimetre(perimetre_de(par, Droit.TENIR_REGISTRES))
        self.territoires: dict[str, list[Territoire]] = defaultdict(list)
        for territoire in permis:
            self.territoires[territoire.code].append(territoire)
            self.territoires[f"{territoire.niveau}-{territoire.code}"].append(territoire)
        self.programmes: dict[str, tuple[Programme, set[int]]] = {}
        if r.du_programme:
            for programme in Programme.visibles_par(par, Droit.TENIR_REGISTRES):
                membres = set(programme.territoires.values_list("pk", flat=True))
                self.programmes[programme.nom] = (programme, membres)
        self.liees: dict[tuple[str, int], dict[str, LigneDeRegistre]] = {}

    def rattacher(self, lues: Sequence[LigneLue], defauts: list[Defaut]) -> list[_Ligne]:
        lignes = []
        vues: dict[tuple[Any, ...], int] = {}
        for lue in lues:
            avant = len(defauts)
            territoire = self._territoire(lue, defauts) if lue.territoire else None
            if territoire is None:
                continue
            programme = self._programme(lue, territoire, defauts)
            valeurs = {
                c.nom: self._liens(c, lue, territoire, defauts)
                if c.nature in {Nature.LIEN, Nature.LIENS}
                else lue.valeurs[c.nom]
                for c in self.r.colonnes
            }
            ligne = _Ligne(lue.numero, territoire, programme, valeurs)
            if len(defauts) == avant and not lue.fautive:
                # The same territoire may be written in two ways: « 93010 », « commune-93010 ».
                premiere = vues.setdefault(ligne.cle(self.r), lue.numero)
                if premiere != lue.numero:
                    message = f"C’est la même chose qu’à la ligne {premiere}."
                    defauts.append(
                        Defaut(lue.numero, "territoire", message, "Gardez une seule des deux.")
                    )
                lignes.append(ligne)
        return lignes

    def _territoire(self, lue: LigneLue, defauts: list[Defaut]) -> Territoire | None:
        trouves = self.territoires.get(lue.territoire, [])
        if len(trouves) == 1:
            return trouves[0]
        if trouves:
            choix = ", ".join(f"{t.niveau}-{t.code} ({t.nom})" for t in trouves)
            message, conseil = (
                "Ce code désigne plusieurs territoires.",
                f"Écrivez l’un de\u00a0: {choix}.",
            )
        else:
            message = f"«\u00a0{lue.territoire[:60]}\u00a0» n’est pas le code d’un territoire que vous tenez."
            conseil = "Vérifiez le code officiel, ou demandez ce territoire à sa coordination."
        defauts.append(Defaut(lue.numero, "territoire", message, conseil))
        return None

    def _programme(
        self, lue: LigneLue, territoire: Territoire, defauts: list[Defaut]
    ) -> Programme | None:
        if not self.r.du_programme or not lue.programme:
            return None
        programme, membres = self.programmes.get(lue.programme, (None, set()))
        if programme is None:
            connus = ", ".join(sorted(self.programmes)) or "aucun"
            defauts.append(
                Defaut(
                    lue.numero,
                    "programme",
                    f"Il n’y a pas de programme «\u00a0{lue.programme[:60]}\u00a0» chez vous.",
                    f"Programmes connus\u00a0: {connus}.",
                )
            )
        elif territoire.pk not in membres:
            defauts.append(
                Defaut(
                    lue.numero,
                    "territoire",
                    f"{territoire} n’est pas dans le programme «\u00a0{lue.programme}\u00a0».",
                    "Ajoutez-le au programme, ou corrigez le code.",
                )
            )
        return programme

    def _liens(
        self, colonne: Colonne, lue: LigneLue, territoire: Territoire, defauts: list[Defaut]
    ) -> Any:
        voulus = lue.valeurs[colonne.nom]
        noms = (voulus,) if colonne.nature == Nature.LIEN and voulus else voulus or ()
        connues = self._connues(colonne.cible, territoire)
        defauts += [
            Defaut(
                lue.numero,
                colonne.nom,
                f"«\u00a0{nom[:60]}\u00a0» n’est pas dans le registre «\u00a0{colonne.cible}\u00a0» de {territoire}.",
                f"Importez d’abord les {colonne.cible}, ou corrigez le nom.",
            )
            for nom in noms
            if nom not in connues
        ]
        trouvees = [connues[nom] for nom in noms if nom in connues]
        if colonne.nature == Nature.LIENS:
            return trouvees
        return trouvees[0] if trouvees else None

    def _connues(self, cible: str, territoire: Territoire) -> dict[str, LigneDeRegistre]:
        cle = (cible, territoire.pk)
        if cle not in self.liees:
            lignes = MODELES[cible].des_territoires([territoire.pk])
            self.liees[cle] = {str(ligne): ligne for ligne in lignes}
        return self.liees[cle]


def _ecrire(r: Registre, lignes: list[_Ligne], par: Compte) -> Bilan:
    modele = MODELES[r.nom]
    connues = _connues(r, {ligne.territoire.pk for ligne in lignes})
    _exiger_noms_distincts(r, connues, lignes)
    neuves: list[tuple[LigneDeRegistre, _Ligne]] = []
    changees: list[tuple[LigneDeRegistre, _Ligne]] = []
    for ligne in lignes:
        deja = connues.get(ligne.cle(r))
        if deja is None:
            neuves.append((_poser(modele(), r, ligne), ligne))
        elif differences(r, deja, ligne.valeurs):
            changees.append((_poser(deja, r, ligne), ligne))
    modele._default_manager.bulk_create([neuve for neuve, _ in neuves], batch_size=1000)
    champs = [c.nom for c in r.colonnes if c.nature != Nature.LIENS]
    modele._default_manager.bulk_update([c for c, _ in changees], champs, batch_size=200)
    for ecrite, ligne in (*neuves, *changees):
        for colonne in r.colonnes:
            if colonne.nature == Nature.LIENS:
                getattr(ecrite, colonne.nom).set(ligne.valeurs[colonne.nom])
    for territoire, nombre in Counter(
        ligne.territoire for _, ligne in (*neuves, *changees)
    ).items():
        tracer(par=par, verbe="importer_registre", objet=territoire, registre=r.nom, lignes=nombre)
    return Bilan(len(neuves), len(changees), len(lignes) - len(neuves) - len(changees))


def _exiger_noms_distincts(
    r: Registre, connues: Collection[tuple[Any, ...]], lignes: Sequence[_Ligne]
) -> None:
    """Refuse new rows whose name differs from another's by capitals, accents or spaces only.

    « EPICERIE DU MARCHÉ » beside « Épicerie du Marché » would be two actors, and I4 would be wrong.
    """
    dites = {plier(cle): cle for cle in connues}
    defauts = []
    for ligne in lignes:
        cle = ligne.cle(r)
        autre = dites.setdefault(plier(cle), cle)
        if autre != cle and cle not in connues:
            defauts.append(Defaut(ligne.numero, *dire(r, cle, autre)))
    if defauts:
        raise ImportRefuse(tuple(defauts))


def _connues(r: Registre, territoires: set[int]) -> dict[tuple[Any, ...], LigneDeRegistre]:
    lignes = MODELES[r.nom].des_territoires(territoires)
    liens = [c.nom for c in r.colonnes if c.nature == Nature.LIENS]
    connues = {}
    for ligne in lignes.prefetch_related(*liens):
        programme = (ligne.programme_id,) if r.du_programme else ()
        cle = (*programme, ligne.territoire_id, *(getattr(ligne, nom) for nom in r.cle))
        connues[cle] = ligne
    return connues


def _poser(modele: LigneDeRegistre, r: Registre, ligne: _Ligne) -> LigneDeRegistre:
    modele.territoire = ligne.territoire
    if ligne.programme is not None:
        setattr(modele, "programme", ligne.programme)  # noqa: B010  (only some registers have it)
    for colonne in r.colonnes:
        if colonne.nature != Nature.LIENS:
            valeur = ligne.valeurs[colonne.nom]
            setattr(
                modele, colonne.nom, list(valeur) if colonne.nature == Nature.LISTE else valeur
            )
    return modele
