"""An admin looks at the next round, and does something about it."""

from datetime import timedelta

import pytest

from bot.coffee.preview import service as previews
from bot.coffee.rounds import worker
from bot.coffee.setup import service as setup
from storage.programs import programs
from storage.rounds import rounds
from tests.coffee.stories import TUESDAY_TEN_IN_BERLIN, introduced, introductions, opened, set_up
from tests.coffee.test_apart import rather_not
from tests.network.company import met
from tests.weft import labels, words


@pytest.fixture
def program(weft, program, workspace):
    """Ten people, so that there are five matches."""
    program.more = [workspace.add_person(f"Person {number}", tz="Europe/Berlin") for number in range(6)]
    for person in program.more:
        person.join(program.coffee)
    program.everyone.extend(program.more)
    weft.settle()
    return program


def preview(admin, name="Coffee"):
    opened(admin, name)
    admin.press("Preview matches")
    return admin.modal


def matches_shown(view):
    return [
        block["text"]["text"].split("\n")[0] for block in view.blocks if str(block.get("text", "")).count("<@") >= 2
    ]


def matches_sent(program):
    sent = [message for person in program.everyone for message in introductions(person)]
    return {", ".join(f"<@{one}>" for one in introduced(message)) for message in sent}


def as_set(line):
    return frozenset(line.replace(" and ", ", ").split(", "))


def tells_of_meetings(shown):
    return any(one in shown for one in ("You've met", "haven't met", "have met", "met before"))


@pytest.mark.slow
def test_the_preview_shows_what_will_be_sent(weft, program):
    shown = matches_shown(preview(program.alma))
    assert "10 people in 5 matches" in words(program.alma.modal)

    weft.live_until(TUESDAY_TEN_IN_BERLIN)
    weft.settle()

    assert {as_set(line) for line in shown} == {as_set(line) for line in matches_sent(program)}


@pytest.mark.slow
def test_looking_sends_nothing_to_anybody(weft, program):
    before = [len(person.sees()) for person in program.everyone]
    preview(program.alma)
    program.alma.press("Reshuffle")
    weft.settle()

    assert [len(person.sees()) for person in program.everyone] == before


@pytest.mark.slow
def test_after_reshuffling_the_new_matches_are_the_ones_that_are_sent(weft, program):
    preview(program.alma)
    seen = set()
    for _ in range(6):
        program.alma.press("Reshuffle")
        shown = frozenset(as_set(line) for line in matches_shown(program.alma.modal))
        seen.add(shown)
    assert len(seen) > 1

    weft.live_until(TUESDAY_TEN_IN_BERLIN)
    weft.settle()

    assert shown == {as_set(line) for line in matches_sent(program)}


@pytest.mark.slow
def test_send_now_sends_what_was_seen_and_keeps_the_rhythm(weft, program):
    shown = matches_shown(preview(program.alma))
    program.alma.press("Send now")
    weft.settle()

    assert "Everyone is being introduced" in words(program.alma.modal)
    assert {as_set(line) for line in shown} == {as_set(line) for line in matches_sent(program)}
    with weft.bot.look() as work:
        [kept] = programs.programs(work)
        this_round = rounds.last_round(work, program_id=kept.id)
        assert kept.next_round_at == TUESDAY_TEN_IN_BERLIN + timedelta(days=14) == this_round.ends_at

    weft.live_until(TUESDAY_TEN_IN_BERLIN + timedelta(days=1))
    assert [len(introductions(person)) for person in program.everyone] == [1] * 10


@pytest.mark.slow
@pytest.mark.parametrize("what", ["leave", "join"])
def test_who_comes_or_goes_after_the_preview_changes_it_and_nothing_is_sent_unseen(weft, program, workspace, what):
    preview(program.alma)
    if what == "leave":
        program.ana.command("/coffee", "leave")
    else:
        workspace.add_person("Eva Horak", tz="Europe/Berlin").join(program.coffee)

    program.alma.press("Send now")
    weft.settle()

    assert "Someone joined or left" in words(program.alma.modal)
    assert all(introductions(person) == [] for person in program.everyone)
    program.alma.press("Send now")
    weft.settle()
    assert "Everyone is being introduced" in words(program.alma.modal)


@pytest.mark.slow
def test_in_a_large_program_somebody_always_comes_or_goes_and_send_now_sends_it_all_the_same(
    weft, program, workspace, monkeypatch
):
    monkeypatch.setattr(worker, "LARGE", 2)
    monkeypatch.setattr(worker, "plan_in_subprocess", decide_here)
    preview(program.alma)
    program.ana.command("/coffee", "leave")
    eva = workspace.add_person("Eva Horak", tz="Europe/Berlin")
    eva.join(program.coffee)

    program.alma.press("Send now")
    weft.settle()

    assert "Everyone is being introduced" in words(program.alma.modal)
    assert [len(introductions(person)) for person in [*program.everyone, eva]] == [0, *[1] * 10]


