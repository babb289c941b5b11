"""Profile details that are shown to a person's matches."""

from storage.people.people import Person


def meeting_link(person: Person) -> str:
    """Return the URL of their video room, or an empty string."""
    link = person.meeting_link or ""
    return link if link.startswith("https://") else ""


def ask_me_about(person: Person) -> tuple[str, ...]:
    return tuple(person.ask_me_about)
