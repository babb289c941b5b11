"""The keys of all messages. Their spelling stays: the outbox knows for two years what was said."""

from collections.abc import Collection
from datetime import date, datetime

from storage.kinds import CheckIn, MessageKind
from storage.outbox.keys import MessageKey

MINUTE, SECOND, DAY = "%Y%m%d%H%M", "%Y%m%d%H%M%S", "%Y%m%d"

# Of a program


def ahead(person_id: str, told_at: datetime) -> MessageKey:
    """One message about the next rounds of all programs that the person is in."""
    return MessageKey(f"ahead:{person_id}:{told_at:{SECOND}}", MessageKind.AHEAD)


def stay_question(program_id: int, person_id: str, asked_at: datetime) -> MessageKey:
    """Of the moment and not of the round: rescheduling must not ask anew."""
    return MessageKey(
        f"program:{program_id}:stay:{asked_at:{SECOND}}:{person_id}", MessageKind.STAY_QUESTION, program_id
    )


def began_break(program_id: int, person_id: str, began_at: datetime) -> MessageKey:
    return MessageKey(f"program:{program_id}:break:{began_at:{SECOND}}:{person_id}", MessageKind.BREAK, program_id)


def welcome(program_id: int, person_id: str) -> MessageKey:
    return MessageKey(f"program:{program_id}:welcome:{person_id}", MessageKind.WELCOME, program_id)


def not_for_them(program_id: int, person_id: str) -> MessageKey:
    return MessageKey(f"program:{program_id}:not-for-them:{person_id}")


def round_overdue(program_id: int, admin_id: str, round_at: datetime) -> MessageKey:
    return MessageKey(f"program:{program_id}:overdue:{round_at:{MINUTE}}:{admin_id}")


def round_skipped(program_id: int, admin_id: str, round_at: datetime) -> MessageKey:
    return MessageKey(f"program:{program_id}:skipped:{round_at:{MINUTE}}:{admin_id}")


def groups_missed(program_id: int, admin_id: str, groups: Collection[str], now: datetime) -> MessageKey:
    return MessageKey(f"program:{program_id}:groups-missed:{'-'.join(groups)[:80]}:{now:{SECOND}}:{admin_id}")


def program_channel_lost(program_id: int, admin_id: str, now: datetime) -> MessageKey:
    return MessageKey(f"program:{program_id}:channel-lost:{now:{SECOND}}:{admin_id}")


# Of a round and its matches


def introduction(round_id: int, match_id: int, *, since: str = "", now: datetime | None = None) -> MessageKey:
    """`since`: what has changed in the match, for people who are introduced anew."""
    anew = f":{since}:{now:{SECOND}}" if since else ""
    return MessageKey(f"round:{round_id}:intro:{match_id}{anew}", MessageKind.INTRODUCTION, match_id)


def bump(round_id: int, match_id: int) -> MessageKey:
    return MessageKey(f"round:{round_id}:bump:{match_id}")


def check_in(round_id: int, person_id: str, which: CheckIn) -> MessageKey:
    return MessageKey(f"round:{round_id}:{which.value}:{person_id}")


def new_times(round_id: int, match_id: int, first_slot_id: int) -> MessageKey:
    return MessageKey(f"round:{round_id}:times:{match_id}:{first_slot_id}", MessageKind.NEW_TIMES, match_id)


def time_agreed(round_id: int, match_id: int, slot_id: int, now: datetime) -> MessageKey:
    """By slot and moment: once it is canceled, or people change, they may agree on it anew."""
    about = f"{match_id}:{slot_id}:{int(now.timestamp())}"
    return MessageKey(f"round:{round_id}:agreed:{about}", MessageKind.TIME_AGREED, match_id)


def time_canceled(round_id: int, match_id: int, at: datetime, now: datetime) -> MessageKey:
    stamps = f"{int(at.timestamp())}:{int(now.timestamp())}"
    return MessageKey(f"round:{round_id}:canceled:{match_id}:{stamps}", MessageKind.TIME_CANCELED, match_id)


def written_answers(round_id: int, match_id: int, to: Collection[str]) -> MessageKey:
    return MessageKey(f"round:{round_id}:written:{match_id}:{'-'.join(sorted(to))}", MessageKind.WRITTEN, match_id)


