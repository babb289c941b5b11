"""The pages of the Home tab: Slack draws a hundred blocks at once, and people look for one thing at a time."""

import enum


class Page(enum.StrEnum):
    """In the order of their buttons. The first is shown when Home is opened."""

    TODAY = "today"
    PEOPLE = "people"
    WINS = "wins"
    SETTINGS = "settings"
    ADMIN = "admin"
