"""Colors of Weft's pictures, light and dark, named after dyes."""

from dataclasses import dataclass

Color = str
"""Like #2645A3."""


@dataclass(frozen=True, slots=True)
class Theme:
    linen: Color
    """The ground of a picture."""
    ink: Color
    soft: Color
    """Words of less weight."""
    indigo: Color
    madder: Color
    verdigris: Color
    weld: Color
    mallow: Color
    weld_words: Color
    """Weld itself is too pale for words on a light ground."""

    @property
    def threads(self) -> tuple[Color, ...]:
        return self.indigo, self.madder, self.verdigris, self.weld, self.mallow

    def words(self, thread: Color) -> Color:
        """Return the color for words about what this thread shows."""
        return self.weld_words if thread == self.weld else thread

    def ring(self, count: int) -> list[Color]:
        """Return threads around a circle, where no two neighbors have the same color."""
        threads = self.threads
        colors = [threads[number % len(threads)] for number in range(count)]
        if count > 1 and colors[-1] == colors[0]:
            colors[-1] = threads[2]
        return colors


LIGHT = Theme(
    linen="#F7F2E9",
    ink="#20242E",
    soft="#5B5F68",
    indigo="#2645A3",
    madder="#B5341F",
    verdigris="#067A7A",
    weld="#E5A823",
    mallow="#6E365C",
    weld_words="#7E5A00",
)
DARK = Theme(
    linen="#16181E",
    ink="#F3EEE4",
    soft="#AEB1BA",
    indigo="#6D86FE",
    madder="#F66E4E",
    verdigris="#20E2AD",
    weld="#F3C64E",
    mallow="#DC94D2",
    weld_words="#F3C64E",
)
