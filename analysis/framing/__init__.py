"""See the modules of this package."""

from analysis.framing.claims_file import load_claims
from analysis.framing.contradictions import contradictions
from analysis.framing.coverage import coverage
from analysis.framing.facts import align_sentences, find_facts
from analysis.framing.reports import Report, reports
from analysis.framing.wording import wording_shifts

__all__ = [
    "Report",
    "align_sentences",
    "contradictions",
    "coverage",
    "find_facts",
    "load_claims",
    "reports",
    "wording_shifts",
]
