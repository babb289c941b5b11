"""User group methods."""

from bot.slacksim import objects
from bot.slacksim.errors import Refused
from bot.slacksim.methods.method import method
from bot.slacksim.records import Records
from bot.slacksim.state import Json

READ = {"usergroups:read"}


@method("usergroups.list", tier="t2", scopes=READ, without_effect="team_id")
def list_groups(
    workspace: Records, include_count: bool = False, include_disabled: bool = False, include_users: bool = False
) -> Json:
    shown = [each for each in workspace.groups.values() if include_disabled or not each.is_disabled]
    team_id = workspace.team_id
    return {
        "usergroups": [objects.user_group(each, team_id, count=include_count, users=include_users) for each in shown]
    }


@method("usergroups.users.list", tier="t2", scopes=READ, errors="no_such_subteam", without_effect="team_id")
def list_members(workspace: Records, usergroup: str, include_disabled: bool = False) -> Json:
    group = workspace.groups.get(usergroup)
    if group is None or (group.is_disabled and not include_disabled):
        raise Refused("no_such_subteam")
    return {"users": list(group.members)}
