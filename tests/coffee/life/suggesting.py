"""There is always something to suggest to everybody, beside what the real kinds find: without that, few nudges come."""

from datetime import timedelta

from bot.features import FEATURES
from tests.nudges.company import Proposals

TEAMS = {"Ana": "Sales", "Ben": "Data", "Cleo": "Data", "Dev": "Support", "Eva": "Sales", "Alma": "People"}
EAGER = 3
SUGGESTION = ("Not now", "Fewer like this", "Stop these", *(f"Do eager {number}" for number in range(EAGER)))
"""What can be pressed below one."""


def kinds(about):
    """`about`: whom the eager ones mention. A message names nobody twice, so they come in turn."""
    real = [kind for feature in FEATURES for kind in feature.nudges]
    rest = timedelta(days=2)
    eager = [Proposals(f"eager {number}", value=1.0, rest=rest, mentions=about).kind for number in range(EAGER)]
    return {kind.name: kind for kind in [*real, *eager]}
