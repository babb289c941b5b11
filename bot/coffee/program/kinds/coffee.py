"""Coffee: pairs of any people, preferably from different teams."""

from bot.coffee.program.kinds.kind import Kind
from bot.core.catalog import Label, Text
from storage.kinds import ProgramKind

# In the setup form, and in the welcome: "I'll pair you with …".
COFFEE = Kind(
    ProgramKind.COFFEE,
    label=Label("1:1 coffee chats"),
    who=Text("someone from another team"),
    name=Label("Coffee"),
    rule="pairs",
    sizes=range(2, 3),
    size=2,
)
