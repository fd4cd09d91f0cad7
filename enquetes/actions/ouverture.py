"""From an opened envelope to a passation, read by the same question types as the wizard's."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.forms import Field
from django.http import QueryDict
from django.utils import timezone

from enquetes.actions.codes_effaces import effaces_parmi, empreinte_effacee, est_effacee
from enquetes.actions.mains_levees import MAINS, deposer_mains
from enquetes.actions.passations import empreinte_du_code, inserer_ou_tenir
from enquetes.actions.rafales import signaler_les_rafales
from enquetes.actions.rapports import deposer_rapport, lire_rang
from enquetes.actions.suivi.cartes import carte_de_cohorte, passation_de
from enquetes.champs import champ
from enquetes.champs.base import Champ
from enquetes.champs.mois import A_VENIR
from enquetes.echanges.scellement import Illisible, ouvrir
from enquetes.models import (
    Acces,
    Entree,
    Enveloppe,
    EtatPassation,
    Mode,
    Motif,
    Passation,
    Signe,
    Vague,
    VersionQuestionnaire,
)
from enquetes.parcours import code_effacement as codes
from enquetes.parcours.chemin import chemin
from enquetes.parcours.definition import Definition, Page, Question, Valeur
from enquetes.parcours.enveloppe import COMPTE_RENDU
from enquetes.parcours.enveloppe import Enveloppe as Scellee
from voix.commun.erreurs import SaisieInvalide

VALEURS_MAX: Final = 64
"""Values of one field; a multiple choice has fewer."""


class Quarantaine(Exception):  # noqa: N818  (French names carry no English suffix)
    """The envelope cannot become answers; ``motif`` says why in one word."""

    def __init__(self, motif: str) -> None:
        super().__init__(motif)
        self.motif = motif


class SansSuite(Exception):  # noqa: N818  (French names carry no English suffix)
    """The person had erased these answers, or nothing says any more whose they are: they do not come back."""


def ouvrir_enveloppe(ligne: Enveloppe, scellee: Scellee) -> None:
    """File what is in an envelope. Errors: ``Quarantaine``, ``SansSuite``."""
    if scellee.q == COMPTE_RENDU:
        _ouvrir_rapport(ligne, scellee)
    else:
        ouvrir_reponses(ligne, scellee)


def _ouvrir_rapport(ligne: Enveloppe, scellee: Scellee) -> None:
    """File a facilitator's report, or the hands counted: a device prepared for the séance sends it, or the team its file."""
    seance = ligne.acces.seance
    if seance is None or (ligne.appareil is None and not ligne.importee):
        raise Quarantaine(Motif.VERSION)
    contenu = _ouvert(scellee)
    _exiger_le_lien(ligne.acces, contenu)
    dits = contenu.get("rapport") if isinstance(contenu, Mapping) else None
    if not isinstance(dits, Mapping):
        raise Quarantaine(Motif.CONTENU)
    par = f"appareil:{ligne.appareil.nom}" if ligne.appareil else "fichier scellé"
    mains = {nom: dit for nom, dit in dits.items() if nom.startswith(MAINS)}
    reste = {nom: dit for nom, dit in dits.items() if nom not in mains}
    try:
        rang = lire_rang(contenu)
        if mains:
            deposer_mains(seance=seance, dits=mains, par=par, rang=rang)
        if reste or not mains:
            deposer_rapport(seance=seance, dits=reste, par=par, rang=rang)
    except (ValidationError, SaisieInvalide):
        raise Quarantaine(Motif.REPONSES) from None


def _ouvert(scellee: Scellee) -> Any:
    try:
        return ouvrir(scellee)
    except Illisible as erreur:
        raise Quarantaine(erreur.motif) from None


def ouvrir_reponses(ligne: Enveloppe, scellee: Scellee) -> Passation:
    """File the answers of an envelope. Errors: ``Quarantaine``, ``SansSuite``."""
    neuve = lire_reponses(ligne, scellee)
    if effaces_parmi([neuve.code_effacement]):
        raise SansSuite
    if _est_pris(neuve.code_effacement):
        neuve.code_effacement = None
    signaler_les_rafales([(ligne, neuve)])
    return _deposer(neuve)


