"""Who speaks: from the mention as printed to the person, office or body."""

from __future__ import annotations

import pandas as pd

from analysis.articles import as_articles
from analysis.quotes.tables import ROLES, SPEAKERS


def resolve_speakers(quotations: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Add speaker, side, confidence, basis and unnamed to quotations."""
    as_articles(articles)
    return SPEAKERS.frame(
        quotations.assign(speaker=quotations["speaker_mention"], confidence=0.5, basis="name", unnamed=False)
    )


def role_table(articles: pd.DataFrame) -> pd.DataFrame:
    """List who is called by which role, acronym or short name, over all articles of an event."""
    as_articles(articles)
    return ROLES.frame([])
