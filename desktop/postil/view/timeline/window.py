"""The window of the timeline: the picture, its size, and the passages of the bar that is chosen."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker

from postil.view.look.theme import Theme
from postil.view.panels.furniture import tint, tool_button
from postil.view.timeline.canvas import ZOOM, Timeline
from postil.view.timeline.marks import TimeMark
from postil.view.timeline.scale import Bar, Step, spoken
from postil.view.together.frame import Frame, combo
from postil.view.together.passages import heading_of

SIZES = {Step.DAY: 26.0, Step.MONTH: 1.3, Step.YEAR: 0.12, Step.DECADE: 0.02}
"""Pixels a day, for whoever asks for a step by its name."""


class TimelineWindow(Frame):
    """Asks by a signal for marks, and shows what comes."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Timeline", "Choose a bar to see its passages.")
        self.timeline = Timeline(theme)
        self.stack.addWidget(self.timeline)
        self.step = combo("By", [(f"{step}s", step) for step in Step])
        self._buttons = [
            tool_button("zoom_out", theme, "Smaller (-)"),
            tool_button("zoom_in", theme, "Larger (+)"),
            tool_button("fit_width", theme, "All of it (0)"),
        ]
        smaller, larger, whole = self._buttons
        smaller.clicked.connect(lambda: self.timeline.zoom(1 / ZOOM))
        larger.clicked.connect(lambda: self.timeline.zoom(ZOOM))
        whole.clicked.connect(self.timeline.fit)
        self.say("Dates and notes of", self.scope)
        self.choices.addStretch(1)
        self.say("by", self.step, *self._buttons)
        self.scope_changed.connect(self.asked)
        self.step.activated.connect(lambda _index: self._set_step(Step(self.step.currentData())))
        self.timeline.step_changed.connect(self._show_step)
        self.timeline.chosen.connect(self._show_bar)
        self.timeline.entered.connect(self.pane.list.setFocus)
        self.set_theme(theme)

    def show_marks(self, marks: Sequence[TimeMark]) -> None:
        """Show an answer."""
        if not marks:
            self.say_empty(
                "No dates yet", "Dates that the text names, and the days on which you mark something, appear here."
            )
            return
        self.pane.clear()
        self.stack.setCurrentWidget(self.timeline)
        self.timeline.show_marks(marks)
        self.timeline.setFocus()

    def set_theme(self, theme: Theme) -> None:
        """Dress every part."""
        super().set_theme(theme)
        self.timeline.set_theme(theme)
        tint(self._buttons, theme)

    def _set_step(self, step: Step) -> None:
        self.timeline.zoom_to(SIZES[step])

    def _show_step(self, step: Step) -> None:
        with QSignalBlocker(self.step):
            self.step.setCurrentIndex(self.step.findData(step))

    def _show_bar(self, bar: Bar) -> None:
        passages = [mark.passage for mark in bar.marks]
        self.pane.show_passages(heading_of(spoken(bar), len(dict.fromkeys(passages)), most=1_000_000), passages)
