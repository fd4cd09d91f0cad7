"""Somebody who has a keyboard and no mouse: Tab, the keys, Enter."""

import pytest
from playwright.sync_api import Page

NOM_ACTIF = """() => {
  const e = document.activeElement;
  const etiquette = e.labels && e.labels.length ? e.labels[0].textContent : "";
  return (etiquette || e.getAttribute("aria-label") || e.textContent || "").trim();
}"""
NB_MAX_TABULATIONS = 150


def aller_a(page: Page, nom: str, quoi: str = "*") -> None:
    """Press Tab until what has the focus bears that name and is of that kind (a CSS selector)."""
    for _ in range(NB_MAX_TABULATIONS):
        page.keyboard.press("Tab")
        est_la = page.evaluate("quoi => document.activeElement.matches(quoi)", quoi)
        if est_la and page.evaluate(NOM_ACTIF).startswith(nom):
            return
    pytest.fail(f"« {nom} » ne s’atteint pas au clavier")


def presser(page: Page, nom: str) -> None:
    aller_a(page, nom)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def ecrire(page: Page, nom: str, texte: str) -> None:
    aller_a(page, nom, "input,textarea")
    page.keyboard.type(texte)


def choisir(page: Page, nom: str, option: str) -> None:
    """Go down a list until it shows that option."""
    aller_a(page, nom, "select")
    montree = "() => document.activeElement.selectedOptions[0].textContent"
    for _ in range(NB_MAX_TABULATIONS):
        if page.evaluate(montree).startswith(option):
            return
        page.keyboard.press("ArrowDown")
    pytest.fail(f"« {option} » ne s’atteint pas dans « {nom} »")
