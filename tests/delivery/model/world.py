"""States: a database, Slack and processes, as plain values that can be compared, and changed one step at a time."""

from operator import attrgetter
from typing import NamedTuple

LEASE, REQUEST, LATE, LOOK_EVERY, TEN_YEARS = 3, 1, 2, 2, 40
"""Ticks: the silence after which others take over; a request; the latest execution after it was written; between two
looks after sending; so far ahead that no one lives to see it."""
PATIENCE = 2 * LEASE + LATE + LOOK_EVERY + 5
"""Ticks without faults after which all must be well."""
LONG_AGO = -10
FREE, GONE, NONE = -2, -1, -1
"""A lease without a holder; a holder or sender that died; no epoch."""
A_PROCESS = 0
"""Processes have the numbers from here on."""

WAITING, SENDING, SENT, GIVEN_UP = "waiting", "sending", "sent", "given up"


class At:
    """The step that a process takes next. In REST and WAIT it takes none."""

    BEAT, CLAIM, LOOK, CHECK, WRITE = "beat", "claim", "look", "check", "write"
    NOTE, PUT_BACK, NOT_POSTED = "note", "put back", "not posted"
    LIST, NOTE_COPIES, DELETE = "list", "note copies", "delete"
    WAIT, REST, DEAD = "wait", "rest", "dead"
    OUTSIDE = frozenset({BEAT, REST, DEAD, CLAIM})
    """It has no message in hand."""


class Protocol(NamedTuple):
    """What is built, part by part, so that each can be taken out."""

    name: str
    heartbeats: bool = True
    """The lease is a counter, whose silence others measure by their own monotonic clock; or it ends at a moment."""
    epochs: bool = True
    """Claims and results count only under the epoch in which they were begun."""
    careful: bool = True
    """An unknown answer is uncertain, Retry-After is bounded, and moments of retries stay in memory."""
    durable: bool = True
    """A commit survives a power failure."""
    waits: bool = True
    """What is uncertain is posted again only when LATE is over and another look found nothing."""
    heals: bool = True
    """What was ever uncertain is looked for after it was sent, and all copies but the oldest are deleted."""
    looks: int = 0
    """How often it is looked for after that; 0: for ever."""
    process_lock: bool = False
    """All processes are on one machine, and whoever carries has a lock that ends only with its process."""
    silence: int = 0
    """Slack closes an open connection after so many ticks without a request; 0: never."""


class Scenario(NamedTuple):
    """What may go wrong, and how often in all."""

    name: str
    kinds: frozenset[str]
    budget: int
    processes: int = 2
    messages: int = 1
    lag: int = 0
    """A history may show a message so many ticks late."""


class Message:
    """A row of the outbox. `looks`: 0 when it is not looked for after it was sent."""

    __slots__ = ("epoch", "looks", "state", "ts", "uncertain")
    values = attrgetter("state", "uncertain", "epoch", "looks", "ts")

    def __init__(self, values):
        self.state, self.uncertain, self.epoch, self.looks, self.ts = values


class Post:
    """What Slack knows of a message: its copies as (ts, ticks until the history shows it), oldest first, and requests
    under way as (sender, age, is late).
    """

    __slots__ = ("copies", "next_ts", "requests")

    def __init__(self, values):
        self.next_ts, copies, requests = values
        self.copies, self.requests = list(copies), list(requests)

    @staticmethod
    def values(post):
        return post.next_ts, tuple(post.copies), tuple(post.requests)

    def shown(self):
        return [ts for ts, hidden_for in self.copies if not hidden_for]


