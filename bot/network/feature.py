"""A person's own network: people they know, teams where they know no one, and the next small step."""

from datetime import timedelta

from bot.core.alone import send_to_each
from bot.core.clients import ReadingClient
from bot.core.events import MessageLost, PersonGone
from bot.core.feature import Feature, PersonalData, Section, Tick, Words
from bot.core.message import Block
from bot.core.page import Page
from bot.core.work import Bot, Work
from bot.network import blocks, listeners, nudges, privacy, texts
from bot.network.asking import blocks as asking_blocks
from bot.network.asking import service as asking
from bot.network.service import network_of
from storage.connections import network
from storage.kinds import MessageKind


def my_people(work: Work, person_id: str) -> list[Block]:
    return blocks.network(network_of(work, person_id))


def settings(work: Work, person_id: str) -> list[Block]:
    out = network.is_not_a_connector(work, person_id=person_id)
    return asking_blocks.being_suggested(is_suggested=not out)


def end_requests(bot: Bot, _client: ReadingClient) -> None:
    asking.end_due(bot)


def forget_person(work: Work, person_id: str) -> None:
    network.forget_person(work, person_id=person_id)


def send_alone(work: Work, lost: MessageLost) -> None:
    """Send an undelivered group message to each person alone instead."""
    if lost.key.kind is MessageKind.NETWORK:
        send_to_each(work, lost)


FEATURE = Feature(
    name="network",
    listen=listeners.register,
    ticks=(Tick("end requests for introductions", timedelta(minutes=30), end_requests, asking.is_any_over),),
    handlers=(MessageLost.on(send_alone), PersonGone.on(asking.end_for_gone)),
    home=(Section(Page.PEOPLE, my_people), Section(Page.SETTINGS, settings)),
    words=Words(tuple(line() for line in texts.HELP)),
    personal_data=PersonalData(privacy.export_person, forget_person),
    nudges=tuple(nudges.KINDS),
)
