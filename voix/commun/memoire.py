"""Remember what was made from an object that never changes, by the object and not by its contents."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])


class _Meme:
    """An object as a key: equal to itself only. Holds it, so that its ``id`` is not used again."""

    __slots__ = ("objet",)

    def __init__(self, objet: object) -> None:
        self.objet = objet

    def __hash__(self) -> int:
        return id(self.objet)

    def __eq__(self, autre: object) -> bool:
        return isinstance(autre, _Meme) and self.objet is autre.objet


def par_identite(taille: int) -> Callable[[F], F]:
    """Remember the results of a function of an immutable object, ``taille`` of them at most.

    A definition is a deep tree: hashing it at each request would cost more than what is
    remembered, and an author's options may not be hashable at all.
    """

    def decorateur(fonction: F) -> F:
        @lru_cache(maxsize=taille)
        def retenue(cle: _Meme, *args: Any) -> Any:
            return fonction(cle.objet, *args)

        @wraps(fonction)
        def memoire(objet: object, *args: Any) -> Any:
            return retenue(_Meme(objet), *args)

        return memoire  # type: ignore[return-value]  # the same signature, seen from outside

    return decorateur
