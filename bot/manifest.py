"""The Slack app manifest: scopes, events and interactivity."""

from importlib import resources
from typing import Any

import yaml

EVENTS_PATH = "/slack/events"
"""Request URL path for everything that Slack sends in HTTP mode."""


def manifest_text() -> str:
    """Return the manifest as YAML. It ships with the package, so no checkout is needed."""
    return resources.files("bot").joinpath("manifest.yml").read_text("utf-8")


def read_manifest() -> dict[str, Any]:
    manifest: dict[str, Any] = yaml.safe_load(manifest_text())
    return manifest


def http_manifest_text(address: str) -> str:
    """Return the manifest for HTTP mode, with `address` (https://…) as base URL instead of Socket Mode."""
    url = f"{address}{EVENTS_PATH}"
    manifest = read_manifest()
    settings = manifest["settings"] | {"socket_mode_enabled": False}
    settings["event_subscriptions"] = {"request_url": url} | settings["event_subscriptions"]
    # message_menu_options_url: without it, external selects stay empty.
    settings["interactivity"] |= {"request_url": url, "message_menu_options_url": url}
    for command in manifest["features"]["slash_commands"]:
        command["url"] = url
    return yaml.safe_dump(manifest | {"settings": settings}, sort_keys=False, allow_unicode=True, width=120)


def needed_scopes() -> set[str]:
    return set(read_manifest()["oauth_config"]["scopes"]["bot"])
