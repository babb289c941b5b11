"""The ids in a workspace. Dice are thrown by ids: what a test sees must not depend on which tests ran before it."""

import itertools
from contextlib import contextmanager
from unittest.mock import patch


@contextmanager
def numbered_from(number):
    """Number the workspaces that are made meanwhile from here on."""
    with patch("bot.slacksim.records._numbers", itertools.count(number)):
        yield
