"""One of many at a desk: a session as behind a screen, an act now and then, and every change that it is told of."""

from __future__ import annotations

import asyncio
import json
import os
import random
import select
import time
from functools import partial

from duty_tui.desk.desk import Desk
from duty_tui.desk.session import Changes, DeskSession
from duty_tui.domain.commands import AddNote
from duty_tui.errors import Conflict, Unavailable
from tests.builders import raise_concern
from tests.desk.conftest import Hands, make_desk
from tests.faults.engines import reach
from tests.faults.writer import entry_id, text

#: The concerns that everybody works on.
CONCERNS = 12


def concern(number: int) -> str:
    """The id of a concern everybody works on."""
    return entry_id("concern", number, 0)


def raised(place: str) -> None:
    """Raise all of them."""
    with reach(place) as store:
        desk = make_desk(store, Hands())
        for number in range(CONCERNS):
            desk.do(concern(number), raise_concern())


class Person:
    """Says `["entry", act, part, id]`, `["did", concern, version, begun, ended]`, `["told", concern, version, when]`.

    Times are seconds of the machine's own count, the same for all processes.
    """

    def __init__(self, place: str, name: str, pace: float, mouth: int) -> None:
        self._name, self._pace, self._mouth = name, pace, mouth
        self._chance = random.Random(name)
        self._session = DeskSession(lambda: make_desk(reach(place), Hands(), name))

    def _say(self, *words: object) -> None:
        os.write(self._mouth, json.dumps(words).encode() + b"\n")

    def _told(self, changes: Changes) -> None:
        now = time.monotonic()
        for row in changes.rows:
            self._say("told", row.id, row.version, now)

    def _act(self, act: int, desk: Desk) -> None:
        one, mark = concern(self._chance.randrange(CONCERNS)), entry_id(self._name, act, 0)
        begun = time.monotonic()
        done = desk.do(one, AddNote(text=text(self._name, act, 0)), mark=mark)
        ended = time.monotonic()
        self._say("entry", act, 0, mark)
        self._say("did", one, done.concern.version, begun, ended)

    async def work(self, ear: int) -> None:
        """Record now and then until `ear` ends; look on all the while."""
        head = await self._session.look(lambda store: store.head())
        self._session.watch(self._told, head.seq)
        self._say("there")
        act = 0
        while not (await asyncio.to_thread(select.select, [ear], [], [], self._chance.uniform(0.5, 1.5) * self._pace))[
            0
        ]:
            try:
                await self._session.ask(partial(self._act, act))
            except (Conflict, Unavailable) as error:
                self._say("refused", type(error).__name__)
            else:
                act += 1

    def close(self) -> None:
        """Leave the desk."""
        self._session.close()


def run(place: str, name: str, pace: float, ear: int, mouth: int) -> None:
    """Be one person until `ear` ends, with an act every `pace` seconds or so."""
    person = Person(place, name, pace, mouth)
    try:
        asyncio.run(person.work(ear))
    finally:
        person.close()
