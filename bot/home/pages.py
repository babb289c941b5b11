"""Pages of the Home tab, assembled from the features' sections."""

from collections.abc import Mapping
from typing import Any

from bot.core.blocks import actions, button, context
from bot.core.feature import Feature
from bot.core.message import Block
from bot.core.page import Page
from bot.core.work import Work
from bot.people.service import is_admin

LABELS: Mapping[Page, str] = {
    Page.TODAY: "Today",
    Page.PEOPLE: "My people",
    Page.WINS: "Wins and thanks",
    Page.SETTINGS: "Settings",
    Page.ADMIN: "Admin",
}
EMPTY: Mapping[Page, str] = {
    Page.TODAY: "Nothing waits for you.",
    Page.PEOPLE: "Nobody here yet. After your first coffee you find the people you met on this page.",
    Page.WINS: "Nothing here yet.",
    Page.SETTINGS: "There is nothing to set yet.",
    Page.ADMIN: "This page is for the admins of this workspace.",
}


def draw(features: tuple[Feature, ...], work: Work, person_id: str, page: Page) -> list[Block]:
    """Render a page with navigation buttons. The admin page's button is shown only to people who may open it."""
    drawn = sections(features, work, person_id, page)
    return [turning(features, work, person_id, page), *(drawn or [context(EMPTY[page])])]


def sections(features: tuple[Feature, ...], work: Work, person_id: str, page: Page) -> list[Block]:
    there = sorted((each for each in features if page in each.home), key=lambda each: page in each.last_on)
    return [block for feature in there for block in feature.home[page](work, person_id)]


def turning(features: tuple[Feature, ...], work: Work, person_id: str, current: Page) -> Block:
    filled = [page for page in Page if any(page in feature.home for feature in features)]
    there = [page for page in filled if page is not Page.ADMIN or finds_admin_page(features, work, person_id)]
    return actions(*(page_button(page, is_current=page is current) for page in there))


def finds_admin_page(features: tuple[Feature, ...], work: Work, person_id: str) -> bool:
    return is_admin(work, person_id) or any(feature.lets_in(work, person_id) for feature in features)


def page_button(page: Page, *, is_current: bool) -> dict[str, Any]:
    return button(LABELS[page], action_id(page), page.value, style="primary" if is_current else None)


def action_id(page: Page) -> str:
    return f"home_page_{page.value}"
