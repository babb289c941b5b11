"""Groups: like coffee, for three to eight people."""

from bot.coffee.program.kinds.kind import Kind
from storage.kinds import ProgramKind

GROUPS = Kind(
    ProgramKind.GROUPS,
    label="Groups: 3 to 8 people, across teams",
    who="a few colleagues from other teams",
    name="Coffee table",
    rule="groups",
    sizes=range(3, 9),
    size=4,
    is_monthly=True,
)
