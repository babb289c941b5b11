"""`weft demo --fast` tells its first week from beginning to end."""

import io

import pytest
from rich.console import Console

from bot.demo.show import show

pytestmark = pytest.mark.slow


def test_the_first_week_is_told_and_people_meet():
    out = Console(file=io.StringIO(), width=96)

    assert show(out, weeks=1, seed=7) == 0
    assert "Works for me" in out.file.getvalue()
