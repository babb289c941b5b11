"""Gap against time for each method, and new colleagues met over a year; for light and dark pages."""

from collections.abc import Mapping
from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")
from matplotlib import pyplot as plt
from matplotlib.axes import Axes

from tests.benchmarks.matching.year import Year

COLOURS = {
    "Weft": "#e4572e", "random": "#8d99ae", "greedy": "#76b041", "networkx": "#17bebb", "rustworkx dense": "#4f6d7a",
    "chat-roulette": "#a06cd5", "slack-sup2": "#ffc914", "Yelp/beans": "#2e86ab", "opencoffee": "#b56576",
}  # fmt: skip
INK = {"light": "#24292f", "dark": "#e6edf3"}
NONE = 0.1
"""Millionths drawn where the gap is nothing: the axis is logarithmic."""

Points = Mapping[str, list[tuple[int, float, float]]]


def draw(points: Points, years: Mapping[str, Year], people: int, folder: Path) -> list[Path]:
    """`points`: for each method (people, seconds, gap in millionths)."""
    folder.mkdir(parents=True, exist_ok=True)
    return [drawn(points, years, people, folder, theme) for theme in INK]


def drawn(points: Points, years: Mapping[str, Year], people: int, folder: Path, theme: str) -> Path:
    ink = INK[theme]
    with mpl.rc_context({"text.color": ink, "axes.labelcolor": ink, "axes.edgecolor": ink, "xtick.color": ink,
                         "ytick.color": ink, "font.size": 10, "svg.hashsalt": "weft"}):  # fmt: skip
        figure, (left, right) = plt.subplots(1, 2, figsize=(12, 4.8))
        gaps(left, points, ink)
        colleagues(right, years, people)
        for axes in (left, right):
            axes.set_facecolor("none")
            axes.spines[["top", "right"]].set_visible(False)
            axes.grid(alpha=0.2)
        figure.tight_layout()
        path = folder / f"matching-{theme}.png"
        figure.savefig(path, dpi=150, transparent=True)
        plt.close(figure)
    return path


def gaps(axes: Axes, points: Points, ink: str) -> None:
    for method, found in points.items():
        seconds, gap = [s for _, s, _ in found], [max(g, NONE) for _, _, g in found]
        thick = 2.5 if method == "Weft" else 1.2
        axes.plot(seconds, gap, "o-", color=COLOURS[method], lw=thick, ms=5, label=method, alpha=0.95)
        for (n, s, _), g in zip(found, gap, strict=True):
            if method == "Weft":
                axes.annotate(f"{n:,}", (s, g), textcoords="offset points", xytext=(6, 6), fontsize=8, color=ink)
    axes.axhline(NONE, color=ink, lw=0.6, ls=":")
    axes.text(
        0.99, NONE * 1.15, "proven optimal", transform=axes.get_yaxis_transform(), ha="right", fontsize=8, color=ink
    )
    axes.set(xscale="log", yscale="log", xlabel="seconds", ylabel="gap to the proven bound (millionths)")
    axes.set_title("How far from the best possible, and how long it takes", fontsize=11)
    axes.legend(frameon=False, fontsize=8)


def colleagues(axes: Axes, years: Mapping[str, Year], people: int) -> None:
    for method, year in years.items():
        thick = 2.5 if method == "Weft" else 1.2
        axes.plot(range(1, len(year.met) + 1), year.met, color=COLOURS[method], lw=thick, label=method)
    axes.set(xlabel="week", ylabel="colleagues met, per person")
    axes.set_title(f"New colleagues met in a year of weekly rounds ({people} people)", fontsize=11)
    axes.legend(frameon=False, fontsize=8)
