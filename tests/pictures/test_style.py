"""Everyone can read the words in pictures, and tell teams apart."""

from itertools import combinations, pairwise

import pytest

from bot.pictures.style import DARK, LIGHT, Theme
from tests.pictures.color_vision import VISIONS, contrast, distance

THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])


@THEMES
def test_every_word_stands_out_from_the_ground(theme: Theme) -> None:
    words = [theme.ink, theme.soft, *map(theme.words, theme.threads)]
    assert min(contrast(color, theme.linen) for color in words) >= 4.5


@THEMES
@pytest.mark.parametrize("vision", VISIONS)
def test_teams_stay_apart_for_each_kind_of_color_vision(theme: Theme, vision: str) -> None:
    assert min(distance(one, other, vision) for one, other in combinations(theme.threads, 2)) >= 8


@THEMES
@pytest.mark.parametrize("count", range(2, 40))
def test_neighbors_around_the_circle_differ(theme: Theme, count: int) -> None:
    colors = theme.ring(count)
    assert len(colors) == count
    assert all(one != other for one, other in pairwise([*colors, colors[0]]))
