"""Groups: like coffee, for three to eight people."""

from bot.coffee.program.kinds.kind import Kind
from bot.core.catalog import Label, Text
from storage.kinds import ProgramKind

# In the setup form, and in the welcome: "I'll pair you with …".
GROUPS = Kind(
    ProgramKind.GROUPS,
    label=Label("Group coffee (3 to 8)"),
    who=Text("a few people from other teams"),
    name=Label("Coffee table"),
    rule="groups",
    sizes=range(3, 9),
    size=4,
    is_monthly=True,
)
