"""Effects of taking a nudge, caused through the bot's own services as far as it is involved."""

import random
import re
from collections.abc import Callable

from bot.celebrate.congratulating import service as congratulating
from bot.celebrate.making.drafts import Draft, FormContext
from bot.celebrate.shoutouts import service as shoutouts
from bot.celebrate.wins import service as wins
from bot.coffee.matches.check_ins import service as check_ins
from bot.core.work import Work
from bot.network import service as network
from storage.connections import connections
from storage.connections.connections import Meeting
from storage.kinds import Answer, MetThrough
from storage.nudges import Nudge
from tests.benchmarks.quarter.company import WINS

LEADS_TO_A_TALK = 0.6
"""Probability that a hello leads to a conversation."""
WIN = "Builds take 5 minutes instead of 20, so no one waits for them over lunch"
THANKS = "for an hour with our forecast, which now holds for the whole quarter"

Step = Callable[[Work, Nudge, random.Random], None]


def talk(work: Work, nudge: Nudge, dice: random.Random) -> None:
    partner = re.search(r"U\d{5}", nudge.about)
    if partner and dice.random() < LEADS_TO_A_TALK:
        connections.record_meeting(
            work,
            people=[nudge.person_id, partner[0]],
            met_on=work.now.date(),
            through=MetThrough.PROGRAM,
            origin=f"nudge:{nudge.id}",
        )


def wish_for_the_team(work: Work, nudge: Nudge, _dice: random.Random) -> None:
    network.wish_for_team(work, nudge.person_id, nudge.about.removeprefix("team:"))


def answer(work: Work, nudge: Nudge, _dice: random.Random) -> None:
    check_ins.record_answer(work, number_in(nudge), by=nudge.person_id, answer=Answer.MET)


def congratulate(work: Work, nudge: Nudge, _dice: random.Random) -> None:
    congratulating.congratulate(work, number_in(nudge), by=nudge.person_id, words="That helps us all, well done")


def share_a_win(work: Work, nudge: Nudge, _dice: random.Random) -> None:
    wins.share(work, Draft(WIN), FormContext(WINS, is_hinted=True), by=nudge.person_id, origin=f"nudge:{nudge.id}")


def give_thanks(work: Work, nudge: Nudge, _dice: random.Random) -> None:
    meeting = work.session.get_one(Meeting, number_in(nudge))
    others = tuple(seat.person_id for seat in meeting.seats if seat.person_id != nudge.person_id)
    draft = Draft(THANKS, people=others[:1])
    shoutouts.give(work, draft, FormContext(WINS, is_hinted=True), by=nudge.person_id, origin=f"nudge:{nudge.id}")


def number_in(nudge: Nudge) -> int:
    return int(nudge.about.rpartition(":")[2])


STEPS: dict[str, Step] = {
    "stay_in_touch": talk,
    "reconnect": talk,
    "newcomer": talk,
    "new_team": wish_for_the_team,
    "answer_owed": answer,
    "congratulate": congratulate,
    "share_a_win": share_a_win,
    "thank_a_helper": give_thanks,
}
"""Steps by kind of nudge. A missing kind raises KeyError."""
