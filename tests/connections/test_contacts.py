"""Days of contact as they are kept, on both databases."""

from collections import Counter
from datetime import date, timedelta

import pytest
from sqlalchemy import event

from bot.connections import rollup
from bot.connections.service import connections_of, known_by, record_contact, record_contacts
from storage.connections import connections, contacts
from storage.kinds import ContactKind, MetThrough

ANA, BEN, CLEO = "U1ANA", "U2BEN", "U3CLEO"
TODAY = date(2026, 3, 2)


@pytest.fixture
def bot(weft_on_both):
    return weft_on_both.bot


def seen_by(work, person_id):
    return contacts.contacts_of(work, person_id=person_id)


def test_people_someone_knows_are_found_without_reading_everyones_contacts(weft):
    """SQLite chooses its way by itself: it once read a workspace from end to end for half of one person's contacts."""
    ways = []

    def explain(connection, _cursor, statement, parameters, _context, _many):
        if "contact_days" in statement and not statement.startswith("EXPLAIN"):
            asked = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            ways.extend(row[3] for row in asked if "contact_days" in row[3])

    event.listen(weft.bot.db.engine, "before_cursor_execute", explain)
    with weft.bot.begin() as work:
        many = [f"U{number:03}" for number in range(150)]
        record_contacts(work, [(ANA, one, ContactKind.SHOUTOUT) for one in many])
        ways.clear()
        connections_of(work, ANA)
        for several in ([ANA], [ANA, BEN], many):
            known_by(work, several)
        contacts.delete_public(work, person_id=ANA)
        contacts.forget_person(work, person_id=ANA)

    assert len(ways) > 12
    assert [way for way in ways if "one=?" not in way and "other=?" not in way] == []


def rows(bot):
    with bot.look() as work:
        return work.session.query(contacts.ContactDay).count()


def test_a_pair_is_one_row_a_day_whichever_comes_first_and_both_see_it(bot):
    with bot.begin() as work:
        record_contact(work, ANA, BEN, ContactKind.SHOUTOUT)
        record_contact(work, BEN, ANA, ContactKind.CONGRATULATION)
        record_contact(work, ANA, BEN, ContactKind.SHOUTOUT)
        record_contact(work, ANA, ANA, ContactKind.SHOUTOUT)

    assert rows(bot) == 1
    with bot.look() as work:
        [hers], [his] = seen_by(work, ANA), seen_by(work, BEN)
        assert (hers.other_id, his.other_id) == (BEN, ANA)
        assert (hers.day, hers.shoutouts, hers.congratulations) == (TODAY, 2, 1) == (his.day, his.shoutouts, 1)


def test_people_see_their_connections_the_strongest_first(bot):
    with bot.begin() as work:
        for days in (5, 6, 7):
            record_contact(work, ANA, CLEO, ContactKind.REPLY, on=TODAY - timedelta(days=days))
        record_contact(work, ANA, "U4", ContactKind.REPLY)
        for people, on in (([ANA, BEN], date(2026, 2, 1)), ([ANA, BEN, CLEO], date(2025, 9, 1))):
            connections.record_meeting(work, people=people, met_on=on, through=MetThrough.PROGRAM, origin=f"match:{on}")
    with bot.look() as work:
        [ben, cleo] = connections_of(work, ANA)
        everyone = known_by(work, [ANA, BEN, CLEO])

    assert (ben.other_id, ben.times_met, ben.last_met_on) == (BEN, 2, date(2026, 2, 1))
    assert (cleo.other_id, cleo.times_met, cleo.days_in_touch, cleo.last_on) == (CLEO, 1, 3, date(2026, 2, 25))
    assert ben.strength > cleo.strength > 0
    assert {one: {known.other_id for known in others} for one, others in everyone.items()} == {
        ANA: {BEN, CLEO},
        BEN: {ANA, CLEO},
        CLEO: {ANA, BEN},
    }


def test_an_introduction_alone_does_not_make_people_known_to_each_other(bot):
    with bot.begin() as work:
        for days in range(5):
            record_contact(work, ANA, BEN, ContactKind.INTRODUCTION, on=TODAY - timedelta(days=days))
    with bot.look() as work:
        assert connections_of(work, ANA) == []


@pytest.mark.slow
def test_old_days_become_months_and_say_the_same(bot):
    with bot.begin() as work:
        for days in range(400):
            both = [(ANA, BEN, ContactKind.REPLY), (BEN, CLEO, ContactKind.MENTION)]
            record_contacts(work, both, on=TODAY - timedelta(days))
    before = rows(bot)
    with bot.look() as work:
        strong_before = [one.strength for one in connections_of(work, BEN)]
        counted = Counter(sum(row.replies + row.mentions for row in seen_by(work, BEN)) for _ in [0])

    rollup.roll_up_due(bot)
    rollup.roll_up_due(bot)

    assert before == 800
    assert rows(bot) < 2 * (180 + 31 + 8)
    with bot.look() as work:
        strong_after = [one.strength for one in connections_of(work, BEN)]
        assert Counter(sum(row.replies + row.mentions for row in seen_by(work, BEN)) for _ in [0]) == counted
        assert {one.days_in_touch for one in connections_of(work, BEN)} == {400}
    assert strong_after == pytest.approx(strong_before, rel=0.06)


def test_who_was_in_touch_lately_is_told_pair_by_pair(bot):
    with bot.begin() as work:
        for days in (1, 2, 3):
            record_contact(work, ANA, BEN, ContactKind.REPLY, on=TODAY - timedelta(days=days))
            record_contact(work, ANA, CLEO, ContactKind.REPLY, on=TODAY - timedelta(days=days + 100))
    with bot.look() as work:
        lately = contacts.pairs_in_touch(work, since=TODAY - timedelta(days=90), at_least=3)
        assert list(lately) == [(ANA, BEN, TODAY - timedelta(days=1))]


def test_forgetting_takes_the_person_and_their_number_and_leaves_the_others(bot):
    with bot.begin() as work:
        record_contacts(work, [(ANA, BEN, ContactKind.SHOUTOUT), (BEN, CLEO, ContactKind.SHOUTOUT)])
        contacts.forget_person(work, person_id=ANA)
    with bot.look() as work:
        assert seen_by(work, ANA) == []
        assert [row.other_id for row in seen_by(work, BEN)] == [CLEO]
        assert contacts.numbers_of(work, person_ids=[ANA]) == {}
