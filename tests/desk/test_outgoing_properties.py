"""Whatever comes and goes, and wherever a program is killed: each entry is recorded once, in the order typed."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from duty_tui.desk.desk import Desk
from duty_tui.desk.outgoing import send, waiting
from duty_tui.domain.commands import AddNote, Command
from duty_tui.errors import Waits
from duty_tui.store.memory import MemoryStore
from duty_tui.wiring import default_adoptions
from tests.builders import raise_concern
from tests.desk.away import DyingOutbox, Killed, Line, away_desk
from tests.desk.conftest import NOW, Hands, make_desk

_CONCERNS = st.sampled_from(["c1", "c2", "new"])
_PROGRAMS = st.integers(0, 1)


class Away(RuleBasedStateMachine):
    """Two programs of one person over one outbox, and somebody else who records as well."""

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.hands, self.store = Hands(), MemoryStore()
        self.other = make_desk(self.store, self.hands, "Ben Adeyemi")
        self.other.decide(default_adoptions(NOW.date()))
        for concern in ("c1", "c2"):
            self.other.do(concern, raise_concern())
        self.typed = defaultdict[str, list[tuple[str, datetime]]](list)
        self.open = [self.start(), self.start()]
        self.raised = False

    def start(self) -> tuple[Desk, Line]:
        return away_desk(self.store, self.hands, Path(self.folder.name) / "mine.outbox")

    @rule(program=_PROGRAMS, concern=_CONCERNS)
    def type(self, program: int, concern: str) -> None:
        """A note is typed; on the new concern, it is taken first."""
        if concern == "new" and not self.raised:
            self.raised = True
            self.do(program, concern, raise_concern(received=self.hands.now))
        text = f"{sum(map(len, self.typed.values()))}"
        self.typed[concern].append((text, self.hands.now))
        self.do(program, concern, AddNote(text=text))

    def do(self, program: int, concern: str, command: Command) -> None:
        desk, _ = self.open[program]
        try:
            with suppress(Waits):
                desk.do(concern, command)
        except Killed:
            self.open[program] = self.start()
        self.hands.on(seconds=1)

    @rule(program=_PROGRAMS)
    def cut(self, program: int) -> None:
        self.open[program][1].cut = True

    @rule(program=_PROGRAMS)
    def lose_an_answer(self, program: int) -> None:
        self.open[program][1].loses_answer = True

    @rule(program=_PROGRAMS)
    def heal(self, program: int) -> None:
        self.open[program][1].cut = False

    @rule(program=_PROGRAMS)
    def kill(self, program: int) -> None:
        self.open[program] = self.start()

    @rule(program=_PROGRAMS, dies=st.booleans())
    def send(self, program: int, dies: bool) -> None:
        desk, _ = self.open[program]
        assert isinstance(desk.outbox, DyingOutbox)
        desk.outbox.dies = dies
        try:
            send(desk)
        except Killed:
            self.open[program] = self.start()
        else:
            desk.outbox.dies = False

    @rule()
    def somebody_else_notes_something(self) -> None:
        self.other.do("c1", AddNote(text="Ben's"))

    @invariant()
    def what_is_recorded_is_a_beginning_of_what_was_typed_in_its_order(self) -> None:
        if hasattr(self, "typed"):
            for concern, typed in self.typed.items():
                found = self.recorded(concern)
                assert found == [text for text, _ in typed][: len(found)]

    def recorded(self, concern: str) -> list[str]:
        return [
            entry.data["text"]
            for entry in self.store.stream(concern)
            if entry.kind == "note-added" and entry.actor == "Ann Osei"
        ]

    def teardown(self) -> None:
        if not hasattr(self, "typed"):
            return
        desk, line = away_desk(self.store, self.hands, Path(self.folder.name) / "mine.outbox")
        send(desk)
        assert not line.cut
        assert waiting(desk) == []
        for concern, typed in self.typed.items():
            assert self.recorded(concern) == [text for text, _ in typed]
            notes = [item.stamp.at for item in desk.concern(concern).history if item.stamp.actor == "Ann Osei"]
            assert [moment for _, moment in typed] == notes[-len(typed) :]
        self.folder.cleanup()


TestAway = Away.TestCase
TestAway.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
