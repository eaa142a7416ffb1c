"""Why a chapter runs again, in words that name the input."""

import json

import pytest

from analysis.book.explain import files_of, reason

PARTS = {
    "code": "1",
    "package": "1",
    "corpus": "1",
    "parameters": "{}",
    "versions": '{"pandas": "3"}',
    "layout": "1",
}
FILES = {"corpus": {"a.txt": "1", "codebook.yml": "1"}, "package": {"text.py": "1"}}
NOTED = {"parts": PARTS}


@pytest.mark.parametrize(
    ("parts", "files", "said"),
    [
        (
            {"corpus": "2"},
            {"corpus": {"a.txt": "2", "codebook.yml": "1"}},
            "the corpus changed (changed: a.txt)",
        ),
        (
            {"corpus": "2"},
            {"corpus": {"a.txt": "1", "b.txt": "1"}},
            "the corpus changed (new: b.txt; gone: codebook.yml)",
        ),
        (
            {"corpus": "2"},
            {"corpus": {"a.txt": "1", "codebook.yml": "2"}},
            "the codebook changed (changed: codebook.yml)",
        ),
        ({"corpus": "2"}, {}, "what is read from the corpus changed"),
        ({"parameters": '{"seed": 7}'}, {}, "its parameters changed (seed: its default -> 7)"),
        ({"versions": '{"pandas": "4"}'}, {}, "versions changed (pandas: 3 -> 4)"),
        ({"package": "2"}, {"package": {"text.py": "2"}}, "the analysis package changed (changed: text.py)"),
        (
            {"code": "2", "layout": "2"},
            {},
            "its code cells changed; this program keeps results in another way now",
        ),
        ({}, {}, "its result was no longer kept"),
    ],
)
def test_the_input_that_changed_is_named(parts, files, said):
    assert reason(PARTS | parts, NOTED, FILES | files, FILES) == said


def test_many_files_are_counted():
    many = {"corpus": FILES["corpus"] | {f"{n}.txt": "1" for n in range(9)}}
    assert reason(PARTS | {"corpus": "2"}, NOTED, FILES | many, FILES) == (
        "the corpus changed (new: 0.txt, 1.txt, 2.txt, 3.txt and 5 more)"
    )


def test_nothing_noted_means_a_first_run():
    assert reason(PARTS, None, FILES, {}) == "it has not been run for this output"
    assert json.loads(json.dumps(FILES)) == FILES


def test_a_name_cannot_drive_a_terminal(tmp_path):
    (tmp_path / "a\x1b[2J.txt").write_text("x")
    now = files_of(tmp_path)
    assert now["package"]["book/explain.py"]
    assert "\x1b" not in reason(PARTS | {"corpus": "2"}, NOTED, now, FILES)
