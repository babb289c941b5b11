"""When what Slack says is read again, and when it is doubted."""

import pytest

from bot.core.resync import is_doubtful


@pytest.mark.parametrize(
    ("missing", "known", "doubtful"),
    [
        (0, 0, False),
        (1, 1, False),
        (5, 5, False),  # A handful may leave a small company at once.
        (6, 6, True),
        (6, 59, True),
        (6, 60, False),
        (50, 500, False),
        (51, 500, True),
        (5000, 50_000, False),
        (5001, 50_000, True),
    ],
)
def test_more_than_a_handful_and_more_than_a_tenth_are_doubted(missing, known, doubtful):
    assert is_doubtful(missing, known) is doubtful
