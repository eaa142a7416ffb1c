"""Take outputs and execution counts out of notebooks; exit 1 if there were any, so that the commit is looked at again.

python .ci/bare_notebooks.py chapters/*.ipynb
"""

from __future__ import annotations

import json
import sys
from pathlib import Path


def main(paths: list[str]) -> int:
    """Empty the notebooks that are named; the exit code."""
    changed = [path for path in paths if bare(Path(path))]
    for path in changed:
        print(f"{path}: outputs taken out; add it again")
    return int(bool(changed))


def bare(path: Path) -> bool:
    """Empty a notebook's outputs in place; say whether it had any."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    ran = [
        cell
        for cell in notebook["cells"]
        if cell["cell_type"] == "code" and (cell["outputs"] or cell["execution_count"] is not None)
    ]
    for cell in ran:
        cell.update(outputs=[], execution_count=None)
    if ran:
        path.write_text(json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return bool(ran)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
