"""Every page of a respondent, in every state it can be in, as the server sends it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone

from enquetes.actions.acces import fermer_acces
from enquetes.actions.collectes import clore_collecte, mettre_en_pause
from enquetes.actions.effacements import effacer_par_code
from enquetes.actions.feuilles import donner_feuilles
from enquetes.actions.passations import code_effacement
from enquetes.actions.questionnaires import retirer_version
from enquetes.actions.seances import clore_seance, ouvrir_seance
from enquetes.models import Collecte, Passation
from enquetes.parcours import code_effacement as codes
from tests import builders, questionnaires
from tests.navigateur import Personne
from tests.suivi import (
    DEFINITION,
    lien_de_la_carte,
    un_projet_de_cohorte,
    une_carte,
    une_cohorte,
)

LANGUES = ("fr", "en", "ar", "uk")
TOUS_TYPES = questionnaires.lire("tous_types")
FAUTES = {
    **dict.fromkeys(["cu", "cm", "so", "ac", "co", "jo", "fo", "on"], "inventée"),
    "no": "quatre",
    "mo": "hier",
    "tc": "a" * 500,
    "tl": "a" * 2500,
}
"""What no question takes; the page then says what to do."""
CODE = codes.depuis_octets(b"0" * 16)
"""A code that is right and erases nothing."""
JUSTES = {"no": "3", "mo": "03/2025", "tc": "Le riz <b> \u202e", "tl": 'Merci\n"beaucoup" & co'}

Pages = Iterator[tuple[str, Any]]
"""The name of a state, and the page that the server sent."""


def une_personne(langue: str) -> Personne:
    """Return somebody whose phone speaks that language, and who sees what the server answers."""
    return Personne(
        headers={"accept-language": langue},
        enforce_csrf_checks=True,
        raise_request_exception=False,
    )


def une_collecte(nom: str, **changements: Any) -> Collecte:
    """Open a collecte of all question types, in every language."""
    version = builders.une_version(TOUS_TYPES)
    return builders.une_collecte_ouverte(nom=nom, version=version, langues=LANGUES, **changements)


def une_collecte_retiree() -> Collecte:
    """Open a collecte whose version is then found to have a fault."""
    version = builders.une_version(TOUS_TYPES | {"code": "retire"})
    collecte = builders.une_collecte_ouverte(nom="retiree", version=version, langues=LANGUES)
    retirer_version(version=version, raison="Une question blesse.", par="essai")
    return collecte


def lien_de(collecte: Collecte) -> str:
    return f"/r/{builders.lien_principal(collecte).jeton}/"


def _questions(personne: Personne) -> Pages:
    """Yield each question empty, wrong, and shown again with its answer."""
    for page in TOUS_TYPES["pages"]:
        (question,) = page["questions"]
        code, adresse = question["code"], personne.adresse
        assert personne.etape == page["code"]
        yield page["code"], personne.page
        if code in FAUTES:
            personne.repondre({code: FAUTES[code]})
            assert personne.etape == page["code"], f"{code} takes {FAUTES[code]}"
            yield f"{page['code']}, en erreur", personne.page
            personne.ouvrir(adresse)
        personne.repondre(juste(personne, code))
        yield f"{page['code']}, remplie", personne.client.get(adresse)


def juste(personne: Personne, code: str) -> dict[str, Any]:
    valeurs = [
        noeud.attrib["value"]
        for noeud in personne.arbre.iter()
        if noeud.attrib.get("name") == code and noeud.attrib.get("type") in {"radio", "checkbox"}
    ]
    return {code: JUSTES.get(code, valeurs[0] if valeurs else "")}


def parcours(langue: str) -> Pages:
    """Yield the pages of somebody who answers everything, from the welcome to the return."""
    lien = lien_de(une_collecte("parcours", fictive=True))
    personne = une_personne(langue).ouvrir(lien)
    yield "bienvenue", personne.page
    personne.ouvrir(bouton(personne))
    yield from _questions(personne)
    yield "verifier", personne.page
    yield "bienvenue, reprise", personne.client.get(lien)
    yield "abandonner", personne.client.get(personne.adresse.replace("verifier", "effacer"))
    personne.repondre()
    yield "merci", personne.page
    yield "deja envoye", personne.client.get(lien)
    effacer_par_code(code=code_effacement(Passation.objects.get()))
    yield "efface", personne.client.get(personne.adresse)


def bouton(personne: Personne) -> str:
    return [n for n in personne.arbre.iter() if n.attrib.get("class") == "bouton"][-1].attrib[
        "href"
    ]


def ecueils(langue: str) -> Pages:
    """Yield what is shown when something goes wrong on the way."""
    personne = une_personne(langue).ouvrir(lien_de(une_collecte("ecueils")))
    personne.ouvrir(bouton(personne))
    debut = personne.adresse
    nombre, fin = (debut.replace("/information/", f"/{e}/") for e in ("nombre", "verifier"))
    yield "verifier, vide", personne.client.get(fin)
    personne.ouvrir(nombre).repondre({"no": "3"})
    yield "etape inconnue", personne.client.get(debut.replace("/information/", "/rien/"))
    jeton = personne.client.cookies.pop("csrftoken")
    for nom, adresse in (("question", nombre), ("verifier", fin)):
        yield f"{nom}, sans preuve", personne.client.post(adresse, {"no": "3"})
    photo = SimpleUploadedFile("photo.jpg", b"a" * 1_100_000)
    yield "trop long", personne.client.post(nombre, {"no": photo})
    yield "trop long, relu", personne.client.post(nombre, {"no": "a" * 1_100_000})
    yield (
        "mal recu",
        personne.client.post(
            nombre, b"no=1", content_type="application/x-www-form-urlencoded; charset=latin-1"
        ),
    )
    personne.client.cookies["csrftoken"] = jeton.value
    yield from _sans_base(personne, nombre)
    yield "plus posee", _plus_posee(langue)
    personne = une_personne(langue).ouvrir("/effacer/")
    yield "effacer", personne.page
    yield "effacer, en erreur", personne.repondre({"code": "7K4M"}).page
    yield "effacer, fait", personne.repondre({"code": CODE}).page
    for _ in range(6):
        personne.ouvrir("/effacer/").repondre({"code": CODE})
    yield "effacer, trop d’essais", personne.page


def _plus_posee(langue: str) -> Any:
    """Return what is shown of words typed on a page that another tab has hidden."""
    premiere, mots = (
        next(page for page in TOUS_TYPES["pages"] if page["questions"][0]["code"] == code)
        for code in ("on", "tl")
    )
    pages = [premiere, mots | {"si": {"q": "on", "eq": "oui"}}]
    version = builders.une_version(TOUS_TYPES | {"code": "conditions", "pages": pages})
    collecte = builders.une_collecte_ouverte(nom="conditions", version=version, langues=LANGUES)
    personne = une_personne(langue).ouvrir(lien_de(collecte))
    personne.ouvrir(bouton(personne)).repondre({"on": "non"})
    cachee = personne.adresse.replace("/verifier/", f"/{mots['code']}/")
    return personne.client.post(cachee, personne.saisie() | {"tl": "12, 34"})


def _sans_base(personne: Personne, adresse: str) -> Pages:
    """Yield the pages of a moment when the database does not answer: the failure is a real one."""
    personne.ouvrir(adresse)
    avant, saisie = dict(connection.settings_dict), personne.saisie()
    connection.close()
    connection.settings_dict.update(
        {"NAME": "/nulle/part/base.sqlite3"}
        if connection.vendor == "sqlite"
        else {"PORT": "1", "HOST": "127.0.0.1"}
    )
    yield "occupe", personne.client.get(adresse)
    yield "occupe, avec une saisie", personne.client.post(adresse, saisie | {"no": '"3" <b>'})
    connection.close()
    connection.settings_dict.update(avant)


def portes(langue: str) -> Pages:
    """Yield what is shown where nobody can answer, and the pages beside the questionnaires."""
    personne, demain = une_personne(langue), timezone.localdate() + timedelta(days=1)
    par = builders.un_compte()
    future = une_collecte("future", ouvre_le=demain)
    close = clore_collecte(collecte=une_collecte("close"), par=par)
    en_pause = mettre_en_pause(collecte=une_collecte("en-pause"), par=par)
    yield "pas encore", personne.client.get(lien_de(future))
    yield "fermee", personne.client.get(lien_de(close))
    yield "en pause", personne.client.get(lien_de(en_pause))
    yield "retire", personne.client.get(lien_de(une_collecte_retiree()))
    ferme = builders.lien_principal(une_collecte("lien-ferme"))
    fermer_acces(acces=ferme, par=par)
    yield "lien ferme", personne.client.get(f"/r/{ferme.jeton}/")
    lien = builders.lien_principal(une_collecte("feuilles"))
    acces, _ = donner_feuilles(acces=lien, nombre=1, par=par)
    yield "feuille requise", personne.client.get(f"/r/{acces.jeton}/")
    yield "lien inconnu", personne.client.get("/r/rien/")
    yield from _seances(langue)
    for adresse in ("/aide/", "/vie-privee/", "/aide/ou/"):
        yield adresse, personne.client.get(adresse)
        yield (
            f"{adresse}, depuis un questionnaire",
            personne.client.get(adresse, headers={"referer": "http://testserver/r/x/"}),
        )


def _seances(langue: str) -> Pages:
    """Yield what is shown around a séance: its code, before it opens, once it is over."""
    personne, par = une_personne(langue), builders.un_compte()
    seance = builders.une_seance(collecte=une_collecte("seance"), par=par)
    yield "rejoindre", personne.ouvrir("/rejoindre/").page
    yield "rejoindre, mal écrit", personne.repondre({"code": "1234"}).page
    faux = "00000000" if seance.code != "00000000" else "00000001"
    yield "rejoindre, code inconnu", personne.repondre({"code": faux}).page
    lien = f"/r/{seance.acces.jeton}/"
    yield "seance pas encore", personne.client.get(lien)
    clore_seance(seance=ouvrir_seance(seance=seance, par=par), par=par)
    yield "seance finie", personne.client.get(lien)
    for _ in range(60):
        personne.client.post("/rejoindre/", {"code": faux})
    yield "rejoindre, attendre", personne.client.post("/rejoindre/", {"code": faux})


def partage(langue: str) -> Pages:
    """Yield one turn on a shared device, and what is left of a page of the turn before."""
    personne = une_personne(langue)
    adresse = lien_de(une_collecte("partage")).replace("/r/", "/k/")
    yield "partage, debut", personne.ouvrir(adresse).page
    yield "partage, question", personne.repondre().page
    yield "partage, suite", personne.repondre(JUSTES).page
    saisie = personne.saisie()
    personne.client.get(adresse)
    yield "partage, perime", personne.client.post(f"{adresse}q/", saisie)


def _cartes(langue: str) -> Pages:
    """Yield a card in every state: wrong, of nobody, already answered, over (recognised, it shows the usual welcome)."""
    personne = une_personne(langue)
    version = builders.une_version(DEFINITION | {"code": "suivi-etats", "langues": list(LANGUES)})
    vagues = [replace(vague, version=version) for vague in un_projet_de_cohorte().vagues]
    cohorte = une_cohorte(cartes=0, vagues=vagues)
    code = une_carte(cohorte).code
    yield "carte", personne.ouvrir("/carte/").page
    yield "carte, mal écrite", personne.repondre({"code": "7K4M-O1"}).page
    yield "carte, inconnue", personne.client.post("/carte/", {"code": CODE}, follow=True)
    lien = lien_de_la_carte(personne.client, code).partition("?")[0]
    yield "carte, demandée encore", Client().get(f"{lien}?langue={langue}")
    personne.ouvrir(lien)
    personne.repondre({"a3": "4"})
    personne.ouvrir(lien.replace("/a3/", "/verifier/"))
    yield "carte, merci", personne.repondre({}).page
    yield "carte, a répondu", personne.client.post("/carte/", {"code": code})
    cohorte.vagues.filter(rang__gt=1).delete()
    Collecte.objects.filter(vague__cohorte=cohorte).update(etat="en_pause")
    yield "carte, suivi fini", personne.client.post("/carte/", {"code": code})


def tous(langue: str) -> dict[str, Any]:
    """Return all of them by name."""
    pages = [*parcours(langue), *ecueils(langue), *portes(langue)]
    pages += [*partage(langue), *_cartes(langue)]
    par_nom = dict(pages)
    assert len(par_nom) == len(pages)
    return par_nom
