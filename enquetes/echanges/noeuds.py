"""What YAML composed of a file, walked: keys as words, lines, keys written twice."""

from collections.abc import Iterator

import yaml

Lieu = tuple[str | int, ...]


def cles_en_mots(noeud: yaml.Node | None) -> None:
    """Keep keys as they are written: « 1 » or « true » before a colon is a word like another."""
    if isinstance(noeud, yaml.SequenceNode):
        for valeur in noeud.value:
            cles_en_mots(valeur)
    elif isinstance(noeud, yaml.MappingNode):
        for cle, valeur in noeud.value:
            if isinstance(cle, yaml.ScalarNode):
                cle.tag = "tag:yaml.org,2002:str"
            cles_en_mots(valeur)


def cles_sans_majuscule(
    noeud: yaml.Node | None, connues: frozenset[str]
) -> Iterator[tuple[int, str, str]]:
    """Read « Titre » as the key it was meant for; yield its line, as it is written and as it must be.

    Not beside the key itself: one of the two would be lost.
    """
    if isinstance(noeud, yaml.SequenceNode):
        for valeur in noeud.value:
            yield from cles_sans_majuscule(valeur, connues)
    elif isinstance(noeud, yaml.MappingNode):
        ecrites = {str(cle.value) for cle, _valeur in noeud.value}
        for cle, valeur in noeud.value:
            ecrite = str(cle.value)
            juste = ecrite.lower()
            if ecrite not in connues and juste in connues and juste not in ecrites:
                cle.value = juste
                yield cle.start_mark.line + 1, ecrite, juste
            yield from cles_sans_majuscule(valeur, connues)


def lignes_des_lieux(noeud: yaml.Node | None, lieu: Lieu) -> Iterator[tuple[Lieu, int]]:
    """Yield the line of every place of the data."""
    if isinstance(noeud, yaml.MappingNode):
        for cle, valeur in noeud.value:
            ici = (*lieu, str(cle.value))
            yield ici, cle.start_mark.line + 1
            yield from lignes_des_lieux(valeur, ici)
    elif isinstance(noeud, yaml.SequenceNode):
        for rang, valeur in enumerate(noeud.value):
            yield (*lieu, rang), valeur.start_mark.line + 1
            yield from lignes_des_lieux(valeur, (*lieu, rang))


def garder_la_pleine(noeud: yaml.Node | None) -> None:
    """Keep, of a key written twice, what it says where it says something: it is told already."""
    if isinstance(noeud, yaml.SequenceNode):
        for valeur in noeud.value:
            garder_la_pleine(valeur)
    elif isinstance(noeud, yaml.MappingNode):
        pleines = {str(cle.value) for cle, valeur in noeud.value if valeur.value}
        noeud.value = [
            (cle, valeur)
            for cle, valeur in noeud.value
            if valeur.value or str(cle.value) not in pleines
        ]
        for _cle, valeur in noeud.value:
            garder_la_pleine(valeur)


def cles_en_double(noeud: yaml.Node | None) -> Iterator[tuple[int, str]]:
    """Yield the keys written twice side by side: YAML would keep the last one silently."""
    if isinstance(noeud, yaml.SequenceNode):
        for valeur in noeud.value:
            yield from cles_en_double(valeur)
    elif isinstance(noeud, yaml.MappingNode):
        vues: set[str] = set()
        for cle, valeur in noeud.value:
            if str(cle.value) in vues:
                yield cle.start_mark.line + 1, str(cle.value)
            vues.add(str(cle.value))
            yield from cles_en_double(valeur)
