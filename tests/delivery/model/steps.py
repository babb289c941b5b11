"""What a process does. Each step is one transaction, one request or one decision; it returns the words of a story."""

from tests.delivery.model.world import (
    FREE,
    GIVEN_UP,
    GONE,
    LATE,
    LEASE,
    LOOK_EVERY,
    SENDING,
    SENT,
    TEN_YEARS,
    WAITING,
    At,
)

NO_ANSWER, NO_LOOK = "no answer", "no look"
LATER, NONSENSE, NO_TS = "429", "nonsense", "ok without ts"
OK, FOUND, LEASE_LOST = "ok", "found", "lost lease"


def take_step(world, number):
    process = world.processes[number]
    return STEPS[process.at](world, number, process)


# The lease


def beat(world, number, process):
    said = hold(world, number, process, may_take_over=True)
    process.at = At.CLAIM if said else At.REST
    return said or "does not get the lease"


def check(world, number, process):
    """The connection is open: the last look at the lease before the request is written."""
    said = hold(world, number, process, may_take_over=not world.protocol.heartbeats)
    if said:
        process.at = At.WRITE
        return said
    process.at, process.answer = At.PUT_BACK if world.protocol.epochs else At.NOTE, LEASE_LOST
    return "sees that it has lost the lease"


def hold(world, number, process, *, may_take_over):
    """Renew the lease, or take it over where that is allowed. None when another process has it."""
    if not world.protocol.heartbeats:
        return hold_until_a_moment(world, number, process)
    is_mine = world.is_holder(number)
    if not is_mine:
        process.beat_seen, process.silent_for = False, 0 if process.beat_seen else process.silent_for
    if not is_mine and not (may_take_over and can_take_over(world, number, process)):
        return None
    for other in world.processes:
        if other is not process:
            other.beat_seen = True
    return "renews the lease" if is_mine else take_over(world, number, process)


def can_take_over(world, number, process):
    if world.holder in (FREE, number):
        return True
    return world.holder == GONE if world.protocol.process_lock else process.silent_for >= LEASE


def hold_until_a_moment(world, number, process):
    """The lease that is no heartbeat: it ends at a moment, which each process compares with a clock of its own."""
    if process.sure_for - process.off_by > LEASE / 2:
        return "renews the lease"
    is_mine = process.sure_for > process.off_by
    if world.holder not in (number, FREE) and world.until > process.off_by:
        process.sure_for = -99
        return None
    world.holder = number
    process.sure_for = world.until = process.off_by + LEASE
    return "renews the lease" if is_mine else take_over(world, number, process)


def take_over(world, number, process):
    """What the process before was sending may have been posted. A process that only forgot that it has the lease still
    knows the others.
    """
    is_again = world.holder == number and world.protocol.heartbeats
    for n, message in enumerate(world.messages):
        if not is_again or (message.state == SENDING and not message.uncertain):
            process.know(n)
        if message.state == SENDING:
            message.state = WAITING
            make_uncertain(world, message)
    world.holder, world.epoch = number, world.epoch + world.protocol.epochs
    process.epoch = world.epoch
    return "takes the lease again" if is_again else "takes over the lease"


def make_uncertain(world, message):
    message.uncertain, message.looks = True, first_look(world.protocol)


def first_look(protocol):
    return (protocol.looks or 1) if protocol.heals else 0


# Sending


def claim(world, number, process):
    ready = [n for n, message in enumerate(world.messages) if is_ready(message, n, process)]
    if not ready or (world.protocol.epochs and not world.is_holder(number)):
        process.at = At.REST
        return "may not claim: the lease is another's" if ready else "has nothing to do"
    process.message = ready[0]
    message = world.messages[ready[0]]
    if message.state == SENT:
        process.at = At.LIST
        return "decides to look for copies"
    message.state, message.epoch = SENDING, process.epoch
    process.at = At.LOOK if message.uncertain else At.CHECK
    return f"claims message {ready[0] + 1}" + (", which is uncertain" if message.uncertain else "")


def is_ready(message, number, process):
    if message.state == SENT:
        return message.looks and process.known_for[number] >= LOOK_EVERY
    return message.state == WAITING and not process.pause_calls


def look(world, _number, process):
    seen = world.posts[process.message].shown()
    if seen:
        process.answer, process.ts, process.at = FOUND, seen[0], At.NOTE
        return "finds it in the history"
    too_early = world.protocol.waits and process.known_for[process.message] <= LATE + world.scenario.lag
    process.at = At.PUT_BACK if too_early else At.NOT_POSTED
    return "finds nothing in the history"


