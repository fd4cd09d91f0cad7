"""Several tasks at once, one process a core: for work that shares nothing but what it starts from."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import repeat
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from threading import Thread
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")


def repartir(
    preparer: Callable[..., T],
    depart: Sequence[Any],
    faire: Callable[..., R],
    taches: Sequence[Sequence[Any]],
    *,
    ensemble: bool,
) -> list[R]:
    """Return ``faire(preparer(*depart), *tache)`` for each task, in the order of the tasks.

    ``ensemble``: at once, when there is more than one core and one task; the results are the same.
    What is given and returned goes from a process to another: functions of modules, plain data.
    """
    coeurs = min(len(os.sched_getaffinity(0)), len(taches))
    if ensemble and coeurs > 1:
        try:
            with ProcessPoolExecutor(
                coeurs,
                mp_context=get_context("spawn"),  # threads and databases are not copied
                initializer=_arriver,
                initargs=(preparer, depart),
            ) as equipe:
                return list(equipe.map(_travailler, repeat(faire), taches))
        except BrokenProcessPool:
            pass  # a process was killed, of hunger most often: one alone needs less
    place = preparer(*depart)
    return [faire(place, *tache) for tache in taches]


_PLACE: list[Any] = []
"""What ``preparer`` returned, in each process of the team."""


def _arriver(preparer: Callable[..., T], depart: Sequence[Any]) -> None:
    Thread(target=_partir_avec_le_parent, daemon=True).start()
    _PLACE.append(preparer(*depart))


def _partir_avec_le_parent() -> None:
    """End when the process that asked for the work was killed: nobody would read the result."""
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _travailler(faire: Callable[..., R], tache: Sequence[Any]) -> R:
    return faire(_PLACE[0], *tache)
