"""A file arrives with its message, once, whatever happens on the way. On SQLite and PostgreSQL."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.core.message import File, Message
from bot.people.sync import sync
from bot.slacksim import text_of
from storage.kinds import Deed, DeliveryState, MessageKind
from storage.outbox import outbox
from storage.outbox.files import OutboxFile
from storage.outbox.outbox import OutboxMessage
from storage.outbox.outgoing import claimed
from tests.delivery.test_carrier import another, send, wait
from tests.rows import copies

UPLOAD, SHARE, HISTORY = "files.getUploadURLExternal", "files.completeUploadExternal", "conversations.history"
PICTURE = File("net.png", b"\x89PNG", title="Your network", alt="Ten people, four teams")


@pytest.fixture
def ana(workspace):
    return workspace.add_person("Ana Ruiz")


@pytest.fixture
def ben(workspace):
    return workspace.add_person("Ben Okafor")


@pytest.fixture
def weft(weft_on_both):
    return weft_on_both


def seen(messages):
    """The words and files, in the order in which people see them."""
    return [[file.content for file in message.files] or message.text for message in messages]


def kept(weft):
    with weft.bot.look() as work:
        return copies(work.session.scalars(select(OutboxFile)))


def test_a_person_gets_a_file_with_its_words(weft, ana):
    send(weft, ana.id, text="Your network", file=PICTURE)

    weft.carry()
    wait(weft, hours=1)

    words, message = ana.messages()
    [file] = message.files
    assert (words.text, words.ts) == ("Your network", words_row(weft).ts)
    assert (file.name, file.title, file.content) == ("net.png", "Your network", b"\x89PNG")
    assert file.alt_txt == "Ten people, four teams"
    assert kept(weft) == []


def test_a_group_and_a_channel_get_files_too(weft, workspace, ana, ben):
    channel = workspace.add_channel("coffee", members=[ana, ben])
    send(weft, [ana.id, ben.id], text="Together", file=File("a.txt", "grüezi"))
    send(weft, channel.id, key="channel", text="Everybody", file=File("b.txt", "all"))

    weft.carry()

    assert seen(ben.group_messages()) == ["Together", ["grüezi".encode()]]
    assert seen(channel.messages) == ["Everybody", [b"all"]]


@pytest.mark.sampled(1)
@pytest.mark.parametrize("fault", ["lose_answer", "drop_request", "rate_limit"])
@pytest.mark.parametrize("method", [UPLOAD, SHARE])
def test_whatever_goes_wrong_on_the_way_the_file_arrives_once(weft, workspace, ana, fault, method):
    getattr(workspace.faults, fault)(method, times=2)
    send(weft, ana.id, file=PICTURE)

    for _ in range(8):
        wait(weft, minutes=1)

    assert seen(ana.messages()) == ["Hello", [b"\x89PNG"]]


def test_an_upload_that_breaks_is_begun_again(weft, workspace, ana, monkeypatch):
    uploads = []
    accept = workspace.upload

    def breaks_once(file_id, content):
        uploads.append(file_id)
        return accept("nothing", content) if len(uploads) == 1 else accept(file_id, content)

    monkeypatch.setattr(workspace, "upload", breaks_once)
    send(weft, ana.id, file=PICTURE)

    weft.carry()
    wait(weft, minutes=1)

    assert len(set(uploads)) == 2
    assert seen(ana.messages()) == ["Hello", [b"\x89PNG"]]


@pytest.mark.sampled(3)
@pytest.mark.parametrize("step", ["claimed", "uploaded", "shared"])
def test_a_process_that_dies_between_two_steps_loses_and_doubles_nothing(weft, ana, step):
    from bot.delivery import files as sending

    carrier = weft.composed.carrier
    send(weft, ana.id, file=PICTURE)
    carrier.lease.hold()
    carrier.sender.send(words_row(weft))
    row = carrier.sender.claim(share_row(weft))
    if step != "claimed":
        uploaded_id = sending.upload(weft.bot, carrier.slack, sending.file_of(weft.bot, row))
    if step == "shared":
        sending.share(carrier.slack, row, uploaded_id, "Your network")
    assert share_row(weft).state is DeliveryState.SENDING

    restarted = another(weft)
    weft.clock.advance(timedelta(seconds=31))
    while (moment := restarted.carry()) is not None:
        weft.clock.move_to(moment)

    assert seen(ana.messages()) == ["Hello", [b"\x89PNG"]]
    assert share_row(weft).state is DeliveryState.SENT


def words_row(weft):
    return one_row(weft, Deed.POST)


def share_row(weft):
    return one_row(weft, Deed.SHARE)


def one_row(weft, deed):
    with weft.bot.look() as work:
        return claimed(work.session.scalars(select(OutboxMessage).where(OutboxMessage.deed == deed)).one())


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("method", "error"),
    [(UPLOAD, "missing_scope"), (UPLOAD, "storage_limit_reached"), (SHARE, "file_type_not_allowed")],
)
def test_where_slack_takes_no_files_the_words_come_without(weft, workspace, ana, ben, method, error):
    workspace.faults.refuse(method, error)
    with weft.bot.begin() as work:
        shown = {"type": "section", "text": {"type": "mrkdwn", "text": "Hello, without a file"}}
        work.send(Message("Hello", [shown]), to=ana.id, key="file", file=PICTURE)
    send(weft, ben.id)

    weft.carry()

    assert [text_of(message) for message in ana.messages()] == ["Hello, without a file"]
    assert [message.text for message in ben.messages()] == ["Hello"]
    assert kept(weft) == []


def test_a_file_that_was_shared_though_its_answer_was_lost_is_found_and_not_sent_again(weft, workspace, ana):
    workspace.faults.lose_answer(SHARE)
    workspace.faults.server_error(HISTORY)
    send(weft, ana.id, file=PICTURE)

    for _ in range(8):
        wait(weft, minutes=1)

    assert seen(ana.messages()) == ["Hello", [b"\x89PNG"]]


def test_an_empty_file_is_not_worth_a_second_try(weft, ana):
    send(weft, ana.id, text="Nothing to see", file=File("empty.txt", ""))

    weft.carry()

    assert [(message.text, message.files) for message in ana.messages()] == [("Nothing to see", [])]


def cancelled_by_key(work, row):
    outbox.cancel(work, keys=[row.key])


def cancelled_by_subject(work, row):
    work.session.execute(update(OutboxMessage).values(kind=MessageKind.INTRODUCTION, subject_id=7))
    outbox.cancel_about(work, MessageKind.INTRODUCTION, subject_id=7)


def cancelled_for_its_recipient(work, row):
    outbox.cancel_for(work, person_id=row.recipient)


def removed(work, row):
    gone = {"deed": Deed.REMOVE, "text": "", "blocks": []}
    outbox.change(work, key=row.key, **gone)


def changed_one_by_one(state):
    def change_state(work, row):
        for each in work.session.scalars(select(OutboxMessage)):
            each.state = state

    return change_state


def changed_at_once(state):
    def change_state(work, row):
        work.session.execute(update(OutboxMessage).values(state=state))

    return change_state


UNSENT = {DeliveryState.WAITING, DeliveryState.SENDING}
ENDS = [state for state in DeliveryState if state not in UNSENT]


@pytest.mark.sampled(4)
@pytest.mark.parametrize(
    "end",
    [
        cancelled_by_key,
        cancelled_by_subject,
        cancelled_for_its_recipient,
        removed,
        *(change(state) for state in ENDS for change in (changed_one_by_one, changed_at_once)),
    ],
)
def test_a_file_is_gone_with_the_state_after_which_it_will_not_be_sent(weft, ana, end):
    send(weft, ana.id, file=PICTURE, at=weft.clock.now() + timedelta(days=1))

    with weft.bot.begin() as work:
        end(work, words_row(weft))

    assert kept(weft) == []


def test_a_file_that_waits_or_is_being_sent_stays(weft, ana):
    send(weft, ana.id, file=PICTURE, at=weft.clock.now() + timedelta(days=1))

    for state in UNSENT:
        with weft.bot.begin() as work:
            changed_at_once(state)(work, words_row(weft))

        assert len(kept(weft)) == 1


def test_a_file_that_expired_before_it_could_be_sent_is_gone(weft, ana):
    with weft.bot.begin() as work:
        too_late = {"at": work.now + timedelta(hours=1), "until": work.now + timedelta(hours=1)}
        work.send(Message("Late"), to=ana.id, key="late", file=PICTURE, **too_late)

    wait(weft, hours=2)

    assert (ana.messages(), kept(weft)) == ([], [])


def test_an_export_that_was_asked_for_by_someone_who_then_left_is_gone(weft, workspace, ana):
    sync(weft.bot, weft.composed.reads)
    ana.command("/weft", "export")
    assert len(kept(weft)) == 1

    ana.deactivate()

    assert kept(weft) == []


def test_forgetting_somebody_takes_the_files_on_their_way_along(weft, ana):
    from bot.features import PLUGGED
    from bot.privacy.service import forget_person

    send(weft, ana.id, file=PICTURE, at=weft.clock.now() + timedelta(days=1))
    with weft.bot.begin() as work:
        forget_person(work, ana.id, PLUGGED)

    assert kept(weft) == []
