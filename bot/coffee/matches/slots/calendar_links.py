"""Links that open a calendar with the entry filled in, ready to be saved."""

from datetime import UTC, datetime
from urllib.parse import quote, urlencode

GOOGLE = "https://calendar.google.com/calendar/render"
OUTLOOK = "https://outlook.office.com/calendar/0/deeplink/compose"


def google_link(title: str, starts_at: datetime, ends_at: datetime, place: str = "") -> str:
    dates = "/".join(f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}" for at in (starts_at, ends_at))
    return f"{GOOGLE}?{encoded({'action': 'TEMPLATE', 'text': title, 'dates': dates, 'location': place})}"


def outlook_link(title: str, starts_at: datetime, ends_at: datetime, place: str = "") -> str:
    start, end = (f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" for at in (starts_at, ends_at))
    asked = {"path": "/calendar/action/compose", "rru": "addevent", "subject": title, "startdt": start, "enddt": end}
    return f"{OUTLOOK}?{encoded(asked | {'location': place})}"


def encoded(asked: dict[str, str]) -> str:
    # Outlook shows a plus as it is, so spaces are encoded as %20.
    return urlencode({name: value for name, value in asked.items() if value}, quote_via=quote)
