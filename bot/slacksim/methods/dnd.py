"""Do-not-disturb methods."""

from bot.slacksim.errors import Refused
from bot.slacksim.methods.method import method
from bot.slacksim.records import Records
from bot.slacksim.state import Json, User

READ = {"dnd:read"}
MOST_PEOPLE = 50


@method("dnd.info", tier="t3", scopes=READ, errors="user_not_found", without_effect="team_id")
def info(workspace: Records, user: str = "") -> Json:
    return status(workspace.user(user or workspace.bot_user_id))


@method("dnd.teamInfo", tier="t2", scopes=READ, errors="no_users_provided", without_effect="team_id")
def team_info(workspace: Records, users: str) -> Json:
    people = [each.strip() for each in users.split(",") if each.strip()]
    if not people:
        raise Refused("no_users_provided")
    if len(people) > MOST_PEOPLE:
        raise Refused("invalid_arguments", messages=[f"[ERROR] must provide at most {MOST_PEOPLE} users"])
    return {"users": {each: status(workspace.users[each]) for each in people if each in workspace.users}}


def status(user: User) -> Json:
    if user.dnd_from is None or user.dnd_until is None:
        # Slack's values for "not scheduled".
        return {"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1}
    begins, ends = int(user.dnd_from.timestamp()), int(user.dnd_until.timestamp())
    return {"dnd_enabled": True, "next_dnd_start_ts": begins, "next_dnd_end_ts": ends}
