"""Keys somebody chose for themselves: every command must still be reached."""

from __future__ import annotations

from pathlib import Path

import pytest

from duty_tui.errors import BadFile
from duty_tui.screens.keymap import refuse_wrong_keys

SETTINGS = Path("settings.toml")


@pytest.mark.parametrize(
    "keys",
    [
        {},
        {"concern.new": "f5"},
        {"concern.new": "f5,ctrl+n", "queue.filter": "question_mark", "help": "f1"},
        {"queue.filter": "+"},
        {"concern.new": "v", "queue.views": "n"},
    ],
)
def test_keys_that_fit_are_taken(keys: dict[str, str]) -> None:
    refuse_wrong_keys(keys, SETTINGS)


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"concern.nwe": "f5"}, "concern.nwe: there is no such command; did you mean concern.new?"),
        ({"zzzzz": "f5"}, "zzzzz: there is no such command"),
        ({"concern.new": "F5"}, "concern.new: F5 is no key; write it like n, f5, ctrl+s or question_mark"),
        ({"concern.new": "hyper+n"}, "concern.new: hyper+n is no key; write it like n, f5, ctrl+s or question_mark"),
        ({"concern.new": "nonsense_key"}, "nonsense_key is no key"),
        ({"concern.new": "ctrl+i"}, "concern.new: ctrl+i cannot be a command: terminals send it for Tab"),
        ({"concern.new": ""}, "concern.new: no key is named"),
        ({"concern.new": "q"}, "concern.new and quit would both have the key q (Queue)"),
        ({"concern.new": "/"}, "concern.new and queue.filter would both have the key / (Queue)"),
    ],
)
def test_a_key_that_does_not_fit_is_named(keys: dict[str, str], said: str) -> None:
    with pytest.raises(BadFile, match=r"The keys in settings\.toml are not right") as refused:
        refuse_wrong_keys(keys, SETTINGS)
    assert len(refused.value.problems) == 1
    assert said in refused.value.problems[0]
