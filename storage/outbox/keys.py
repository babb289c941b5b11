"""A message's key says why the message exists, and makes it exist once."""

from dataclasses import dataclass, replace

from storage.kinds import Deed, MessageKind


@dataclass(frozen=True, slots=True)
class MessageKey:
    text: str
    """What is unique. Nothing is read from it."""
    kind: MessageKind = MessageKind.OTHER
    subject_id: int | None = None
    """The row that messages of this kind are about."""
    part: int = 1
    """Its number, where one message goes in several."""

    def numbered(self, part: int) -> "MessageKey":
        return replace(self, text=f"{self.text}:part:{part}", part=part)

    def piece(self, number: int) -> "MessageKey":
        """Of a message that Slack finds too long."""
        return replace(self, text=f"{self.text}:piece:{number}", part=number)

    def file(self) -> "MessageKey":
        return replace(self, text=f"{self.text}:file")

    def changed(self, deed: Deed, number: int) -> "MessageKey":
        return replace(self, text=f"{self.text}:{deed.value}:{number}")

    def alone(self, person_id: str) -> "MessageKey":
        """For one of the people who can't be written to together."""
        return replace(self, text=f"{self.text}:alone:{person_id}")

    def again(self) -> "MessageKey":
        """For the next attempt after a refusal."""
        return replace(self, text=f"{self.text}:again")

    def lost(self) -> "MessageKey":
        """For the word to its author that it was refused."""
        return MessageKey(f"{self.text}:lost")


def as_key(key: MessageKey | str) -> MessageKey:
    return key if isinstance(key, MessageKey) else MessageKey(key)
