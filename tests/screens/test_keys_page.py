from __future__ import annotations

from pathlib import Path

from duty_tui.screens.keys_page import page, screens

ROOT = Path(__file__).resolve().parents[2]


def test_the_page_of_keys_is_current() -> None:
    written = (ROOT / "docs" / "keys.md").read_text("utf-8")
    assert written == page(), "run: python -m duty_tui.screens.keys_page docs/keys.md"


def test_the_queue_comes_first_and_dialogues_are_on_it() -> None:
    headings = [heading for heading, _ in screens()]
    assert headings[0] == "Queue"
    assert {"Owner", "Views", "Help", "Undo"} < set(headings)


#: Letters with one meaning on every screen; `y` answers yes where a question is asked.
GRAMMAR = {
    "n": {"new"},
    "o": {"owner"},
    "v": {"views"},
    "u": {"undo"},
    "W": {"why"},
    "y": {"copy", "yes"},
    "w": {"who"},
    "d": {"decide"},
    "a": {"actions"},
    "e": {"escalate"},
    "z": {"owed"},
}


def test_the_letters_of_the_grammar_mean_the_same_everywhere() -> None:
    for heading, screen in screens():
        for act in screen.acts():
            for key in act.key_list():
                assert act.label in GRAMMAR.get(key, {act.label}), f"{heading}: {key} is {act.label}"


def test_no_command_of_the_queue_is_a_key_its_list_takes_first() -> None:
    from duty_tui.widgets.queue_list import QueueList

    (queue,) = (screen for heading, screen in screens() if heading == "Queue")
    moves = {key for binding in QueueList.BINDINGS for key in binding.key.split(",") if binding.id is None}  # type: ignore[union-attr]
    assert not {key for act in queue.acts() for key in act.key_list()} & moves
