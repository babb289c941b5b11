"""Two processes bring the same people into a program at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from bot.coffee.membership import service as membership
from storage.programs import programs
from tests.coffee.stories import begin
from tests.waiting import PATIENCE

TIMES = 12


@pytest.mark.slow
def test_each_is_in_once_and_neither_process_fails(weft_on_both, team, workspace):
    weft = weft_on_both
    begin(weft, team)
    crowd = [workspace.add_person(f"Person {number}", tz="Europe/Berlin").id for number in range(TIMES)]
    weft.tick()
    with weft.bot.look() as work:
        [program_id] = [one.id for one in programs.programs(work)]
    together = Barrier(2)

    def join(person_id):
        together.wait(PATIENCE)
        with weft.bot.begin() as work:
            membership.join_from_channel(work, program_id, [person_id])

    with ThreadPoolExecutor(2) as processes:
        for person_id in crowd:
            for joined in [processes.submit(join, person_id) for _ in range(2)]:
                joined.result(PATIENCE)

    with weft.bot.look() as work:
        there = {member.person_id for member in programs.members(work, program_id=program_id)}
    assert there >= set(crowd)
