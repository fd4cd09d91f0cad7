"""The checks of the answers that an author lists under a question."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from .definition import LANGUE_SOURCE, Nature
from .verification_base import (
    Contexte,
    Defaut,
    Lieu,
    citer,
    cles_inconnues,
    code_libre,
    ecrivez,
    est_code,
    montrer,
    proche,
)
from .verification_textes import defauts_texte

PLUS_DE_CHOIX: Final = 30
CLES_CHOIX: Final = frozenset({"code", "texte", "pictogramme", "exclusif", "precision"})
_EXEMPLE: Final = ecrivez("- {code: oui, texte: Oui}")
_REFUS_DIT: Final = "préfère ne pas répondre"
"""What each type adds itself (``enquetes.champs``): written too, it would stand there twice."""


def defauts_choix(
    question: Mapping[str, Any], lieu: Lieu, nature: Nature, contexte: Contexte
) -> Iterator[Defaut]:
    """Check the list as a whole, then each answer."""
    choix, lieu = question.get("choix"), (*lieu, "choix")
    if nature.choix != "auteur":
        if choix:
            yield _de_trop(lieu, nature)
        return
    if not isinstance(choix, list) or not 2 <= len(choix) <= PLUS_DE_CHOIX:  # noqa: PLR2004  (a choice needs two)
        yield Defaut(
            lieu, "choix_nombre", f"Il faut une liste de 2 à {PLUS_DE_CHOIX} réponses.", _EXEMPLE
        )
    if not isinstance(choix, list):
        return
    yield from _tous(choix, lieu, nature, contexte)


def _tous(choix: list[Any], lieu: Lieu, nature: Nature, contexte: Contexte) -> Iterator[Defaut]:
    vus: set[str] = set()
    textes: set[str] = set()
    pris = _codes(choix)
    for rang, un in enumerate(choix):
        if not isinstance(un, Mapping):
            conseil = ecrivez(_bien_ecrit(un, pris))
            yield Defaut((*lieu, rang), "choix_forme", "Cette réponse est mal écrite.", conseil)
            continue
        yield from _un_choix(un, (*lieu, rang), nature, contexte)
        yield from _doubles(un, (*lieu, rang), vus, textes)
    if sum(isinstance(un, Mapping) and bool(un.get("precision")) for un in choix) > 1:
        yield Defaut(
            lieu,
            "precision_double",
            "Deux réponses demandent une précision.",
            "Gardez «\u00a0precision\u00a0» sur une seule.",
        )


def _codes(choix: list[Any]) -> set[str]:
    return {str(un.get("code")) for un in choix if isinstance(un, Mapping)}


def _bien_ecrit(un: Any, pris: set[str]) -> str:
    """Return the line of an answer that was written as words only, with a code that is then taken."""
    texte = " ".join(str(un).split()) if isinstance(un, str | int) else ""
    libre = code_libre(texte, "autre", pris)
    pris.add(libre)
    mots = montrer(texte[:1].upper() + texte[1:]) or "Autre"
    return f"- {{code: {citer(libre)}, texte: {citer(mots)}}}"


def _de_trop(lieu: Lieu, nature: Nature) -> Defaut:
    pourquoi = "a déjà ses réponses" if nature.choix == "fixe" else "n’a pas de liste de réponses"
    return Defaut(
        lieu,
        "choix_de_trop",
        f"Le type «\u00a0{nature.type}\u00a0» {pourquoi}.",
        "Enlevez «\u00a0choix\u00a0», ou prenez le type «\u00a0choix_unique\u00a0».",
    )


def _un_choix(
    un: Mapping[str, Any], lieu: Lieu, nature: Nature, contexte: Contexte
) -> Iterator[Defaut]:
    yield from cles_inconnues(un, lieu, CLES_CHOIX)
    if not est_code(un.get("code")):
        # YAML reads 1 as a number and true as a truth: the most frequent surprise of an author.
        yield Defaut(
            (*lieu, "code"),
            "choix_code",
            f"Le code «\u00a0{montrer(un['code'])}\u00a0» ne convient pas."
            if "code" in un
            else "Il manque le code de cette réponse.",
            "Des lettres minuscules sans accent, des chiffres, des tirets. "
            'Entre guillemets droits si ce n’est qu’un nombre\u00a0: "1".',
        )
    yield from defauts_texte(un.get("texte"), (*lieu, "texte"), contexte.langues, obligatoire=True)
    yield from defauts_pictogramme(un, lieu, contexte)
    yield from _drapeaux(un, lieu, nature)


def _doubles(
    un: Mapping[str, Any], lieu: Lieu, vus: set[str], textes: set[str]
) -> Iterator[Defaut]:
    """Compare with the answers before: a code read twice, or words that nobody can tell apart."""
    code, texte = un.get("code"), un.get("texte")
    francais = texte.get(LANGUE_SOURCE) if isinstance(texte, Mapping) else texte
    dit = " ".join(str(francais).split()).casefold()  # capitals and spaces tell nothing apart
    if est_code(code) and code in vus:
        yield Defaut(
            (*lieu, "code"),
            "choix_double",
            f"Deux réponses ont le code «\u00a0{code}\u00a0».",
            "Donnez un autre code.",
        )
    if isinstance(francais, str) and _REFUS_DIT in dit:
        yield Defaut(
            lieu,
            "choix_refus",
            f"Voix propose déjà «\u00a0{montrer(francais)}\u00a0», à chaque question.",
            "Enlevez cette réponse.",
        )
    if isinstance(francais, str) and dit and dit in textes:
        yield Defaut(
            (*lieu, "texte"),
            "choix_meme_texte",
            f"Deux réponses disent «\u00a0{montrer(francais)}\u00a0».",
            "Changez le texte de l’une, ou enlevez-la.",
        )
    vus.add(str(code))
    textes.add(dit)


def _drapeaux(un: Mapping[str, Any], lieu: Lieu, nature: Nature) -> Iterator[Defaut]:
    # Where it is not of use, how it is written does not matter.
    utiles = ("exclusif", "precision") if nature.multiple else ("precision",)
    for drapeau in utiles:
        if not isinstance(un.get(drapeau, False), bool):
            yield Defaut(
                (*lieu, drapeau),
                "drapeau",
                f"«\u00a0{drapeau}\u00a0» vaut true ou false.",
                ecrivez(f"{drapeau}: true"),
            )
    if un.get("exclusif") and not nature.multiple:
        yield Defaut(
            (*lieu, "exclusif"),
            "exclusif",
            "«\u00a0exclusif\u00a0» ne sert que quand on peut cocher plusieurs réponses.",
            "Enlevez «\u00a0exclusif\u00a0».",
        )


def defauts_pictogramme(
    porteur: Mapping[str, Any], lieu: Lieu, contexte: Contexte
) -> Iterator[Defaut]:
    """Check the drawing of a question or of an answer: one of the list, never an author's own."""
    code = porteur.get("pictogramme")
    if code is None or code == "":
        return
    connus = contexte.pictogrammes
    if not est_code(code) or (connus is not None and code not in connus):
        yield Defaut(
            (*lieu, "pictogramme"),
            "pictogramme",
            f"Le dessin «\u00a0{montrer(code)}\u00a0» n’existe pas.",
            proche(code, connus or ()) or "Enlevez «\u00a0pictogramme\u00a0».",
        )