def lire_reponses(ligne: Enveloppe, scellee: Scellee) -> Passation:
    """Return the answers of an envelope, not stored yet. Errors: ``Quarantaine``.

    The path is walked again here: what the device believed it was is not read.
    """
    contenu = _ouvert(scellee)
    acces = _acces(ligne, contenu)
    version = _version(acces, scellee)
    definition = version.lue()
    donnees, langue, code = _lire_contenu(contenu, definition)
    par_carte = acces.collecte.entree == Entree.CARTE
    # First: what a family has erased does not wait for a decision, were it wrong.
    identifiant = _de_la_carte(acces, contenu) if par_carte else ligne.pk
    reponses, en_avance = valeurs_du_chemin(definition, donnees, langue)
    if not reponses:
        raise Quarantaine(Motif.VIDE)
    return Passation(
        pk=identifiant,
        collecte=acces.collecte,
        version=version,
        acces=acces,
        territoire_id=acces.territoire_id,
        structure_id=acces.structure_id,
        etat=EtatPassation.TERMINEE,
        mode=Mode.TABLETTE if par_carte or ligne.appareil_id or ligne.importee else Mode.TELEPHONE,
        langue=langue,
        jour=timezone.localdate(),
        reponses=reponses,
        # With a card, the card erases: no second code is shown.
        code_effacement=empreinte_du_code(code) if code and not par_carte else None,
        signes=_signes(contenu.get("signes"), en_avance=en_avance),
        tardive=ligne.tardive,
    )


def _signes(dits: Any, *, en_avance: bool) -> str:
    """Return the signs that the device saw, and that of its clock."""
    vus = {une for une in dits if isinstance(une, str)} if isinstance(dits, list) else set()
    if en_avance:
        vus.add(Signe.HORLOGE)
    return ",".join(signe.value for signe in Signe if signe in vus)


def _acces(ligne: Enveloppe, contenu: Any) -> Acces:
    """Return the link that was answered through: of a cohort, the wave that the document was of.

    The four waves may ask the same version, and the file of a tablet does not say which it was.
    """
    recu, lien = ligne.acces, contenu.get("lien") if isinstance(contenu, Mapping) else None
    if recu.collecte.entree != Entree.CARTE:
        _exiger_le_lien(recu, contenu)
        return recu
    if lien == recu.jeton or not isinstance(lien, str):
        return recu
    du_suivi = Acces.objects.filter(
        jeton=lien[:64], collecte__vague__cohorte=recu.collecte.vague.cohorte_id
    )
    trouve = du_suivi.select_related("collecte__version__questionnaire").first()
    if trouve is None:
        raise Quarantaine(Motif.VERSION)
    return trouve


def _exiger_le_lien(recu: Acces, contenu: Any) -> None:
    """Refuse to file in a séance what was answered through the link of another one."""
    lien = contenu.get("lien") if isinstance(contenu, Mapping) else None
    if isinstance(lien, str) and lien != recu.jeton:
        raise Quarantaine(Motif.LIEN)


def _de_la_carte(acces: Acces, contenu: Mapping[str, Any]) -> UUID:
    """Return the identifier of this card's answers in the wave that the device was prepared for.

    It is made again from the key, like that of a card used with a network: whoever sends late, or
    twice, ends in the same row (ADR 0091). The code is read here, and kept nowhere.
    """
    vague = Vague.objects.select_related("cohorte").get(collecte=acces.collecte)
    if vague.cohorte.est_coupee:
        raise SansSuite  # nothing says any more whose answers these are
    code = contenu.get("carte")
    carte = carte_de_cohorte(vague.cohorte, code[:40]) if isinstance(code, str) else None
    if carte is None:
        raise Quarantaine(Motif.CARTE)
    if est_effacee(carte, acces.collecte.ouvre_le):
        raise SansSuite  # before or after it was answered, nothing tells (ADR 0135)
    return passation_de(carte, vague)


def codes_scelles(ligne: Enveloppe, scellee: Scellee) -> tuple[str | None, str | None]:
    """Return the fingerprints of the code and of the card under which a person may erase what is inside.

    Answers that are not right have them too: they wait for a decision, and are hers all the same.
    """
    try:
        contenu = ouvrir(scellee)
    except Illisible:
        return None, None
    lus = contenu if isinstance(contenu, Mapping) else {}
    dits = (lus.get("code"), lus.get("carte"))
    code, de_carte = (codes.lire(dit[:40]) if isinstance(dit, str) else None for dit in dits)
    carte = None
    if de_carte and ligne.acces.collecte.entree == Entree.CARTE:
        carte = carte_de_cohorte(ligne.acces.collecte.vague.cohorte, de_carte)
    return (
        empreinte_du_code(code) if code else None,
        empreinte_effacee(carte) if carte else None,
    )


