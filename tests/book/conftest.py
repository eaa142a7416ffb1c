import pytest
from small_book import Workbench


@pytest.fixture
def bench(tmp_path, monkeypatch):
    """A small book in a folder of its own, with a cache of its own."""
    monkeypatch.setenv("TELLINGS_CACHE", str(tmp_path / "cache"))
    return Workbench(tmp_path)
