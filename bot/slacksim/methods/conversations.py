"""Methods that list, open and read conversations."""

from bisect import bisect_left, bisect_right

from bot.slacksim import objects
from bot.slacksim.errors import Refused
from bot.slacksim.methods.method import HISTORIES, READS, method
from bot.slacksim.methods.paging import page
from bot.slacksim.records import SLACKBOT, Records
from bot.slacksim.state import Channel, Json, Kind, Message

MOST_PEOPLE = 8
FAMILY = {Kind.PUBLIC: "channels", Kind.PRIVATE: "groups", Kind.IM: "im", Kind.MPIM: "mpim"}
TYPES = {"public_channel": Kind.PUBLIC, "private_channel": Kind.PRIVATE, "im": Kind.IM, "mpim": Kind.MPIM}


def need(workspace: Records, scope: str) -> None:
    """Require a scope that depends on the call's target."""
    if scope not in workspace.scopes:
        raise Refused("missing_scope", needed=scope, provided=",".join(sorted(workspace.scopes)))


@method(
    "conversations.open",
    tier="t3",
    scopes={"channels:manage", "groups:write", "im:write", "mpim:write"},
    errors="channel_not_found invalid_user_combination method_not_supported_for_channel_type not_enough_users "
    "too_many_users user_disabled user_not_found user_not_visible users_list_not_supplied",
)
def open_conversation(
    workspace: Records, channel: str = "", users: str = "", prevent_creation: bool = False, return_im: bool = False
) -> Json:
    people = _existing(workspace, channel) if channel else _people(workspace, users)
    need(workspace, "im:write" if len(people) == 1 else "mpim:write")
    existing = workspace.direct_of(people)
    if existing is None and prevent_creation:
        raise Refused("channel_not_found")
    opened = existing or workspace.open_direct(people)
    whole = objects.channel(workspace, opened) if return_im else {"id": opened.id}
    return {"channel": whole} | ({"no_op": True, "already_open": True} if existing else {})


def _existing(workspace: Records, channel_id: str) -> list[str]:
    channel = workspace.channel(channel_id)
    if not channel.is_direct:
        raise Refused("method_not_supported_for_channel_type")
    return [each for each in channel.members if each != workspace.bot_user_id]


def _people(workspace: Records, users: str) -> list[str]:
    people = list(dict.fromkeys(each.strip() for each in users.split(",") if each.strip()))
    if not people:
        raise Refused("users_list_not_supplied")
    people = [each for each in people if each != workspace.bot_user_id]
    if not people:
        raise Refused("not_enough_users")
    if len(people) > MOST_PEOPLE:
        raise Refused("too_many_users")
    for user_id in people:
        _check_reachable(workspace, user_id, alone=len(people) == 1)
    return people


def _check_reachable(workspace: Records, user_id: str, *, alone: bool) -> None:
    user = workspace.user(user_id)
    if not workspace.can_see(user):
        raise Refused("user_not_visible")
    if user.deleted:
        raise Refused("user_disabled")
    if user_id == SLACKBOT or (user.is_bot and alone):
        raise Refused("invalid_user_combination")


@method(
    "conversations.info",
    tier="t3",
    scopes=READS,
    errors="channel_not_found",
)
def info(workspace: Records, channel: str, include_locale: bool = False, include_num_members: bool = False) -> Json:
    found = readable(workspace, channel)
    answer = objects.channel(workspace, found)
    answer |= {"locale": "en-US"} if include_locale else {}
    return {"channel": answer | ({"num_members": len(found.members)} if include_num_members else {})}


def readable(workspace: Records, channel_id: str) -> Channel:
    channel = workspace.channel(channel_id)
    need(workspace, f"{FAMILY[channel.kind]}:read")
    return channel


@method(
    "conversations.list",
    tier="t2",
    scopes=READS,
    errors="invalid_cursor invalid_limit invalid_types",
    without_effect="team_id",
)
def list_channels(
    workspace: Records,
    types: str = "public_channel",
    exclude_archived: bool = False,
    limit: int = 100,
    cursor: str = "",
) -> Json:
    visible = [each for each in workspace.channels.values() if _is_listed(workspace, each)]
    return _page_of(workspace, visible, types, exclude_archived, limit, cursor, members=True)


@method(
    "users.conversations",
    tier="t3",
    scopes=READS,
    errors="invalid_cursor invalid_limit invalid_types",
    without_effect="team_id exclude_muted",
)
def of_user(
    workspace: Records,
    user: str = "",
    types: str = "public_channel",
    exclude_archived: bool = False,
    limit: int = 100,
    cursor: str = "",
) -> Json:
    ids = workspace.conversations_of.get(user or workspace.bot_user_id, {})
    theirs = [workspace.channels[each] for each in ids]
    # The bot sees only those of a person's conversations that are visible to itself.
    visible = [each for each in theirs if _is_listed(workspace, each)]
    return _page_of(workspace, visible, types, exclude_archived, limit, cursor, members=False)


