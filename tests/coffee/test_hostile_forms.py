"""Whatever is typed, pasted or forged into any field of any form of coffee: a clear sentence, or it is taken as meant.

The forms and their fields are found by walking through everything, so a new one is swept by itself.
"""

import json
import sqlite3
from datetime import timedelta

import pytest

from bot.core.mrkdwn import INVISIBLE
from bot.slacksim import objects
from bot.slacksim.forms import FIELDS as STATES
from tests.beginnings import begins_when
from tests.coffee.stories import TUESDAY_TEN_IN_BERLIN
from tests.coffee.walking import OURS, fields, forms, live, looked_at, starts
from tests.slack.seen import SORRY, errors
from tests.test_project import named

pytestmark = pytest.mark.slow

everything = begins_when(live)

MARKUP = "<!channel> <@U000000|Boss> <https://evil.test|Coffee> {program} &lt;!here&gt; *b* `c`"
WORDS = (
    None,
    " \u200b\u3164\u2800\n",
    MARKUP,
    "\u202eeeffoC\x00\ud83d",
    "x, <&>" * 1700,
    "javascript:alert(1)\n0",
    "3.5",
)
OPTIONS = (None, "banana", "\u00b2", "9" * 4400)
DAYS = (None, "2020-01-01", "9999-12-31", "2027-02-29", "0000-00-00", "\u0661\u0662\u0663\u0664-01-01", "9" * 5000)
TIMES = (None, "24:00", "2:30", "\u0661\u0660:00", "02:30")
ABOUT = ("", "banana", "-1", "\u00b2:1", "999999:0", "match:999999", "9" * 3000)
"""What a form may bring back that was never told to it, or of something that is gone."""


def hostile(element, team):
    """What could stand in a field of this kind, by a mistake or by forging what Slack sends."""
    match element["type"]:
        case "plain_text_input":
            return WORDS
        case "static_select" | "external_select":
            return [one and option(one) for one in OPTIONS]
        case "multi_external_select" | "checkboxes":
            return [[], *([option(one)] for one in OPTIONS[1:]), [option(str(number)) for number in range(60)]]
        case "multi_users_select":
            others = [one.id for one in (team.robot, team.gone, team.guest)]
            return [[], *([one] for one in ("", "<!channel>", "U" * 5000, *others)), [f"U{one}" for one in range(60)]]
        case "conversations_select":
            direct = team.alma.workspace.open_direct([team.alma.id])
            there = [one.id for one in (team.attic, team.secret, team.theirs, team.tea, direct)]
            return [None, "", "C000000", "<!channel>", "C" * 5000, *there]
        case "datepicker":
            return DAYS
        case "timepicker":
            return TIMES
    raise AssertionError(f"nobody has thought yet of what could be wrong in a {element['type']}")


def option(value):
    return {"text": {"type": "plain_text", "text": value[:75]}, "value": value}


def send(person, view, **changed):
    """As somebody would who does not use Slack's own form: what Slack itself would refuse is sent all the same."""
    person.workspace.clock.advance(timedelta(seconds=1))
    form = objects.view(person.workspace, view) | changed
    payload = person._begun("view_submission", view) | {"view": form, "response_urls": []}
    ack = person._send("interactive", payload)
    assert ack is not None, "not acknowledged"
    return person._follow(view, ack.payload)


def filled(view, name, content):
    """The fields as they stand, but for one."""
    values = json.loads(json.dumps(view.values))
    for field in values[name].values():
        field[STATES[field["type"]][0]] = content
    return {"state": {"values": values}}


class Sweep:
    """What is sent, what comes back, and whether anything was kept."""

    def __init__(self, weft, way, view):
        self.way, self.view = way, view
        self.file = weft.bot.db.engine.url.database

    def send(self, **changed):
        """False: the form is not there any more after this was taken."""
        with sqlite3.connect(self.file) as looking:
            before = looking.execute("PRAGMA data_version").fetchone()
            told = send(self.way.person, self.view, **changed)
            is_kept = looking.execute("PRAGMA data_version").fetchone() != before
        looking.close()
        for sentence in told.values():
            assert SORRY not in sentence
            assert sentence.endswith((".", "?"))
            assert len(sentence) < 250
            assert not INVISIBLE.search(sentence)
        if told:
            assert not is_kept, "something was kept of what was refused"
            return True
        self.view = self.way.go()
        return self.view is not None


def test_whatever_stands_in_a_field_gets_a_sentence_or_is_taken_and_nothing_breaks(weft, everything, workspace, caplog):
    for way, view, names in forms(everything.alma, *everything.everyone):
        sweep = Sweep(weft, way, view)
        for name in names:
            [element] = [field["element"] for field in fields(view) if field["block_id"] == name]
            for content in hostile(element, everything):
                is_there = sweep.send(**filled(sweep.view, name, content))
                assert errors(caplog) == [], (name, str(content)[:60])
                if not is_there or name not in sweep.view.values:
                    break
            if sweep.view is None or not {*names} <= sweep.view.values.keys():
                break

    look_around(weft, everything)
    asked = ("conversations.info", "conversations.join")  # About channels that are none.
    assert [call for call in workspace.calls if call.error and call.method not in asked] == []
    assert [words for call in workspace.calls for words in marked_up(drawn_in(call)) if not is_harmless(words)] == []


def test_a_form_about_something_that_is_gone_or_never_was_gets_a_sentence(weft, everything, caplog):
    found = set()
    for way, view, _ in forms(everything.alma, *everything.everyone):
        sweep = Sweep(weft, way, view)
        for about in ABOUT if view.drawn["callback_id"] not in found else ():
            is_there = sweep.send(private_metadata=about)
            assert errors(caplog) == [], (view.drawn["callback_id"], about[:60])
            if not is_there:
                break
        found.add(view.drawn["callback_id"])

    assert found == {name for name in named("forms") if name.endswith("_form") and name.startswith(OURS)}


def look_around(weft, team):
    """Everybody looks at all that the bot draws for them, and the next round goes out."""
    for person in [team.alma, *team.everyone]:
        for start in starts(person):
            looked_at(person, start)
        person.command("/coffee")
    weft.live_until(TUESDAY_TEN_IN_BERLIN + timedelta(days=14))
    weft.settle()


def drawn_in(call):
    """What a message or a view says; the text of a message is mrkdwn, too."""
    drawn = [call.arguments.get(part) or [] for part in ("blocks", "view")]
    said = [{"type": "mrkdwn", "text": call.arguments["text"]}] if call.arguments.get("text") else []
    return [*said, *(json.loads(one) if isinstance(one, str) else one for one in drawn)]


def marked_up(drawn):
    if isinstance(drawn, dict):
        if drawn.get("type") == "mrkdwn":
            yield drawn["text"]
        for one in drawn.values():
            yield from marked_up(one)
    elif isinstance(drawn, list):
        for one in drawn:
            yield from marked_up(one)


def is_harmless(words):
    forged = ("<!channel", "<!here", "<@U000000|", "<https://evil")
    return not any(mark in words for mark in forged) and not INVISIBLE.search(words.replace("\n", ""))
