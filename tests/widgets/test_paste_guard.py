"""What a hand types passes in order; what no hand can type is dropped whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duty_tui.widgets.paste_guard import PasteGuard

pytestmark = pytest.mark.usefixtures("real_idle")


def pass_through(presses: list[tuple[float, str]]) -> tuple[list[str], int]:
    """The keys that pass and how many are dropped, when `presses` come at these times."""
    guard: PasteGuard[str] = PasteGuard()
    passed: list[str] = []
    dropped = 0
    for at, key in presses:
        if guard.settled(at):
            kept, lost = guard.release()
            passed, dropped = passed + kept, dropped + lost
        guard.offer(key, at)
    kept, lost = guard.release()
    return passed + kept, dropped + lost


def test_slow_keys_pass() -> None:
    assert pass_through([(0.0, "n"), (0.030, "c"), (0.060, "d")]) == (["n", "c", "d"], 0)


def test_two_together_are_two_fingers() -> None:
    assert pass_through([(0.0, "n"), (0.001, "c"), (0.060, "d")]) == (["n", "c", "d"], 0)


def test_three_together_are_a_paste_and_so_is_all_that_follows_as_fast() -> None:
    burst = [(0.001 * at, key) for at, key in enumerate("[31mdone")]
    assert pass_through([*burst, (1.0, "n")]) == (["n"], len(burst))


def test_what_prints_is_held_and_what_follows_it_closely() -> None:
    guard: PasteGuard[str] = PasteGuard()
    assert guard.takes(printable=True)
    assert not guard.takes(printable=False)
    guard.offer("n", 0.0)
    assert guard.takes(printable=False)  # Enter at the end of a paste opens nothing
    assert guard.release() == (["n"], 0)
    assert not guard.takes(printable=False)


@given(st.lists(st.floats(0.0, 0.02), max_size=30))
def test_every_key_either_passes_or_is_counted(gaps: list[float]) -> None:
    at, presses = 0.0, []
    for number, gap in enumerate(gaps):
        at += gap
        presses.append((at, str(number)))
    passed, dropped = pass_through(presses)
    assert len(passed) + dropped == len(presses)
    assert passed == sorted(passed, key=int)
