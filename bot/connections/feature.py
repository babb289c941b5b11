"""Meetings, contact of other kinds, and private notes: a person's connections."""

from datetime import timedelta
from typing import Any

from slack_bolt import App

from bot.connections import rollup
from bot.connections.met import blocks, service
from bot.connections.met import listeners as met_listeners
from bot.connections.notes import listeners as note_listeners
from bot.connections.notes.blocks import note_button
from bot.core.clients import ReadingClient
from bot.core.events import MeetingRecorded
from bot.core.feature import Feature, PersonalData, Section, Tick
from bot.core.message import Block
from bot.core.page import Page
from bot.core.work import Bot, Work
from storage.connections import connections, contacts, notes


def offer_note(_work: Work, met: MeetingRecorded) -> list[dict[str, Any]]:
    return [note_button(met)]


def export_person(work: Work, person_id: str) -> dict[str, Any]:
    meetings = connections.meetings_of(work, person_id=person_id)
    days = contacts.contacts_of(work, person_id=person_id)
    mine = notes.notes_of(work, person_id=person_id)
    return {
        "meetings": [
            {
                "met_on": meeting.met_on.isoformat(),
                "through": meeting.through,
                "with": [seat.person_id for seat in meeting.seats if seat.person_id != person_id],
            }
            for meeting in meetings
        ],
        "contacts": [contact(row) for row in sorted(days, key=lambda row: (row.day, row.other_id))],
        "notes": [
            {"about": note.other_id, "words": note.words, "written_at": note.written_at.isoformat()} for note in mine
        ],
    }


def contact(row: contacts.Contact) -> dict[str, Any]:
    kept = {"with": row.other_id, "on": row.day.isoformat(), "days": row.days}
    counts = ("introductions", "shoutouts", "congratulations", "hellos", "replies", "mentions", "reactions")
    return kept | {name: getattr(row, name) for name in counts if getattr(row, name)}


def forget_person(work: Work, person_id: str) -> None:
    connections.forget_person(work, person_id=person_id)
    notes.forget_person(work, person_id=person_id)
    contacts.forget_person(work, person_id=person_id)


def people_met(work: Work, person_id: str) -> list[Block]:
    return blocks.people_met(service.people_met(work, person_id), work.now.date())


def listen(app: App, bot: Bot) -> None:
    note_listeners.register(app, bot)
    met_listeners.register(app, bot)


def fold(bot: Bot, _client: ReadingClient) -> None:
    rollup.roll_up_due(bot)


FEATURE = Feature(
    name="connections",
    ticks=(Tick("fold old days of contact", timedelta(hours=1), fold, rollup.is_due),),
    handlers=(MeetingRecorded.on(offer_note),),
    home=(Section(Page.PEOPLE, people_met),),
    listen=listen,
    personal_data=PersonalData(export_person, forget_person),
)
