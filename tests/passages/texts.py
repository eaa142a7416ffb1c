"""Short invented texts that several tests read."""

from __future__ import annotations

import pandas as pd

AGENCY = (
    "Divers found the missing trawler in forty metres of water on Sunday, two days after it sank off Cape Marrow. "
    "The coastguard had searched the northern channel with three lifeboats and a borrowed survey drone."
)


def articles(*bodies: str, **columns: list[str]) -> pd.DataFrame:
    """Make an `articles` table with ids a to z, then z26 and on."""
    names = [chr(ord("a") + k) if k < 26 else f"z{k}" for k in range(len(bodies))]
    return pd.DataFrame({"article_id": names, "body": list(bodies), **columns})


def cut(frame: pd.DataFrame, row: pd.Series, side: str) -> str:
    """Give the text of one side of a passage."""
    body = frame.set_index("article_id").loc[row[side], "body"]
    return str(body[row[f"{side}_start"] : row[f"{side}_end"]])