@pytest.mark.slow
def test_a_large_round_that_was_shuffled_by_somebody_else_is_shown_again(weft, program, workspace, monkeypatch):
    monkeypatch.setattr(worker, "LARGE", 2)
    monkeypatch.setattr(worker, "plan_in_subprocess", decide_here)
    for number in range(8):
        workspace.add_person(f"Person {number}").join(program.coffee)
    seen = preview(program.alma)
    with weft.bot.begin() as work:
        previews.reshuffle(work, 1, by=program.alma.id)

    program.alma.press("Send now", seen)
    weft.settle()

    assert "so here are the new matches" in words(program.alma.modal)
    assert all(introductions(person) == [] for person in program.everyone)


@pytest.mark.slow
@pytest.mark.parametrize("what", ["the program is changed", "half an hour passes"])
def test_a_large_round_seen_before_that_is_matched_anew(weft, program, workspace, monkeypatch, what):
    monkeypatch.setattr(worker, "LARGE", 2)
    monkeypatch.setattr(worker, "plan_in_subprocess", decide_here)
    seen = preview(program.alma)
    decided = []
    monkeypatch.setattr(worker, "plan_in_subprocess", lambda *how: decided.append(how) or decide_here(*how))
    if what == "the program is changed":
        with weft.bot.begin() as work:
            setup.lock(work, 1, by=program.alma.id).version += 1
    else:
        weft.clock.advance(timedelta(minutes=30))

    program.alma.press("Send now", seen)

    assert len(decided) == 1


@pytest.mark.slow
def test_a_large_round_just_seen_is_sent_without_matching_everybody_again(weft, program, monkeypatch):
    monkeypatch.setattr(worker, "LARGE", 2)
    monkeypatch.setattr(worker, "plan_in_subprocess", decide_here)
    seen = preview(program.alma)
    monkeypatch.setattr(worker, "plan_in_subprocess", None)

    program.alma.press("Send now", seen)
    weft.settle()

    assert [len(introductions(person)) for person in program.everyone] == [1] * 10


def decide_here(bot, program_id, how):
    with bot.look() as work:
        return how(work, program_id)


@pytest.mark.slow
def test_a_preview_of_a_round_that_has_started_meanwhile_sends_nothing_twice(weft, program):
    preview(program.alma)
    weft.live_until(TUESDAY_TEN_IN_BERLIN)
    weft.settle()

    program.alma.press("Send now")
    weft.settle()

    assert "already started" in words(program.alma.modal)
    assert [len(introductions(person)) for person in program.everyone] == [1] * 10


def mention(person):
    return f"<@{person.id}>"


def keep_apart(admin, one, other):
    admin.press("Keep two apart")
    admin.fill({"Two people": [one, other]})
    return admin.submit()


@pytest.mark.slow
def test_two_people_are_kept_apart_in_this_round_only(weft, program):
    ana, ben, cleo, *_ = program.everyone
    preview(program.alma)
    assert keep_apart(program.alma, ana, ben) == {}
    assert keep_apart(program.alma, ana, cleo) == {}
    assert "Kept apart this round" in words(program.alma.modal)
    apart = {frozenset({mention(ana), mention(one)}) for one in (ben, cleo)}
    shown = [as_set(line) for line in matches_shown(program.alma.modal)]
    assert all(shown.count(pair) == 1 for pair in apart)  # In the list of those kept apart.

    weft.live_until(TUESDAY_TEN_IN_BERLIN)
    weft.settle()

    assert {as_set(line) for line in matches_sent(program)} == {*shown} - apart
    assert "Kept apart" not in words(preview(program.alma))


@pytest.mark.slow
def test_a_pair_can_be_let_meet_again(weft, program):
    ana, ben, *_ = program.everyone
    preview(program.alma)
    keep_apart(program.alma, ana, ben)

    program.alma.press("Remove")

    assert "Kept apart" not in words(program.alma.modal)


@pytest.mark.parametrize("chosen", [1, 4])
def test_two_people_are_two_people(weft, program, chosen):
    preview(program.alma)
    program.alma.press("Keep two apart")
    program.alma.fill({"Two people": program.everyone[:chosen]})

    assert "Choose two people" in program.alma.submit()["Two people"]


def test_somebody_outside_of_the_program_can_not_be_kept_apart(weft, program):
    preview(program.alma)

    assert (
        "Choose two people who are in this program" in keep_apart(program.alma, program.ana, program.alma)["Two people"]
    )


def test_private_lists_and_reasons_are_never_seen_by_admins(weft, program, workspace):
    """Ana would rather not meet Ben: the preview shows neither that nor why single people sit out."""
    rather_not(program.ana, program.ben)
    program.cleo.command("/coffee", "skip")
    program.dev.command("/coffee", "pause 3w")

    shown = words(preview(program.alma))

    for secret in ("rules of this program", "free", "break", "skip"):
        assert secret not in shown
    assert "not to be matched with" in shown  # That there are such lists at all is said to everyone, always.


