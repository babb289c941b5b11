"""On the working day before a round, whoever will take part is told."""

from datetime import timedelta

from bot.core.calendar import next_working_moment
from bot.core.work import Bot, Work
from bot.programs import rhythm as rhythms
from bot.programs.rhythm import rhythm_of
from bot.programs.rounds import blocks
from bot.programs.rounds.attendance import who_takes_part
from storage import programs

A_DAY = timedelta(days=1)


def announce_rounds(bot: Bot) -> None:
    """On the working day before, whoever will take part is told, so that they can skip it with one tap."""
    with bot.look() as work:
        soon = programs.programs_before(
            work.session, workspace_id=work.workspace_id, until=work.now + rhythms.LONGEST_NOTICE
        )
        due = [one.id for one in soon if rhythms.heads_up_at(rhythm_of(one), one.next_round_at) <= work.now]
    for program_id in due:
        with bot.begin() as work:
            announce(work, program_id)


def announce(work: Work, program_id: int) -> None:
    program = programs.lock_program(work.session, program_id=program_id)
    if program is None or program.heads_up_for == program.next_round_at or program.next_round_at <= work.now:
        return
    program.heads_up_for = program.next_round_at
    present = who_takes_part(work, program).present
    for member in programs.members(work.session, program_id=program.id):
        person = present.get(member.person_id)
        if person is None or work.now - member.joined_at < A_DAY:
            continue  # Whoever has just joined read the same in the welcome.
        at = next_working_moment(work.now, person.zone)
        key = f"program:{program.id}:heads-up:{program.next_round_at:%Y%m%d%H%M}:{person.person_id}"
        if at < program.next_round_at:
            work.send(blocks.heads_up(program), to=person.person_id, key=key, at=at, until=program.next_round_at)