def note_not_posted(world, _number, process):
    """It was looked for long enough: it waits as if it had never been tried."""
    message = world.messages[process.message]
    if is_claimed_by(process, message) or not world.protocol.epochs:
        message.state, message.uncertain = WAITING, False
    process.at = At.CLAIM
    return "notes that it was not posted"


def put_back(world, _number, process):
    message = world.messages[process.message]
    if is_claimed_by(process, message):
        message.state = WAITING
    process.at = At.REST
    return "puts it back: nothing was asked of Slack"


def write(world, number, process):
    silence = world.protocol.silence
    if silence and process.silent_connection > silence:
        process.at, process.answer = At.NOTE, NO_ANSWER
        return "finds its connection closed"
    world.posts[process.message].requests.append((number, 0, False))
    process.at = At.WAIT
    return "writes the request"


def note(world, _number, process):
    message, answer, ts = world.messages[process.message], process.answer, process.ts
    process.at, process.answer, process.ts = At.CLAIM, "", 0
    if answer == LATER:
        process.pause_calls = 1 if world.protocol.careful else TEN_YEARS
    if world.protocol.epochs and not is_claimed_by(process, message):
        return note_of_another(world, process, message, answer)
    if answer in (OK, FOUND):
        message.state, message.ts, message.uncertain = SENT, ts, False
        process.know(process.message)
    elif answer in (NONSENSE, NO_TS) and not world.protocol.careful:
        message.state, message.uncertain = GIVEN_UP if answer == NONSENSE else SENT, False
    else:
        message.state = WAITING
        process.at = At.REST if world.protocol.waits or answer == LATER else At.BEAT
        if answer != LATER:
            make_uncertain(world, message)
            process.know(process.message)
    return f"notes '{answer}'"


def note_of_another(world, process, message, answer):
    """A result that comes too late changes nothing; but what was asked of Slack has to be looked for."""
    process.at = At.REST
    if world.protocol.heals and answer != LATER:
        message.looks = first_look(world.protocol)
    asks = "; it asks for a look" if world.protocol.heals else ""
    return f"may not note '{answer}', for the message is another's now{asks}"


def is_claimed_by(process, message):
    return message.state == SENDING and message.epoch == process.epoch


# Healing


def list_copies(world, _number, process):
    process.copies, process.at = tuple(world.posts[process.message].shown()), At.NOTE_COPIES
    return f"sees {len(process.copies)} in the history"


def note_copies(world, number, process):
    message, (*seen,) = world.messages[process.message], process.copies
    process.copies, process.at = (), At.REST
    if world.protocol.epochs and not world.is_holder(number):
        return "sees that it has lost the lease"
    if message.state != SENT:
        return "sees that the message has changed"
    if seen and seen[0] < message.ts:
        message.ts = seen[0]
    process.copies = tuple(seen[1:])
    if world.protocol.looks and not process.copies:
        message.looks -= 1
    process.know(process.message)
    process.at = At.DELETE if process.copies else At.CLAIM
    return f"notes {len(process.copies)} copies"


def delete_copies(world, _number, process):
    post = world.posts[process.message]
    post.copies = [copy for copy in post.copies if copy[0] not in process.copies]
    process.copies, process.at = (), At.CLAIM
    return "deletes all but the oldest"


STEPS = {
    At.BEAT: beat,
    At.CLAIM: claim,
    At.LOOK: look,
    At.CHECK: check,
    At.WRITE: write,
    At.NOTE: note,
    At.PUT_BACK: put_back,
    At.NOT_POSTED: note_not_posted,
    At.LIST: list_copies,
    At.NOTE_COPIES: note_copies,
    At.DELETE: delete_copies,
}

BUILT_AS = {
    At.BEAT: ("lease:Lease.hold", "lease:Lease.beat", "lease:Lease.take_over", "carrier:Carrier.take_over"),
    At.CLAIM: ("sender:Sender.claim",),
    At.LOOK: ("sender:Sender.look", "retries:Retries.may_post_again"),
    At.CHECK: ("carrier:Carrier.before_writing", "lease:Lease.confirm"),
    At.WRITE: ("calls:PacedCalls.post",),
    At.NOTE: ("sender:Sender.note_sent", "sender:Sender.note_failure", "sender:Sender.ask_for_look"),
    At.PUT_BACK: ("sender:Sender.put_back",),
    At.NOT_POSTED: ("sender:Sender.note_not_posted",),
    At.LIST: ("healer:Healer.heal", "calls:PacedCalls.copies"),
    At.NOTE_COPIES: ("healer:Healer.note_copies",),
    At.DELETE: ("calls:PacedCalls.remove",),
}
"""The functions in bot/delivery that do the same. Who changes one of them looks at its step here."""
