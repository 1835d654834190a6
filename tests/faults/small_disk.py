"""A disk that is soon full: a small one of its own where the machine lets us make it, else a limit on files' length."""

from __future__ import annotations

import os
import resource
import subprocess
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class SmallDisk(ABC):
    """A folder on a disk that can be filled and emptied."""

    #: What the record says while it is full, from `cipher.AWAY`; and the operating system of other files.
    says: str
    system_says: str

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextmanager
    def full(self) -> Iterator[None]:
        """While this lasts there is no room for a page more."""
        self._fill()
        try:
            yield
        finally:
            self._empty()

    @abstractmethod
    def _fill(self) -> None: ...

    @abstractmethod
    def _empty(self) -> None: ...


class Mounted(SmallDisk):
    """A file system of its own, in memory."""

    says, system_says = "The disk is full (", "No space left on device"

    def _fill(self) -> None:
        filler = os.open(self.folder / "filler", os.O_CREAT | os.O_WRONLY)
        try:
            while os.write(filler, bytes(1 << 16)) == 1 << 16:
                continue
            os.write(filler, bytes(1 << 16))
        except OSError:
            os.close(filler)

    def _empty(self) -> None:
        (self.folder / "filler").unlink()


class Limited(SmallDisk):
    """Files of this process may not get longer than the shortest file that would have to."""

    says, system_says = "The disk could not be read or written (", "File too large"
    _before = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)

    def _fill(self) -> None:
        self._before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, self._before[1]))

    def _empty(self) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, self._before)


def _may_mount() -> bool:
    tried = ["unshare", "--mount", "true"]
    return os.geteuid() == 0 and subprocess.run(tried, check=False, capture_output=True).returncode == 0


KINDS: tuple[type[SmallDisk], ...] = (Limited, Mounted) if _may_mount() else (Limited,)


@contextmanager
def small_disk(kind: type[SmallDisk], folder: Path, megabytes: int = 3) -> Iterator[SmallDisk]:
    """A disk of this kind at `folder`; `megabytes` are those of one of its own."""
    folder.mkdir()
    if kind is not Mounted:
        yield kind(folder)
        return
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=700", "small", folder], check=True)
    try:
        yield kind(folder)
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)
