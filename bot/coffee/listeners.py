"""Registers the handlers of all parts of the feature."""

from slack_bolt import App

from bot.coffee.matches.check_ins import listeners as check_ins
from bot.coffee.matches.learned import listeners as learned
from bot.coffee.matches.slots import listeners as slots
from bot.coffee.matches.written import listeners as written
from bot.coffee.membership import listeners as membership
from bot.coffee.now import listeners as now
from bot.coffee.preview import listeners as preview
from bot.coffee.program.kinds import listeners as kinds
from bot.coffee.program.setup import listeners as setup
from bot.coffee.program.wording import listeners as wording
from bot.coffee.wished import listeners as wished
from bot.core.work import Bot


def register(app: App, bot: Bot) -> None:
    for subject in (membership, setup, wording, preview, kinds, slots, written, check_ins, learned, now, wished):
        subject.register(app, bot)
