"""How each outlet tells it: facts told and left out, voices, prominence, keyness, frame cues, wording that bends.

Everything is imported at once: several functions have the name of their module, and a module that is imported later
would hide its function. So modules of this package import nothing heavy at their top.
"""

from analysis.framing.claims_file import load_claims
from analysis.framing.contradictions import contradictions
from analysis.framing.coverage import coverage
from analysis.framing.emphasis import emphasis
from analysis.framing.fact_tables import fact_order, fact_overlap, fact_roles
from analysis.framing.facts import align_sentences, find_facts, only_most_told
from analysis.framing.frame_shares import frame_baseline, frame_shares
from analysis.framing.frames import cue_marks, frame_cues, frame_rates, frame_scores
from analysis.framing.keyness import keyness
from analysis.framing.openings import openings
from analysis.framing.prominence import prominence
from analysis.framing.reports import Report, reports
from analysis.framing.verbs import reporting_verbs, reporting_words
from analysis.framing.voices import voices
from analysis.framing.wording import wording_shifts

__all__ = [
    "Report",
    "align_sentences",
    "contradictions",
    "coverage",
    "cue_marks",
    "emphasis",
    "fact_order",
    "fact_overlap",
    "fact_roles",
    "find_facts",
    "frame_baseline",
    "frame_cues",
    "frame_rates",
    "frame_scores",
    "frame_shares",
    "keyness",
    "load_claims",
    "only_most_told",
    "openings",
    "prominence",
    "reporting_verbs",
    "reporting_words",
    "reports",
    "voices",
    "wording_shifts",
]
