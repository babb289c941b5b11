"""Slack's JSON objects, as used in responses, events and payloads."""

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.slacksim.state import Channel, File, Json, Kind, Message, User, UserGroup, View

if TYPE_CHECKING:
    from bot.slacksim.records import Records


def profile(real_name: str, display_name: str, title: str, email: str, fields: Json) -> Json:
    first, _, last = real_name.partition(" ")
    return {
        "title": title,
        "phone": "",
        "real_name": real_name,
        "real_name_normalized": real_name,
        "display_name": display_name,
        "display_name_normalized": display_name,
        "fields": fields,
        "status_text": "",
        "status_emoji": "",
        "status_expiration": 0,
        "avatar_hash": "",
        "first_name": first,
        "last_name": last,
        "email": email,
    }


def fields(records: "Records", who: User, *, labels: bool = False) -> Json:
    """Return a person's values of the existing custom fields."""
    known = records.profile_fields
    return {
        known[label]: {"value": value, "alt": ""} | ({"label": label} if labels else {})
        for label, value in who.profile["fields"].items()
        if value and label in known
    }


def user(records: "Records", who: User, *, locale: bool = False) -> Json:
    shown = {key: value for key, value in who.profile.items() if key != "fields"}
    if "users:read.email" not in records.scopes:
        shown.pop("email", None)
    answer: Json = {
        "id": who.id,
        "team_id": who.team_id,
        "name": who.name,
        "deleted": who.deleted,
        "color": "9f69e7",
        "real_name": who.real_name,
        "profile": shown | {"team": who.team_id},
        "is_bot": who.is_bot,
        "is_app_user": False,
        "updated": who.updated,
    }
    if who.deleted:
        # Slack omits time zone and roles of deactivated users.
        return answer
    answer |= _zone(who, records.now()) | _roles(who)
    if who.is_external and not records.can_see(who):
        answer["is_stranger"] = True
    return answer | ({"locale": who.locale} if locale and not who.is_external else {})


def _zone(who: User, now: datetime) -> Json:
    here = now.astimezone(ZoneInfo(who.tz))
    offset = here.utcoffset()
    return {"tz": who.tz, "tz_label": here.tzname() or "", "tz_offset": int(offset.total_seconds()) if offset else 0}


def _roles(who: User) -> Json:
    roles: Json = {
        "is_admin": who.is_admin,
        "is_owner": who.is_owner,
        "is_primary_owner": False,
        "is_restricted": who.is_restricted or who.is_ultra_restricted,
        "is_ultra_restricted": who.is_ultra_restricted,
        "is_email_confirmed": not who.is_invited,
        "who_can_share_contact_card": "EVERYONE",
    }
    if who.is_invited:
        roles["is_invited_user"] = True
    return roles


def channel(records: "Records", what: Channel) -> Json:
    common: Json = {
        "id": what.id,
        "created": what.created,
        "updated": what.created * 1000,
        "is_im": what.kind is Kind.IM,
        "is_org_shared": False,
        "is_archived": what.is_archived,
        "context_team_id": records.team_id,
    }
    if what.kind is Kind.IM:
        other = next(each for each in what.members if each != records.bot_user_id)
        return common | {"user": other, "is_user_deleted": records.users[other].deleted, "priority": 0}
    return common | _named(records, what)


def _named(records: "Records", what: Channel) -> Json:
    return {
        "name": what.name,
        "name_normalized": what.name,
        "is_channel": what.kind is Kind.PUBLIC,
        "is_group": what.kind is Kind.PRIVATE,
        "is_mpim": what.kind is Kind.MPIM,
        "is_private": what.is_private,
        "is_general": what.is_general,
        "is_member": records.bot_user_id in what.members,
        "is_shared": what.is_shared,
        "is_ext_shared": what.is_shared,
        "is_pending_ext_shared": what.has_invited_company,
        "creator": what.creator,
        "unlinked": 0,
        "shared_team_ids": [records.team_id],
        "pending_shared": [],
        "topic": {"value": "", "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
        "previous_names": [],
    }


def message(what: Message, *, metadata: bool) -> Json:
    answer: Json = {"type": "message", "user": what.user, "text": what.text, "ts": what.ts}
    optional = {
        "subtype": what.subtype,
        "bot_id": what.bot_id,
        "blocks": what.blocks,
        "thread_ts": what.thread_ts,
        "metadata": what.metadata if metadata else None,
        "reactions": reactions(what),
        "files": [file(each) for each in what.files],
        "edited": {"user": what.user, "ts": what.edited_ts} if what.edited_ts else None,
    }
    return answer | {key: value for key, value in optional.items() if value} | what.extra


def reactions(what: Message) -> list[Json]:
    return [{"name": name, "users": users, "count": len(users)} for name, users in what.reactions.items()]


def file(what: File) -> Json:
    extension = what.name.rpartition(".")[2]
    return {
        "id": what.id,
        "created": what.created,
        "timestamp": what.created,
        "name": what.name,
        "title": what.title or what.name,
        "filetype": extension,
        "user": what.user,
        "size": len(what.content),
        "mode": "hosted",
        "is_external": False,
        "is_public": False,
        "channels": [each for each in what.channel_ids if each.startswith("C")],
        "ims": [each for each in what.channel_ids if each.startswith("D")],
        "groups": [],
        "comments_count": 0,
    } | ({"alt_txt": what.alt_txt} if what.alt_txt else {})


def view(records: "Records", what: View) -> Json:
    blank = {"private_metadata": "", "callback_id": "", "external_id": "", "title": None, "close": None, "submit": None}
    return (
        blank
        | {"clear_on_close": False, "notify_on_close": False}
        | what.drawn
        | {
            "id": what.id,
            "team_id": records.team_id,
            "state": {"values": what.values},
            "hash": what.hash,
            "previous_view_id": what.previous_view_id,
            "root_view_id": what.root_view_id,
            "app_id": records.app_id,
            "app_installed_team_id": records.team_id,
            "bot_id": records.bot_id,
        }
    )


def user_group(what: UserGroup, team_id: str, *, count: bool, users: bool) -> Json:
    answer: Json = {
        "id": what.id,
        "team_id": team_id,
        "is_usergroup": True,
        "is_subteam": True,
        "name": what.name,
        "description": "",
        "handle": what.handle,
        "is_external": False,
        "date_create": what.created,
        "date_update": what.created,
        "date_delete": what.created if what.is_disabled else 0,
        "auto_type": None,
        "prefs": {"channels": [], "groups": []},
    }
    answer |= {"user_count": len(what.members)} if count else {}
    return answer | ({"users": what.members} if users else {})
