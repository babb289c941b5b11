"""A form is acknowledged before Slack is asked anything, however long that takes, and nothing typed is lost."""

import threading
from datetime import timedelta
from threading import Event

import pytest
from slack_bolt.context.ack import Ack

from bot.slack.app import build_app
from bot.slack.texts import ONE_MOMENT
from bot.slacksim import Direct
from storage.programs import programs
from tests.coffee.stories import opened
from tests.waiting import PATIENCE, join, until
from tests.weft import handed_in, told_in, turn_to, words

LOOKS = "conversations.info"
TRIES = 3
"""How often a listener reads from Slack until it gives up."""
FAR = "America/New York"


class Watching(Direct):
    """To a bot whose listeners run in threads of their own, as in `weft run`. No call gets on before the answer."""

    def __init__(self, app, workspace, acknowledged):
        super().__init__(app)
        self.acknowledged, self.too_early = acknowledged, []
        workspace.before_call = self.called

    def called(self, method):
        self.too_early.append(method)
        if self.acknowledged.wait(PATIENCE):
            self.too_early.remove(method)

    def deliver(self, envelope):
        self.acknowledged.clear()
        return super().deliver(envelope)


@pytest.fixture
def acknowledged(monkeypatch):
    """Set by each acknowledgement."""
    event, acknowledge = Event(), Ack.__call__

    def note(ack, *given, **named):
        response = acknowledge(ack, *given, **named)
        event.set()
        return response

    monkeypatch.setattr(Ack, "__call__", note)
    return event


@pytest.fixture
def watched(weft, workspace, acknowledged):
    """From its call on, the bot runs in threads."""

    apps = []

    def watch():
        app = build_app(weft.bot, weft.composed.app.client, weft.composed.features)
        transport = Watching(app, workspace, acknowledged)
        workspace.deliver_to(transport)
        apps.append(app)
        return transport

    yield watch
    for app in apps:  # What they still do would find its database closed.
        app.listener_runner.listener_executor.shutdown()
    for thread in threading.enumerate():
        if isinstance(thread, threading.Timer):
            join(thread)


def fill_set_up(there):
    there.alma.press("Set up program", turn_to(there.alma, "Admin"))
    there.alma.fill({"Channel": there.tea, "Name": "Tea", "Day": "Thursday", "Time": "15:30", "Time zone": FAR})
    return there.alma


def fill_change(there):
    opened(there.alma)
    there.alma.press("Edit")
    there.alma.fill({"Channel": there.tea})
    return there.alma


def fill_celebrating(there):
    there.alma.press("Edit celebrations", turn_to(there.alma, "Admin"))
    there.alma.fill({"Channel": there.tea, "Time zone": "Europe/Berlin"})
    return there.alma


def fill_counting(there):
    there.alma.press("Choose channels", turn_to(there.alma, "Admin"))
    there.alma.fill({"Where": "In these channels", "Channels": [there.tea]})
    return there.alma


def fill_shoutout(there):
    there.ana.command("/shoutout", channel=there.tea)
    there.ana.fill(
        {"Who's it for?": [there.ben], "What did they do?": "for staying late, so that the customer could go live"}
    )
    return there.ana


def fill_win(there):
    there.ana.command("/win", channel=there.tea)
    there.ana.fill({"What worked?": "Builds take 5 minutes instead of 20, so that nobody waits"})
    there.ana.fill({"Who helped?": [there.ben]})
    return there.ana


@pytest.fixture
def there(weft, program, workspace):
    program.tea = workspace.add_channel("tea", members=[program.alma, program.ana])
    return program


FORMS = [fill_set_up, fill_change, fill_celebrating, fill_counting, fill_shoutout, fill_win]


@pytest.mark.slow
@pytest.mark.parametrize("fill", FORMS)
def test_the_form_is_acknowledged_before_slack_is_asked(weft, there, watched, fill):
    person = fill(there)
    transport = watched()

    assert person.submit() == {}
    until(lambda: ONE_MOMENT() not in words(person.modal))

    assert told_in(person.modal) == {}
    until(lambda: transport.too_early == [])


