"""Types of programs. To add one, add a file here and a line below; other code asks `kind_of`."""

from bot.coffee.program.kinds.coffee import COFFEE
from bot.coffee.program.kinds.cross_group import CROSS_GROUP
from bot.coffee.program.kinds.groups import GROUPS
from bot.coffee.program.kinds.kind import Kind
from storage.kinds import ProgramKind
from storage.programs.programs import Program

KINDS: dict[ProgramKind, Kind] = {kind.kind: kind for kind in (COFFEE, GROUPS, CROSS_GROUP)}


def kind_of(program: Program) -> Kind:
    return KINDS[program.kind]
