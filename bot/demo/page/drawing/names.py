"""Names of people, channels and groups, and times in the reader's zone."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from bot.slacksim import Person
from bot.slacksim.reading import Page


class Names:
    """Resolves ids and times for one reader."""

    def __init__(self, reader: Person) -> None:
        self.reader, self.workspace = reader, reader.workspace
        self.zone = ZoneInfo(reader.user.tz)
        self._page = Page(self.workspace, self.zone)

    def local(self, seconds: float) -> datetime:
        return datetime.fromtimestamp(seconds, UTC).astimezone(self.zone)

    def moment(self, seconds: int, pattern: str) -> Markup:
        at = self.local(seconds)
        return Markup('<time datetime="{}">{}</time>').format(at.isoformat(), self._page.moment(seconds, pattern))

    def person(self, user_id: str) -> Markup:
        # bdi: right-to-left names, or names with direction marks, must not affect the text around them.
        mark = "mention me" if user_id == self.reader.id else "mention"
        return Markup('<span class="{}">@<bdi>{}</bdi></span>').format(mark, self.workspace.name_of(user_id))

    def group(self, group_id: str) -> Markup:
        return Markup('<span class="mention">@<bdi>{}</bdi></span>').format(self.workspace.name_of(group_id))

    def everyone(self, word: str) -> Markup:
        return Markup('<span class="mention">@{}</span>').format(word)

    def channel(self, channel_id: str) -> Markup:
        name = self.workspace.name_of(channel_id)
        if channel_id not in self.workspace.channels:
            return Markup('<span class="mention">#<bdi>{}</bdi></span>').format(name)
        address = f"/as/{self.reader.id}/{channel_id}"
        return Markup('<a class="mention" href="{}">#<bdi>{}</bdi></a>').format(address, name)
