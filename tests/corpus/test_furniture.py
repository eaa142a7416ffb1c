"""What is page furniture and what is article, on invented pages that a person can check."""

import pytest

from analysis.corpus.furniture import clean_text

FIRST = "The harbour board voted on Monday to rebuild the old pier after two winters of storm damage."
SECOND = "Work starts in May and will cost four million crowns, half of it from the regional fund."
THIRD = "“We have waited long enough,” said the mayor, Ada Lindqvist, after the vote."


def page(*blocks: str) -> str:
    return "\n\n".join(blocks)


def kinds(text: str) -> dict[str, str]:
    return {text[r.start : r.end]: r.kind for r in clean_text(text).removals}


def test_running_text_stays_whole():
    text = page(FIRST, SECOND, THIRD)
    cleaned = clean_text(text)
    assert cleaned.body == text
    assert cleaned.removals == ()


def test_headline_becomes_the_title():
    cleaned = clean_text(page("Board votes to rebuild harbour pier", FIRST, SECOND))
    assert cleaned.title == "Board votes to rebuild harbour pier"
    assert cleaned.body == page(FIRST, SECOND)


@pytest.mark.parametrize(
    "line",
    [
        "Harbour Board Sues Pier Builder and Ferry Lines of the U.S.",
        "Council Votes Against Offer by Pier Builder Quay Inc.",
    ],
)
def test_a_headline_may_end_with_a_short_form(line):
    assert clean_text(page(line, FIRST, SECOND)).title == line


@pytest.mark.parametrize(
    "line",
    [
        "The harbour board sued the pier builder and ferry lines of the U.S.",
        "Harbour Board Sues Pier Builder.",
    ],
)
def test_a_stop_at_the_end_makes_a_sentence(line):
    assert clean_text(page(line, FIRST, SECOND)).title is None


def test_known_title_is_taken_out_where_the_page_repeats_it():
    cleaned = clean_text(page("Pier: a vote.", FIRST, SECOND), title="Pier: a vote")
    assert cleaned.body == page(FIRST, SECOND)


@pytest.mark.parametrize("first", [FIRST, THIRD, "“No pier, no town,” the mayor said"])
def test_a_sentence_or_a_quotation_is_no_headline(first):
    assert clean_text(page(first, FIRST, SECOND)).body.startswith(first)


def test_a_line_with_one_sentence_of_the_article_stays():
    line = "Subscribe now for unlimited access. The board will vote again on Friday."
    assert line in clean_text(page(FIRST, SECOND, line)).body


def test_subheads_stay_in_the_body():
    text = page(FIRST, "A long wait", SECOND, THIRD)
    assert clean_text(text).body == text


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("ADVERTISEMENT", "ad"),
        ("Article continues below this advertisement", "ad"),
        ("Advertisement - scroll to continue", "ad"),
        ("Story continues after the gallery", "ad"),
        ("Vote in our poll - story continues below", "ad"),
        ("Sponsored content", "ad"),
        ("Subscribe now for unlimited access. Already a subscriber? Log in", "newsletter"),
        ("Published 3 hours ago", "aggregator_junk"),
        ("an hour ago 12", "aggregator_junk"),
        ("4 min read", "aggregator_junk"),
        ("1,204 views", "aggregator_junk"),
        ("Read the full story at The Quay Courier", "aggregator_junk"),
        ("Read more", "aggregator_junk"),
        ("* * *", "separator"),
        ("Share on Facebook", "share"),
        ("Facebook | Twitter | WhatsApp", "share"),
        ("Follow us on Instagram and Telegram", "social_follow"),
        ("Stay updated with the latest from the coast", "social_follow"),
        ("Click here to join our WhatsApp channel", "social_follow"),
        ("Sign up for our morning newsletter", "newsletter"),
        ("Get the day's headlines delivered to your inbox", "newsletter"),
        ("© 2031 Quay Courier Ltd. All rights reserved.", "copyright"),
        ("This material may not be published, broadcast or rewritten.", "copyright"),
        ("Last updated: 3 March 2031, 10:45 am", "metadata_date"),
        ("March 3, 2031 7:15 p.m. GMT", "metadata_date"),
        ("By Nils Holm and Eva Strand", "byline"),
        ("By Nils Holm, Staff Writer", "byline"),
        ("Eva Strand, Senior Correspondent", "byline"),
        ("Reporting by Nils Holm; editing by Eva Strand", "credit_line"),
        ("Eva Strand contributed to this report.", "credit_line"),
        ("This article was originally published in The Quay Courier.", "credit_line"),
        ("The pier after the storm in January. (Photo: Nils Holm)", "photo_caption"),
        ("Waves break over the pier. | Photo Credit: Eva Strand", "photo_caption"),
        ("Waves break over the pier (Nils Holm/Reuters)", "photo_caption"),
        ("File photo", "photo_caption"),
        ("(AFP Photo/Nils Holm)", "photo_caption"),
        ("Column reprinted with permission of The Quay Courier", "credit_line"),
        ("412 SHARES Facebook Twitter", "share"),
        ("Also read: Ferry line to close for the winter", "related"),
        ("Tags: harbour, pier, storm", "tags"),
        ("#harbour #pier", "tags"),
        ("The author can be reached at nils@example.org", "contact"),
        ("https://example.org/news/pier", "credit_line"),
    ],
)
def test_lines_of_the_page_go(line, kind):
    text = page(FIRST, line, SECOND, THIRD)
    assert kinds(text) == {line: kind}
    assert clean_text(text).body == page(FIRST, SECOND, THIRD)


