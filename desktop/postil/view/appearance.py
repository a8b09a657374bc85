"""How the window looks: theme, type, zoom and marks of names, as the reader chose them, applied to every part."""

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from postil import settings
from postil.settings import Option, Settings
from postil.view.look import fonts, theme
from postil.view.look.strength import Strength
from postil.view.look.theme import Theme
from postil.view.page.faces import PrintManner
from postil.view.page.typography import Typography
from postil_db.records import EntityKind


class Appearance(QObject):
    """Holds the settings that concern the look, and says when one changes."""

    theme_changed = Signal(object)  # Theme
    themes_found = Signal()  # other themes can be chosen now
    typography_changed = Signal(object)  # Typography
    marking_changed = Signal(object, object)  # Strength, frozenset of EntityKind
    print_manner_changed = Signal(object)  # PrintManner
    option_changed = Signal(object)  # the Option, of those that have no signal of their own
    changed = Signal()  # anything that the settings file should hold

    def __init__(self, chosen: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._chosen = chosen
        self.themes = theme.themes(chosen.path.parent / "themes")
        self.theme = self._find_theme()
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._follow_system)

    @property
    def name(self) -> str:
        """The theme's name as chosen; `system` too for one that is there no more."""
        name = self._chosen.get(settings.THEME)
        return name if name in self.themes else settings.SYSTEM

    def chosen[T](self, option: Option[T]) -> T:
        """What the reader chose for an option."""
        return self._chosen.get(option)

    @property
    def typography(self) -> Typography:
        """How the page's text is set."""
        get = self._chosen.get
        return Typography(
            family=get(settings.FONT) or fonts.READING,
            zoom=get(settings.ZOOM),
            measure=get(settings.MEASURE),
            line=get(settings.LINE),
            justified=get(settings.JUSTIFIED),
            indented=get(settings.PARAGRAPHS) == "indented",
        )

    @property
    def strength(self) -> Strength:
        """How strongly names are marked."""
        return Strength(self._chosen.get(settings.STRENGTH))

    @property
    def kinds(self) -> frozenset[EntityKind]:
        """Which kinds of names are marked."""
        return self._chosen.get(settings.KINDS)

    @property
    def print_manner(self) -> PrintManner:
        """How printed pages are shown."""
        get = self._chosen.get
        return PrintManner(
            get(settings.FIT), get(settings.PRINT_ZOOM), get(settings.TWO_PAGES), get(settings.WHITE_PAPER)
        )

    def set_option(self, option: Option[Any], value: object) -> None:
        """Choose what concerns neither theme nor type; `option_changed` tells it."""
        if self._choose(option, option.read(value)):
            self.option_changed.emit(option)

    def set_print_manner(self, manner: PrintManner) -> None:
        """Choose how printed pages are shown."""
        values = (manner.fit, manner.zoom, manner.two, manner.white)
        chosen = [self._choose(option, value) for option, value in zip(settings.PRINTED, values, strict=True)]
        if any(chosen):
            self.print_manner_changed.emit(manner)

    def dress(self, app: QApplication) -> None:
        """Give the whole application its fonts and its colours."""
        fonts.dress(app)
        theme.apply(app, self.theme)

    def stop(self) -> None:
        """Follow the system no more."""
        QGuiApplication.styleHints().colorSchemeChanged.disconnect(self._follow_system)

    def find_themes(self) -> None:
        """Look for the reader's own themes anew; the one that is worn is taken over if its file was changed."""
        before, self.themes = self.themes, theme.themes(self._chosen.path.parent / "themes")
        if self.themes != before:
            self.themes_found.emit()
        if self._find_theme() != self.theme:
            self._change_theme()

    def set_theme(self, name: str) -> None:
        """Choose a theme, or `system`."""
        if self._choose(settings.THEME, name):
            self._change_theme()

    def set_typography(self, option: Option[Any], value: object) -> None:
        """Choose one thing about how the page's text is set, as far as it goes."""
        if self._choose(option, option.read(value)):
            self.typography_changed.emit(self.typography)

    def set_zoom(self, zoom: float) -> None:
        """Choose the size of the page's type."""
        self.set_typography(settings.ZOOM, zoom)

    def set_strength(self, strength: str) -> None:
        """Choose how strongly names are marked."""
        if self._choose(settings.STRENGTH, str(strength)):
            self.marking_changed.emit(self.strength, self.kinds)

    def set_kinds(self, kinds: Iterable[EntityKind]) -> None:
        """Choose which kinds of names are marked."""
        if self._choose(settings.KINDS, frozenset(kinds)):
            self.marking_changed.emit(self.strength, self.kinds)

    def _choose[T](self, option: Option[T], value: T) -> bool:
        changed = self._chosen.set(option, value)
        if changed:
            self.changed.emit()
        return changed

    def _find_theme(self) -> Theme:
        return theme.system_theme() if self.name == settings.SYSTEM else self.themes[self.name]

    def _follow_system(self) -> None:
        if self.name == settings.SYSTEM:
            self._change_theme()

    def _change_theme(self) -> None:
        self.theme = self._find_theme()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, self.theme)
        self.theme_changed.emit(self.theme)
