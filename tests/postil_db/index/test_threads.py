"""Searches never wait and never see half of a write, whatever is put, dropped, flushed or built meanwhile."""

import threading
from pathlib import Path

from postil_db.index.annotation_index import FLUSH_AT, AnnotationIndex
from postil_db.index.entry import Entry

KEYS = range(40)


def entry(key: int, rev: int) -> Entry:
    word = "odd" if rev % 2 else "even"
    return Entry(key, rev, 1, "same", f"{word} pair {word}", f"n{key}", (word,), (), "blue", rev)


def test_searches_see_all_of_a_write_or_nothing(tmp_path: Path) -> None:
    index = AnnotationIndex.open(tmp_path / "index")
    index.put(entry(key, 0) for key in KEYS)
    stop, wrong, asked = threading.Event(), [], [0, 0, 0]

    def ask(number: int) -> None:
        while not stop.is_set():
            odd = index.search("-even ", limit=99).total
            same = index.search("same ", limit=99)
            phrase = index.search('"odd pair odd" OR "even pair even"', limit=99).total
            if odd not in (0, len(KEYS)) or phrase != len(KEYS) or len(set(same.ids)) != len(KEYS):
                wrong.append((odd, phrase, same.total))
            asked[number] += 1

    def flush() -> None:
        while not stop.is_set():
            index.flush()

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(3)] + [threading.Thread(target=flush)]
    for thread in threads:
        thread.start()
    for rev in range(1, 120):
        index.put(entry(key, rev) for key in KEYS)
    stop.set()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert min(asked) > 0
    assert index.revisions() == dict.fromkeys(KEYS, 119)
    index.close()
    index = AnnotationIndex.open(tmp_path / "index")
    assert index.revisions() == dict.fromkeys(KEYS, 119)
    index.close()


def test_what_is_put_or_dropped_during_a_build_wins(tmp_path: Path) -> None:
    index = AnnotationIndex.open(tmp_path / "index")
    index.put([entry(key, 1) for key in range(500)])

    def meanwhile(done: int, total: int) -> None:
        if done == 200:
            index.put([entry(3, 99), entry(9_000, 99)])
            index.drop([4])
            assert index.search("same ", limit=9).total == 500  # the old ones are found until the new ones are there

    index.build([entry(key, 2) for key in range(400)], meanwhile)
    held = index.revisions()
    assert held == {**{key: 2 for key in range(400) if key != 4}, 3: 99, 9_000: 99}
    index.close()
    index = AnnotationIndex.open(tmp_path / "index")
    assert index.revisions() == held
    index.close()


def test_memory_goes_to_disk_by_itself(tmp_path: Path) -> None:
    index = AnnotationIndex.open(tmp_path / "index")
    for key in range(FLUSH_AT + 5):
        index.put([entry(key, 1)])
    assert index._flusher is not None
    index._flusher.join()
    assert list((tmp_path / "index").glob("*.trm"))
    assert index.search("same ", limit=9).total == FLUSH_AT + 5
    index.close()


def test_a_large_batch_goes_straight_to_disk(tmp_path: Path) -> None:
    index = AnnotationIndex.open(tmp_path / "index")
    index.put([entry(3, 1)])
    index.put(entry(key % 700, 2 + key) for key in range(1400))  # the later one of an id counts
    assert index.revisions() == {key: 702 + key for key in range(700)}
    assert index.flush() == 0
    index.close()


def test_progress_reaches_the_end(tmp_path: Path) -> None:
    index = AnnotationIndex.open(tmp_path / "index")
    told: list[tuple[int, int]] = []
    index.build((entry(key, 1) for key in range(450)), lambda done, total: told.append((done, total)))
    assert told == [(200, 450), (400, 450), (450, 450)]
    index.build([])
    assert index.revisions() == {}
    index.close()
