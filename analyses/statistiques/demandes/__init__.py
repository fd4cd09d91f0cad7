"""Requests written by someone else, and the figures they get: the door of ``calculer``."""

from .fonctions import FONCTIONS, repondre

__all__ = ["FONCTIONS", "repondre"]
