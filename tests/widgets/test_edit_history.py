"""Undo leads back through every edit and redo forth again, and a word typed is one edit."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from duty_tui.widgets.edit_history import EditHistory

values = st.lists(st.text("ab ", max_size=6), max_size=30).map(
    lambda made: [value for at, value in enumerate(made) if at == 0 or value != made[at - 1]]
)


def typed(history: EditHistory, text: str) -> str:
    for at in range(len(text)):
        history.record(text[:at], text[: at + 1])
    return text


def test_a_word_is_taken_back_at_once_and_its_space_with_it() -> None:
    history = EditHistory()
    typed(history, "two words here")
    assert history.undo("two words here", 14) == ("two words", 9)
    assert history.undo("two words", 9) == ("two", 3)
    assert history.redo("two", 3) == ("two words", 9)
    assert history.undo("two words", 9) == ("two", 3)
    assert history.undo("two", 3) == ("", 0)
    assert history.undo("", 0) is None


def test_the_cursor_comes_back_to_the_end_of_what_was_changed() -> None:
    history = EditHistory()
    history.record("abc", "ac")
    assert history.undo("ac", 1) == ("abc", 2)
    history.record("one two three", "one three")
    assert history.undo("one three", 4) in {("one two three", 8), ("one two three", 9)}


def test_typing_elsewhere_is_another_edit() -> None:
    history = EditHistory()
    typed(history, "ab")
    history.record("ab", "xab")
    assert history.undo("xab", 1) == ("ab", 0)
    assert history.undo("ab", 2) == ("", 0)


def test_no_more_than_a_hundred_edits_are_kept() -> None:
    history = EditHistory()
    for at in range(300):
        history.record("x" * (3 * at), "x" * (3 * at + 3))
    steps = 0
    while history.undo("", 0) is not None:
        steps += 1
    assert steps == 100


@given(values)
def test_every_edit_can_be_taken_back_and_done_again(states: list[str]) -> None:
    history = EditHistory()
    for old, new in pairwise(states):
        history.record(old, new)
    value = states[-1] if states else ""
    back = [value]
    while (state := history.undo(value, 0)) is not None:
        value, cursor = state
        assert 0 <= cursor <= len(value)
        back.append(value)
    assert value == (states[0] if states else "")
    forth = [value]
    while (state := history.redo(value, 0)) is not None:
        value = state[0]
        forth.append(value)
    assert forth == back[::-1]
