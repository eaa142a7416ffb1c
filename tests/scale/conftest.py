"""A generated archive, shared by the tests of many articles."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"


@pytest.fixture(scope="session")
def archive():
    sys.path.insert(0, str(BENCHMARKS))
    try:
        from scale_corpus import archive
    finally:
        sys.path.remove(str(BENCHMARKS))
    return archive


@pytest.fixture(scope="session")
def viral():
    sys.path.insert(0, str(BENCHMARKS))
    try:
        from scale_corpus import viral
    finally:
        sys.path.remove(str(BENCHMARKS))
    return viral
