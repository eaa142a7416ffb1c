"""Kernels that start at once: forked from one process that has imported what every chapter needs.

Most of a small chapter's time is the start of its kernel, and most of that is importing the same libraries again. The
nursery imports them once and forks a kernel whenever a worker asks for one. A kernel lives no longer than the line to
the worker that asked for it, and no longer than the nursery. Where a process cannot be forked safely (anywhere
but on Linux), or if the nursery fails, kernels are started in the ordinary way.
"""

from __future__ import annotations

import asyncio
import ctypes
import gc
import json
import os
import random
import selectors
import signal
import socket
import sys
import threading
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

ADDRESS = "TELLINGS_NURSERY"
"""Environment variable that tells a worker the nursery's socket."""

_NEEDED = (
    "ipykernel.kernelapp", "ipykernel.ipkernel", "ipykernel.zmqshell", "IPython.core.completer", "matplotlib.pyplot",
    "matplotlib.backends.backend_agg", "matplotlib.backends.backend_svg",
    "pandas", "pyarrow.parquet", "scipy.special", "myst_nb",
)  # fmt: skip
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG
_APART = ("analysis.book", "analysis.cli", "analysis.home", "analysis.scale")


def possible() -> bool:
    """Whether kernels can be forked here."""
    return sys.platform == "linux"


def main() -> None:
    """Serve kernels on the socket that the environment names, until standard input ends."""
    with socket.socket(socket.AF_UNIX) as listener:
        os.dup2(2, 1)  # what a library prints goes to the log
        listener.bind(os.environ[ADDRESS])
        listener.listen(64)  # who asks already waits for the imports, and not in vain
        _import_all()
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # ended kernels leave nothing behind
        gc.freeze()
        with selectors.DefaultSelector() as events:
            events.register(listener, selectors.EVENT_READ)
            events.register(sys.stdin, selectors.EVENT_READ)
            while True:
                ready = {key.fileobj for key, _ in events.select()}
                if sys.stdin in ready:
                    return
                line, _ = listener.accept()
                with line:
                    _fork(line, listener)


def _import_all() -> None:
    import analysis

    # what a kernel sets before a chapter imports matplotlib; the backend itself must be imported by the kernel
    os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
    ours = (module.name for module in walk_packages(analysis.__path__, "analysis."))
    for name in (*_NEEDED, *(name for name in ours if not name.startswith(_APART))):
        with suppress(Exception):  # whoever needs it will meet the same error, with its place
            import_module(name)


def _fork(line: socket.socket, listener: socket.socket) -> None:
    try:
        request = json.loads(line.makefile("rb").readline())
    except ValueError:
        return
    child = os.fork()
    if child:
        with suppress(OSError):
            line.sendall(f"{child}\n".encode())
        return
    try:
        listener.close()
        _kernel(request, line)
    finally:
        os._exit(1)


def _kernel(request: dict[str, Any], line: socket.socket) -> None:
    """Become the kernel: what a process that was started for it would be, with the imports done."""
    os.setsid()
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    with Path(os.devnull).open() as nothing:
        os.dup2(nothing.fileno(), 0)
    os.environ.clear()
    os.environ.update(request["env"])
    os.environ.pop(ADDRESS, None)
    os.chdir(request["folder"])
    random.seed()
    asyncio.set_event_loop_policy(None)
    threading.Thread(target=_end_with, args=(line,), daemon=True).start()

    from ipykernel.kernelapp import IPKernelApp

    sys.argv = ["ipykernel", *request["arguments"]]
    IPKernelApp.launch_instance(argv=request["arguments"])


def _end_with(line: socket.socket) -> None:
    with suppress(OSError):
        line.recv(1)
    os._exit(1)