@pytest.mark.slow
def test_who_sits_out_is_told_in_totals_of_five_or_more(weft, program, workspace):
    crowd = [workspace.add_person(f"Late {n}", tz="Europe/Berlin") for n in range(6)]
    for person in crowd:
        person.join(program.coffee)
        person.command("/coffee", "skip")
    program.ana.command("/coffee", "pause 3w")

    shown = words(preview(program.alma))

    assert "6 people: skipping this round" in shown
    assert "break" not in shown


@pytest.mark.slow
def test_a_large_preview_has_pages(weft, team, workspace):
    weft.tick()
    crowd = [workspace.add_person(f"Person {n}", tz="Europe/Berlin") for n in range(50)]
    set_up(team.alma, workspace.add_channel("large", members=crowd))
    view = preview(team.alma)
    assert "Matches 1 to 20 of 25" in words(view)
    first = matches_shown(view)
    assert "Previous" not in labels(view)

    team.alma.press("Next")

    assert "Matches 21 to 25 of 25" in words(team.alma.modal)
    assert not set(first) & set(matches_shown(team.alma.modal))
    assert "Next" not in labels(team.alma.modal)


@pytest.mark.slow
def test_what_could_not_be_fulfilled_is_said_in_numbers(weft, program):
    from bot.people.service import import_attributes

    with weft.bot.begin() as work:
        import_attributes(work, "\n".join(["person_id,team", *(f"{one.id},Data" for one in program.everyone)]))

    assert "no better option" in words(preview(program.alma))
    assert "5 pairs are on the same team" in words(program.alma.modal)


def test_of_one_member_alone_the_preview_shows_nothing(weft, team, workspace):
    weft.tick()
    set_up(team.alma, workspace.add_channel("lonely", members=[team.ana]))

    assert "Fewer than 5 people" in words(preview(team.alma))


@pytest.mark.slow
def test_a_stopped_program_has_no_next_round(weft, program, workspace):
    other = workspace.add_person("Otto Admin", is_admin=True)
    opened(other)
    program.alma.press("Stop", opened(program.alma))

    other.press("Preview matches")

    assert "isn't running" in words(other.modal)


@pytest.mark.slow
def test_who_is_no_admin_any_more_sends_nothing(weft, program):
    preview(program.alma)
    with weft.bot.begin() as work:
        [one] = programs.programs(work)
        programs.replace_admins(work, program=one, person_ids=[])
    program.alma.change(is_admin=False)

    program.alma.press("Send now")
    weft.settle()

    assert all(introductions(person) == [] for person in program.everyone)
    assert "admins" in words(program.alma.modal)


# What no admin finds out


@pytest.mark.slow
def test_nothing_that_a_preview_says_tells_who_has_met(weft, program):
    weft.live_until(TUESDAY_TEN_IN_BERLIN)
    weft.settle()
    for person in program.everyone:
        person.press("We met", introductions(person)[0])

    shown = words(preview(program.alma))

    assert "shared working hours" in shown
    assert not tells_of_meetings(shown)


def test_when_everyone_has_met_everyone_no_total_says_so_beside_their_names(weft, program):
    for number, person in enumerate(program.everyone):
        met(weft, person, *program.everyone[number + 1 :])

    shown = words(preview(program.alma))

    assert "10 people in 5 matches" in shown
    assert not tells_of_meetings(shown)


def test_a_person_is_kept_from_two_others_at_most(weft, program):
    ana, ben, cleo, dev, *_ = program.everyone
    preview(program.alma)
    keep_apart(program.alma, ana, ben)
    keep_apart(program.alma, cleo, ana)

    assert "from up to 2 others" in keep_apart(program.alma, ana, dev)["Two people"]


@pytest.mark.slow
@pytest.mark.parametrize("everyone_on_it", [False, True])
def test_a_match_that_a_private_list_forbids_is_changed_when_it_is_sent(weft, program, everyone_on_it):
    shown = {as_set(line) for line in matches_shown(preview(program.alma))}
    [of_ana] = [pair for pair in shown if mention(program.ana) in pair]
    [partner] = [person for person in program.everyone if mention(person) in of_ana - {mention(program.ana)}]
    others = [person for person in program.everyone if person is not program.ana]
    rather_not(program.ana, *(others if everyone_on_it else [partner]))

    assert {as_set(line) for line in matches_shown(preview(program.alma))} == shown
    program.alma.press("Send now")
    weft.settle()

    assert "Everyone is being introduced" in words(program.alma.modal)
    assert of_ana not in {as_set(line) for line in matches_sent(program)}
    assert len(introductions(program.ana)) == (0 if everyone_on_it else 1)
    assert all(len(introductions(person)) == 1 for person in others)
