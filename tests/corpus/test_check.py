import json

import pytest

from analysis.corpus import check_corpus
from analysis.corpus.dates import DateError, iso_day
from analysis.corpus.language import guess_language

TEXT = "Oslo: The harbour board voted on Monday to rebuild the old pier after the storm.\n\nADVERTISEMENT\n\nWork starts in May.\n"
DECLARED = (
    "language: en\narticles:\n  - {file: a.txt, outlet: Quay Courier, title: The pier, date: 2031-03-03}\n"
)


def test_a_declared_corpus_is_ready(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "corpus.yml").write_text(DECLARED, encoding="utf-8")
    report = check_corpus(tmp_path)
    assert report.exit_code == 0
    assert report.guessed == report.doubtful == []
    assert {row["kind"] for row in report.stripped} == {"dateline", "ad"}
    text = report.to_text()
    assert "1 article(s), 1 outlet(s), 1 event(s)" in text
    assert "a  Quay Courier  2031-03-03  en" in text
    assert json.loads(report.to_json())["exit_code"] == 0


def test_everything_is_told(tmp_path):
    (tmp_path / "a.txt").write_bytes(TEXT.replace("storm", "stormâ€™s end").encode())
    (tmp_path / "b.txt").write_bytes(TEXT.replace("Monday", "Friday – “late”").encode("cp1252"))
    report = check_corpus(tmp_path)
    assert report.exit_code == 1
    assert {row["code"] for row in report.guessed} == {"guessed_outlet", "guessed_language"}
    assert {row["code"] for row in report.repaired} == {"mojibake"}
    assert {row["code"] for row in report.doubtful} == {"encoding"}
    assert "Windows-1252" in report.to_text()


def test_a_codebook_that_cannot_be_read_is_told(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "codebook.yml").write_text("pier: []\n", encoding="utf-8")
    report = check_corpus(tmp_path)
    assert report.exit_code == 2
    assert [row["code"] for row in report.doubtful] == ["codebook"]


def test_what_cannot_be_read(tmp_path):
    report = check_corpus(tmp_path / "none")
    assert report.exit_code == 2
    assert "no such folder or file" in report.to_text()
    assert json.loads(report.to_json())["error"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2031-03-04", "2031-03-04"),
        ("2031-03-04T23:59:00+05:30", "2031-03-04"),
        ("20310304", "2031-03-04"),
        ("2031/3/4", "2031-03-04"),
        ("March 4, 2031", "2031-03-04"),
        ("4 Mar. 2031", "2031-03-04"),
        ("Tue, 04 Mar 2031 10:00:00 GMT", "2031-03-04"),
        ("Tuesday, March 4th, 2031", "2031-03-04"),
        ("25/12/2031", "2031-12-25"),
        ("12/25/2031", "2031-12-25"),
        ("04.04.2031", "2031-04-04"),
    ],
)
def test_days_that_can_be_read_in_one_way(text, day):
    assert iso_day(text) == day


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("03/04/2031", "ambiguous_date"),
        ("3.4.2031", "ambiguous_date"),
        ("2031-02-30", "bad_date"),
        ("31/31/2031", "bad_date"),
        ("yesterday", "bad_date"),
        ("03/04/31", "bad_date"),
        ("1912345", "bad_date"),
    ],
)
def test_days_that_cannot(text, code):
    with pytest.raises(DateError) as error:
        iso_day(text)
    assert error.value.code == code


def test_a_declared_format_decides():
    assert iso_day("03/04/2031", "%d/%m/%Y") == "2031-04-03"
    assert iso_day("03/04/2031", "%m/%d/%Y") == "2031-03-04"
    with pytest.raises(DateError):
        iso_day("4 March 2031", "%d/%m/%Y")


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "The board voted on Monday to rebuild the old pier, and work will start in May with money from the region."),
        ("fr", "Le conseil a voté lundi la reconstruction de la vieille jetée, et les travaux vont commencer en mai avec une aide de la région."),
        ("de", "Der Vorstand hat am Montag für den Wiederaufbau der alten Mole gestimmt, und die Arbeit beginnt im Mai mit Geld aus der Region."),
        ("es", "La junta votó el lunes a favor de la reconstrucción del viejo muelle, y las obras van a empezar en mayo con dinero de la región."),
        ("it", "Il consiglio ha votato lunedì per la ricostruzione del vecchio molo e i lavori iniziano a maggio con una parte dei soldi della regione."),
        ("pt", "O conselho votou na segunda-feira a favor da reconstrução do velho cais, e as obras vão começar em maio com uma ajuda da região."),
        ("nl", "Het bestuur heeft op maandag voor de bouw van de oude pier gestemd en het werk begint in mei met geld van de regio."),
        ("sv", "Styrelsen röstade på måndagen för att bygga upp den gamla piren och arbetet börjar i maj med pengar från regionen."),
        ("pl", "Rada głosowała w poniedziałek za odbudową starego mola, a prace mają się zacząć w maju i nie będą tanie, jak mówi jej szef."),
        ("hi", "बंदरगाह बोर्ड ने सोमवार को पुराने घाट के पुनर्निर्माण के लिए मतदान किया।"),
        ("ja", "港湾委員会は月曜日に古い桟橋の再建を決議した。"),
        ("zh", "港务局周一投票决定重建旧码头。"),
        ("ko", "항만 위원회는 월요일 오래된 부두를 재건하기로 의결했다."),
        ("ar", "صوت مجلس الميناء يوم الاثنين على إعادة بناء الرصيف القديم."),
        ("ru", "Правление порта проголосовало в понедельник за восстановление причала."),
        ("uk", "Правління порту проголосувало в понеділок за відновлення старого причалу її міста."),
    ],
)  # fmt: skip
def test_languages(code, text):
    assert guess_language(text)[0] == code


@pytest.mark.parametrize("text", ["", "Pier", "123 456", "🙂" * 50])
def test_too_little_to_tell(text):
    assert guess_language(text) == (None, 0.0)
