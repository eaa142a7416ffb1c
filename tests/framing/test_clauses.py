import pytest

from analysis.framing.clauses import acts, clause_of, headline_clause


@pytest.mark.parametrize(
    ("title", "actor", "verb", "passive"),
    [
        ("Harbour Chief Fired Over Dredging Contract", "Harbour Chief", "Fired", True),
        ("Lund mayor rejects bridge toll", "Lund mayor", "rejects", False),
        ("Brandt, Ortega meet on water treaty", "Brandt, Ortega", "meet", False),
        ("Ada Brandt, Minister of Ports, Resigns", "Ada Brandt", "Resigns", False),
        ("Fishermen to sue over spill", "Fishermen", "to sue", False),
        ("Council Set to Approve New Tram", "Council", "to Approve", False),
        ("Brandt: the dam will stand", "Brandt", "", False),
        ("Ferry Is Held in Port", "Ferry", "Is Held", True),
        ("Port Talks Stall", "Port Talks", "Stall", False),
        ("For Now, Lund Keeps Its Ferry", "Lund", "Keeps", False),
        ("Union facing vote on strike", "Union", "facing", False),
        ("Why the cranes stopped", "the cranes", "stopped", False),
        ("Captain, Who Ran Aground, Is Fired", "Captain", "Is Fired", True),
    ],
)
def test_finds_who_acts_in_a_headline(title, actor, verb, passive):
    clause = headline_clause(title)
    assert clause is not None
    assert (title[slice(*clause.actor)], title[slice(*clause.verb)], clause.passive) == (actor, verb, passive)


@pytest.mark.parametrize(
    "title",
    [
        "Ada Brandt on the ports",
        "A long night",
        "",
        "The long wait for a ferry: what now",
        "Harbour strike: no end in sight",
        "What now?",
    ],
)
def test_a_headline_without_a_verb_has_no_actor(title):
    assert headline_clause(title) is None


@pytest.mark.parametrize(
    ("text", "name", "does"),
    [
        ("Lund agreed to pay.", "Lund", True),
        ("Lund and Ystad agreed to pay.", "Lund", True),
        ("Lund also said no.", "Lund", True),
        ("The docks at Lund have stood still.", "Lund", False),
        ("Lund, agreed on by all, is old.", "Lund", False),
        ("They met in Lund.", "Lund", False),
    ],
)
def test_a_name_acts_where_a_verb_follows(text, name, does):
    start = text.index(name)
    assert acts(text, start, start + len(name)) is does


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Two days after halting the plan, Mayor Ana Brandt called it a mistake.", "Mayor Ana Brandt"),
        ("Hours before the vote, the council dropped it.", "the council"),
        ("It looks like Mayor Brandt is having a change of heart.", "It"),
    ],
)
def test_what_opens_a_sentence_is_not_always_who_acts(text: str, actor: str) -> None:
    clause = clause_of(text, 0, len(text))
    assert clause is not None and text[slice(*clause.actor)] == actor
