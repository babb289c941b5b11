"""A person's own network: people they know, teams where they know no one, and the next small step."""

from datetime import timedelta

from slack_sdk import WebClient

from bot.core.alone import send_to_each
from bot.core.feature import Feature, Tick, Undelivered
from bot.core.message import Block
from bot.core.page import Page
from bot.core.work import Bot, Work
from bot.network import blocks, listeners, nudges, privacy
from bot.network.asking import blocks as asking_blocks
from bot.network.asking import service as asking
from bot.network.service import network_of
from storage.connections import network


def my_people(work: Work, person_id: str) -> list[Block]:
    return blocks.network(network_of(work, person_id))


def settings(work: Work, person_id: str) -> list[Block]:
    out = network.is_not_a_connector(work, person_id=person_id)
    return asking_blocks.being_named(is_named=not out)


def end_requests(bot: Bot, _client: WebClient) -> None:
    asking.end_due(bot)


def forget_person(work: Work, person_id: str) -> None:
    network.forget_person(work, person_id=person_id)


def undelivered(work: Work, lost: Undelivered) -> None:
    """Send an undelivered group message to each person alone instead."""
    if lost.key.startswith("network:"):
        send_to_each(work, lost)


FEATURE = Feature(
    name="network",
    listen=listeners.register,
    ticks=(Tick("end requests for introductions", timedelta(minutes=30), end_requests, asking.is_any_over),),
    home={Page.PEOPLE: my_people, Page.SETTINGS: settings},
    help=listeners.HELP,
    export_person=privacy.export_person,
    forget_person=forget_person,
    undelivered=undelivered,
    person_gone=asking.somebody_gone,
    nudges=tuple(nudges.KINDS),
)
