"""What in a free text could tell who wrote it, or of whom. Pure: no Django, no database, no clock.

``pliage`` (the same text without accents or case, with a map back) → ``detecteurs`` (one file per
family: contacts, nombres, dates, lieux, personnes, signalements) → ``masquage`` (spans that do not
overlap, replaced by their type). Rules find, humans decide: nothing here makes a text publishable.
"""
