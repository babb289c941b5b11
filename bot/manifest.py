"""The app's manifest, as Slack was told it: what Weft may do, hears and shows."""

from pathlib import Path
from typing import Any

import yaml

from bot.core.errors import SetupError

FILE = Path(__file__).parents[1] / "manifest.yml"


def read_manifest() -> dict[str, Any]:
    """Raises SetupError when the file is not beside the code."""
    try:
        manifest: dict[str, Any] = yaml.safe_load(FILE.read_text("utf-8"))
    except OSError as problem:
        raise SetupError(f"{FILE.name} is not beside the code. Run Weft from its checkout.") from problem
    return manifest


def needed_scopes() -> set[str]:
    return set(read_manifest()["oauth_config"]["scopes"]["bot"])
