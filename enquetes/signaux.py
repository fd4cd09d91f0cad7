"""What other rooms may want to know, without ``enquetes`` knowing them."""

from django.dispatch import Signal

reponses_effacees = Signal()
"""Sent in the transaction that erases answers: what was copied from them is to be erased too."""

seance_va_rouvrir = Signal()
"""Sent with ``seance_id`` before a closed séance opens again; a receiver may refuse by raising."""

seance_a_montrer = Signal()
"""Asks, for ``seance_id``, whether the room may see something: « montrable », « montre » or nothing."""

ce_que_montre = Signal()
"""Asks, for ``familles``, what a cohort of that size can show and what it cannot."""
