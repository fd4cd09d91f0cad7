"""One row of a register: added, changed, taken away."""

from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from analyses.droits import exiger_sur_territoire
from analyses.indicateurs.registres import Nature, Registre, registre
from analyses.models import MODELES, LigneDeRegistre, Programme
from voix.commun.erreurs import SaisieInvalide
from voix.comptes.actions.traces import tracer
from voix.comptes.models import Compte, Territoire
from voix.comptes.roles import Droit

from .noms import dire, plier


@transaction.atomic
def enregistrer_ligne(
    *,
    nom: str,
    territoire: Territoire,
    valeurs: dict[str, Any],
    par: Compte,
    programme: Programme | None = None,
    ligne: LigneDeRegistre | None = None,
) -> LigneDeRegistre:
    """Add a row to the register ``nom``, or change ``ligne``. A link is the linked row itself.

    Sending the same new row twice adds it once. Errors: ``SaisieInvalide`` with what to correct.
    """
    exiger_sur_territoire(par, Droit.TENIR_REGISTRES, territoire)
    tenu = registre(nom)
    _exiger_coherence(tenu, valeurs, territoire, programme)
    modele = MODELES[nom]
    if ligne is None:
        ligne = _meme_cle(modele, tenu, territoire, programme, valeurs)
        if ligne is not None and differences(tenu, ligne, valeurs):
            raise SaisieInvalide(
                f"{tenu.une_ligne.capitalize()} existe déjà sous ce nom ou à cette date. "
                "Modifiez sa ligne dans la liste, ou changez le nom."
            )
    elif ligne.territoire_id != territoire.pk:
        exiger_sur_territoire(par, Droit.TENIR_REGISTRES, ligne.territoire)
    _exiger_un_autre_nom(tenu, territoire, programme, valeurs, ligne)
    neuve = ligne is None
    ligne = ligne or modele()
    changees = differences(tenu, ligne, valeurs) if not neuve else []
    _ecrire(ligne, tenu, {"territoire": territoire} | _de_programme(tenu, programme), valeurs)
    tracer(
        par=par,
        verbe="ajouter_ligne" if neuve else "modifier_ligne",
        objet=ligne,
        registre=nom,
        colonnes=changees,
    )
    return ligne


def _de_programme(tenu: Registre, programme: Programme | None) -> dict[str, Any]:
    return {"programme": programme} if tenu.du_programme else {}


def _exiger_coherence(
    tenu: Registre, valeurs: dict[str, Any], territoire: Territoire, programme: Programme | None
) -> None:
    if tenu.du_programme and (
        programme is None or not programme.territoires.filter(pk=territoire.pk).exists()
    ):
        raise SaisieInvalide(
            "Ce territoire n’est pas dans le programme. Choisissez-en un autre, "
            "ou ajoutez-le au programme."
        )
    ecarts = tenu.ecarts(valeurs, timezone.localdate())
    if ecarts:
        raise SaisieInvalide("\n".join(f"{e.message} {e.conseil}" for e in ecarts))
    for colonne in tenu.colonnes:
        liees = valeurs.get(colonne.nom)
        if colonne.nature == Nature.LIEN:
            liees = [liees] if liees else []
        if colonne.nature in {Nature.LIEN, Nature.LIENS}:
            for liee in liees or ():
                if liee.territoire_id != territoire.pk:
                    raise SaisieInvalide(
                        f"«\u00a0{liee}\u00a0» est d’un autre territoire. Choisissez parmi ceux de {territoire}."
                    )


def _meme_cle(
    modele: type[LigneDeRegistre],
    tenu: Registre,
    territoire: Territoire,
    programme: Programme | None,
    valeurs: dict[str, Any],
) -> LigneDeRegistre | None:
    cle = {nom: valeurs[nom] for nom in tenu.cle} | _de_programme(tenu, programme)
    return modele._default_manager.filter(territoire=territoire, **cle).first()


