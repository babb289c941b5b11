"""The picture of a network, sent to its owner only."""

from threading import Lock

from bot.connections.service import Connection
from bot.core import keys
from bot.core.errors import UserError
from bot.core.message import File, Message
from bot.core.work import Bot
from bot.network import blocks, picture, texts
from bot.network.picture import Dot
from bot.network.service import Network, network_of

LONGEST_ALT = 1000
ONE_AT_A_TIME = Lock()
"""Forty concurrent drawings took 150 MB. One takes a fraction of a second, so waiting is cheap."""


def send_picture(bot: Bot, person_id: str, *, dark: bool) -> None:
    """Draw between two transactions, so that none is held open. Repeats within a minute are deduplicated by key."""
    with bot.look() as work:
        shown = network_of(work, person_id)
    if len(shown.people) < blocks.FEWEST_DRAWN:
        raise UserError(texts.TOO_FEW())
    title = texts.PICTURE_TITLE.plain(count=len(shown.people))
    with ONE_AT_A_TIME:
        content = picture.draw(title, dots(shown), dark=dark)
    file = File("network.png", content, title, blocks.described(shown)[:LONGEST_ALT])
    with bot.begin() as work:
        theme = "dark" if dark else "light"
        key = keys.network_picture(person_id, theme, work.now)
        work.send(Message(texts.PICTURE()), to=person_id, key=key, file=file)


def dots(shown: Network) -> list[Dot]:
    return [dot(one.card.name, one.card.team, one.connection, shown) for one in shown.people]


def dot(name: str, team: str | None, connection: Connection, shown: Network) -> Dot:
    return Dot(name, team, connection.strength, connection.is_fading(shown.today))