@pytest.mark.sampled(3)
@pytest.mark.parametrize("fill", FORMS)
def test_what_slack_says_against_it_stands_at_the_channel_and_all_that_was_filled_in_stays(
    weft, there, workspace, fill
):
    person = fill(there)
    typed = person.modal.values
    workspace.faults.refuse(LOOKS, "channel_not_found")

    [(label, said)] = handed_in(person).items()

    assert label in {"Channel", "Channels", ""}
    assert "see" in said
    assert person.modal.values == typed
    assert handed_in(person) == {}


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    "trouble",
    [
        lambda faults: faults.rate_limit(LOOKS),
        lambda faults: faults.server_error(LOOKS, times=TRIES),
        lambda faults: faults.nonsense(LOOKS),
        lambda faults: faults.drop_request(LOOKS, times=TRIES),
    ],
    ids=["too many calls", "server error", "nonsense", "no connection"],
)
def test_slack_does_not_answer_and_they_can_send_it_again(weft, there, workspace, trouble):
    fill_set_up(there)
    trouble(workspace.faults)

    assert "Slack isn't answering right now" in str(handed_in(there.alma))
    assert handed_in(there.alma) == {}

    assert "#tea · every other Thursday at 15:30 (America/New_York)" in words(there.alma.modal)


def test_a_mistake_that_we_know_of_is_told_without_asking_slack(weft, there, workspace):
    fill_set_up(there).fill({"Channel": there.coffee})
    before = len(workspace.calls)

    assert "already has a program" in there.alma.submit()["Channel"]
    assert len(workspace.calls) == before


def test_another_admin_takes_the_channel_while_slack_is_asked(weft, there, workspace):
    other = workspace.add_person("Otto Admin", is_admin=True)
    fill_set_up(there)
    there.alma, first = other, there.alma
    fill_set_up(there)

    def quicker(method):
        if method == LOOKS:
            workspace.before_call = None
            assert first.submit() == {}

    workspace.before_call = quicker
    assert "already has a program" in handed_in(other)["Channel"]
    assert made(weft) == ["Coffee", "Tea"]


def made(weft):
    with weft.bot.look() as work:
        return [program.name for program in programs.programs(work)]


class Twice(Direct):
    """Slack, on a bad day: every form arrives two times before anything is answered."""

    def deliver(self, envelope):
        super().deliver(envelope)
        return super().deliver(envelope)


def test_a_form_that_comes_twice_at_once_makes_one_program(weft, there, workspace):
    fill_set_up(there)
    workspace.deliver_to(Twice(weft.composed.app))
    there.alma.submit()

    assert made(weft) == ["Coffee", "Tea"]
    assert "#tea · every other Thursday" in words(there.alma.modal)


def test_whoever_closes_the_window_meanwhile_has_their_program_all_the_same(weft, there, workspace):
    fill_set_up(there)

    def closes(method):
        if method == LOOKS:
            workspace.before_call = None
            there.alma.close()

    workspace.before_call = closes
    assert there.alma.submit() == {}

    assert made(weft) == ["Coffee", "Tea"]
    assert there.alma.modal is None


@pytest.mark.expects_error("a listener failed")
def test_our_own_failure_is_an_apology_in_the_form(weft, there, monkeypatch):
    fill_set_up(there)
    monkeypatch.setattr("bot.coffee.setup.service.set_up", lambda *_given, **_more: 1 / 0)

    assert "something went wrong on my side" in str(handed_in(there.alma))


def test_user_groups_are_offered_before_slack_is_asked(weft, there, workspace, watched):
    workspace.add_user_group("makers", "Makers", [there.ana])
    opened(there.alma)
    there.alma.press("Schedule & access")
    weft.clock.advance(timedelta(hours=1))
    transport = watched()
    before = len([call for call in workspace.calls if call.method == "usergroups.list"])

    assert there.alma.options_for("Who can join", "m") == ["Makers"]
    until(lambda: len([call for call in workspace.calls if call.method == "usergroups.list"]) > before)

    until(lambda: transport.too_early == [])


# An acknowledgement that comes after what was drawn


@pytest.mark.sampled(3)
@pytest.mark.parametrize("fill", FORMS)
def test_an_acknowledgement_that_comes_last_does_not_leave_them_with_one_moment(weft, there, workspace, fill):
    person = fill(there)
    workspace.faults.acknowledge_late(0)

    assert person.submit() == {}

    assert ONE_MOMENT() not in words(person.modal)
    assert told_in(person.modal) == {}


