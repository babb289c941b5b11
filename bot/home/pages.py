"""Pages of the Home tab, assembled from the features' sections."""

from typing import Any

from bot.core.blocks import actions, button, context
from bot.core.events import HomeOpened
from bot.core.feature import Feature, Section
from bot.core.message import Block
from bot.core.page import Page
from bot.core.work import Work
from bot.home import texts
from bot.people.service import is_admin


def draw(features: tuple[Feature, ...], work: Work, opened: HomeOpened) -> list[Block]:
    """Render a page with navigation buttons. The admin page's button is shown only to people who may open it."""
    drawn = sections(features, work, opened.person_id, opened.page)
    return [turning(features, work, opened.person_id, opened.page), *(drawn or [context(texts.EMPTY[opened.page]())])]


def sections(features: tuple[Feature, ...], work: Work, person_id: str, page: Page) -> list[Block]:
    there = sorted(sections_on(features, page), key=lambda section: section.is_last)
    return [block for section in there for block in section.draw(work, person_id)]


def sections_on(features: tuple[Feature, ...], page: Page) -> list[Section]:
    return [section for feature in features for section in feature.home if section.page is page]


def turning(features: tuple[Feature, ...], work: Work, person_id: str, current: Page) -> Block:
    filled = [page for page in Page if sections_on(features, page)]
    there = [page for page in filled if page is not Page.ADMIN or finds_admin_page(features, work, person_id)]
    return actions(*(page_button(page, is_current=page is current) for page in there))


def finds_admin_page(features: tuple[Feature, ...], work: Work, person_id: str) -> bool:
    lets_in = [section.lets_in for section in sections_on(features, Page.ADMIN) if section.lets_in is not None]
    return is_admin(work, person_id) or any(may_see(work, person_id) for may_see in lets_in)


def page_button(page: Page, *, is_current: bool) -> dict[str, Any]:
    return button(texts.PAGES[page](), action_id(page), page.value, style="primary" if is_current else None)


def action_id(page: Page) -> str:
    return f"home_page_{page.value}"
