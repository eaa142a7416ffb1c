"""Show a built book on this machine."""

from __future__ import annotations

import errno
import gzip
import io
import re
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from analysis.book.errors import InputError

_PACKED = frozenset({".css", ".csv", ".html", ".ipynb", ".js", ".json", ".svg", ".txt", ".xml"})
"""Endings of what is sent packed to those who take it so: text. Pictures and archives are packed already."""


class _Pages(SimpleHTTPRequestHandler):
    """Files of one folder; no listings, no hidden files, nothing kept by the browser."""

    def send_head(self) -> Any:
        """Find what is asked for, or say that it is not there."""
        asked = Path(self.translate_path(self.path))
        root = Path(self.directory).resolve()
        inside = asked.resolve().is_relative_to(root)
        listing = asked.is_dir() and not (asked / "index.html").is_file()
        if (
            not inside
            or listing
            or any(part.startswith(".") for part in asked.relative_to(self.directory).parts)
        ):
            self.send_error(404)
            return None
        file = asked / "index.html" if asked.is_dir() and self.path.partition("?")[0].endswith("/") else asked
        if file.suffix in _PACKED and file.is_file() and _takes_gzip(self.headers.get("Accept-Encoding", "")):
            return self._packed(file)
        return super().send_head()

    def _packed(self, file: Path) -> io.BytesIO:
        data = gzip.compress(file.read_bytes(), compresslevel=6, mtime=0)
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Vary", "Accept-Encoding")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        return io.BytesIO(data)

    def end_headers(self) -> None:
        """Add what keeps a rebuilt book from being shown in its old form."""
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the terminal belongs to the reader."""


def _takes_gzip(accepted: str) -> bool:
    """Whether an `Accept-Encoding` names gzip and does not refuse it."""
    for coding in accepted.split(","):
        name, _, weight = coding.partition(";")
        if name.strip().lower() in ("gzip", "x-gzip"):
            return not re.fullmatch(r"\s*q\s*=\s*0(\.0*)?\s*", weight)
    return False


def server(book: Path, port: int) -> ThreadingHTTPServer:
    """Return a server of a book on 127.0.0.1, bound to the port or the next free one.

    Raises:
        InputError: there is no book in the folder, or no free port.
    """
    if not (book / "index.html").is_file():
        raise InputError(
            f"{book}: no book here (index.html is missing). `tellings build --output {book}` makes one."
        )
    pages = partial(_Pages, directory=str(book.resolve()))
    for number in range(port, min(port + 20, 65536)):
        try:
            return ThreadingHTTPServer(("127.0.0.1", number), pages)
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise
    raise InputError(f"no free port from {port} on; name another with --port.")