@pytest.mark.parametrize(
    "line",
    [
        "Advertisers left the harbour festival in droves last year, the board said.",
        "Copyright law will not help the pier's architect, who drew it in 1911.",
        "The story continues to divide the town, and neither side will give way.",
        "By May the work should be done, and by June the ferries will be back.",
        "Share prices of the ferry company rose by four per cent on the news.",
        "Read by few, the report named three weak pillars.",
        "Published in 2019, the report named three weak pillars.",
        "She follows the board on most questions, but not on this one.",
        "Photo albums, letters and a ship's bell were found under the planks.",
        "“Sign up for the work,” the mayor told the crowd, “and you will be paid.”",
        "The board (chaired by the mayor) meets again in March.",
        "The vote was first reported by the local radio (which had a seat in the room).",
        "Related claims were settled out of court, said the board.",
        "Video of the storm was shown at the meeting.",
        "He said: yes.",
    ],
)
def test_sentences_with_the_same_words_stay(line):
    text = page(FIRST, line, SECOND, THIRD)
    assert clean_text(text).body == text


@pytest.mark.parametrize(
    "head",
    [
        "OSLO:",
        "Oslo:",
        "OSLO (Reuters) -",
        "OSLO, March 3 (Reuters) -",
        "Oslo, March 3 (NTB):",
        "Oslo, 3 March 2031 —",
        "HALDEN, Norway —",
        "ST. OLAV, Calif. —",
        "NEW HALDEN, N.H., March 3 (UPI) —",
        "Rio de Janeiro:",
        "OSLO/STOCKHOLM (AFP) –",
        "Oslo [Norway], March 3 (NTB):",
        "OSLO, March 3 (NTB)",
        "Oslo | Quay Courier |",
    ],
)
def test_date_lines_are_cut_from_the_first_sentence(head):
    text = page(f"{head} {FIRST}", SECOND)
    cleaned = clean_text(text)
    assert cleaned.body == page(FIRST, SECOND)
    assert [(text[r.start : r.end], r.kind) for r in cleaned.removals] == [(head, "dateline")]


@pytest.mark.parametrize(
    "start",
    [
        "Mayor Ada Lindqvist: “We have waited long enough for this pier to be rebuilt.”",
        "Sen. Ada Lindqvist (R-Quay): “We have waited long enough for this pier.”",
        "Board Clears Pier. OSLO (Reuters) - The harbour board has voted for the pier.",
        "BREAKING - The harbour board has voted to rebuild the old pier in spring.",
        "Well-built piers last a hundred years, and this one lasted a hundred and ten.",
        "Oslo has paid for half of the pier, and the region for the rest of the work.",
    ],
)
def test_what_only_looks_like_a_date_line_stays(start):
    assert clean_text(page(start, SECOND)).body == page(start, SECOND)


def test_scrapers_header_is_cut_and_its_date_kept():
    cleaned = clean_text(f" date 2031-03-03 Oslo: {FIRST}")
    assert cleaned.body == FIRST
    assert cleaned.date == "2031-03-03"
    assert [r.kind for r in cleaned.removals] == ["metadata_date", "dateline"]


def test_key_words_glued_to_a_caption():
    tags = "harbour pier, pier vote, old pier, harbour board, pier news, quay news, harbour vote"
    caption = "The old pier at Halden before the storm. (Photo: Nils Holm)"
    assert kinds(page(tags + caption, FIRST, SECOND)) == {tags: "photo_tags", caption: "photo_caption"}


def test_a_list_in_a_sentence_is_no_list_of_key_words():
    line = "The board bought timber, bolts, tar, rope, chains, lamps, paint and a crane for the pier."
    text = page(FIRST, line, SECOND)
    assert clean_text(text).body == text


