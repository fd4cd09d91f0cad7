"""What other rooms may want to know, without ``enquetes`` knowing them."""

from django.dispatch import Signal

reponses_effacees = Signal()
"""Sent in the transaction that erases answers: what was copied from them is to be erased too."""
