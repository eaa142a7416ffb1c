"""What several tests need: the example events, and one book built once."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
EVENTS = sorted(p.parent for p in (ROOT / "tests" / "events").glob("*/corpus.yml"))


@pytest.fixture(scope="session")
def seeds() -> Path:
    return ROOT / "seeds"


@pytest.fixture(scope="session", params=EVENTS, ids=lambda p: p.name)
def event(request) -> Path:
    """Each invented event in turn."""
    return request.param


@pytest.fixture(scope="session")
def book(tmp_path_factory) -> Path:
    """The shipped book, built fresh once for all tests that look at its pages."""
    from analysis import build_book

    home = tmp_path_factory.mktemp("book")
    patch = pytest.MonkeyPatch()
    patch.setenv("TELLINGS_CACHE", str(home / "cache"))
    try:
        build_book(ROOT / "seeds", output=home / "html", fresh=True)
    finally:
        patch.undo()
    return home / "html"
