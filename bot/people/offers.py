"""What people offer to whoever meets them."""

from storage.people.people import Person


def meeting_link(person: Person) -> str:
    """The address of their own video room, or nothing."""
    link = person.meeting_link or ""
    return link if link.startswith("https://") else ""


def ask_me_about(person: Person) -> tuple[str, ...]:
    """What they like to be asked about, in their own words."""
    return tuple(person.ask_me_about)