def _is_listed(workspace: Records, channel: Channel) -> bool:
    return not channel.is_private or workspace.bot_user_id in channel.members


def _page_of(
    workspace: Records,
    channels: list[Channel],
    types: str,
    exclude_archived: bool,
    limit: int,
    cursor: str,
    *,
    members: bool,
) -> Json:
    kinds = _kinds(workspace, types)
    chosen = [each for each in channels if each.kind in kinds and not (exclude_archived and each.is_archived)]
    shown, following = page(chosen, cursor, limit, error="invalid_limit")
    objects_shown = [objects.channel(workspace, each) for each in shown]
    if members:
        for each, whole in zip(shown, objects_shown, strict=True):
            whole["num_members"] = len(each.members)
    return {"channels": objects_shown} | following


def _kinds(workspace: Records, types: str) -> set[Kind]:
    names = [each.strip() for each in types.split(",") if each.strip()]
    if not names or any(each not in TYPES for each in names):
        raise Refused("invalid_types")
    for each in names:
        need(workspace, f"{FAMILY[TYPES[each]]}:read")
    return {TYPES[each] for each in names}


@method(
    "conversations.history",
    tier="t3",
    scopes=HISTORIES,
    errors="channel_not_found invalid_cursor invalid_ts_latest invalid_ts_oldest not_in_channel",
)
def history(
    workspace: Records,
    channel: str,
    oldest: str = "",
    latest: str = "",
    inclusive: bool = False,
    include_all_metadata: bool = False,
    limit: int = 100,
    cursor: str = "",
) -> Json:
    found = _with_history(workspace, channel)
    chosen = _shown_by_now(workspace, between(found.timeline, oldest, latest, inclusive))[::-1]
    return _read_page(found, chosen, include_all_metadata, limit, cursor)


@method(
    "conversations.replies",
    tier="t3",
    scopes=HISTORIES,
    errors="channel_not_found invalid_cursor invalid_ts_latest invalid_ts_oldest thread_not_found",
)
def replies(
    workspace: Records,
    channel: str,
    ts: str,
    oldest: str = "",
    latest: str = "",
    inclusive: bool = False,
    include_all_metadata: bool = False,
    limit: int = 100,
    cursor: str = "",
) -> Json:
    found = _with_history(workspace, channel)
    first = found.by_ts.get(ts)
    if first is None:
        raise Refused("thread_not_found")
    thread_ts = first.thread_ts or ts
    chosen = _shown_by_now(workspace, between(found.threads.get(thread_ts, []), oldest, latest, inclusive))
    parent = [found.by_ts[thread_ts]] if thread_ts in found.by_ts else []
    return _read_page(found, parent + chosen, include_all_metadata, limit, cursor)


def _with_history(workspace: Records, channel_id: str) -> Channel:
    channel = workspace.channel(channel_id)
    need(workspace, f"{FAMILY[channel.kind]}:history")
    if workspace.bot_user_id not in channel.members:
        raise Refused("not_in_channel")
    return channel


def between(messages: list[Message], oldest: str, latest: str, inclusive: bool) -> list[Message]:
    """Return the messages in a time range by bisection: they are sorted by `ts`."""
    lowest = _moment(oldest, "invalid_ts_oldest") if oldest else ""
    highest = _moment(latest, "invalid_ts_latest") if latest else "9"
    begins, ends = (bisect_left, bisect_right) if inclusive else (bisect_right, bisect_left)
    first = begins(messages, lowest, key=lambda each: each.ts)
    return messages[first : ends(messages, highest, key=lambda each: each.ts)]


def _shown_by_now(workspace: Records, messages: list[Message]) -> list[Message]:
    """Leave out messages that the simulated history lag still hides."""
    lag = workspace.faults.history_lags_by
    return [each for each in messages if float(each.ts) <= (workspace.now() - lag).timestamp()] if lag else messages


def _moment(given: str, error: str) -> str:
    seconds, _, fraction = given.partition(".")
    if not seconds.isdecimal() or (fraction and not fraction.isdecimal()):
        raise Refused(error)
    return f"{int(seconds):010d}.{fraction:0<6.6}"


def _read_page(channel: Channel, messages: list[Message], metadata: bool, limit: int, cursor: str) -> Json:
    shown, following = page(messages, cursor, limit)
    return {
        "messages": [_with_thread(channel, each, metadata) for each in shown],
        "has_more": bool(following["response_metadata"]["next_cursor"]),
        "pin_count": 0,
    } | following


def _with_thread(channel: Channel, message: Message, metadata: bool) -> Json:
    answer = objects.message(message, metadata=metadata)
    thread = channel.threads.get(message.ts)
    if not thread:
        return answer
    authors = list(dict.fromkeys(each.user for each in thread))
    return answer | {
        "reply_count": len(thread),
        "reply_users": authors,
        "reply_users_count": len(authors),
        "latest_reply": thread[-1].ts,
    }
