import csv
import errno
import io
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postil.exchange import csv_file
from postil.exchange.errors import CannotWrite
from postil.exchange.formula import unguard
from postil.exchange.table import Row

HEADER = ("id", "note")
CELLS = st.text(alphabet=st.one_of(st.sampled_from("=+-@'\"\r\n\t,; \ufeff\x00ab"), st.characters(codec="utf-8")))


def leftovers(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name.startswith("."))


@given(st.lists(st.tuples(CELLS, CELLS), max_size=6))
def test_what_is_written_reads_back_the_same(rows: list[Row]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder, "out.csv")
        assert csv_file.write(target, HEADER, rows) == len(rows)
        with target.open(encoding="utf-8-sig", newline="") as file:
            header, *cells = csv.reader(file)
        assert tuple(header) == HEADER
        assert [tuple(map(unguard, row)) for row in cells] == rows
        with target.open(encoding="utf-8", newline="") as file:
            assert list(csv_file.read(file)) == [HEADER, *rows]


def test_the_bytes_are_what_spreadsheets_expect(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    csv_file.write(target, HEADER, [("1", 'say "ja"\nДа, 印度'), ("2", "=1+1")])
    assert target.read_bytes() == '\ufeffid,note\r\n"1","say ""ja""\nДа, 印度"\r\n"2","\'=1+1"\r\n'.encode()


def test_cells_can_be_left_as_they_are() -> None:
    out = io.StringIO(newline="")
    csv_file.write(out, HEADER, [("1", "- item")], guarded=False)
    assert out.getvalue() == '\ufeffid,note\r\n"1","- item"\r\n'


def test_a_text_that_no_file_can_hold_is_still_written(tmp_path: Path) -> None:
    csv_file.write(tmp_path / "out.csv", HEADER, [("1", "half \ud800 a pair")])
    assert "half ? a pair" in (tmp_path / "out.csv").read_text(encoding="utf-8-sig")


def test_the_preview_shows_the_first_rows_as_they_would_be_written() -> None:
    asked: list[int] = []

    def rows() -> Iterator[Row]:
        for number in range(1000):
            asked.append(number)
            yield (str(number), "=x")

    table = csv_file.preview(HEADER, rows(), 2)
    assert table.header == HEADER
    assert table.rows == (("0", "'=x"), ("1", "'=x"))
    assert len(asked) == 2


def test_an_existing_file_is_replaced_only_by_a_whole_one(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    target.write_text("before")
    target.chmod(0o640)

    def breaking() -> Iterator[Row]:
        yield ("1", "x")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        csv_file.write(target, HEADER, breaking())
    assert target.read_text() == "before"
    assert leftovers(tmp_path) == []
    csv_file.write(target, HEADER, [("1", "x")])
    assert target.read_text(encoding="utf-8-sig").startswith("id,note")
    assert target.stat().st_mode & 0o777 == 0o640


def test_a_full_disk_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "out.csv"
    target.write_text("before")

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CannotWrite, match="disk is full"):
        csv_file.write(target, HEADER, [("1", "x")])
    assert target.read_text() == "before"
    assert leftovers(tmp_path) == []


def test_a_link_is_followed(tmp_path: Path) -> None:
    real, link = tmp_path / "real.csv", tmp_path / "link.csv"
    real.write_text("before")
    link.symlink_to(real)
    csv_file.write(link, HEADER, [("1", "x")])
    assert link.is_symlink()
    assert real.read_text(encoding="utf-8-sig").startswith("id,note")


def test_what_is_no_regular_file_is_written_to_and_stays(tmp_path: Path) -> None:
    assert csv_file.write(Path(os.devnull), HEADER, [("1", "x")]) == 1
    assert not Path(os.devnull).is_file()


@pytest.mark.parametrize(
    ("name", "reason"), [("missing/out.csv", "folder does not exist"), ("folder", "folder of that name")]
)
def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, name: str, reason: str) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(CannotWrite, match=reason):
        csv_file.write(tmp_path / name, HEADER, [])
    assert leftovers(tmp_path) == []


def test_a_long_table_is_never_held_whole() -> None:
    class Measuring(io.TextIOBase):
        ahead = written = most = 0

        def write(self, text: str) -> int:
            self.written += text.count("\r\n")
            self.most = max(self.most, made - self.written)
            return len(text)

    made, out = 0, Measuring()

    def rows() -> Iterator[Row]:
        nonlocal made
        for number in range(20_000):
            made += 1
            yield (str(number), "x")

    assert csv_file.write(out, HEADER, rows()) == 20_000  # type: ignore[arg-type]
    assert out.most < 2_000
