"""What may leave, and the only place that decides it. Pure: no Django, no database.

``regroupement`` (which groups and answers stand on their own) → ``suppression`` (which cells are
hidden together) → ``audit`` (an attacker of its own, run on every result) → ``TableauProtege``.
"""
