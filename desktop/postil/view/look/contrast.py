"""Colour arithmetic: mixing, and the contrast that WCAG asks for."""

from PySide6.QtGui import QColor

AA = 4.5
"""The least contrast of body text by WCAG 2.2, level AA."""


def mix(color: QColor, other: QColor, share: float) -> QColor:
    """Blend `share` (0 to 1) of `other` into `color`; both opaque."""
    return QColor.fromRgbF(
        color.redF() + (other.redF() - color.redF()) * share,
        color.greenF() + (other.greenF() - color.greenF()) * share,
        color.blueF() + (other.blueF() - color.blueF()) * share,
    )


def luminance(color: QColor) -> float:
    """Give the relative luminance by WCAG, 0 (black) to 1 (white)."""

    def linear(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF())


def contrast(one: QColor, other: QColor) -> float:
    """Give the contrast ratio by WCAG, 1 (none) to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)
