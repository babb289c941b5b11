"""Draws a network: its owner in the middle, people around by team, stronger connections nearer.

Each person has an angle of their own, so that names don't overlap, from five people to 150.
"""

import io
import math
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.network import texts
from bot.pictures.style import DARK, LIGHT, Theme

if TYPE_CHECKING:
    from matplotlib.axes import Axes

INCHES, DOTS, EDGE = 9.0, 180, 1.34
NEAREST, FARTHEST, NAMES_FROM, NAMES_UP_TO = 0.16, 0.52, 0.57, 0.96
MOST_PEOPLE, MOST_TEAMS = 180, 16
ROOM_FOR_NAME = 150
"""In letters times their size in points."""
TEAM_LINE = 13
"""In letters. A team's name has two lines."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A person in the network."""

    name: str
    team: str | None
    strength: float
    is_fading: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Position of a person: angle in radians, distance from the middle from 0 to 1."""

    dot: Dot
    angle: float
    distance: float


@dataclass(frozen=True, slots=True)
class Sector:
    """A team's part of the circle, as angles in radians."""

    team: str
    begins: float
    ends: float
    places: tuple[Place, ...]


def draw(title: str, dots: Sequence[Dot], *, dark: bool = False, dots_per_inch: int = DOTS) -> bytes:
    """Return a PNG. Uses no global state, so it may run concurrently."""
    # Imported here, as it takes longer to load than the rest of Weft.
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    theme = DARK if dark else LIGHT
    figure = Figure(figsize=(INCHES, INCHES), dpi=dots_per_inch, facecolor=theme.linen)
    axes = figure.add_axes((0, 0, 1, 1), xlim=(-EDGE, EDGE), ylim=(-EDGE, EDGE))
    axes.set_axis_off()
    sectors = arranged(dots)
    for sector, colour in zip(sectors, theme.ring(len(sectors)), strict=True):
        shown_in = theme.soft if sector.team == texts.NO_TEAM() else colour
        draw_sector(axes, sector, shown_in, theme, size_of_names(len(dots)))
    draw_middle(axes, theme)
    axes.text(0.04 - EDGE, EDGE - 0.06, drawable(title), color=theme.ink, fontsize=12, va="top", parse_math=False)
    axes.text(0.04 - EDGE, 0.06 - EDGE, texts.LEGEND(), color=theme.soft, fontsize=7.5, va="bottom")
    file = io.BytesIO()
    FigureCanvasAgg(figure).print_png(file)  # type: ignore[no-untyped-call]
    return file.getvalue()


def arranged(dots: Sequence[Dot]) -> list[Sector]:
    """Return the teams around the circle, largest first; within a team, strongest first."""
    teams = by_team(strongest(dots))
    gap = min(1.2, 0.2 + len(dots) / 60)  # In people, like the shares.
    least = 1 + min(1.0, len(dots) / 40)
    shares = {team: max(float(len(inside)), least) + gap for team, inside in teams.items()}
    whole = sum(shares.values()) or 1.0
    nearest = max((dot.strength for dot in dots), default=0.0)
    sectors, turned = [], 0.0
    for team, inside in teams.items():
        share = (shares[team] - gap) / whole * math.tau
        step = share / len(inside)
        places = tuple(
            Place(dot, math.pi / 2 - (turned + step * (number + 0.5)), distance(dot.strength, nearest))
            for number, dot in enumerate(inside)
        )
        sectors.append(Sector(team, math.pi / 2 - turned, math.pi / 2 - (turned + share), places))
        turned += shares[team] / whole * math.tau
    return sectors


def strongest(dots: Sequence[Dot]) -> list[Dot]:
    return sorted(dots, key=lambda dot: (-dot.strength, dot.name))[:MOST_PEOPLE]


def by_team(dots: Sequence[Dot]) -> Mapping[str, list[Dot]]:
    teams: dict[str, list[Dot]] = {}
    no_team = texts.NO_TEAM()
    for dot in dots:
        teams.setdefault(dot.team or no_team, []).append(dot)
    in_order = sorted(teams.items(), key=lambda team: (team[0] == no_team, -len(team[1]), team[0]))
    shown, rest = in_order[:MOST_TEAMS], in_order[MOST_TEAMS:]
    others = [dot for _, inside in rest for dot in inside]
    return dict(shown) | ({texts.OTHER_TEAMS(): others} if others else {})