def test_note_about_the_author_after_the_article():
    note = (
        "Nils Holm is a senior correspondent at The Quay Courier. He joined the newspaper in 2009 and has been "
        "reporting on ports for more than ten years. ... Read More"
    )
    assert kinds(page(FIRST, SECOND, THIRD, note, "© The Quay Courier")) == {
        note: "author_bio",
        "© The Quay Courier": "copyright",
    }


def test_a_book_in_marks_does_not_save_the_note_about_the_author():
    note = "Eva Strand is a reporter based in Oslo and the author of “Piers”, which was called the finest book of the year. Follow her on X."
    assert kinds(page(FIRST, SECOND, note)) == {note: "author_bio"}


def test_a_journalist_in_the_news_is_no_author():
    line = (
        "Eva Strand, a reporter based in Oslo, was awarded a prize by the university on Friday for her book."
    )
    text = page(line, FIRST, SECOND, THIRD)
    assert clean_text(text).body == text


def test_a_name_below_a_quotation_says_who_spoke():
    text = page(FIRST, SECOND, "“No pier, no town, and no town, no ferry.”", "— Ada Lindqvist")
    assert clean_text(text).body == text


def test_agency_credits_at_the_end():
    assert clean_text(page(FIRST, SECOND + " (ANI)")).body == page(FIRST, SECOND)
    assert clean_text(page(FIRST, SECOND, "(Quay Courier)")).body.strip() == page(FIRST, SECOND)
    assert clean_text(page(FIRST, SECOND, "— Nils Holm", "Quay Courier", "———", "© 2031 Quay Courier")).body.strip() == page(FIRST, SECOND)  # fmt: skip


def test_label_of_a_section_and_breadcrumbs():
    assert (
        kinds(page("World News & Politics", f"Oslo: {FIRST}", SECOND))["World News & Politics"]
        == "section_label"
    )
    assert kinds(page("Home > News > Harbour", FIRST, SECOND))["Home > News > Harbour"] == "section_label"


def test_lists_below_headings_of_the_page():
    text = page(FIRST, SECOND, "Related stories", "Ferry line to close for winter", "New lamps for the quay")
    assert clean_text(text).body.strip() == page(FIRST, SECOND)


def test_name_alone_beside_a_time_stamp():
    text = page("Board votes to rebuild harbour pier", "Nils Holm", "March 3, 2031", FIRST, SECOND)
    assert clean_text(text).body == page(FIRST, SECOND)


def test_whoever_is_quoted_is_never_removed():
    line = "“Follow us on Facebook,” said the mayor to the newsletter's readers, “or click here.”"
    text = page(FIRST, line)
    assert clean_text(text).body == text


@pytest.mark.parametrize("text", ["ADVERTISEMENT", "By Nils Holm", "© 2031", "Share this"])
def test_a_text_that_is_nothing_else_is_kept(text):
    cleaned = clean_text(text)
    assert cleaned.body == text
    assert cleaned.kept_all


@pytest.mark.parametrize("text", ["", "\n\n", "x", " \u200b "])
def test_hardly_any_text(text):
    assert clean_text(text).body == text


def test_a_whole_page_of_an_aggregator():
    text = """Home
News
Norway News
Board clears pier plan, work to start in May
Board clears pier plan, work to start in May
Written by: Nils Holm
Updated: Mar 03, 2031 21:14 CET
Follow Us
Google News
Text Size: A-A+
The old pier (File Photo: NTB)
Oslo: The harbour board on Monday cleared the plan to rebuild the old pier, officials said.
The plan will cost four million crowns, half of it from the regional fund.
ALSO READ | Ferry line to close for the winter
"We have waited long enough," said the mayor, Ada Lindqvist.
(With inputs from Reuters)
First Published: Mar 03, 2031 20:02 CET
Tags
Pier
Harbour board
Latest News
Ferry line to close for winter
New lamps for the quay
Do you have a story? Email desk@example.org
Copyright (c) 2031 Quay Courier. All Rights Reserved."""
    cleaned = clean_text(text)
    assert cleaned.title == "Board clears pier plan, work to start in May"
    assert cleaned.body.splitlines() == [
        "The harbour board on Monday cleared the plan to rebuild the old pier, officials said.",
        "The plan will cost four million crowns, half of it from the regional fund.",
        '"We have waited long enough," said the mayor, Ada Lindqvist.',
    ]


def test_the_site_is_no_part_of_the_title():
    assert (
        clean_text(page("Board clears pier plan | Quay Courier", FIRST, SECOND)).title
        == "Board clears pier plan"
    )
