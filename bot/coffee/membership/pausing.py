"""Breaks from one program or several."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.coffee.membership import blocks, forms
from bot.coffee.membership import service as membership
from bot.coffee.membership.blocks import Reply
from bot.coffee.program.lookup import find, membership_of
from bot.core.lists import listed
from bot.core.work import Work
from bot.people.hours import today_of


def pause(work: Work, program_ids: Sequence[int], person_id: str, *, until: date) -> Reply:
    programs = [membership.pause(work, each, person_id, until=until) for each in program_ids]
    return blocks.paused(programs, until, today_of(work, person_id))


def resume(work: Work, program_ids: Sequence[int], person_id: str) -> Reply:
    return blocks.came_back([membership.resume(work, each, person_id) for each in program_ids])


def form(work: Work, program_ids: Sequence[int], person_id: str) -> dict[str, Any]:
    programs = [find(work, each) for each in program_ids]
    for program in programs:
        membership_of(work, program.id, person_id)
    names = listed([program.name for program in programs])
    return forms.pause_form(program_ids, names, today_of(work, person_id))
