"""Registration of all listeners for celebrations."""

from slack_bolt import App

from bot.celebrate import home
from bot.celebrate.cheers import listeners as seconding
from bot.celebrate.congratulating import listeners as congratulating
from bot.celebrate.making import listeners as making
from bot.celebrate.noticing import listeners as noticing
from bot.celebrate.setup import listeners as setup
from bot.celebrate.shoutouts import listeners as shoutouts
from bot.celebrate.wins import listeners as wins
from bot.core.work import Bot


def register(app: App, bot: Bot) -> None:
    for part in (shoutouts, wins, making, noticing, seconding, congratulating, setup, home):
        part.register(app, bot)