def test_a_refusal_is_read_although_the_acknowledgement_comes_last(weft, there, workspace):
    person = fill_set_up(there)
    typed = person.modal.values
    workspace.faults.refuse(LOOKS, "channel_not_found")
    workspace.faults.acknowledge_late(0)

    assert "see" in str(handed_in(person))
    assert person.modal.values == typed


@pytest.fixture
def in_threads(weft, workspace):
    """From its call on, the bot runs as `weft run` does. Returns its app."""
    apps = []

    def run():
        apps.append(build_app(weft.bot, weft.composed.app.client, weft.composed.features))
        workspace.deliver_to(Direct(apps[-1]))
        return apps[-1]

    yield run
    for app in apps:
        app.listener_runner.listener_executor.shutdown()


def test_a_stop_finishes_the_forms_that_wait(weft, there, in_threads, monkeypatch):
    monkeypatch.setattr("bot.slack.timing.ON_ITS_WAY", 3600.0)
    person, others = fill_set_up(there), waiting_timers()
    app = in_threads()
    assert person.submit() == {}
    assert ONE_MOMENT() in words(person.modal)

    app.finish()

    assert "#tea" in words(person.modal)
    assert made(weft) == ["Coffee", "Tea"]
    until(lambda: waiting_timers() <= others)


def test_a_stop_waits_for_the_form_that_is_being_taken(weft, there, in_threads, workspace, monkeypatch):
    monkeypatch.setattr("bot.slack.timing.ON_ITS_WAY", 0.0)
    asked, may_go_on = Event(), Event()
    person = fill_set_up(there)
    app = in_threads()

    def wait(method):
        if method == LOOKS:
            workspace.before_call = None
            asked.set()
            may_go_on.wait(PATIENCE)

    workspace.before_call = wait
    person.submit()
    assert asked.wait(PATIENCE)
    threading.Timer(0.3, may_go_on.set).start()
    app.finish()

    assert "#tea" in words(person.modal)


class OvertakenByDrawing(Direct):
    """Each acknowledgement arrives when what the bot draws after it stands there already."""

    def __init__(self, app, workspace):
        super().__init__(app)
        self.calls = workspace.calls

    def deliver(self, envelope):
        before = len(self.calls)
        ack = super().deliver(envelope)
        until(lambda: "views.update" in [call.method for call in self.calls[before:]])
        return ack


def test_in_threads_it_is_drawn_once_more_after_the_acknowledgement(weft, there, in_threads, workspace, monkeypatch):
    monkeypatch.setattr("bot.slack.timing.ON_ITS_WAY", 0.0)
    monkeypatch.setattr("bot.slack.timing.DRAWN_AGAIN_AFTER", 3600.0)
    person = fill_set_up(there)
    app = in_threads()
    workspace.deliver_to(OvertakenByDrawing(app, workspace))
    assert person.submit() == {}
    assert ONE_MOMENT() in words(person.modal)

    app.finish()  # It is a few seconds later.

    assert "#tea" in words(person.modal)


def waiting_timers():
    return {one for one in threading.enumerate() if isinstance(one, threading.Timer) and not one.finished.is_set()}


def test_what_they_do_in_the_window_meanwhile_is_not_drawn_over(weft, there, in_threads, monkeypatch):
    monkeypatch.setattr("bot.slack.timing.ON_ITS_WAY", 0.0)
    monkeypatch.setattr("bot.slack.timing.DRAWN_AGAIN_AFTER", 3600.0)
    person = fill_set_up(there)
    app = in_threads()
    person.submit()
    until(lambda: "#tea" in words(person.modal))
    person.press("Start")
    until(lambda: "Stop" in words(person.modal))

    app.finish()

    assert "Stop" in words(person.modal)


def test_a_drawing_that_slack_refuses_is_a_line_with_its_code(weft, there, in_threads, workspace, monkeypatch, caplog):
    monkeypatch.setattr("bot.slack.timing.ON_ITS_WAY", 3600.0)
    person = fill_set_up(there)
    app = in_threads()
    person.submit()
    workspace.faults.refuse("views.update", "view_too_large", times=2)

    app.finish()

    assert [(line.getMessage(), line.code) for line in caplog.records if line.name == "bot.slack.deferred"] == [
        ("what follows an acknowledgement was refused", "view_too_large")
    ] * 2
