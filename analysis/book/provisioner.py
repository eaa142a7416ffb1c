"""The worker's side of the nursery: a Jupyter kernel provisioner that asks for a forked kernel."""

from __future__ import annotations

import json
import os
import signal
import socket
from contextlib import suppress
from pathlib import Path
from typing import Any

from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from analysis.book.nursery import ADDRESS


class ForkedProvisioner(LocalProvisioner):
    """Ask the nursery for a kernel, in the place of starting a process."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Start a kernel; in the ordinary way if the nursery does not answer."""
        try:
            start = cmd.index("ipykernel_launcher") + 1  # another kind of kernel cannot be forked
            kernel = _Forked(cmd[start:], kwargs["env"], kwargs.get("cwd") or str(Path.cwd()))
        except (OSError, ValueError, KeyError):
            return await super().launch_kernel(cmd, **kwargs)
        self.process = kernel  # type: ignore[assignment]
        self.pid = self.pgid = kernel.pid
        self.cwd = kwargs.get("cwd") or Path.cwd()
        return self.connection_info


class _Forked:
    """A forked kernel, as far as a provisioner needs it to look like a `Popen`."""

    stdin = stdout = stderr = None

    def __init__(self, arguments: list[str], env: dict[str, str], folder: str) -> None:
        self._line = socket.socket(socket.AF_UNIX)
        self._line.connect(os.environ[ADDRESS])
        request = {"arguments": arguments, "env": env, "folder": folder}
        self._line.sendall(json.dumps(request).encode() + b"\n")
        self.pid = int(self._line.makefile("rb").readline())
        self._line.setblocking(False)
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """None while the kernel lives."""
        if self.returncode is None:
            try:
                ended = self._line.recv(1) == b""
                os.kill(self.pid, 0)
            except BlockingIOError:
                ended = False
            except OSError:
                ended = True
            if ended:
                self.returncode = -int(signal.SIGKILL)
                self._line.close()
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Only called after `poll` said that the kernel has ended."""
        return self.returncode or 0

    def send_signal(self, number: int) -> None:
        """Send a signal; a kernel that has ended takes none."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End the kernel."""
        self.send_signal(signal.SIGKILL)

    terminate = kill


def register() -> None:
    """Have every kernel of this process come from the nursery, if there is one."""
    if not os.environ.get(ADDRESS):
        return
    from importlib.metadata import EntryPoint

    factory = KernelProvisionerFactory.instance()
    place = f"{ForkedProvisioner.__module__}:{ForkedProvisioner.__qualname__}"
    factory.provisioners["forked"] = EntryPoint("forked", place, factory.GROUP_NAME)
    factory.default_provisioner_name = "forked"
