"""From Block Kit to HTML: each block and each element has a template of its name; text has a module of its kind."""

from bot.demo.page.drawing.canvas import Canvas

__all__ = ["Canvas"]
