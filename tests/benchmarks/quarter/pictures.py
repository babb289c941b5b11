"""Charts of the quarter, for light and dark pages: nudges per week, responses to them, and teams reached."""

from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("Agg")
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter

from storage.kinds import NudgeOutcome
from tests.benchmarks.quarter.counting import PER_WEEK, Counted

INK = {"light": "#24292f", "dark": "#e6edf3"}
NUDGES, COFFEE, LIMIT = "#e4572e", "#17bebb", "#a06cd5"
ANSWERS = {
    NudgeOutcome.USED: ("taken", "#17bebb"),
    NudgeOutcome.PASSED: ("another in the same message taken", "#8fd8d6"),
    NudgeOutcome.NOT_NOW: ("not now", "#f2c14e"),
    NudgeOutcome.LESS: ("less of this", "#f08a4b"),
    NudgeOutcome.NEVER: ("never this kind", "#e4572e"),
    NudgeOutcome.IGNORED: ("unanswered", "#8b949e"),
}


def draw(counted: Counted, people: int, folder: Path) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    return [drawn(counted, people, folder, theme) for theme in INK]


def drawn(counted: Counted, people: int, folder: Path, theme: str) -> Path:
    ink = INK[theme]
    inks = ("text.color", "axes.labelcolor", "axes.edgecolor", "xtick.color", "ytick.color")
    chosen: dict[Any, Any] = dict.fromkeys(inks, ink) | {"font.size": 10}
    with mpl.rc_context(chosen):
        figure, places = plt.subplot_mosaic([["weeks", "teams"], ["kinds", "kinds"]], figsize=(12, 8.6))
        per_week(places["weeks"], counted, ink)
        teams(places["teams"], counted, people)
        kinds(places["kinds"], counted, ink)
        for name, axes in places.items():
            axes.set_facecolor("none")
            axes.spines[["top", "right"]].set_visible(False)
            axes.grid(alpha=0.2, axis="x" if name == "kinds" else "y")
            axes.set_axisbelow(True)
        figure.tight_layout(h_pad=2.5)
        path = folder / f"nudges-{theme}.png"
        figure.savefig(path, dpi=150, transparent=True)
        plt.close(figure)
    return path


def per_week(axes: Axes, counted: Counted, ink: str) -> None:
    total = sum(counted.person_weeks.values())
    numbers = range(PER_WEEK + 2)
    shares = [counted.person_weeks.get(number, 0) / total for number in numbers]
    for number, bar in zip(numbers, axes.bar(numbers, shares, color=NUDGES, width=0.6), strict=True):
        height = bar.get_height()
        axes.annotate(
            f"{height:.1%}", (number, height), ha="center", xytext=(0, 4), textcoords="offset points", color=ink
        )
    axes.axvline(PER_WEEK + 0.5, color=LIMIT, lw=1.5, ls="--")
    axes.text(PER_WEEK + 0.46, max(shares) * 0.6, "the limit", rotation=90, ha="right", color=LIMIT)
    axes.set(xlabel="suggestions a week", ylabel="share of weeks", xticks=list(numbers), ylim=(0, max(shares) * 1.15))
    axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.set_title("How many suggestions people get in a week", fontsize=11)


def teams(axes: Axes, counted: Counted, people: int) -> None:
    weeks = range(len(counted.reached_in_all))
    axes.plot(weeks, counted.reached_in_all, color=NUDGES, lw=2.5, label="coffee and suggestions")
    axes.plot(weeks, counted.reached_by_coffee, color=COFFEE, lw=1.8, label="coffee alone")
    axes.set(xlabel="week", ylabel="other teams", ylim=(0, None))
    axes.set_title(f"Other teams on which a person knows someone ({people} people)", fontsize=11)
    axes.legend(frameon=False, fontsize=9, loc="lower right")


def kinds(axes: Axes, counted: Counted, ink: str) -> None:
    named = sorted(counted.outcomes, key=lambda kind: counted.outcomes[kind].total())
    starts = [0] * len(named)
    for outcome, (label, color) in ANSWERS.items():
        lengths = [counted.outcomes[kind][outcome] for kind in named]
        axes.barh(named, lengths, left=starts, color=color, label=label, height=0.62)
        starts = [start + length for start, length in zip(starts, lengths, strict=True)]
    for place, (end, kind) in enumerate(zip(starts, named, strict=True)):
        used = counted.outcomes[kind][NudgeOutcome.USED] / max(counted.outcomes[kind].total(), 1)
        axes.annotate(
            f"{used:.0%} taken", (end, place), xytext=(5, 0), textcoords="offset points", va="center", color=ink
        )
    axes.set_yticks(range(len(named)), [kind.replace("_", " ") for kind in named])
    axes.set(xlabel="suggestions", xlim=(0, max(starts) * 1.1))
    axes.set_title("What people did with them, by type", fontsize=11)
    axes.legend(frameon=False, fontsize=9, loc="upper center", bbox_to_anchor=(0.5, -0.16), ncols=len(ANSWERS))
