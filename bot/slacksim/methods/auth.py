"""Identity methods: app, bot and workspace."""

from bot.slacksim.errors import Refused
from bot.slacksim.methods.method import method
from bot.slacksim.records import Records
from bot.slacksim.state import Json


@method("api.test", tier="t4")
def api_test(workspace: Records, error: str = "") -> Json:
    if error:
        raise Refused(error)
    return {}


@method("auth.test", tier="t5")
def auth_test(workspace: Records) -> Json:
    return {
        "url": f"https://{workspace.domain}.slack.com/",
        "team": workspace.name,
        "user": workspace.users[workspace.bot_user_id].name,
        "team_id": workspace.team_id,
        "user_id": workspace.bot_user_id,
        "bot_id": workspace.bot_id,
        "is_enterprise_install": False,
    }


@method("apps.connections.open", tier="t3", takes_app_token=True)
def open_connection(workspace: Records) -> Json:
    address = workspace.address.replace("http://", "ws://", 1)
    return {"url": f"{address}/link/?ticket={workspace.new_id('k')}&app_id={workspace.app_id}"}


@method("bots.info", tier="t3", scopes={"users:read"}, errors="bot_not_found", without_effect="team_id")
def bot_info(workspace: Records, bot: str = "") -> Json:
    if bot not in ("", workspace.bot_id):
        raise Refused("bot_not_found")
    name = workspace.users[workspace.bot_user_id].real_name
    return {
        "bot": {
            "id": workspace.bot_id,
            "deleted": False,
            "name": name,
            "updated": 0,
            "app_id": workspace.app_id,
            "user_id": workspace.bot_user_id,
            "icons": {},
        }
    }


@method("team.info", tier="t3", scopes={"team:read"}, errors="team_not_found", without_effect="domain")
def team_info(workspace: Records, team: str = "") -> Json:
    if team not in ("", workspace.team_id):
        raise Refused("team_not_found")
    return {
        "team": {
            "id": workspace.team_id,
            "name": workspace.name,
            "url": f"https://{workspace.domain}.slack.com/",
            "domain": workspace.domain,
            "email_domain": "",
            "icon": {"image_default": True},
        }
    }
