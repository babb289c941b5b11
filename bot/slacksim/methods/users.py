"""User and profile methods."""

from bot.slacksim import objects
from bot.slacksim.errors import Refused
from bot.slacksim.methods.method import method
from bot.slacksim.methods.paging import page
from bot.slacksim.records import Records
from bot.slacksim.state import Json

# Above this number Slack refuses a users.list call without pagination.
MOST_WITHOUT_LIMIT = 1000
PROFILE = {"users.profile:read"}


@method(
    "users.list",
    tier="t2",
    scopes={"users:read"},
    errors="invalid_cursor limit_required",
    without_effect="team_id",
)
def list_users(workspace: Records, limit: int = 0, cursor: str = "", include_locale: bool = False) -> Json:
    """List all users, including deactivated and invited ones and bots; callers must filter."""
    if not limit and len(workspace.users) > MOST_WITHOUT_LIMIT:
        raise Refused("limit_required")
    # People of other companies are listed only if they share a channel.
    everyone = [each for each in workspace.users.values() if workspace.can_see(each)]
    shown, following = page(everyone, cursor, limit or None)
    members = [objects.user(workspace, each, locale=include_locale) for each in shown]
    return {"members": members, "cache_ts": int(workspace.seconds())} | following


@method("users.info", tier="t4", scopes={"users:read"}, errors="user_not_found user_not_visible")
def user_info(workspace: Records, user: str, include_locale: bool = False) -> Json:
    found = workspace.user(user)
    return {"user": objects.user(workspace, found, locale=include_locale)}


@method("users.lookupByEmail", tier="t3", scopes={"users:read.email"}, errors="users_not_found")
def lookup_by_email(workspace: Records, email: str) -> Json:
    found = workspace.users.get(workspace.by_email.get(email.lower(), ""))
    if found is None or found.deleted:
        raise Refused("users_not_found")
    return {"user": objects.user(workspace, found)}


@method("users.profile.get", tier="t4", scopes=PROFILE, errors="user_not_found")
def profile(workspace: Records, user: str = "", include_labels: bool = False) -> Json:
    found = workspace.user(user or workspace.bot_user_id)
    shown = found.profile | {"fields": objects.fields(workspace, found, labels=include_labels)}
    if "users:read.email" not in workspace.scopes:
        shown.pop("email", None)
    return {"profile": shown}


@method("team.profile.get", tier="t3", scopes=PROFILE, without_effect="visibility")
def team_profile(workspace: Records) -> Json:
    fields = [
        {
            "id": field_id,
            "ordering": at,
            "label": label,
            "hint": "",
            "type": workspace.profile_kinds[field_id],
            "possible_values": None,
            "options": None,
            "is_hidden": field_id in workspace.hidden_fields,
        }
        for at, (label, field_id) in enumerate(workspace.profile_fields.items())
    ]
    return {"profile": {"fields": fields, "sections": []}}
