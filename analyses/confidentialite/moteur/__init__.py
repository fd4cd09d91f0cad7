"""The full engine of confidentialité §4: true values or true intervals, never an untrue number.

``modele`` (pieces, sums, intervals) is all that the two halves share: ``protecteur`` decides what
is shown, ``auditeur`` attacks it exactly. ``cloture`` ties them; ``chiffres`` is §4.5.
"""
