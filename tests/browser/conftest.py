"""The built book behind a local server, in real Chromium."""

from __future__ import annotations

import functools
import http.server
import shutil
import threading

import pytest
from playwright.sync_api import sync_playwright

_ARGS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        """Keep the test's output readable."""


@pytest.fixture(scope="session")
def site(book):
    """Address of the built book."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(book)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.fixture(scope="session")
def chromium():
    """Chromium, wherever the system keeps it."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    assert path, "no chromium on this machine: install it, or run `make chromium`"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_ARGS)
        yield browser
        browser.close()


@pytest.fixture(params=["light", "dark", "phone"])
def mode(request):
    return request.param


@pytest.fixture
def page(chromium, mode):
    """A page in one of three guises: light, dark, or dark on a phone's width."""
    size = {"width": 390, "height": 844} if mode == "phone" else {"width": 1280, "height": 900}
    context = chromium.new_context(viewport=size, color_scheme="light" if mode == "light" else "dark")
    yield context.new_page()
    context.close()


@pytest.fixture
def desktop(chromium):
    """A page at desktop width."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    yield context.new_page()
    context.close()
