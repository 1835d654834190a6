"""A wire between this program and a PostgreSQL server, which counts the round trips and can be cut."""

from __future__ import annotations

import socket
import threading
from typing import Self

from duty_tui.store.address import Address, read_address


class Wire:
    """Listens on a port of this machine and hands everything on to the server's socket at `server`, a path.

    `turns` is how often the program sent something and waited. `cut_at` names a text of the program's whose sending
    cuts the wire: before it is handed on, or with `answered` after the server has answered it. Once `dead` nobody is
    connected any more.
    """

    def __init__(self, server: str) -> None:
        self._server = server
        self._door = socket.create_server(("127.0.0.1", 0))
        self.turns = 0
        self.cut_at, self.answered, self.dead = b"", False, False
        self._open: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def address(self, of: Address) -> Address:
        """The same record, reached over the wire."""
        port = self._door.getsockname()[1]
        return read_address(f"postgresql://{of.login}@127.0.0.1:{port}/postgres?sslmode=disable&schema={of.schema}")

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._door.accept()
            except OSError:
                return
            if self.dead:
                near.close()
                continue
            far = socket.socket(socket.AF_UNIX)
            far.connect(self._server)
            self._open += [near, far]
            threading.Thread(target=self._carry, args=(near, far), daemon=True).start()

    def _carry(self, near: socket.socket, far: socket.socket) -> None:
        waiting = threading.Event()
        waiting.set()
        cut = threading.Event()
        threading.Thread(target=self._back, args=(far, near, waiting, cut), daemon=True).start()
        while said := _heard(near):
            if waiting.is_set():
                waiting.clear()
                self.turns += 1
            if self.cut_at and self.cut_at in said:
                self.cut_at = b""
                if not self.answered:
                    break
                cut.set()
            if not _said(far, said):
                break
        _hang_up(near, far)

    def _back(self, far: socket.socket, near: socket.socket, waiting: threading.Event, cut: threading.Event) -> None:
        while said := _heard(far):
            waiting.set()
            if cut.is_set() or not _said(near, said):
                break
        _hang_up(near, far)

    def cut(self) -> None:
        """Cut every connection there is."""
        _hang_up(*self._open)
        self._open.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        _hang_up(self._door)
        self.cut()


def _heard(one: socket.socket) -> bytes:
    try:
        return one.recv(1 << 16)
    except OSError:
        return b""


def _said(to: socket.socket, what: bytes) -> bool:
    try:
        to.sendall(what)
    except OSError:
        return False
    return True


def _hang_up(*ends: socket.socket) -> None:
    for one in ends:
        try:
            one.shutdown(socket.SHUT_RDWR)
        except OSError:
            continue  # it was cut already
        finally:
            one.close()
