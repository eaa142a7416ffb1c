import textwrap

import pytest

from analysis.corpus.repair import repair


def codes(text: str) -> list[str]:
    return [problem.code for problem in repair(text)[2]]


@pytest.mark.parametrize(
    ("broken", "mended", "code"),
    [
        ("Itâ€™s the mayorâ€™s pier.", "It’s the mayor’s pier.", "mojibake"),
        ("A cafÃ© on the quay.", "A café on the quay.", "mojibake"),
        ("Nets &amp; ropes, &quot;all&quot; of them.", 'Nets & ropes, "all" of them.', "reference"),
        ("Pa\u00adper and\u200b rope.", "Paper and rope.", "invisible"),
        ("Nul\x00 and bell\x07.", "Nul and bell.", "control"),
        ("lone \ud800 half", "lone \ufffd half", "surrogate"),
        ("pay \u202eesrever\u202c now", "pay esrever now", "direction"),
        ("The \ufb01rst o\ufb03ce.", "The first office.", "ligature"),
        ("Cafe\u0301 on the quay.", "Café on the quay.", "composed"),
    ],
)
def test_what_machines_did_is_undone(broken, mended, code):
    text, maps, _ = repair(broken)
    assert text == mended
    assert maps
    assert code in codes(broken)


def test_newlines_of_every_kind():
    assert repair("a\r\nb\rc\u2028d\x0ce\n")[0] == "a\nb\nc\nd\ne\n"


@pytest.mark.parametrize(
    "text",
    [
        "“Curly,” she said, ‘and single’ — with dashes – and … an ellipsis.",
        "AT&T and Q&A; R&D",
        "Ångström, façade, naïve, Â Ã in a row, ÇA VA",
        "क्‍ष and می‌خواهم keep their joiners",
        "👩‍👩‍👧 a family",
        "non\u00a0breaking",
        "What?? Really???",
    ],
)
def test_what_people_wrote_stays(text):
    assert repair(text)[0] == text


def test_lost_marks_are_reported_with_their_place_and_left():
    text, _, said = repair("One.\n??To go on, the board met.")
    assert text.endswith("??To go on, the board met.")
    assert [p.code for p in said] == ["lost_mark"]
    assert "at 5" in said[0].message


def test_look_alikes_are_marked():
    assert "look_alikes" in codes("The p\u0430ypal of ports.")  # a Cyrillic a
    assert "look_alikes" not in codes("Путин spoke in Moscow.")


PARAGRAPHS = (
    "The harbour board voted on Monday to rebuild the old pier after two winters of storm damage, and it did so by a large "
    "majority of its members, who met behind closed doors for most of the day before they let the town in.",
    "By May, Nils Holm and Eva Strand hope to have the timber, which comes from the north and is paid for by the region, and "
    "the work will then go on until the autumn.",
    "Nobody knows what the ferries will do until then, since the quay is too shallow for the larger of the two, said the mayor.",
)


@pytest.mark.parametrize("width", [60, 76])
def test_hard_line_breaks_without_blank_lines(width):
    wrapped = "\n".join(textwrap.fill(paragraph, width) for paragraph in PARAGRAPHS)
    text, maps, said = repair(wrapped)
    assert text == "\n".join(PARAGRAPHS)
    assert [problem.code for problem in said] == ["unwrapped"]
    assert maps[0].span(0, len(text)) == (0, len(wrapped))


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(PARAGRAPHS),
        "\n\n".join(textwrap.fill(paragraph, 70) for paragraph in PARAGRAPHS),
        "\n".join(f"The board met for the {i}th time and voted for the pier again today." for i in range(12)),
        "\n".join(["roses are red", "violets are blue"] * 10),
    ],
)
def test_lines_that_are_paragraphs_or_verses_stay(text):
    assert repair(text)[0] == text
