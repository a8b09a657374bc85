"""What the paper looks like on the screen: white as printed, or in the theme's own colours; and what marks suit it."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QImage, QPainter

from postil.view.look.theme import Theme, themes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from postil.documents.printing import Raster


@dataclass(frozen=True)
class Paper:
    """One way to show paper. `sheet`, `ink`: the paper and what is black on it.

    `theme`: the colours of marks on it, grounds as they must be to look right once they are blended with the paper.
    """

    theme: Theme
    sheet: QColor
    ink: QColor

    @property
    def dark(self) -> bool:
        """Whether the print is lighter than the paper."""
        return self.theme.dark

    @property
    def blending(self) -> QPainter.CompositionMode:
        """How a ground is laid over print, so that no letter is covered."""
        modes = QPainter.CompositionMode
        return modes.CompositionMode_Screen if self.dark else modes.CompositionMode_Multiply

    def finish(self, raster: "Raster") -> QImage:
        """Make the picture of a page, in this paper's colours; for any thread."""
        kind = QImage.Format.Format_RGB32
        if self.dark:
            return self._reversed(raster)
        image = QImage(raster.pixels, raster.width, raster.height, raster.stride, kind).copy()
        if self.sheet != QColor("white"):
            painter = QPainter(image)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
            painter.fillRect(image.rect(), self.sheet)
            painter.end()
        return image

    def _reversed(self, raster: "Raster") -> QImage:
        """Light and dark change places while every hue stays, and black and white become ink and paper."""
        import numpy as np  # only where a page is shown

        pixels = np.frombuffer(raster.pixels, np.uint8).reshape(raster.height, raster.stride)
        bgr = pixels[:, : raster.width * 4].reshape(raster.height, raster.width, 4)[:, :, :3]
        parts = [bgr[:, :, at] for at in range(3)]
        high, low = (best(best(parts[0], parts[1]), parts[2]) for best in (np.maximum, np.minimum))
        turn = 255 - high.astype(np.int16) - low
        made = np.full((raster.height, raster.width, 4), 255, np.uint8)
        shades = [
            np.rint(np.linspace(paper, ink, 256)).astype(np.uint8)
            for paper, ink in zip(_bgr(self.sheet), _bgr(self.ink), strict=True)
        ]
        for at, shade in enumerate(shades):
            made[:, :, at] = shade[parts[at] + turn]
        colored = np.flatnonzero(high - low > COLORED)
        if len(colored):
            before = np.column_stack([part.reshape(-1)[colored] for part in parts])
            legible = _legible(before, before + turn.reshape(-1)[colored, None])
            for at, shade in enumerate(shades):
                made.reshape(-1, 4)[colored, at] = shade[legible[:, at]]
        kind = QImage.Format.Format_RGB32
        return QImage(made.tobytes(), raster.width, raster.height, raster.width * 4, kind).copy()


COLORED = 24
"""How far apart the parts of a colour are that is more than a shade of grey; of 255."""
_EYE = (0.114, 0.587, 0.299)
"""How bright blue, green and red seem."""
_AS_FAR = 0.68
"""How much of its contrast with the paper a colour keeps at the least."""


def _legible(before: "NDArray[np.uint8]", turned: "NDArray[np.int16]") -> "NDArray[np.int16]":
    """Colours whose light and dark have changed places, so bright or dark that they are seen as well as before.

    Blue and yellow would not be: a dark blue is hardly lighter, for the eye, once it is a light one.
    """
    import numpy as np

    bright, wanted = turned @ np.array(_EYE, np.float32), 255 - before @ np.array(_EYE, np.float32)
    least, most = wanted * _AS_FAR, 255 - (255 - wanted) * _AS_FAR
    lift = np.clip((least - bright) / np.maximum(1, 255 - bright), 0, 1)[:, None]
    fall = np.clip(most / np.maximum(1, bright), 0, 1)[:, None]
    return np.rint((turned + (255 - turned) * lift) * fall).astype(np.int16)


def paper_for(theme: Theme, *, white: bool) -> Paper:
    """The paper that suits a theme; `white`: as printed, whatever the theme. Marks on it are then those of daylight."""
    if theme.dark and not white:
        sheet, ink = theme.color("page"), theme.color("text")
        return Paper(_blended(theme, sheet), sheet, ink)
    marks = themes()["light"] if theme.dark else theme
    sheet = QColor("white") if white or theme.name in ("light", "contrast") else theme.color("page")
    return Paper(_blended(marks, sheet), sheet, QColor("black"))


def _blended(theme: Theme, sheet: QColor) -> Theme:
    """The theme with such grounds that paper of this colour shows the theme's own where they lie on it."""

    def ground(value: str) -> str:
        wanted, paper = QColor(value), (sheet.redF(), sheet.greenF(), sheet.blueF())
        parts = zip((wanted.redF(), wanted.greenF(), wanted.blueF()), paper, strict=True)
        if theme.dark:
            shades = [1 - (1 - part) / max(1e-3, 1 - under) for part, under in parts]
        else:
            shades = [part / max(1e-3, under) for part, under in parts]
        return QColor.fromRgbF(*(min(max(0.0, shade), 1.0) for shade in shades)).name()

    grounds = {role: ground(theme.colors[role]) for role in ("page", "selection")}
    return replace(
        theme,
        colors={**theme.colors, **grounds},
        highlights={key: (ground(fill), line) for key, (fill, line) in theme.highlights.items()},
        entities={key: (ground(tint), line) for key, (tint, line) in theme.entities.items()},
    )


def _bgr(color: QColor) -> tuple[int, int, int]:
    return color.blue(), color.green(), color.red()
