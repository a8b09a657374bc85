"""Who hears whom about newer versions and the review of what they changed, and the commands for both."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from postil.view.parts import Parts
from postil.view.reviewing import Reviewing, Shown
from postil.view.versions import Versions
from postil_db.records import Document

if TYPE_CHECKING:
    from postil.view.panels.orphan_bar import OrphanBar


def version_commands(parts: Parts) -> dict[str, Callable[[], object]]:
    """Make what knows of versions, connect it, and give what its commands do."""
    window, work = parts.window, parts.work
    versions = Versions(work, parts.files, window.messages, window)
    reviewing = Reviewing(work, window)
    _hear(parts, versions, reviewing)

    def pin() -> None:
        reviewing.pin(*parts.page.selection())

    def review(direction: int) -> None:
        window.show_panel(window.notes_panel)
        reviewing.step(direction)

    def show(shown: Shown) -> None:
        if bars:
            bars[0].show_review(shown)
        elif shown.total:  # few documents come in a newer version: the bar is made for the first that does
            bars.append(_make_bar(parts, reviewing, pin))
            bars[0].show_review(shown)

    bars: list[OrphanBar] = []
    reviewing.shown.connect(show)

    def ask() -> None:
        if (document := parts.desk.document) is not None:
            versions.ask(document.info)

    versions.review_wanted.connect(partial(review, 1))
    return {
        "next_change": partial(review, 1),
        "previous_change": partial(review, -1),
        "accept_change": reviewing.accept,
        "accept_changes": reviewing.accept_all,
        "pin_here": pin,
        "keep_lost": reviewing.keep_as_lost,
        "look_for_versions": ask,
        "earlier_version": partial(_turn_to, parts, reviewing),
    }


def _make_bar(parts: Parts, reviewing: Reviewing, pin: Callable[[], object]) -> "OrphanBar":
    from postil.view.panels.orphan_bar import OrphanBar

    window = parts.window
    bar = OrphanBar(parts.appearance.theme, window)
    window.notes_panel.put_above(bar)

    def show_keys() -> None:
        for button, name in bar.commands.items():
            key = window.commands.bindings.hint(name)
            button.setToolTip(f"{window.commands.title(name)} ({key})" if key else window.commands.title(name))

    window.commands.keys_changed.connect(show_keys)
    show_keys()
    bar.step_requested.connect(reviewing.step)
    bar.accept_requested.connect(reviewing.accept)
    bar.accept_all_requested.connect(reviewing.accept_all)
    bar.lost_requested.connect(reviewing.keep_as_lost)
    bar.pin_requested.connect(pin)
    parts.appearance.theme_changed.connect(bar.set_theme)
    return bar


def _hear(parts: Parts, versions: Versions, reviewing: Reviewing) -> None:
    window, halves = parts.window, parts.halves

    def take(*_: object) -> None:
        reviewing.take_document(parts.desk.document)
        reviewing.take_annotations(parts.desk.annotations)

    def look(document: Document, _position: int) -> None:
        versions.look(document.info)

    def replace(older: int, newer: int) -> None:
        """Show the newer copy wherever the older one was shown."""
        for half in halves.shown:
            if half.desk.document_id == older:
                half.desk.open(newer)

    halves.hear(lambda half: half.desk.document_opened, take)
    halves.hear(lambda half: half.desk.document_closed, take)
    halves.switched.connect(take)
    halves.hear(lambda half: half.desk.document_opened, look)
    halves.hear(lambda half: half.desk.annotations_changed, reviewing.take_annotations)
    parts.files.finished.connect(versions.take_report)
    versions.replaced.connect(replace)
    versions.replaced.connect(take)  # the newer copy may be open already, from before it had an earlier one
    reviewing.passage_wanted.connect(halves.to(lambda half: half.marking.go_to))
    reviewing.advice.connect(window.messages.show_news)
    window.closed.connect(versions.close)


def _turn_to(parts: Parts, reviewing: Reviewing) -> None:
    """Show the copy before the open document, or from an older one the one that is read now."""
    review, here = reviewing.review, parts.desk.document_id
    if here is None or review.document_id != here:
        return
    if review.newest != here:
        parts.journey.leave()
        parts.desk.open(review.newest)
    elif review.earlier:
        parts.journey.leave()
        parts.desk.open(review.earlier[0].id)
        parts.window.messages.show_news("This is the earlier version. The same command leads back.")
    else:
        parts.window.messages.show_news("There is no earlier version of this document.")