def partner_gone(round_id: int, person_id: str, match_id: int, gone: str) -> MessageKey:
    return MessageKey(f"round:{round_id}:gone:{person_id}:{match_id}:{gone}", MessageKind.PARTNER_GONE, round_id)


def left_alone(round_id: int, person_id: str) -> MessageKey:
    return MessageKey(f"round:{round_id}:alone:{person_id}")


def no_one_meets(round_id: int, admin_id: str) -> MessageKey:
    return MessageKey(f"round:{round_id}:nobody:{admin_id}")


def round_counts(round_id: int) -> MessageKey:
    return MessageKey(f"round:{round_id}:counts")


def coffee_now(request_id: int) -> MessageKey:
    return MessageKey(f"now:{request_id}", MessageKind.COFFEE_NOW, request_id)


def coffee_now_asked(request_id: int, person_id: str) -> MessageKey:
    return MessageKey(f"now:{request_id}:{person_id}")


def coffee_now_ended(request_id: int) -> MessageKey:
    return MessageKey(f"now:{request_id}:nobody")


def learned_line(learned_id: int) -> MessageKey:
    return MessageKey(f"learned:{learned_id}", MessageKind.LEARNED_LINE, learned_id)


def learned_asked(learned_id: int, person_id: str) -> MessageKey:
    return MessageKey(f"learned:{learned_id}:{person_id}")


# Of celebrations


def celebration_post(celebration_id: int, attempt: int) -> MessageKey:
    return MessageKey(f"celebration:{celebration_id}:post:{attempt}", MessageKind.CELEBRATION, celebration_id)


def celebration_to(celebration_id: int, receiver: str) -> MessageKey:
    return MessageKey(f"celebration:{celebration_id}:to:{receiver}", MessageKind.CELEBRATION_PRIVATE, celebration_id)


def celebration_told(celebration_id: int, person_id: str) -> MessageKey:
    return MessageKey(f"celebration:{celebration_id}:told:{person_id}")


def congratulation(celebration_id: int, author: str) -> MessageKey:
    return MessageKey(f"celebration:{celebration_id}:from:{author}", MessageKind.CONGRATULATION, celebration_id)


def seconded(person_id: str, celebration_id: int) -> MessageKey:
    return MessageKey(f"seconded:{person_id}:{celebration_id}")


def days(today: date) -> MessageKey:
    return MessageKey(f"days:{today:{DAY}}", MessageKind.DAYS, int(f"{today:{DAY}}"))


def digest(due_at: datetime) -> MessageKey:
    return MessageKey(f"digest:{due_at:{DAY}}", MessageKind.DIGEST)


def celebrations_channel_lost(channel_id: str, stamp: str, admin_id: str) -> MessageKey:
    return MessageKey(f"celebrations:channel-lost:{channel_id}:{stamp}:{admin_id}")


# Of other features


def network_request(request_id: int, what: str) -> MessageKey:
    return MessageKey(f"network:request:{request_id}:{what}", MessageKind.NETWORK, request_id)


def hello(person_id: str, other_id: str, day: date) -> MessageKey:
    return MessageKey(f"network:hello:{person_id}:{other_id}:{day:{DAY}}", MessageKind.NETWORK)


def network_picture(person_id: str, theme: str, now: datetime) -> MessageKey:
    return MessageKey(f"network:picture:{person_id}:{theme}:{now:%Y%m%dT%H%M}", MessageKind.NETWORK)


def counting_begins(channel_id: str, now: datetime) -> MessageKey:
    return MessageKey(f"counting:begins:{channel_id}:{now:%Y%m%dT%H%M%S}", MessageKind.COUNTING_BEGINS)


def counting_ends(channel_id: str, now: datetime) -> MessageKey:
    return MessageKey(f"counting:ends:{channel_id}:{now:%Y%m%dT%H%M%S}")


def counting_stopped(channel_id: str, admin_id: str, now: datetime) -> MessageKey:
    return MessageKey(f"counting:stopped:{channel_id}:{now:%Y%m%dT%H%M%S}:{admin_id}")


def nudge(person_id: str, day: date) -> MessageKey:
    return MessageKey(f"nudge:{person_id}:{day:{DAY}}")


def export(person_id: str, now: datetime) -> MessageKey:
    return MessageKey(f"export:{person_id}:{now:{MINUTE}}")
