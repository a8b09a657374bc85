import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from postil.documents.limits import Child, ChildDied, ChildRefused, ChildSilent

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="Windows sets no limits of this kind")


@pytest.fixture
def child(monkeypatch: pytest.MonkeyPatch) -> Iterator[Child]:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    with Child("a_child", memory_mb=512, cpu_seconds=1, nice=5) as child:
        yield child


def pid_of(child: Child) -> int:
    return int(next(iter(list(child.ask({"do": "pid"}, silence_s=30))))["pid"])


def gone(pid: int) -> bool:
    """Whether a process has ended; one that only waits to be collected has."""
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].startswith("Z")
    except ProcessLookupError:
        return True
    except FileNotFoundError:  # no /proc here (macOS), or it ended between the two
        return Path("/proc").is_dir()


def until_gone(pid: int) -> bool:
    for _ in range(500):
        if gone(pid):
            return True
        threading.Event().wait(0.02)
    return False


def test_answers_come_in_order_and_end(child: Child) -> None:
    assert [answer["number"] for answer in child.ask({"do": "count", "to": 500}, silence_s=30)] == list(range(500))


def test_one_process_serves_many_requests(child: Child) -> None:
    assert pid_of(child) == pid_of(child)


@pytest.mark.parametrize("text", ["", "naïve 🦉 \ud800 \x00 \u2028", "long " * 200_000])
def test_any_text_goes_through(child: Child, text: str) -> None:
    assert list(child.ask({"do": "echo", "text": text}, silence_s=30)) == [{"heard": text}]


def test_what_is_printed_is_no_answer(child: Child) -> None:
    assert list(child.ask({"do": "prints"}, silence_s=30)) == [{"printed": True}]


def test_a_refusal_is_a_sentence_and_a_kind_and_costs_no_restart(child: Child) -> None:
    before = pid_of(child)
    with pytest.raises(ChildRefused, match="There is nothing to read in it") as caught:
        list(child.ask({"do": "refuse"}, silence_s=30))
    assert caught.value.kind == "Empty"
    assert pid_of(child) == before


@pytest.mark.skipif(sys.platform == "win32", reason="ends in another way there")
def test_a_library_that_gives_up_for_want_of_memory_is_told_apart(child: Child) -> None:
    """PDFium aborts where it is given no more; without a limit the same end is a fault."""
    for limit, reason in ((2048, "memory"), (None, "fault")):
        with Child("a_child", memory_mb=limit) as other, pytest.raises(ChildDied) as caught:
            list(other.ask({"do": "give_up"}, silence_s=60))
        assert caught.value.reason == reason


def test_a_fault_names_its_place_but_no_text(child: Child) -> None:
    with pytest.raises(ChildDied) as caught:
        list(child.ask({"do": "fail", "secret": "words of a document"}, silence_s=30))
    assert "ValueError at a_child.py:" in caught.value.diagnosis
    assert "words" not in caught.value.diagnosis + str(caught.value)
    assert list(child.ask({"do": "echo", "text": "again"}, silence_s=30)) == [{"heard": "again"}]


def test_a_child_that_dies_is_told_and_started_anew(child: Child) -> None:
    with pytest.raises(ChildDied) as caught:
        list(child.ask({"do": "die"}, silence_s=30))
    assert caught.value.reason == "fault"
    assert "last words" in caught.value.diagnosis
    assert list(child.ask({"do": "echo", "text": "again"}, silence_s=30)) == [{"heard": "again"}]


def test_a_silent_child_is_killed(child: Child) -> None:
    child.start()
    answers = child.ask({"do": "sleep"}, silence_s=2)
    pid = next(answers)["pid"]
    began = time.monotonic()
    with pytest.raises(ChildSilent, match="2 seconds"):
        next(answers)
    assert time.monotonic() - began < 20
    assert until_gone(pid)


def test_stop_from_another_thread_ends_the_waiting(child: Child) -> None:
    answers = child.ask({"do": "sleep"}, silence_s=60)
    pid = next(answers)["pid"]
    stopper = threading.Thread(target=child.stop)
    stopper.start()
    with pytest.raises(ChildDied) as caught:
        next(answers)
    stopper.join()
    assert caught.value.reason == "stopped"
    assert until_gone(pid)
    assert list(child.ask({"do": "echo", "text": "again"}, silence_s=30)) == [{"heard": "again"}]


def test_leaving_early_leaves_no_stale_answers(child: Child) -> None:
    for answer in child.ask({"do": "count", "to": 100_000}, silence_s=30):
        if answer["number"] == 3:
            break
    assert list(child.ask({"do": "echo", "text": "mine"}, silence_s=30)) == [{"heard": "mine"}]


def test_threads_take_turns(child: Child) -> None:
    heard: dict[int, list[str]] = {}

    def ask(number: int) -> None:
        heard[number] = [a["heard"] for a in child.ask({"do": "echo", "text": str(number)}, silence_s=60)]

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert heard == {number: [str(number)] for number in range(8)}


@posix_only
def test_too_much_memory_is_told_apart(child: Child) -> None:
    with pytest.raises(ChildDied) as caught:
        list(child.ask({"do": "eat"}, silence_s=60))
    assert caught.value.reason == "memory"


@posix_only
def test_too_much_time_is_told_apart(child: Child) -> None:
    with pytest.raises(ChildDied) as caught:
        list(child.ask({"do": "burn"}, silence_s=60))
    assert caught.value.reason == "time"


@posix_only
def test_it_writes_no_big_file_and_steps_back(child: Child, tmp_path: Path) -> None:
    with pytest.raises(ChildDied) as caught:
        list(child.ask({"do": "write", "path": str(tmp_path / "big")}, silence_s=30))
    assert "OSError" in caught.value.diagnosis
    assert next(iter(list(child.ask({"do": "pid"}, silence_s=30))))["nice"] >= 5


@posix_only
def test_it_does_not_outlive_its_parent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    program = (
        "import os; from postil.documents.limits import Child\n"
        "for answer in Child('a_child').ask({'do': 'sleep'}, silence_s=60):\n"
        "    print(answer['pid'], flush=True); os._exit(1)\n"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=60)
    assert until_gone(int(ended.stdout))


def test_the_current_folder_is_no_place_to_import_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    (tmp_path / "queue.py").write_text("raise SystemExit('taken over')")
    monkeypatch.chdir(tmp_path)
    with Child("a_child") as child:
        assert list(child.ask({"do": "echo", "text": "safe"}, silence_s=30)) == [{"heard": "safe"}]


def test_a_module_that_is_not_there() -> None:
    with Child("no_such_module_of_ours") as child, pytest.raises(ChildDied) as caught:
        list(child.ask({"do": "echo"}, silence_s=30))
    assert "no_such_module_of_ours" in caught.value.diagnosis


def test_a_child_can_open_no_socket_and_start_no_program(child: Child) -> None:
    tried = {answer["tried"]: answer["refused"] for answer in child.ask({"do": "reach"}, silence_s=30)}
    assert len(tried) == 7
    if sys.platform != "linux":
        tried = {name: refused for name, refused in tried.items() if "of a library" not in name}
    assert set(tried.values()) == {"PermissionError"}
