"""What whoever has no mouse does: press a key until what is wanted has the focus."""

from playwright.sync_api import Page

MOST = 150
"""How often a key is pressed before what is wanted counts as out of reach."""


def reach(page: Page, wanted: str, key: str = "Tab") -> None:
    for _ in range(MOST):
        page.keyboard.press(key)
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", wanted):
            return
    raise AssertionError(f"{wanted} is not reached")
