"""A generated archive, shared by the tests of many articles."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"


@pytest.fixture(scope="session")
def generators():
    sys.path.insert(0, str(BENCHMARKS))
    try:
        import scale_corpus
    finally:
        sys.path.remove(str(BENCHMARKS))
    return scale_corpus


@pytest.fixture(scope="session")
def archive(generators):
    return generators.archive


@pytest.fixture(scope="session")
def viral(generators):
    return generators.viral
