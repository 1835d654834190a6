"""The form of an escalation cut off half way, in a real terminal: it is found again where it was, and submitted."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from duty_tui.store.rows import Draft
from tests.stories.test_in_a_terminal import SECONDS, Running, home
from tests.stories.test_need_to_know import (
    CTRL_S,
    DOWN,
    RECORDED,
    TAB,
    Key,
    Record,
    escalation,
    hands_do,
    record,
    running,
)

__all__ = ["home", "record", "running"]

pytestmark = pytest.mark.slow

HALF = "No police officer before Thursday"


def draft(running: Running, record: Record, holds: Callable[[dict[str, str]], object]) -> Draft:
    """The one there is, once this holds of its fields on the disk; the terminal is read meanwhile."""
    for _ in range(int(SECONDS * 20)):
        with (desk := record.desk()).store as store:
            found = store.drafts()
            del desk
        if found and holds(found[0].body["fields"]):
            return found[0]
        running.read(0.05)
    raise AssertionError("no such draft was ever kept")


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_a_need_to_know_half_filled_in_is_found_again_and_submitted(
    running: Running, record: Record, home: Path, number: signal.Signals
) -> None:
    hands_do(running, Key(DOWN), Key("e", "called for now"), Key("\r", "What prevents it"), HALF)
    kept = draft(running, record, lambda fields: fields.get("field-prevents") == HALF)
    assert kept.concern == record.concern().id
    os.kill(running.pid, number)
    os.waitpid(running.pid, 0)
    running.status = 0
    assert record.concern().escalations == ()

    arguments = ["-m", "duty_tui", "--database", str(home / "desk.db")]
    with Running(arguments, columns=80, lines=24, environ={"DUTY_TUI_HOME": str(home)}) as again:
        again.until(b"1 unfinished entry is kept as a draft: C1 has 1", SECONDS)
        hands_do(again, Key(DOWN), Key("e", "called for now"), Key("\r", HALF))
        again.until(b"draft of ", SECONDS)
        hands_do(again, Key(TAB), "With her grandmother", Key(TAB), "An officer for Tuesday")
        hands_do(again, Key(CTRL_S, "Submit it"), Key("1", RECORDED))
        sent = escalation(again, record, bool)
    assert dict(sent.fields) == {"prevents": HALF, "safety": "With her grandmother", "asked": "An officer for Tuesday"}
    with record.desk().store as store:
        assert store.drafts() == []
