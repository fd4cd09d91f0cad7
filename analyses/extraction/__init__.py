"""The only door from answers to analyses: what comes through are codes, without identifiers.

``plan`` (which columns a questionnaire gives) → ``cliche`` (one byte an answer, on disk) →
``lecture`` (what a compte may read, and the cliché of a relevé).
"""
