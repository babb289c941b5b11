"""Pages of the Home tab. One page wouldn't do: Slack renders at most 100 blocks at once."""

import enum


class Page(enum.StrEnum):
    """Pages in the order of their buttons. The first is the default."""

    TODAY = "today"
    PEOPLE = "people"
    WINS = "wins"
    SETTINGS = "settings"
    ADMIN = "admin"
