"""All that the bot says to anybody, caught on its way: Web API, answers to a click, acknowledgements, files."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from bot.slacksim import Direct, answers


@dataclass(frozen=True)
class Spoken:
    to: frozenset[str]
    """Whoever can read it."""
    through: str
    after: str
    """What somebody had done just before."""
    words: object
    typed: str
    """What they had typed or sent themselves then: that may come back to them."""

    def lines(self) -> Iterator[str]:
        """Its texts one by one: each line of a section, each label, each value of a button."""
        for line in leaves(self.words):
            yield line.replace(self.typed, "") if self.typed else line


def leaves(thing: object) -> Iterator[str]:
    if isinstance(thing, str):
        yield from thing.splitlines()
    elif isinstance(thing, dict):
        for value in thing.values():
            yield from leaves(value)
    elif isinstance(thing, list | tuple):
        for value in thing:
            yield from leaves(value)


class Everything:
    def __init__(self, workspace):
        self.workspace, self.spoken = workspace, []
        self.after, self.typed = "life goes on", ""

    def listen(self, app, monkeypatch):
        call, use = self.workspace.call, answers.use

        def called(method, arguments, token):
            self.note(self.readers(arguments), method, arguments)
            return call(method, arguments, token)

        def used(workspace, url_id, body):
            url = workspace.response_urls.get(url_id)
            self.note(frozenset({url.user_id}) if url else frozenset(), "response_url", body)
            use(workspace, url_id, body)

        monkeypatch.setattr(self.workspace, "call", called)
        monkeypatch.setattr(answers, "use", used)
        self.workspace.deliver_to(Overheard(app, self))

    def note(self, to, through, words):
        to -= {self.workspace.bot_user_id}
        if to:
            self.spoken.append(Spoken(to, through, self.after, decoded(words), self.typed))

    def readers(self, arguments):
        there = self.workspace
        if arguments.get("trigger_id") in there.triggers:
            return frozenset({there.triggers[arguments["trigger_id"]].user_id})
        if arguments.get("view_id") in there.views:
            return frozenset({there.views[arguments["view_id"]].user_id})
        if arguments.get("user_id") or arguments.get("user"):
            return frozenset({arguments.get("user_id") or arguments["user"]})
        where = arguments.get("channel") or arguments.get("channel_id")
        if where in there.channels:
            channel = there.channels[where]
            return self.of_channel(channel)
        return frozenset({where} if where else ())

    def of_channel(self, channel):
        return frozenset(channel.members if channel.is_private else self.workspace.users)

    def note_files(self):
        """What was uploaded, for those who see the message that brought it."""
        for channel in self.workspace.channels.values():
            for message in channel.messages:
                for file in message.files:
                    self.note(self.of_channel(channel), f"file {file.name}", file.content.decode("utf-8", "replace"))


def decoded(words):
    """Blocks and views come as JSON within the form."""
    if isinstance(words, dict):
        return {name: decoded(value) for name, value in words.items()}
    if isinstance(words, str) and words[:1] in "[{":
        try:
            return json.loads(words)
        except ValueError:
            return words
    return words


class Overheard(Direct):
    """The way from the workspace to the bot, with an ear on what it answers at once."""

    def __init__(self, app, everything):
        super().__init__(app)
        self.everything = everything

    def deliver(self, envelope):
        ack = super().deliver(envelope)
        who = envelope.payload.get("user_id") or (envelope.payload.get("user") or {}).get("id")
        if ack is not None and ack.payload and who:
            self.everything.note(frozenset({who}), "acknowledgement", ack.payload)
        return ack
