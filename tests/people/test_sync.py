"""Weft knows who is here: by reading everybody once a day, and by what Slack tells in between."""

from datetime import timedelta

import pytest

from bot.people import service
from bot.people.rules import is_away, is_quiet
from bot.people.sync import PAGE, sync
from storage.people import people
from storage.workspaces import Workspace
from tests.conftest import start
from tests.rows import copy_of
from tests.weft import labels, words


def known(weft):
    with weft.bot.look() as work:
        return {person.person_id for person in people.active(work)}


def person(weft, someone):
    with weft.bot.look() as work:
        return copy_of(people.get(work, person_id=someone.id))


def synced_at(weft):
    with weft.bot.look() as work:
        return work.session.get(Workspace, weft.bot.workspace_id).synced_at


def calls(workspace, method):
    return [call for call in workspace.calls if call.method == method]


@pytest.fixture
def quietly(workspace):
    """What happens now is not told by events: only a sync brings it to light."""
    workspace.hold_events()
    return workspace


@pytest.fixture
def many(quietly):
    return [quietly.add_person(f"Person {number}") for number in range(450)]


def test_all_pages_are_read(weft, many, workspace):
    weft.tick()

    assert {one.id for one in many} <= known(weft)
    assert len(calls(workspace, "users.list")) == 3
    assert all(call.arguments["limit"] in (PAGE, str(PAGE)) for call in calls(workspace, "users.list"))


def test_once_a_day_is_enough(weft, quietly, clock):
    weft.tick()
    weft.tick()
    clock.advance(timedelta(hours=23))
    weft.tick()
    assert len(calls(quietly, "users.list")) == 1

    clock.advance(timedelta(hours=2))
    weft.tick()
    assert len(calls(quietly, "users.list")) == 2


@pytest.fixture
def started_again(workspace, slack_server, clock, sqlite):
    """Nobody ran Weft, and now somebody starts it."""
    return lambda: start(workspace, slack_server, clock, sqlite)


def test_what_happened_while_nobody_ran_weft_is_known_as_soon_as_it_starts(weft, program, workspace, started_again):
    workspace.deliver_to(workspace.sockets)  # Nobody listens.
    program.ana.deactivate()
    program.ben.leave(program.coffee)
    program.cleo.set_status(":palm_tree:", "Back in May")
    weft.clock.advance(timedelta(hours=1))

    weft = started_again()
    weft.tick()

    assert program.ana.id not in known(weft)
    assert person(weft, program.cleo).has_away_status
    assert "Join" in labels(program.ben.command("/coffee"))


def test_however_often_weft_is_started_everybody_is_read_every_ten_minutes_at_most(weft, quietly, clock, started_again):
    weft.tick()
    for _ in range(5):
        clock.advance(timedelta(minutes=4))
        started_again().tick()

    assert len(calls(quietly, "users.list")) == 2


def test_only_the_people_of_this_workspace_are_known(weft, quietly):
    ana = quietly.add_person("Ana Ruiz")
    guest = quietly.add_person("Gil Guest", is_guest=True)
    single = quietly.add_person("Sam Single", is_single_channel_guest=True)
    owner = quietly.add_person("Olga Owner", is_owner=True)
    others = [
        quietly.add_person("Dora Gone", deactivated=True),
        quietly.add_person("Ines Invited", invited=True),
        quietly.add_person("Robo", is_bot=True),
        quietly.add_person("Stan Stranger", stranger=True),
    ]
    quietly.add_channel("shared", members=[ana, others[-1]], shared=True)

    weft.tick()

    assert known(weft) == {ana.id, guest.id, single.id, owner.id}
    assert [person(weft, one).is_guest for one in (ana, guest, single)] == [False, True, True]
    assert [person(weft, one).is_admin for one in (ana, owner)] == [False, True]


def test_somebody_who_was_invited_is_known_once_they_came(weft, workspace):
    ines = workspace.add_person("Ines Invited", invited=True)
    weft.tick()
    assert known(weft) == set()

    ines.change(is_invited=False)

    assert known(weft) == {ines.id}


def test_who_vanishes_without_a_word_has_left(weft, quietly, clock):
    ana, ben = quietly.add_person("Ana Ruiz"), quietly.add_person("Ben Okafor")
    weft.tick()
    del quietly.users[ben.id]
    clock.advance(timedelta(days=1, minutes=1))

    weft.tick()

    assert known(weft) == {ana.id}


