"""The benchmark counts right, and the passes keep what they gained on real texts."""

from pathlib import Path

import pytest
from tests.benchmarks.entity_gold import load
from tests.benchmarks.entity_scores import FOUR, Score, comparable, trimmed

F1_FLOOR = 0.68
SOMETIMES_CEILING = 0.07


def test_edges_are_trimmed_alike() -> None:
    text = 'He saw "the European Union\'s" flag and Acme Inc. too.'
    start, end = trimmed(text, text.index('"'), text.index(" flag"))
    assert text[start:end] == "European Union"
    start, end = trimmed(text, text.index("Acme"), text.index(" too"))
    assert text[start:end] == "Acme Inc."


def test_a_score_counts_spans_labels_and_repeated_names() -> None:
    text = "Oslo met Oslo and Ann."
    wanted = comparable(text, [(0, 4, "LOC"), (9, 13, "LOC"), (18, 21, "PER")], FOUR)
    found = comparable(text, [(0, 4, "GPE"), (18, 21, "ORG"), (5, 8, "DATE")], FOUR)
    total = Score()
    total.add(text, found, wanted)
    assert total.prf == pytest.approx((1 / 2, 1 / 3, 0.4))
    assert total.sometimes_share == 1.0


def test_columns_and_json_lines_are_read_alike(tmp_path: Path) -> None:
    columns, lines = tmp_path / "gold.conll", tmp_path / "gold.jsonl"
    columns.write_text("Peter NNP B-PER\nBlackburn NNP I-PER\nleft VBD O\n. . O\n\nOSLO NNP I-LOC\n")
    lines.write_text('{"text": "Peter Blackburn left.\\nOSLO ", "entities": [[0, 15, "PER"], [22, 26, "LOC"]]}\n')
    assert load(columns) == load(lines)
    columns.write_text("# id 1\nPeter B-PER\nBlackburn E-PER\nleft O\n. O\n\nOSLO S-LOC\n")
    spans = '[{"start": 0, "end": 15, "label": "PER"}, {"start": 22, "end": 26, "type": "LOC"}]'
    lines.write_text('{"text": "Peter Blackburn left.\\nOSLO ", "spans": ' + spans + "}\n")
    assert load(columns) == load(lines)


def test_a_name_does_not_go_on_in_the_next_line(tmp_path: Path) -> None:
    columns = tmp_path / "gold.iob"
    columns.write_text("OSLO I-LOC\n\nPARIS I-LOC\n")
    assert [span[:2] for span in load(columns)[0].spans] == [(0, 4), (5, 10)]


def test_overlapping_spans_count_for_both_sides_and_each_kind() -> None:
    total = Score()
    total.add(
        "The Acme Inc. of Oslo", {(4, 8, "ORG"), (9, 13, "ORG"), (0, 3, "LOC")}, {(4, 13, "ORG"), (17, 21, "LOC")}
    )
    assert total.overlapping_prf == pytest.approx((2 / 3, 1 / 2, 4 / 7))
    (_loc, *_), (label, exact, overlapping, wanted) = total.rows()
    assert (label, exact, overlapping, wanted) == ("ORG", (0.0, 0.0, 0.0), (1.0, 1.0, 1.0), 1)


@pytest.mark.model
def test_real_texts_are_marked_better_than_by_the_raw_model(corpora: Path) -> None:
    from tests.benchmarks.bench_entities import raw, refined, score

    from postil.entities.model_files import model_folder
    from postil.entities.recognise import Model

    documents = load(corpora / "entities" / "wikigold.jsonl")
    model = Model(model_folder())
    before, _ = score(documents, lambda text: raw(model, text))
    after, _ = score(documents, lambda text: refined(model, text))
    assert after.prf[2] >= max(F1_FLOOR, before.prf[2] + 0.04)
    assert after.sometimes_share <= min(SOMETIMES_CEILING, before.sometimes_share)
