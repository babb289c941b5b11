"""The app's manifest, as Slack was told it: what Weft may do, hears and shows."""

from importlib import resources
from typing import Any

import yaml


def manifest_text() -> str:
    """The manifest as admins paste it. It is part of the package, so it is there without a checkout, too."""
    return resources.files("bot").joinpath("manifest.yml").read_text("utf-8")


def read_manifest() -> dict[str, Any]:
    manifest: dict[str, Any] = yaml.safe_load(manifest_text())
    return manifest


def needed_scopes() -> set[str]:
    return set(read_manifest()["oauth_config"]["scopes"]["bot"])
