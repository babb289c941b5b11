"""Contrast after WCAG 2, and how far apart two colors look to people with each kind of color vision."""

import math

from bot.pictures.style import Color

Light = tuple[float, ...]

# Machado, Oliveira and Fernandes (2009), full severity; applied to linear light.
VISIONS = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
# From linear light to OKLab, after Ottosson.
TO_CONES = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
TO_LAB = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)


def contrast(one: Color, other: Color) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(color: Color) -> float:
    return dot((0.2126, 0.7152, 0.0722), linear(color))


def distance(one: Color, other: Color, vision: str) -> float:
    """Return the distance in OKLab, times 100."""
    return 100 * math.dist(seen(one, vision), seen(other, vision))


def seen(color: Color, vision: str) -> Light:
    light = times(VISIONS[vision], linear(color))
    cones = times(TO_CONES, tuple(min(1.0, max(0.0, part)) for part in light))
    return times(TO_LAB, tuple(part ** (1 / 3) for part in cones))


def times(matrix: tuple[tuple[float, ...], ...], light: Light) -> Light:
    return tuple(dot(row, light) for row in matrix)


def dot(row: tuple[float, ...], light: Light) -> float:
    return sum(factor * part for factor, part in zip(row, light, strict=True))


def linear(color: Color) -> Light:
    parts = (part / 255 for part in bytes.fromhex(color.removeprefix("#")))
    return tuple(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
