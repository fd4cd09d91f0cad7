"""Cohorts: set up, cards, follow-up, and the day when the link is cut."""