def test_who_was_deactivated_meanwhile_has_left_and_may_come_back(weft, quietly, clock):
    ben = quietly.add_person("Ben Okafor")
    weft.tick()
    clock.advance(timedelta(minutes=1))
    ben.deactivate()
    clock.advance(timedelta(days=1))
    weft.tick()
    assert known(weft) == set()

    clock.advance(timedelta(minutes=1))
    ben.reactivate()
    clock.advance(timedelta(days=1))
    weft.tick()

    assert known(weft) == {ben.id}
    assert person(weft, ben).zone == "Europe/London"


def test_a_partner_who_vanishes_is_not_waited_for(weft, program, workspace, clock):
    weft.live(days=1, hours=2)
    [message] = program.ana.group_messages()
    [partner] = [one for one in program.everyone[1:] if one.id in message.text]
    del workspace.users[partner.id]

    weft.live(days=1, hours=2)

    again = program.ana.group_messages()[-1]
    assert again is not message
    assert partner.id not in str(again.blocks)


# A sync that fails


@pytest.mark.sampled(1)
@pytest.mark.expects_error("a tick did not get through")
@pytest.mark.parametrize("fault", ["server_error", "nonsense", "drop_request", "refuse"])
def test_a_sync_that_fails_in_the_middle_makes_nobody_leave_and_is_done_again(
    weft, many, workspace, clock, monkeypatch, fault
):
    monkeypatch.setattr("time.sleep", lambda seconds: None)  # slack_sdk's own, between two attempts.
    weft.tick()
    first = synced_at(weft)
    clock.advance(timedelta(days=1, minutes=1))
    gone = many[449]
    del workspace.users[gone.id]
    ask = workspace.before_call = fail_from_the_third_page(workspace, fault)

    weft.tick()

    assert ask.pages > 2
    assert {one.id for one in many} <= known(weft)
    assert synced_at(weft) == first

    workspace.before_call = None
    workspace.faults = type(workspace.faults)()
    clock.advance(timedelta(minutes=10))
    weft.tick()

    assert known(weft) == {one.id for one in many} - {gone.id}
    assert synced_at(weft) == clock.now()


def fail_from_the_third_page(workspace, fault):
    def ask(method):
        if method == "users.list":
            ask.pages += 1
            if ask.pages == 3:
                more = ("users.list", "fatal_error") if fault == "refuse" else ("users.list",)
                getattr(workspace.faults, fault)(*more, times=20)

    ask.pages = 0
    return ask


def test_a_limit_of_slack_is_waited_for(weft, many, workspace, monkeypatch):
    waited = []
    monkeypatch.setattr("time.sleep", waited.append)
    workspace.faults.rate_limit("users.list", times=2, retry_after=30)

    weft.tick()

    assert {one.id for one in many} <= known(weft)
    assert [seconds for seconds in waited if seconds >= 30] != []


def test_two_processes_that_read_at_once_make_nobody_leave(weft, quietly, clock):
    """The one that began earlier may be told of somebody later than the other."""
    ana = quietly.add_person("Ana Ruiz")
    sync(weft.bot, weft.composed.reads)
    earlier = clock.now()
    clock.advance(timedelta(seconds=5))
    later = clock.now()
    with weft.bot.begin() as work:
        profile = profile_of(weft, quietly, ana)
        service.remember(work, [profile], seen_at=later)
        service.remember(work, [profile], seen_at=earlier)

    with weft.bot.begin() as work:
        assert service.finish_sync(work, began_at=later, previous_at=None).left == 0


# A list that is not complete


def lose(workspace, some):
    """Slack's list lacks these people, although it says nothing of them having left."""
    return {one.id: workspace.users.pop(one.id) for one in some}


