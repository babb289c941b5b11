"""What an event of a public channel tells, and what it never tells."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.counting.rules import MOST_MENTIONED, SeenContact, contacts_in

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TS = f"{NOW.timestamp():.6f}"


def message(text="", **more):
    return {"type": "message", "user": "U1", "channel": "C1", "ts": TS, "text": text, **more}


def told(event):
    return [(one.one, one.other, one.kind) for one in contacts_in(event, NOW)]


def test_a_reply_is_contact_with_who_began_the_thread():
    assert told(message(thread_ts="1.0", parent_user_id="U2")) == [("U1", "U2", "reply")]


def test_a_reply_that_is_shown_in_the_channel_too_is_contact_with_who_began_the_thread():
    root = {"type": "message", "user": "U2", "text": "A question", "ts": "1.0"}
    assert told(message(subtype="thread_broadcast", thread_ts="1.0", root=root)) == [("U1", "U2", "reply")]
    assert told(message(subtype="thread_broadcast", thread_ts="1.0", root="gone")) == []


def test_the_first_message_of_a_thread_is_a_reply_to_nobody():
    assert told(message(thread_ts=TS, parent_user_id="U2")) == []


def test_mentions_count_once_for_each_person_and_not_for_oneself():
    assert told(message("<@U2> and <@U3|cleo>, <@U2> again, <@U1> too")) == [
        ("U1", "U2", "mention"),
        ("U1", "U3", "mention"),
    ]


def test_a_reply_that_mentions_the_same_person_counts_once():
    assert told(message("<@U2>", thread_ts="1.0", parent_user_id="U2")) == [("U1", "U2", "reply")]


def test_a_message_to_everybody_is_contact_with_nobody():
    everyone = " ".join(f"<@U{number}>" for number in range(20, 21 + MOST_MENTIONED))
    assert told(message(everyone)) == []


def test_what_machines_say_and_what_slack_says_of_changes_is_no_contact():
    assert told(message("<@U2>", bot_id="B1")) == []
    assert told(message("<@U2>", subtype="message_changed")) == []
    assert told(message("<@U2>", subtype="channel_join")) == []


def test_a_reaction_is_contact_with_who_wrote():
    item = {"type": "message", "channel": "C1", "ts": TS}
    event = {
        "type": "reaction_added",
        "user": "U2",
        "item_user": "U1",
        "item": item,
        "event_ts": TS,
        "reaction": "tada",
    }
    assert told(event) == [("U1", "U2", "reaction")]
    assert list(contacts_in(event, NOW)) == list(contacts_in(event | {"reaction": "heart"}, NOW))
    assert told(event | {"item_user": "U2"}) == []
    assert told(event | {"item": {"type": "file", "file": "F1"}}) == []


def test_the_day_is_that_of_the_event_and_old_ones_do_not_count():
    late = f"{datetime(2026, 2, 28, 23, 59, tzinfo=UTC).timestamp():.6f}"
    [seen] = contacts_in(message("<@U2>", ts=late), NOW)
    assert seen.day == date(2026, 2, 28)
    assert told(message("<@U2>", ts="1.0")) == []
    assert told(message("<@U2>", ts="99999999999.0")) == []


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
FIELDS = ["user", "channel", "ts", "text", "thread_ts", "parent_user_id", "subtype", "item_user", "event_ts", "bot_id"]


@pytest.mark.slow
@settings(max_examples=80)
@given(
    st.sampled_from(["message", "reaction_added", "other"]),
    st.dictionaries(st.sampled_from(FIELDS), anything),
    st.dictionaries(st.sampled_from(["type", "channel", "ts"]), anything),
)
def test_no_event_however_strange_breaks_the_counting(kind, fields, item):
    for one in contacts_in(fields | {"type": kind, "item": item}, NOW):
        assert isinstance(one, SeenContact)


@settings(max_examples=60)
@given(st.text(max_size=80), st.sets(st.sampled_from(["U2", "U3", "U4"])))
def test_nothing_of_the_text_is_in_what_is_counted(words, mentioned):
    text = words.replace("<", "") + " ".join(f"<@{one}>" for one in sorted(mentioned))
    counted = list(contacts_in(message(text), NOW))

    assert {one.other for one in counted} == mentioned
    assert all(type(one) is SeenContact and set(map(type, one)) == {int, str, date} for one in counted)
