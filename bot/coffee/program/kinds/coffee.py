"""Coffee: pairs of any people, preferably from different teams."""

from bot.coffee.program.kinds.kind import Kind
from storage.kinds import ProgramKind

COFFEE = Kind(
    ProgramKind.COFFEE,
    label="Coffee: two by two, across teams",
    who="a colleague from another team",
    name="Coffee",
    rule="pairs",
    sizes=range(2, 3),
    size=2,
)
