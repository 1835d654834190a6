"""The keyring of the operating system, where there is one and the package `keyring` is installed.

A keyring may put up a dialogue of its own and wait for somebody. Nothing here waits for longer than its time: a job
that nobody watches ends with a sentence.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NoAnswer
from importlib import import_module
from threading import Thread
from typing import Any, TypeVar

from duty_tui.errors import BadFile

Answer = TypeVar("Answer")

SERVICE = "duty-tui"
#: Seconds a keyring has to answer where somebody can see its dialogue, and where nobody can.
PATIENCE, ALONE = 60.0, 5.0
_DO = "Unlock the keyring, or put the key back with `duty-tui key recover` and the recovery code."


def keep(name: str, key: bytes, patience: float = PATIENCE) -> None:
    """Put the key into the keyring under `name`, and see that it is there. Raises BadFile."""
    _asked(lambda keyring: keyring.set_password(SERVICE, name, key.hex()), patience)
    if fetch(name, patience) != key:
        raise BadFile("The system keyring did not keep the key.", entry="Nothing was changed.", do=_DO)


def fetch(name: str, patience: float = PATIENCE) -> bytes:
    """The key kept under `name`. Raises BadFile when there is no keyring, or no such key in it."""
    found = _asked(lambda keyring: keyring.get_password(SERVICE, name), patience)
    try:
        return bytes.fromhex(found)
    except (TypeError, ValueError):
        raise BadFile("The system keyring does not have the key of this record.", do=_DO) from None


def forget(name: str, patience: float = PATIENCE) -> None:
    """Take the key kept under `name` away. Raises BadFile."""
    _asked(lambda keyring: keyring.delete_password(SERVICE, name), patience)


def _asked(question: Callable[[Any], Answer], patience: float) -> Answer:
    try:
        keyring = import_module("keyring")
    except ImportError:
        raise BadFile(
            "The key is kept in the system keyring, and the package that reaches it is not installed here.",
            do="Install it beside duty-tui (pip install keyring), or use `duty-tui key recover`.",
        ) from None
    answer: Future[Answer] = Future()

    def ask() -> None:
        try:
            answer.set_result(question(keyring))
        except Exception as error:  # noqa: BLE001 - every keyring has errors of its own; told below
            answer.set_exception(error)

    Thread(target=ask, daemon=True, name="keyring").start()
    try:
        return answer.result(patience)
    except NoAnswer:
        what = f"The system keyring has not answered within {patience:g} seconds."
        raise BadFile(what, do=_DO) from None
    except Exception as error:
        raise BadFile(f"The system keyring says no ({type(error).__name__}).", do=_DO) from error
