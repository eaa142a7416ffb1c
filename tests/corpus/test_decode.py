import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.corpus.decode import decode

TEXT = "“The pier’s façade,” said the mayor — four million £.\r\nShe left at noon.\r" * 3


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_encodings_of_western_text(encoding):
    assert decode(TEXT.encode(encoding)).text == TEXT


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Правление порта проголосовало в понедельник за восстановление старого причала. " * 5, "cp1251"),
        ("Rada portu głosowała w poniedziałek za odbudową starego mola, część kosztów pokryje gmina. " * 5, "cp1250"),
        ("港湾委員会は月曜日に古い桟橋の再建を決議した。費用は四百万クローネである。" * 5, "shift_jis"),
        ("बंदरगाह बोर्ड ने सोमवार को पुराने घाट के पुनर्निर्माण के लिए मतदान किया। " * 5, "utf-16-le"),
        ("बंदरगाह बोर्ड ने सोमवार को पुराने घाट के पुनर्निर्माण के लिए मतदान किया। " * 5, "utf-16-be"),
    ],
)  # fmt: skip
def test_other_scripts(text, encoding):
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    assert decoded.problems


def test_what_was_guessed_is_said():
    assert decode(TEXT.encode()).problems == ()
    assert decode(TEXT.encode("utf-16-le")).problems[0].severity == "warning"
    assert decode(TEXT.encode("cp1252")).problems[0].code == "encoding"


def test_stray_bytes_in_utf8():
    decoded = decode(("naïve “pier” – é" * 20).encode() + b" \x93quoted\x94")
    assert decoded.text.endswith(" “quoted”")
    assert decoded.problems[0].code == "mixed_encoding"


def test_lone_surrogates_in_utf8():
    assert decode(b"a \xed\xa0\x80 b").text == "a \ufffd b"


@given(st.binary(max_size=200))
@settings(max_examples=300, deadline=None)
def test_any_bytes_become_text_that_can_be_written(data):
    decode(data).text.encode("utf-8")
