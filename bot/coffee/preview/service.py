"""Previewing the next round, reshuffling it and sending it early."""

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

from bot.coffee.preview import forms
from bot.coffee.preview.blocks import MOST_APART, Preview
from bot.coffee.program.drawing import name
from bot.coffee.program.kinds import kind_of
from bot.coffee.rounds import service as rounds
from bot.coffee.rounds.partial_replan import find_company
from bot.coffee.rounds.plan import Plan, keep_private_lists
from bot.coffee.rounds.worker import is_large, preview_inline_or_in_subprocess
from bot.coffee.setup import service as setup
from bot.coffee.setup.admins import check_admin
from bot.coffee.texts import preview as texts
from bot.coffee.texts import setup as setup_texts
from bot.core.errors import FormError, UserError
from bot.core.work import Bot, Work
from storage.kinds import ProgramState
from storage.people import people
from storage.programs import programs
from storage.programs.programs import Program

MOST_APART_EACH, LEAST_PARTNERS = 2, 3
STANDS_FOR = timedelta(minutes=15)
"""How long a preview is valid. Later, people may have changed teams or met."""


def may_look(work: Work, program_id: int, *, by: str) -> Program:
    program = programs.program(work, program_id=program_id)
    if program is None:
        raise UserError(setup_texts.NO_PROGRAM())
    check_admin(work, by, program)
    if program.state is not ProgramState.RUNNING:
        raise UserError(texts.NOT_RUNNING())
    return program


def look(bot: Bot, program_id: int, *, by: str) -> Preview:
    """Return the exact next matches, as the seed is drawn in advance."""
    with bot.look() as work:
        may_look(work, program_id, by=by)
    plan = preview_inline_or_in_subprocess(bot, program_id)
    with bot.look() as work:
        return shown(work, may_look(work, program_id, by=by), plan)


def still_stands(bot: Bot, seen: Preview, *, by: str) -> bool:
    """Return whether a large round can start as previewed, without matching everyone again to compare."""
    with bot.look() as work:
        program = may_look(work, seen.program_id, by=by)
        is_fresh = work.now - seen.made_at < STANDS_FOR
        return is_large(work, program.id) and is_fresh and basis_of(program) == seen.basis


def basis_of(program: Program) -> tuple[object, ...]:
    """Return what changes when the round is started, shuffled or set up anew."""
    return program.next_round_at, program.next_seed, program.version


def shown(work: Work, program: Program, plan: Plan | None) -> Preview:
    if plan is None:
        raise UserError(texts.NOT_RUNNING())
    apart = programs.pairs_apart_once(work, program_id=program.id)
    return Preview(program.id, name(program), program.zone, basis_of(program), plan, stamp_of(plan), work.now, apart)


def stamp_of(plan: Plan) -> str:
    matches = ";".join(",".join(group.people) for group in plan.matched.groups)
    return sha256(f"{plan.due_at.timestamp()}:{matches}".encode()).hexdigest()[:16]


def reshuffle(work: Work, program_id: int, *, by: str) -> None:
    program = setup.lock(work, program_id, by=by)
    program.next_seed = setup.draw_seed(work)


def keep_apart(work: Work, program_id: int, pair: tuple[str, str], *, by: str) -> None:
    program = setup.lock(work, program_id, by=by)
    if len(programs.pairs_apart_once(work, program_id=program.id)) >= MOST_APART:
        raise FormError(forms.PAIR, texts.TOO_MANY_PAIRS(most=MOST_APART))
    if len(programs.get_memberships(work, program_id=program.id, person_ids=pair)) < len(pair):
        raise FormError(forms.PAIR, texts.BOTH_IN_PROGRAM())
    check_choice_left(work, program, pair)
    programs.keep_apart_once(work, program=program, pair=pair, by=by)


def check_choice_left(work: Work, program: Program, pair: tuple[str, str]) -> None:
    """Check that both have partners left. With few, an admin could find out who is on a private block list.

    Private lists are not consulted here, as a refusal would reveal them.
    """
    pairs = {*programs.pairs_apart_once(work, program_id=program.id), pair}
    for person_id in pair:
        apart = {one for kept in pairs if person_id in kept for one in kept}
        if len(apart) - 1 > MOST_APART_EACH:
            raise FormError(forms.PAIR, texts.TOO_MANY_OF_ONE(most=MOST_APART_EACH))
        if len(possible_partners(work, program, person_id) - apart) < LEAST_PARTNERS:
            raise FormError(forms.PAIR, texts.TOO_FEW_LEFT())


def possible_partners(work: Work, program: Program, person_id: str) -> set[str]:
    """Return members this person may meet by the program's own rules, whether they take part next time or not."""
    members = {member.person_id: member for member in programs.members(work, program_id=program.id)}
    groups_of = kind_of(program).groups_of
    if groups_of is None:
        return members.keys() - {person_id}
    known = people.get_many(work, person_ids=members)
    groups = groups_of(work, program, known, members)
    return {one for one, group in groups.items() if group not in {None, groups.get(person_id)}}


def let_meet(work: Work, program_id: int, pair: tuple[str, str], *, by: str) -> None:
    setup.lock(work, program_id, by=by)
    programs.forget_apart_once(work, program_id=program_id, pair=pair)


def send_now(bot: Bot, seen: Preview, *, by: str) -> bool:
    """Start the round as previewed. False if people joined or left since.

    In a large program that is always so: it starts anyway, and the people concerned are matched again.
    """
    with bot.begin() as work:
        program = setup.lock(work, seen.program_id, by=by)
        plan = replace(keep_private_lists(work, program, seen.plan), starts_at=work.now)
        left_over = rounds.write(work, seen.program_id, plan, anyway=is_large(work, seen.program_id))
    find_company(bot, seen.program_id, left_over or ())
    return left_over is not None
