"""Promise 1, over a month with everything switched on: visible, not annoying."""

from collections import Counter, defaultdict
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.celebrate.cheers.blocks import ENOUGH
from bot.celebrate.making import blocks as making
from bot.coffee.matches.buttons import ANSWERS
from bot.coffee.now.blocks import NEVER as NO_COFFEES_NOW
from bot.coffee.program.buttons import LEAVE, PAUSE, SKIP
from bot.network.asking.blocks import DONT_NAME, RATHER_NOT
from bot.nudges import blocks as nudge_blocks
from bot.people.service import import_attributes
from storage.kinds import Answer, Attention, DeliveryState
from tests.nudges.company import outbox_rows
from tests.weft import turn_to

pytestmark = pytest.mark.slow

WAYS_OUT = {
    SKIP,
    PAUSE,
    LEAVE,
    ANSWERS[Answer.BUSY],  # Not asked about this one again.
    nudge_blocks.NOT_NOW,
    nudge_blocks.LESS,
    nudge_blocks.NEVER,
    NO_COFFEES_NOW,
    making.ENOUGH,
    ENOUGH,
    RATHER_NOT,
    DONT_NAME,
}


@pytest.fixture
def company(weft, program, workspace):
    """Two more teams, three newcomers and a program: there is something to suggest to everyone."""
    newcomers = [workspace.add_person(name, tz="Europe/Berlin") for name in ("Eva", "Finn", "Gaia")]
    weft.tick()
    teams = {program.ana: "Data", program.ben: "Sales", program.cleo: "Data", program.dev: "Support"}
    rows = [f"{person.id},{team}," for person, team in teams.items()]
    rows += [f"{person.id},Design,2026-0{month}-12" for month, person in enumerate(newcomers, 1)]
    with weft.bot.begin() as work:
        import_attributes(work, "\n".join(["person_id,team,started_on", *rows]))
    return program


def a_month(weft, company):
    """Ana answers what she is asked, Ben ignores everything, Dev travels."""
    for week in range(4):
        live(weft, days=5)
        if week == 1:
            company.dev.change(tz="America/New_York")
        for message in company.ana.messages():
            if any(element.get("action_id") == ANSWERS[Answer.MET] for element in elements(message.blocks)):
                company.ana.press("We met", message)
        live(weft, days=2)


def live(weft, days):
    for _ in range(days * 6):
        weft.settle()
        weft.clock.advance(timedelta(hours=4))


def elements(drawn):
    for block in drawn:
        yield from block.get("elements", [])
        if "accessory" in block:
            yield block["accessory"]


def unsolicited(weft):
    return [
        row
        for row in outbox_rows(weft)
        if row.state is DeliveryState.SENT and row.attention is not Attention.ASKED_FOR and row.people
    ]


def test_a_month_with_everything_on(weft, company):
    a_month(weft, company)

    sent = unsolicited(weft)
    assert {row.attention for row in sent} == {Attention.AHEAD, Attention.PROGRAM, Attention.NUDGE}
    assert_within_budget(sent, {person.id: person.user.tz for person in company.everyone})
    assert [row.key for row in sent if not ways_out(row.blocks)] == []
    nudged = {row.recipient for row in sent if row.attention is Attention.NUDGE}
    assert company.ben.id in nudged
    assert on_days_of_introductions(sent) == set()


def assert_within_budget(sent, zones):
    days, nudges = Counter(), defaultdict(list)
    for row in sent:
        if len(row.people) == 1:
            zone = ZoneInfo(zones.get(row.recipient, "Europe/Berlin"))
            days[row.recipient, row.sent_at.astimezone(zone).date()] += 1
        if row.attention is Attention.NUDGE:
            nudges[row.recipient].append(row.sent_at)
    assert max(days.values()) == 1
    for moments in nudges.values():
        moments.sort()
        assert all(fourth - first >= timedelta(days=7) for first, fourth in zip(moments, moments[3:], strict=False))


def ways_out(blocks):
    return {element.get("action_id") for element in elements(blocks)} & WAYS_OUT


def on_days_of_introductions(sent):
    """Who got a nudge on such a day. Nobody should: an introduction is not held back, so the nudge is."""
    introduced = {(person, row.sent_at.date()) for row in sent if len(row.people) > 1 for person in row.people}
    assert introduced
    return introduced & {(row.recipient, row.sent_at.date()) for row in sent if row.attention is Attention.NUDGE}


def test_off_means_off(weft, company):
    for person in company.everyone:
        person.press("Turn all off", turn_to(person, "Settings"))

    live(weft, days=9)

    nudged = {row.recipient for row in unsolicited(weft) if row.attention is Attention.NUDGE}
    assert nudged & {person.id for person in company.everyone} == set()
