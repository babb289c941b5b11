"""HTML elements with a fixed name and escaped content."""

from typing import Literal

from markupsafe import Markup

Name = Literal["p", "strong", "em", "s", "code", "pre", "blockquote", "li"]


def tag(name: Name, inside: str | Markup) -> Markup:
    return Markup(f"<{name}>{{}}</{name}>").format(inside)  # noqa: S704 - the name is one of ours