def _exiger_un_autre_nom(
    tenu: Registre,
    territoire: Territoire,
    programme: Programme | None,
    valeurs: dict[str, Any],
    ligne: LigneDeRegistre | None,
) -> None:
    """Refuse a name that another row has already, written with other capitals, accents or spaces.

    The rule is that of a file; a row that keeps its name may be changed, whatever the others are.
    """
    cle = tuple(valeurs[nom] for nom in tenu.cle)
    gardee = ligne is not None and ligne.territoire_id == territoire.pk
    if gardee and cle == tuple(getattr(ligne, nom) for nom in tenu.cle):
        return
    autres = MODELES[tenu.nom]._default_manager.filter(
        territoire=territoire, **_de_programme(tenu, programme)
    )
    pliee = plier(cle)
    for pk, *autre in autres.values_list("pk", *tenu.cle):
        if plier(autre) == pliee and (ligne is None or pk != ligne.pk):
            if tuple(autre) == cle:
                return  # The very same key: said as such, by the database if need be.
            _, message, conseil = dire(tenu, cle, tuple(autre))
            raise SaisieInvalide(f"{message} {conseil}")


def differences(tenu: Registre, ligne: LigneDeRegistre, valeurs: dict[str, Any]) -> list[str]:
    """Return the columns in which a stored row is not what is given."""
    return [
        colonne.nom
        for colonne in tenu.colonnes
        if stockee(ligne, colonne.nom, colonne.nature)
        != _comparable(valeurs.get(colonne.nom), colonne.nature)
    ]


def stockee(ligne: LigneDeRegistre, nom: str, nature: Nature) -> Any:
    """Return a stored value in the form that is compared: ids for links, tuples for lists."""
    if nature == Nature.LIENS:
        return tuple(sorted(liee.pk for liee in getattr(ligne, nom).all())) if ligne.pk else ()
    if nature == Nature.LIEN:
        return getattr(ligne, f"{nom}_id")
    valeur = getattr(ligne, nom)
    return tuple(valeur or ()) if nature == Nature.LISTE else valeur


def _comparable(valeur: Any, nature: Nature) -> Any:
    if nature == Nature.LIENS:
        return tuple(sorted(liee.pk for liee in valeur or ()))
    if nature == Nature.LIEN:
        return valeur.pk if valeur else None
    return tuple(valeur or ()) if nature == Nature.LISTE else valeur


def _ecrire(
    ligne: LigneDeRegistre, tenu: Registre, ou: dict[str, Any], valeurs: dict[str, Any]
) -> None:
    plusieurs: dict[str, Any] = {}
    for nom, valeur in ou.items():
        setattr(ligne, nom, valeur)
    for colonne in tenu.colonnes:
        valeur = valeurs.get(colonne.nom)
        if colonne.nature == Nature.LIENS:
            plusieurs[colonne.nom] = valeur or ()
        elif colonne.nature == Nature.LIEN:
            setattr(ligne, colonne.nom, valeur or None)
        else:
            setattr(
                ligne,
                colonne.nom,
                list(valeur or ()) if colonne.nature == Nature.LISTE else valeur,
            )
    try:
        with transaction.atomic():
            ligne.save()
    except IntegrityError as erreur:
        raise SaisieInvalide(
            f"{tenu.une_ligne.capitalize()} existe déjà sous ce nom ou à cette date. Changez-le."
        ) from erreur
    for nom, liees in plusieurs.items():
        getattr(ligne, nom).set(liees)


@transaction.atomic
def retirer_ligne(*, ligne: LigneDeRegistre, par: Compte) -> None:
    """Take a row away. A row that others lead to stays, with its reason."""
    exiger_sur_territoire(par, Droit.TENIR_REGISTRES, ligne.territoire)
    tracer(par=par, verbe="retirer_ligne", objet=ligne, registre=ligne.registre)
    try:
        ligne.delete()
    except models.RestrictedError as erreur:
        raise SaisieInvalide(
            "D’autres lignes parlent de celle-ci. Retirez-les d’abord, ou changez-les."
        ) from erreur
