"""A Need to Know in a real terminal: a team manager submits it for a discussion booked after the limit, by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from duty_tui.clock import system_clock
from duty_tui.desk.desk import Desk
from duty_tui.domain.commands import RecordMilestone
from duty_tui.domain.concern import Concern
from duty_tui.domain.escalation import Escalation
from duty_tui.domain.escalation_events import To
from duty_tui.domain.service_people import PersonListed, RecipientsSet
from duty_tui.places import HOME, places
from duty_tui.store.keyfile import read_key
from duty_tui.store.sqlite import SqliteStore
from duty_tui.wiring import bare_desk
from tests.builders import a_child, raise_concern
from tests.desk.escalated import PLAIN
from tests.stories.test_in_a_terminal import SECONDS, Running, home

__all__ = ["home"]

pytestmark = pytest.mark.slow

ID, TESS, BEN = "1" * 32, "Tess Moor", "Ben Adeyemi"
#: Stands on the status line from the moment the dialogue that recorded it is gone.
RECORDED = "· recorded"
DOWN, TAB, CTRL_S = "\x1b[B", "\t", "\x13"


class Key(NamedTuple):
    """One keypress that is no word, and what the program paints once it was taken; nothing where the next key waits."""

    press: str
    paints: str = ""


#: What is typed is in strings; everything else is a key.
SUBMITS: tuple[Key | str, ...] = (
    Key("e", "called for now"),
    Key("\r", "What prevents it"),
    "No police officer before Thursday",
    Key(TAB),
    "With her grandmother, agreed by her mother",
    Key(TAB),
    "An officer for Tuesday",
    Key(CTRL_S, "Submit it"),
    Key("1", RECORDED),
)


class Record:
    """The record beneath the program, as another process sees it."""

    def __init__(self, home: Path) -> None:
        self._file, self._key = home / "desk.db", read_key(places({HOME: str(home)}).key_file)

    def desk(self, actor: str = BEN) -> Desk:
        return bare_desk(SqliteStore(self._file, self._key), actor, system_clock)

    def concern(self) -> Concern:
        with (desk := self.desk()).store:
            return desk.concern(ID)

    def booked_too_late(self) -> None:
        """There is cause to suspect, and the discussion is booked for ten days from now; Tess is the team manager."""
        now = system_clock()
        with (desk := self.desk()).store:
            desk.do(ID, raise_concern(a_child(name="Amara Okafor"), family="Okafor", received=now, answers=PLAIN))
            booked = RecordMilestone(
                event="discussion_booked", label="Booked", at=now + timedelta(days=10), planned=True
            )
            desk.do(ID, booked)
            people = [PersonListed(name=BEN, roles=("duty_manager",)), PersonListed(name=TESS, roles=("team_manager",))]
            desk.decide([*people, RecipientsSet(form="need_to_know", recipients=(To(name="R. Hale", role="Head"),))])


@pytest.fixture
def record(home: Path) -> Record:
    record = Record(home)
    record.booked_too_late()
    settings = places({HOME: str(home)}).settings_file
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(f'name = "{TESS}"\n', encoding="utf-8")
    return record


@pytest.fixture
def running(home: Path, record: Record) -> Iterator[Running]:
    arguments = ["-m", "duty_tui", "--database", str(home / "desk.db")]
    with Running(arguments, columns=80, lines=24, environ={"DUTY_TUI_HOME": str(home)}) as running:
        running.until(b"Okafor", SECONDS)
        yield running


def hands_do(running: Running, *steps: Key | str) -> None:
    """Type the words and press the keys, each once the program has painted what the one before brought."""
    for step in steps:
        # What was painted before is no answer to this key.
        running.written = b""
        running.press((step if isinstance(step, str) else step.press).encode())
        if isinstance(step, Key) and step.paints:
            running.until(step.paints.encode(), SECONDS)


def escalation(running: Running, record: Record, holds: Callable[[Escalation], object]) -> Escalation:
    """The one there is, once this holds of it on the disk; the terminal is read meanwhile."""
    for _ in range(int(SECONDS * 20)):
        found = record.concern().escalations
        if found and holds(found[0]):
            return found[0]
        running.read(0.05)
    raise AssertionError("it never stood in the record")


def pressed(*steps: Key | str) -> int:
    """How many keys are pressed beyond the words."""
    return sum(isinstance(step, Key) for step in steps)


def test_a_need_to_know_takes_under_ten_keys_beyond_the_words(running: Running, record: Record) -> None:
    choose = Key(DOWN)
    hands_do(running, choose, *SUBMITS)
    assert pressed(choose, *SUBMITS) < 10
    sent = escalation(running, record, bool)
    assert (sent.submitted_by, sent.held_by, sent.status) == (TESS, "R. Hale", "submitted")
    assert dict(sent.fields) == {
        "prevents": "No police officer before Thursday",
        "safety": "With her grandmother, agreed by her mother",
        "asked": "An officer for Tuesday",
    }
    [judged] = record.concern().answers["unlikely_within_limit"]
    assert (judged.value, judged.reason) == (True, "No police officer before Thursday")

    hands_do(running, Key("E", "What prevents it: "), Key("k", "By whom"), Key(CTRL_S, RECORDED))
    sent = escalation(running, record, lambda one: one.acknowledged)
    assert [one.by for one in sent.acknowledged] == ["R. Hale"]
    hands_do(running, Key("m", "What is new"), "An officer was found", Key(CTRL_S, RECORDED))
    sent = escalation(running, record, lambda one: one.updates)
    assert [one.text for one in sent.updates] == ["An officer was found"]
    ended = (Key("t", "Outcome"), Key("1"), Key(TAB), "Held within the limit after all", Key(CTRL_S, "0 open"))
    hands_do(running, *ended)
    sent = escalation(running, record, lambda one: not one.is_open)
    assert (sent.outcome, sent.resolved) == ("Held within the limit after all", True)
    assert b"Traceback" not in running.written
