"""The picture of a network: everyone has a place of their own, whatever they are called."""

import itertools
import math

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.network.picture import FARTHEST, MOST_PEOPLE, MOST_TEAMS, NEAREST, Dot, arranged, draw, drawable

dots = st.lists(
    st.builds(
        Dot,
        name=st.text(min_size=1, max_size=12),
        team=st.none() | st.sampled_from([f"Team {number}" for number in range(30)]),
        strength=st.floats(0, 500),
        is_fading=st.booleans(),
    ),
    min_size=1,
    max_size=200,
)


@settings(max_examples=30)
@given(dots)
def test_everyone_stands_alone_at_their_angle_and_the_stronger_nearer(some):
    sectors = arranged(some)
    places = [place for sector in sectors for place in sector.places]
    angles = sorted(place.angle % math.tau for place in places)

    assert len(places) == min(len(some), MOST_PEOPLE)
    assert len(sectors) <= MOST_TEAMS + 1
    assert all(after - before > 1e-3 for before, after in itertools.pairwise(angles))
    assert all(NEAREST - 1e-9 <= place.distance <= FARTHEST + 1e-9 for place in places)
    by_strength = sorted(places, key=lambda place: -place.dot.strength)
    assert all(a.distance <= b.distance for a, b in itertools.pairwise(by_strength))


def test_names_of_every_kind_are_drawn_without_complaint():
    names = ["$x^2$", "王小明", "Zoë\u202e", "", "\n\n", "A" * 300, "🦊 Fox", "O'Neil & Söhne <b>"]
    content = draw("Your network: $9 \\frac", [Dot(name, name or None, 3) for name in names])

    assert content.startswith(b"\x89PNG")


def test_letters_that_the_font_lacks_are_left_out():
    assert drawable("王 Wang 🦊") == "Wang"
    assert drawable("王") == "?"
