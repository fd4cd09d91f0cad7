"""Indicators as data: what is counted, over which base, against which target. Pure: no Django.

``registres`` (what may be counted) → ``formule`` (how, in a few French words) → ``indicateur``
(a definition that holds together) → ``catalogue`` (the 13 of Tableau 1 and the 17 of involvement)
→ ``mesure`` (a value with its k and its N).
"""