def syncs_within(weft, clock, minutes):
    before = synced_at(weft)
    for _ in range(minutes // 5):
        clock.advance(timedelta(minutes=5))
        weft.tick()
    return synced_at(weft) > before


@pytest.mark.slow
def test_very_many_missing_people_are_gone_only_when_the_next_list_lacks_them_too(weft, many, workspace, clock):
    weft.tick()
    clock.advance(timedelta(days=1, minutes=1))
    lost = lose(workspace, many[:100])
    really_gone = many[0]

    weft.tick()
    assert {one.id for one in many} <= known(weft)

    del lost[really_gone.id]
    workspace.users.update(lost)
    assert syncs_within(weft, clock, 30)
    assert known(weft) == {one.id for one in many} - {really_gone.id}


@pytest.mark.slow
def test_when_the_next_list_lacks_them_too_they_have_left(weft, many, workspace, clock):
    weft.tick()
    clock.advance(timedelta(days=1, minutes=1))
    lose(workspace, many[:100])

    weft.tick()
    assert syncs_within(weft, clock, 30)

    assert known(weft) == {one.id for one in many[100:]}


def test_in_a_small_company_a_handful_may_leave_at_once(weft, quietly, clock):
    people = [quietly.add_person(f"Person {number}") for number in range(8)]
    weft.tick()
    clock.advance(timedelta(days=1, minutes=1))
    lose(quietly, people[:5])

    weft.tick()

    assert known(weft) == {one.id for one in people[5:]}


def profile_of(weft, workspace, someone):
    from bot.people.rules import read_profile
    from bot.slacksim import objects

    return read_profile(objects.user(workspace, someone.user), workspace_id=weft.bot.workspace_id)


# Events


def test_who_joins_the_company_is_known_at_once(weft, workspace):
    eva = workspace.add_person("Eva Horak", tz="Europe/Prague", title="Designer", email="eva@acme.test")

    kept = person(weft, eva)

    assert (kept.name, kept.zone, kept.title, kept.email) == ("Eva Horak", "Europe/Prague", "Designer", "eva@acme.test")


def test_a_change_is_known_at_once(weft, workspace):
    eva = workspace.add_person("Eva Horak")

    eva.change(real_name="Eva Novak", tz="Asia/Kolkata", title="Head of design", is_admin=True)

    kept = person(weft, eva)
    assert (kept.name, kept.zone, kept.title, kept.is_admin) == ("Eva Novak", "Asia/Kolkata", "Head of design", True)


def test_an_older_change_that_comes_after_a_newer_one_changes_nothing(weft, workspace, clock):
    eva = workspace.add_person("Eva Horak")
    workspace.hold_events()
    for title in ("Junior designer", "Designer", "Head of design"):
        clock.advance(timedelta(minutes=1))
        eva.change(title=title)
    workspace.deliveries.held.reverse()

    workspace.release_events()

    assert person(weft, eva).title == "Head of design"


def test_an_older_change_does_not_bring_back_who_has_left(weft, workspace, clock):
    eva = workspace.add_person("Eva Horak")
    workspace.hold_events()
    for leave in (lambda: eva.change(title="Designer"), eva.deactivate):
        clock.advance(timedelta(minutes=1))
        leave()
    workspace.deliveries.held.reverse()

    workspace.release_events()

    assert known(weft) == set()


def test_a_status_says_that_somebody_is_away_until_it_runs_out(weft, workspace, clock):
    eva = workspace.add_person("Eva Horak")
    eva.set_status(":palm_tree:", "On holiday", until=clock.now() + timedelta(days=3))

    kept = person(weft, eva)
    later = clock.now() + timedelta(days=4)
    assert is_away(kept.has_away_status, kept.status_until, clock.now())
    assert not is_away(kept.has_away_status, kept.status_until, later)

    eva.set_status()
    kept = person(weft, eva)
    assert not is_away(kept.has_away_status, kept.status_until, clock.now())


def test_who_is_away_is_not_matched(weft, program, clock):
    program.ana.set_status(":palm_tree:", "On holiday", until=clock.now() + timedelta(days=7))

    weft.live(days=1, hours=2)

    assert program.ana.group_messages() == []
    program.ana.open_home()
    assert "no match" in words(program.ana.home)


def test_do_not_disturb_is_known_while_it_lasts(weft, workspace, clock):
    eva = workspace.add_person("Eva Horak")

    eva.sets_dnd(clock.now() + timedelta(hours=2))

    assert is_quiet(person(weft, eva).quiet_until, clock.now())
    assert not is_quiet(person(weft, eva).quiet_until, clock.now() + timedelta(hours=3))


def test_do_not_disturb_of_tonight_is_none_now(weft, workspace, clock):
    eva = workspace.add_person("Eva Horak")

    eva.sets_dnd(clock.now() + timedelta(hours=20), since=clock.now() + timedelta(hours=10))

    assert not is_quiet(person(weft, eva).quiet_until, clock.now())
