"""The app's manifest, as Slack was told it: what Weft may do, hears and shows."""

from importlib import resources
from typing import Any

import yaml

EVENTS_PATH = "/slack/events"
"""Where Slack sends everything in HTTP mode."""


def manifest_text() -> str:
    """The manifest as admins paste it. It is part of the package, so it is there without a checkout, too."""
    return resources.files("bot").joinpath("manifest.yml").read_text("utf-8")


def read_manifest() -> dict[str, Any]:
    manifest: dict[str, Any] = yaml.safe_load(manifest_text())
    return manifest


def http_manifest_text(address: str) -> str:
    """The manifest of an app to which Slack sends its requests, at https://…, instead of through Socket Mode."""
    url = f"{address}{EVENTS_PATH}"
    manifest = read_manifest()
    settings = manifest["settings"] | {"socket_mode_enabled": False}
    settings["event_subscriptions"] = {"request_url": url} | settings["event_subscriptions"]
    # Without the last one every menu with choices of ours stays empty.
    settings["interactivity"] |= {"request_url": url, "message_menu_options_url": url}
    for command in manifest["features"]["slash_commands"]:
        command["url"] = url
    return yaml.safe_dump(manifest | {"settings": settings}, sort_keys=False, allow_unicode=True, width=120)


def needed_scopes() -> set[str]:
    return set(read_manifest()["oauth_config"]["scopes"]["bot"])
