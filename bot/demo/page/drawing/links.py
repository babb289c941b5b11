"""External links."""

from urllib.parse import urlsplit

from markupsafe import Markup

SAFE = {"http", "https", "mailto"}


def link(address: str, words: str | Markup) -> Markup:
    """Render a link if its scheme is safe, otherwise only its text."""
    if not leads_out(address):
        return Markup("{}").format(words or address)
    return Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>').format(address, words or address)


def leads_out(address: str) -> bool:
    try:
        return urlsplit(address).scheme.lower() in SAFE
    except ValueError:
        return False
