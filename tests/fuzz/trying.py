"""One input at one door: read, or refused in words, soon, and with nothing personal said."""

from __future__ import annotations

from random import Random
from time import perf_counter
from typing import NamedTuple

from duty_tui.errors import BadFile, DutyError
from tests.fuzz.importers import SECRETS, Importer
from tests.fuzz.spoil import spoilt

#: Seconds an input may take on a machine that has other things to do; what hangs takes longer.
LONGEST = 10.0


class Tried(NamedTuple):
    """What became of an input."""

    refused: bool
    seconds: float


def an_input(importer: Importer, seed: int) -> bytes:
    """The input with this number: one of the samples spoilt, now and then bytes that are nothing at all."""
    rng = Random(seed)  # noqa: S311 - the same input for the same number
    if rng.random() < 1 / 20:
        return rng.randbytes(rng.randint(0, 400))
    return spoilt(rng.choice(importer.samples), rng)


def tried(importer: Importer, data: bytes) -> Tried:
    """Read it. Any error but a DutyError, a secret in one, or too long a time fails."""
    begun = perf_counter()
    refused = False
    try:
        importer.take(data)
    except DutyError as error:
        refused = True
        _fit_to_be_said(error)
    seconds = perf_counter() - begun
    assert seconds < LONGEST, f"it took {seconds:.1f} s"
    return Tried(refused, seconds)


def _fit_to_be_said(error: DutyError) -> None:
    said = "\n".join((str(error), *(error.problems if isinstance(error, BadFile) else ())))
    assert error.what
    assert "Traceback" not in said
    assert "object at 0x" not in said
    for secret in SECRETS:
        assert secret not in said.casefold(), f"{secret} is said"
