"""Who hears whom about the library's safety: the part of wiring.py for trash, backups, alarm and check."""

from collections.abc import Callable

from postil.view.parts import Parts


def connect_safety(parts: Parts) -> None:
    """Connect it."""
    safety, bar, work = parts.safety, parts.window.safety_bar, parts.work
    work.opened.connect(safety.start)
    work.changed.connect(safety.take_changes)
    work.act_done.connect(safety.take_done)
    parts.files.many.connect(lambda count: safety.back_up_before("before adding many files", count, parts.files.go_on))
    bar.backups_asked.connect(safety.show_backups)
    bar.accepted.connect(safety.accept_loss)


def safety_commands(parts: Parts) -> dict[str, Callable[[], object]]:
    """What the commands of the File menu do."""
    safety = parts.safety
    return {"trash": safety.show_trash, "backups": safety.show_backups, "check_library": safety.show_check}