def distance(strength: float, nearest: float) -> float:
    """Return the distance from the middle. The square root keeps a few very strong ones from pushing others outward."""
    share = math.sqrt(strength / nearest) if nearest > 0 else 0.0
    return FARTHEST - (FARTHEST - NEAREST) * share


def size_of_names(number: int) -> float:
    """Return the largest font size, in points, that fits the ring."""
    return max(5.8, min(8.5, 900 / max(number, 1)))


def draw_sector(axes: "Axes", sector: Sector, colour: str, theme: Theme, size: float) -> None:
    draw_people(axes, sector.places, colour, theme, size)
    for place in sector.places:
        draw_name(axes, place, theme, size)
    steps = [sector.begins + (sector.ends - sector.begins) * part / 40 for part in range(41)]
    rim = [at(angle, NAMES_UP_TO) for angle in steps]
    axes.plot([x for x, _ in rim], [y for _, y in rim], color=colour, lw=3)
    x, y = at((sector.begins + sector.ends) / 2, NAMES_UP_TO + 0.03)
    axes.text(
        x,
        y,
        lines(drawable(sector.team)),
        color=theme.words(colour),
        fontsize=10,
        fontweight="bold",
        ha="left" if x > 0.25 else "right" if x < -0.25 else "center",
        va="bottom" if y > 0.25 else "top" if y < -0.25 else "center",
        parse_math=False,
    )


def draw_people(axes: "Axes", places: Sequence[Place], colour: str, theme: Theme, size: float) -> None:
    from matplotlib.collections import LineCollection

    near = [(FARTHEST - place.distance) / (FARTHEST - NEAREST) for place in places]
    dots = [at(place.angle, place.distance) for place in places]
    to_me = [[(0.0, 0.0), dot] for dot in dots]
    # Lines from dots to names.
    to_name = [[dot, at(place.angle, NAMES_FROM - 0.01)] for dot, place in zip(dots, places, strict=True)]
    widths = [0.5 + 2 * each for each in near]
    axes.add_collection(LineCollection(to_me, colors=colour, linewidths=widths, alpha=0.35, zorder=1))
    axes.add_collection(LineCollection(to_name, colors=theme.soft, linewidths=0.3, alpha=0.6, zorder=1))
    axes.scatter(
        [x for x, _ in dots],
        [y for _, y in dots],
        s=[(3 + 4 * each) * size for each in near],
        facecolors=[theme.linen if place.dot.is_fading else colour for place in places],
        edgecolors=colour,
        linewidths=1.2,
        zorder=2,
    )


def draw_name(axes: "Axes", place: Place, theme: Theme, size: float) -> None:
    x, y = at(place.angle, NAMES_FROM)
    upright = x >= 0
    axes.text(
        x,
        y,
        shortened(drawable(place.dot.name), int(ROOM_FOR_NAME / size)),
        color=theme.ink,
        fontsize=size,
        rotation=math.degrees(place.angle) + (0 if upright else 180),
        rotation_mode="anchor",
        ha="left" if upright else "right",
        va="center",
        parse_math=False,
    )


def at(angle: float, distance: float) -> tuple[float, float]:
    return math.cos(angle) * distance, math.sin(angle) * distance


def draw_middle(axes: "Axes", theme: Theme) -> None:
    axes.scatter([0], [0], s=520, facecolor=theme.ink, edgecolor=theme.linen, linewidth=2, zorder=3)
    axes.text(0, 0, texts.YOU(), color=theme.linen, fontsize=9, ha="center", va="center", zorder=4)


def lines(team: str) -> str:
    return "\n".join(textwrap.wrap(team, TEAM_LINE, max_lines=2, placeholder="…"))


def shortened(words: str, longest: int) -> str:
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"


def drawable(words: str) -> str:
    """Drop characters missing from the font, which would be drawn as boxes with a warning."""
    letters = font_letters()
    return "".join(letter for letter in words if ord(letter) in letters).strip() or "?"


def font_letters() -> Mapping[int, Any]:
    from matplotlib.font_manager import findfont, get_font

    letters: Mapping[int, Any] = get_font(findfont("DejaVu Sans")).get_charmap()
    return letters