class Process:
    """`silent_for`: ticks in which it saw no beat of any other. `beat_seen`: there was one since it last looked.
    `known_for`: since when it knows the present state of each message. `copies`: what it saw in the history, or what it
    will delete. `pause_calls`: what is left of Retry-After. `silent_connection`: ticks on a connection that it opened.
    `off_by` and `sure_for`: its wall clock, and until when it has the lease by that, where there are no heartbeats.
    """

    __slots__ = (
        "answer",
        "at",
        "beat_seen",
        "copies",
        "epoch",
        "known_for",
        "message",
        "off_by",
        "pause_calls",
        "paused",
        "silent_connection",
        "silent_for",
        "sure_for",
        "ts",
    )
    values = attrgetter(*__slots__)

    def __init__(self, values):
        (
            self.answer,
            self.at,
            self.beat_seen,
            self.copies,
            self.epoch,
            self.known_for,
            self.message,
            self.off_by,
            self.pause_calls,
            self.paused,
            self.silent_connection,
            self.silent_for,
            self.sure_for,
            self.ts,
        ) = values

    @classmethod
    def started(cls, messages):
        """A process that knows nothing yet."""
        return cls(("", At.BEAT, False, (), NONE, (0,) * messages, 0, 0, 0, False, 0, 0, -99, 0))

    def know(self, message):
        """From now on it knows the state of this message."""
        self.known_for = tuple([0 if n == message else age for n, age in enumerate(self.known_for)])


IS_AT, IS_PAUSED = sorted(Process.__slots__).index("at"), sorted(Process.__slots__).index("paused")
"""Places in the values of a process."""


class World:
    """One state, opened to be changed. `freeze` makes it a value again."""

    def __init__(self, state, protocol, scenario):
        self.protocol, self.scenario = protocol, scenario
        self.faults_left, (self.holder, self.epoch, self.until), messages, posts, processes, self.before = state
        self.messages = [Message(one) for one in messages]
        self.posts = [Post(one) for one in posts]
        self.processes = [Process(one) for one in processes]

    @classmethod
    def begun(cls, protocol, scenario):
        """The first process, which stories call A, holds the lease."""
        message, post = (WAITING, False, NONE, 0, 0), (1, (), ())
        processes = [Process.started(scenario.messages) for _ in range(scenario.processes)]
        processes[0].sure_for, processes[0].epoch = LEASE, 0
        state = (
            scenario.budget,
            (A_PROCESS, 0, LEASE),
            (message,) * scenario.messages,
            (post,) * scenario.messages,
            tuple([Process.values(one) for one in processes]),
            (),
        )
        return cls(state, protocol, scenario)

    def database(self):
        return (self.holder, self.epoch, self.until), tuple([Message.values(one) for one in self.messages])

    def is_holder(self, number):
        return self.holder == number and self.epoch == self.processes[number].epoch

    def freeze(self):
        self.forget_what_makes_no_difference()
        posts = tuple([Post.values(post) for post in self.posts])
        processes = tuple([Process.values(process) for process in self.processes])
        return self.faults_left, *self.database(), posts, processes, self.before

    def forget_what_makes_no_difference(self):
        """Two states that differ only in what will never be asked for again are one."""
        for message in self.messages:
            if message.state != SENDING:
                message.epoch = NONE
        for number, process in enumerate(self.processes):
            if process.at != At.WRITE:
                process.silent_connection = 0
            if process.at in At.OUTSIDE:
                process.message = process.ts = 0
            if self.protocol.heartbeats:
                self.forget_of_heartbeats(number, process)
        if self.protocol.heartbeats:
            self.until = 0
        self.rank_epochs()

    def forget_of_heartbeats(self, number, process):
        process.off_by, holds = 0, self.is_holder(number)
        if holds:
            process.beat_seen, process.silent_for = False, 0
        process.sure_for = 0
        if process.at in (At.BEAT, At.REST, At.DEAD):
            process.epoch = process.epoch if holds else NONE
            holds = self.holder == number  # It may have forgotten the lease for now, and knows the messages.
            process.known_for = tuple(
                [
                    age if holds and (one.uncertain or one.looks) else 0
                    for age, one in zip(process.known_for, self.messages, strict=True)
                ]
            )

    def rank_epochs(self):
        """Only the order of epochs counts."""
        used = sorted({NONE, self.epoch, *[one.epoch for one in self.messages], *[one.epoch for one in self.processes]})
        if used[-1] > len(used) - 2:
            rank = {epoch: number for number, epoch in enumerate(used, NONE)}
            for one in (self, *self.messages, *self.processes):
                one.epoch = rank[one.epoch]
