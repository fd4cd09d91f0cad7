"""One file per family. Each ``trouver`` takes a folded text and yields ``Trouvaille``.

Patterns are bounded: the work at each place of the text has a ceiling, so that a text twice as
long takes twice as long, whatever it holds (a test reads every pattern and counts).
"""
