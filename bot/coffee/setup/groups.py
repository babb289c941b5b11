"""User groups that programs use: syncing their members, and alerts if one is gone or empty."""

from functools import partial

from bot.coffee.setup import blocks
from bot.coffee.setup.admins import tell_admins
from bot.core import keys
from bot.core.clients import ReadingClient
from bot.core.work import Bot, Work
from bot.people.sources import reading
from storage.kinds import GroupedBy, ProgramState
from storage.people import user_groups
from storage.programs import programs
from storage.programs.programs import Program


def read_groups_when_due(bot: Bot, client: ReadingClient) -> None:
    with bot.look() as work:
        wanted = groups_wanted(work)
    if wanted:
        reading.read_these_when_due(bot, client, wanted)
        with bot.look() as work:
            is_news = any(missing_in(work, one) != set(one.groups_missed) for one in programs.programs(work))
        if is_news:  # Reading first blocks no writer.
            with bot.begin() as work:
                record_missing(work)


def is_any_wanted(work: Work) -> bool:
    return bool(groups_wanted(work))


def groups_wanted(work: Work) -> set[str]:
    return {group_id for program in programs.programs(work) for group_id in groups_in(program)}


def groups_in(program: Program) -> set[str]:
    meeting = program.user_groups if program.grouped_by is GroupedBy.USER_GROUP else []
    return {*program.audience, *meeting}


def record_missing(work: Work) -> None:
    """Alert admins once about a group that is gone or empty; again only if it was back in between."""
    for program in programs.programs(work):
        missing = missing_in(work, program)
        new = sorted(missing - set(program.groups_missed))
        if missing != set(program.groups_missed):
            program.groups_missed = sorted(missing)
        if new and program.state is not ProgramState.DRAFT:
            names = names_of(work, new)
            key = partial(keys.groups_missed, program.id, groups=new, now=work.now)
            tell_admins(work, program, blocks.groups_missed(program, names), key=key)


def missing_in(work: Work, program: Program) -> set[str]:
    """Return groups that are gone or empty, of those that were read."""
    wanted = groups_in(program)
    there = user_groups.get_many(work, group_ids=wanted)
    read = {one for one in wanted if one in there and there[one].read_at is not None}
    return read - user_groups.groups_with_members(work, group_ids=wanted)


def names_of(work: Work, group_ids: list[str]) -> list[str]:
    there = user_groups.get_many(work, group_ids=group_ids)
    return [there[one].name for one in group_ids if one in there]


def names_of_members(work: Work) -> dict[str, str]:
    """Return the names of all existing user groups, by id."""
    there = user_groups.all_groups(work)
    return {group.group_id: group.name for group in there if not group.is_gone}
