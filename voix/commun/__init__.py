"""The leaf of the house: imports no Voix app."""
