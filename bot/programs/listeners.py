"""What Slack tells us about programs, subject by subject."""

from slack_bolt import App

from bot.core.work import Bot
from bot.programs.check_ins import listeners as check_ins
from bot.programs.kinds import listeners as kinds
from bot.programs.learned import listeners as learned
from bot.programs.membership import listeners as membership
from bot.programs.now import listeners as now
from bot.programs.preview import listeners as preview
from bot.programs.setup import listeners as setup
from bot.programs.slots import listeners as slots
from bot.programs.wished import listeners as wished
from bot.programs.wording import listeners as wording
from bot.programs.written import listeners as written


def register(app: App, bot: Bot) -> None:
    for subject in (membership, setup, wording, preview, kinds, slots, written, check_ins, learned, now, wished):
        subject.register(app, bot)
