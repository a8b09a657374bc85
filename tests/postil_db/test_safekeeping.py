"""Backups are made by themselves, thinned by their own times, and can be gone back to."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.postil_db.desk import Desk, sit_down

from postil_db import backup, safekeeping
from postil_db.errors import Damaged, NotALibrary, TooNew
from postil_db.files import Files
from postil_db.library import Library
from postil_db.store import annotations, documents
from postil_db.thinning import NEWEST, Backup, superfluous

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)


class Clock:
    """A clock that tests set."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.time = BEGIN
        for module in (backup, safekeeping):
            monkeypatch.setattr(module, "now", lambda: self.time)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def made(number: int, time: datetime, reason: str = "automatic") -> Backup:
    return Backup(Path(f"{number}"), number, time, reason)


def test_the_older_the_fewer() -> None:
    hourly = [made(number, BEGIN + timedelta(hours=number)) for number in range(24 * 365)]
    gone = {one.number for one in superfluous(hourly[::-1])}
    kept = [one for one in hourly if one.number not in gone]
    assert 40 < len(kept) < 70
    ages = [(hourly[-1].time - one.time).days for one in kept]
    assert max(ages) > 330  # one of each month
    assert sum(age < 1 for age in ages) == 24


@given(st.lists(st.integers(-400 * 24, 400 * 24), min_size=1, max_size=60))
def test_no_clock_takes_the_newest_ones_or_those_asked_for(hours: list[int]) -> None:
    newest_first = [
        made(len(hours) - at, BEGIN + timedelta(hours=hour), "asked-for" if at % 7 == 6 else "automatic")
        for at, hour in enumerate(hours)
    ]
    gone = superfluous(newest_first)
    assert not {one.number for one in gone} & {one.number for one in newest_first[:NEWEST]}
    assert not any(one.by_hand for one in gone)


def test_one_is_made_when_something_changed_and_an_hour_has_gone(desk: Desk, library: Library, clock: Clock) -> None:
    assert library.back_up_if_due() is not None
    clock.time += timedelta(hours=2)
    assert library.back_up_if_due() is None
    desk.mark()
    clock.time += timedelta(days=-400)
    assert library.back_up_if_due() is not None
    desk.mark()
    clock.time += timedelta(minutes=59)
    assert library.back_up_if_due() is None
    assert len(library.backups()) == 2


def test_a_sudden_loss_is_told_and_nothing_is_thinned_until_it_is_accepted(
    desk: Desk, library: Library, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("postil_db.thinning.NEWEST", 1)
    monkeypatch.setattr("postil_db.thinning.SPANS", ())
    ids = [desk.mark().id for _ in range(30)]
    good = library.back_up_if_due()
    clock.time += timedelta(hours=2)
    desk.act(annotations.remove, ids[:20])
    library.back_up_if_due()
    loss = library.loss()
    assert loss is not None
    assert (loss.before, loss.after, loss.good) == (30, 10, good)
    clock.time += timedelta(hours=2)
    desk.mark()
    library.back_up_if_due()
    assert len(library.backups()) == 3
    library.accept_loss()
    assert library.loss() is None
    clock.time += timedelta(hours=2)
    desk.mark()
    library.back_up_if_due()
    assert len(library.backups()) == 1


def test_there_is_one_before_many_rows_unless_there_just_was_one(desk: Desk, library: Library, clock: Clock) -> None:
    assert library.back_up_before("before an import", safekeeping.MANY - 1) is None
    made = library.back_up_before("before an import", safekeeping.MANY)
    assert made is not None
    assert made.name.endswith("-before-an-import.sqlite3")
    clock.time += timedelta(days=1)
    assert library.back_up_before("before an import", 10_000) is None  # nothing changed since
    clock.time -= timedelta(days=1)
    desk.mark()
    assert library.back_up_before("before an import", 10_000) is None  # there just was one
    clock.time += safekeeping.JUST_NOW
    assert library.back_up_before("before an import", 10_000) is not None


def test_a_loss_is_told_though_a_backup_was_asked_for_after_it(desk: Desk, library: Library, clock: Clock) -> None:
    ids = [desk.mark().id for _ in range(30)]
    good = library.back_up_if_due()
    desk.act(annotations.remove, ids[:20])
    library.backup("asked for")
    clock.time += timedelta(hours=2)
    desk.mark()
    assert library.back_up_before("before an import", safekeeping.MANY) is not None
    loss = library.loss()
    assert loss is not None
    assert (loss.before, loss.after, loss.good) == (30, 11, good)


def test_going_back(desk: Desk, library: Library) -> None:
    heard: list[bool] = []
    kept, changed = desk.mark("maritime security"), desk.mark("New Delhi", note="before")
    path = library.backup("good")
    desk.act(annotations.set_note, changed.id, "after")
    lost = desk.mark("India", note="new")
    desk.act(annotations.remove, [kept.id])
    assert [hit.annotation.id for hit in library.search("new").hits if hit.annotation.note == "new"] == [lost.id]
    library.subscribe(lambda changes: heard.append(changes.everything))
    preview = library.preview_restore(path)
    assert (preview.lost, preview.changed, preview.back) == (1, 1, 1)
    assert (preview.now.annotations, preview.then.annotations) == (2, 2)
    library.restore(path)
    assert heard == [True]
    assert {one.id: one.note for one in library.read(annotations.every)} == {kept.id: "", changed.id: "before"}
    assert library.search("note:new").total == 0
    assert library.search("before").hits[0].annotation.id == changed.id
    assert library.check() == []
    reasons = [one.reason for one in library.backups()]
    assert reasons == ["after-going-back", "before-going-back", "good"]
    library.restore(library.backups()[1].path)
    assert lost.id in {one.id for one in library.read(annotations.every)}


def test_what_goes_and_what_comes_back_is_named(desk: Desk, library: Library) -> None:
    path = library.backup("good")
    desk.act(documents.set_title, desk.info.id, "Another title")
    desk.act(documents.remove, [desk.info.id])
    preview = library.preview_restore(path)
    assert preview.documents_back == (desk.info.title,)
    assert preview.documents_lost == ()


def test_only_a_whole_backup_of_a_library_is_gone_back_to(desk: Desk, library: Library, tmp_path: Path) -> None:
    good = library.backup("good")
    desk.mark()
    broken = tmp_path / "broken.sqlite3"
    shutil.copy(good, broken)
    data = bytearray(broken.read_bytes())
    data[4096 * 3 : 4096 * 6] = b"\xff" * 4096 * 3
    broken.write_bytes(data)
    (tmp_path / "other").write_text("not a database at all" * 100)
    with pytest.raises(Damaged):
        library.restore(broken)
    with pytest.raises((NotALibrary, Damaged)):
        library.restore(tmp_path / "other")
    with pytest.raises(NotALibrary):
        library.restore(tmp_path / "missing")
    assert len(library.read(annotations.every)) == 1
    assert library.check() == []


def test_a_newer_one_is_refused(desk: Desk, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    path = library.backup("good")
    monkeypatch.setattr("postil_db.restoring.migrations.SCHEMA", 1)
    with pytest.raises(TooNew):
        library.preview_restore(path)


def test_after_going_back_by_hand_new_ones_are_still_the_newest(folder: Path, cache: Path) -> None:
    with Library.open(folder, cache=cache) as library:
        desk = sit_down(library)
        old = library.backup("old")
        desk.mark()
        library.backup("daily")
    shutil.copy(old, folder / "library.sqlite3")
    with Library.open(folder, cache=cache) as library:
        newest = library.backup("daily")
        assert backup.newest(Files(folder)) == newest