def _version(acces: Acces, scellee: Scellee) -> VersionQuestionnaire:
    """Return the version it was answered in: any published one of the séance's questionnaire."""
    version: VersionQuestionnaire | None = acces.collecte.version
    questionnaire = acces.collecte.version.questionnaire
    if not acces.collecte.version.empreinte.startswith(scellee.v):
        version = questionnaire.versions.filter(empreinte__startswith=scellee.v).first()
    if version is None or questionnaire.code != scellee.q or len(scellee.v) < 12:  # noqa: PLR2004  (hexadecimal digits that name a version)
        raise Quarantaine(Motif.VERSION)
    return version


def _lire_contenu(contenu: Any, definition: Definition) -> tuple[QueryDict, str, str]:
    """Return the form data, the language and the code of erasure that the device drew."""
    champs = contenu.get("champs") if isinstance(contenu, Mapping) else None
    if not isinstance(champs, Mapping):
        raise Quarantaine(Motif.CONTENU)
    donnees = QueryDict(mutable=True)
    for nom, valeurs in champs.items():
        if not isinstance(valeurs, list) or len(valeurs) > VALEURS_MAX:
            raise Quarantaine(Motif.CONTENU)
        if not all(isinstance(valeur, str) for valeur in valeurs):
            raise Quarantaine(Motif.CONTENU)
        donnees.setlist(nom, valeurs)
    langue = contenu.get("langue")
    lue = langue if langue in definition.langues else definition.langues[0]
    code = contenu.get("code")
    return donnees, lue, (codes.lire(code) or "") if isinstance(code, str) else ""


def valeurs_du_chemin(
    definition: Definition, donnees: QueryDict, langue: str
) -> tuple[dict[str, Valeur], bool]:
    """Return what is stored, from form data, and whether a date of it has not come yet.

    An error counts on the pages of the path only. A device whose clock is ahead took for past what is
    not: that one answer is left out, the others are the person's all the same (collecte §7, line 10).
    """
    valeurs: dict[str, Valeur] = {}
    fautes: dict[str, set[str]] = {}
    for page in definition.pages:
        lues, fautes[page.code] = _lire_page(page, donnees, langue)
        valeurs |= lues
    parcouru = chemin(definition, valeurs)
    commises = {faute for page in parcouru.pages for faute in fautes[page.code]}
    if commises - {A_VENIR}:
        raise Quarantaine(Motif.REPONSES)
    return parcouru.reponses, bool(commises)


def _lire_page(page: Page, donnees: QueryDict, langue: str) -> tuple[dict[str, Valeur], set[str]]:
    """Return the values of a page, and the codes of its errors."""
    valeurs: dict[str, Valeur] = {}
    fautes: set[str] = set()
    for question, type_, champs in _champs_de(page, langue):
        propres: dict[str, Any] = {}
        for nom, field in champs:
            try:
                propres[nom] = field.clean(field.widget.value_from_datadict(donnees, {}, nom))
            except ValidationError as erreur:
                fautes |= {une.code or "" for une in erreur.error_list}
        valeurs |= type_.lire(question, propres)
    return valeurs, fautes


_Lecture = tuple[tuple[Question, Champ, tuple[tuple[str, Field], ...]], ...]
_LECTURES: dict[tuple[int, str], tuple[Page, _Lecture]] = {}
LECTURES_AU_PLUS: Final = 2_000
"""Pages remembered, in one language each."""


def _champs_de(page: Page, langue: str) -> _Lecture:
    """Return the questions of a page with their form fields, made once a process.

    Remembered by identity, like the definition that holds the page (``VersionQuestionnaire.lue``);
    the page is kept beside its fields, so that no other one ever gets its identity.
    """
    gardee = _LECTURES.get((id(page), langue))
    if gardee is not None:
        return gardee[1]
    lecture = tuple(
        (question, type_, tuple(type_.formulaire(question, langue).items()))
        for question in page.questions
        for type_ in (champ(question.type),)
    )
    if len(_LECTURES) >= LECTURES_AU_PLUS:
        _LECTURES.clear()
    _LECTURES[id(page), langue] = (page, lecture)
    return lecture


def _est_pris(code: str | None) -> bool:
    """Return whether somebody else drew the same code: neither then opens the other's answers."""
    return code is not None and Passation.objects.filter(code_effacement=code).exists()


def _deposer(neuve: Passation) -> Passation:
    """Insert, or end the draft that the same person began page by page; never change what was sent."""
    deja = inserer_ou_tenir(neuve)
    if deja is None:
        return neuve
    if deja.etat == EtatPassation.EFFACEE:
        raise SansSuite
    if deja.acces_id != neuve.acces_id:
        raise Quarantaine(Motif.DEJA)
    if deja.etat == EtatPassation.TERMINEE:
        if deja.reponses != neuve.reponses:
            raise Quarantaine(Motif.DEJA)
        return deja
    neuve.save(force_update=True)
    return neuve
