"""`decisions`: list, withdraw, export, import."""

from pathlib import Path

import pytest
from tests.postil.command.calling import Postil

from postil_db import safekeeping
from postil_db.library import Library
from postil_db.records import EntityKind, NewDecision, Ruling
from postil_db.store import decisions, entities, entity_notes


def rule(folder: Path) -> None:
    with Library.open(folder / "library") as library:
        new = NewDecision(Ruling.RENAME, EntityKind.PERSON, "Kaja Kallas", to_name="K. Kallas")
        library.write("Rename", lambda session: decisions.decide(session, new))


def test_decisions_are_listed_carried_and_withdrawn(stocked: Postil, tmp_path: Path) -> None:
    assert "Nothing has been decided" in stocked("decisions", "list").err
    rule(tmp_path)
    (one,) = stocked("decisions", "list", "--json").json
    assert (one["ruling"], one["entity"], one["to_entity"]) == ("rename", "Kaja Kallas", "K. Kallas")
    assert "“Kaja Kallas” is called “K. Kallas”" in stocked("decisions", "list").out
    stocked("decisions", "export", "-o", "ruled.json")
    gone = stocked("decisions", "withdraw", str(one["id"]))
    assert gone.out == "Withdrew 1 decision; this changed 2 mentions in 1 document.\n"
    dry = stocked("decisions", "import", "ruled.json", "--dry-run")
    assert dry.out == "Would import 1 decision; this would change 2 mentions in 1 document.\n"
    assert stocked("decisions", "list", "--json").json == []
    done = stocked("decisions", "import", "ruled.json", "--json").json
    assert (done["new"], done["mentions"], done["done"]) == (1, 2, True)
    assert "1 decision stood already." in stocked("decisions", "import", "ruled.json").out


def test_there_is_a_backup_before_much_is_imported(
    stocked: Postil, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule(tmp_path)
    stocked("decisions", "export", "-o", "ruled.json")
    stocked("decisions", "withdraw", "1")
    stocked("decisions", "import", "ruled.json")
    assert stocked("backups").status == 1  # two mentions are little
    stocked("decisions", "withdraw", "2")
    monkeypatch.setattr(safekeeping, "MANY", 2)
    stocked("decisions", "import", "ruled.json", "--dry-run")
    assert stocked("backups").status == 1
    stocked("decisions", "import", "ruled.json")
    assert [one["reason"] for one in stocked("backups", "--json").json] == ["before-an-import"]


def test_faults_are_told(stocked: Postil, tmp_path: Path) -> None:
    (tmp_path / "none.json").write_text("{}")
    refused = stocked("decisions", "import", "none.json")
    assert refused.status == 1
    assert "no file of decisions" in refused.err
    (tmp_path / "bytes.json").write_bytes(b"\xff\xfe\x00")
    assert "no text" in stocked("decisions", "import", "bytes.json").err
    assert stocked("decisions", "withdraw", "9").status == 1


def test_notes_and_tags_on_names_are_in_their_table(stocked: Postil, tmp_path: Path) -> None:
    with Library.open(tmp_path / "library") as library:
        number = library.read(entities.every)[0].id
        library.write("", lambda session: entity_notes.set_note(session, number, "High Representative"))
        library.write("", lambda session: entity_notes.attach(session, [number], "people"))
    row = stocked("export", "--format", "entities").out.splitlines()[1]
    assert row.startswith('"Kaja Kallas","person","Kallas","2","1",')
    assert row.endswith('"High Representative","people"')
