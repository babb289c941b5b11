"""Rendering of Block Kit as HTML: a template per block and element type, a module per text format."""

from bot.demo.page.drawing.canvas import Canvas

__all__ = ["Canvas"]
