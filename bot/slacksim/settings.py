"""App settings from the manifest: scopes, events and enabled features."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# Supported event types, with the scopes any one of which is sufficient.
EVENTS: Mapping[str, frozenset[str]] = {
    "app_home_opened": frozenset(),
    "app_uninstalled": frozenset(),
    "tokens_revoked": frozenset(),
    "channel_id_changed": frozenset(),
    "channel_archive": frozenset({"channels:read"}),
    "channel_unarchive": frozenset({"channels:read"}),
    "channel_rename": frozenset({"channels:read"}),
    "channel_deleted": frozenset({"channels:read"}),
    "channel_left": frozenset({"channels:read"}),
    "channel_shared": frozenset({"channels:read", "groups:read"}),
    "group_archive": frozenset({"groups:read"}),
    "group_unarchive": frozenset({"groups:read"}),
    "group_rename": frozenset({"groups:read"}),
    "group_deleted": frozenset({"groups:read"}),
    "group_left": frozenset({"groups:read"}),
    "member_joined_channel": frozenset({"channels:read", "groups:read", "mpim:read"}),
    "member_left_channel": frozenset({"channels:read", "groups:read"}),
    "team_join": frozenset({"users:read"}),
    "user_change": frozenset({"users:read"}),
    "user_status_changed": frozenset({"users:read"}),
    "reaction_added": frozenset({"reactions:read"}),
    "reaction_removed": frozenset({"reactions:read"}),
    "dnd_updated_user": frozenset({"dnd:read"}),
    "subteam_members_changed": frozenset({"usergroups:read"}),
    "subteam_updated": frozenset({"usergroups:read"}),
    "message.channels": frozenset({"channels:history"}),
    "message.groups": frozenset({"groups:history"}),
    "message.im": frozenset({"im:history"}),
    "message.mpim": frozenset({"mpim:history"}),
}

EXTRA_SCOPES = frozenset({"commands"})


@dataclass(frozen=True)
class AppSettings:
    name: str = "Weft"
    # None: all scopes used by the methods here.
    scopes: frozenset[str] | None = None
    events: frozenset[str] = frozenset(EVENTS)
    home_tab: bool = True
    messages_tab: bool = True
    # None: any command and shortcut exists. Otherwise maps names to whether Slack escapes mentions in the text.
    commands: Mapping[str, bool] | None = None
    shortcuts: frozenset[str] | None = None

    @classmethod
    def from_manifest(cls, manifest: Mapping[str, Any]) -> "AppSettings":
        features = manifest.get("features", {})
        home = features.get("app_home", {})
        return cls(
            name=manifest["display_information"]["name"],
            scopes=frozenset(manifest["oauth_config"]["scopes"].get("bot", ())),
            events=frozenset(manifest["settings"].get("event_subscriptions", {}).get("bot_events", ())),
            home_tab=home.get("home_tab_enabled", False),
            messages_tab=home.get("messages_tab_enabled", False),
            commands={each["command"]: each.get("should_escape", False) for each in features.get("slash_commands", ())},
            shortcuts=frozenset(each["callback_id"] for each in features.get("shortcuts", ())),
        )
