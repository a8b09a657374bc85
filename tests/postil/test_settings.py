"""The settings file: what was chosen comes back, and nothing in it can stop a start."""

import json
import stat
import sys
from pathlib import Path

import pytest

from postil import settings
from postil.settings import Settings
from postil_db.records import EntityKind


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.json"


def test_what_was_chosen_comes_back(path: Path) -> None:
    chosen = Settings.load(path)
    assert chosen.set(settings.THEME, "sepia")
    assert chosen.set(settings.KINDS, frozenset({EntityKind.PERSON, EntityKind.DATE}))
    assert chosen.set(settings.WIDTHS, (240, 320))
    assert not chosen.set(settings.ZOOM, 1.0)
    chosen.save()
    again = Settings.load(path)
    assert again.get(settings.THEME) == "sepia"
    assert again.get(settings.KINDS) == {EntityKind.PERSON, EntityKind.DATE}
    assert again.get(settings.WIDTHS) == (240, 320)
    assert again.get(settings.ZOOM) == 1.0
    assert again.message == ""


def test_windows_on_two_libraries_keep_what_each_has_chosen(path: Path) -> None:
    one, other = Settings.load(path), Settings.load(path)
    one.set(settings.THEME, "sepia")
    one.save()
    other.set(settings.ZOOM, 1.5)
    other.save()
    one.set(settings.WIDTHS, (240, 320))
    one.save()
    kept = Settings.load(path)
    assert (kept.get(settings.THEME), kept.get(settings.ZOOM), kept.get(settings.WIDTHS)) == ("sepia", 1.5, (240, 320))
    path.write_text("{ spoilt")
    other.set(settings.THEME, "dark")
    other.save()
    assert (Settings.load(path).get(settings.THEME), Settings.load(path).get(settings.ZOOM)) == ("dark", 1.5)


def test_usual_values_without_a_file(path: Path) -> None:
    usual = Settings.load(path)
    assert usual.get(settings.THEME) == "system"
    assert EntityKind.QUANTITY not in usual.get(settings.KINDS)
    usual.save()
    assert not path.exists(), "nothing was chosen, so nothing is written"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_only_the_owner_can_read_it(path: Path) -> None:
    chosen = Settings.load(path)
    chosen.set(settings.FONT, "Georgia")
    chosen.save()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["settings.json"]


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe\x00", b"[]", b"", b"[" * 50_000], ids=str)
def test_a_damaged_file_is_kept_aside(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    read = Settings.load(path)
    assert read.get(settings.THEME) == "system"
    assert "damaged" in read.message
    assert (path.parent / "settings.damaged.json").read_bytes() == content
    read.set(settings.THEME, "dark")
    read.save()
    assert Settings.load(path).get(settings.THEME) == "dark"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("theme", 3),
        ("zoom", "big"),
        ("zoom", True),
        ("measure", "wide"),
        ("line_height", [1.5]),
        ("justified", 1),
        ("entity_kinds", ["animal"]),
        ("entity_kinds", "person"),
        ("show_side", 1),
        ("widths", [1.5, 2, 3]),
        ("font", None),
    ],
)
def test_one_wrong_value_costs_only_itself(path: Path, name: str, value: object) -> None:
    path.parent.mkdir()
    path.write_text(json.dumps({"show_library": False, name: value}))
    read = Settings.load(path)
    option = next(option for option in settings.OPTIONS if option.name == name)
    assert read.get(option) == option.default
    assert name in read.message
    assert read.get(settings.SHOW_LIBRARY) is False


def test_what_a_newer_version_wrote_stays(path: Path) -> None:
    path.parent.mkdir()
    path.write_text(json.dumps({"future": [1, 2], "zoom": 99, "measure": 70.4, "line_height": 0}))
    read = Settings.load(path)
    assert (read.get(settings.ZOOM), read.get(settings.MEASURE), read.get(settings.LINE)) == (3.2, 70, 1.2)
    read.set(settings.THEME, "light")
    read.save()
    assert json.loads(path.read_text())["future"] == [1, 2]


def test_a_full_disk_keeps_the_old_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = Settings.load(path)
    chosen.set(settings.THEME, "dark")
    chosen.save()
    chosen.set(settings.THEME, "light")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("postil.settings.os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        chosen.save()
    assert Settings.load(path).get(settings.THEME) == "dark"
    assert [file.name for file in path.parent.iterdir()] == ["settings.json"]
    monkeypatch.undo()
    chosen.save()
    assert Settings.load(path).get(settings.THEME) == "light"


def test_each_option_says_what_it_does() -> None:
    for option in settings.OPTIONS:
        assert option.text
        assert option.read(json.loads(json.dumps(option.write(option.default)))) == option.default
    assert len({option.name for option in settings.OPTIONS}) == len(settings.OPTIONS)
