"""Compares what was acknowledged with what is recorded."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import astuple, dataclass, field

from duty_tui.errors import DutyError
from duty_tui.store.journal import Entry
from duty_tui.store.outbox import Outbox
from duty_tui.store.store import Store
from tests.faults.writer import entry_id, text


@dataclass
class Said:
    """What one writer was told is recorded, line by line."""

    name: str
    lines: list[list[object]] = field(default_factory=list)
    _rest: bytes = b""

    def hear(self, heard: bytes) -> None:
        """What came out of it; half a line waits for its other half."""
        *lines, self._rest = (self._rest + heard).split(b"\n")
        self.lines += map(json.loads, lines)

    def cut_off(self) -> None:
        """It ended, maybe in the middle of a line."""
        self._rest = b""

    @property
    def next_act(self) -> int:
        """The first act of which not everything may have been acknowledged: it is tried again."""
        return max((int(str(line[1])) for line in self.lines), default=0)


@dataclass
class Verdict:
    """How it came out; any of the last four is a failure."""

    acknowledged: int = 0
    recorded: int = 0
    lost: int = 0
    changed: int = 0
    twice: int = 0
    broken: int = 0
    #: Why, a line each; the first few.
    why: list[str] = field(default_factory=list)

    def __add__(self, other: Verdict) -> Verdict:
        return Verdict(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))

    @property
    def good(self) -> bool:
        """Whether nothing was lost, changed or recorded twice, and every chain verified."""
        return not (self.lost or self.changed or self.twice or self.broken)

    def __str__(self) -> str:
        counted = (
            f"{self.acknowledged} entries acknowledged: {self.lost} lost, {self.changed} changed, "
            f"{self.twice} recorded twice; {self.broken} records did not verify"
        )
        return "\n  ".join((counted, *self.why[:5]))


def judged(store: Store, writers: Iterable[Said]) -> Verdict:
    """Whether the record verifies whole and holds everything acknowledged, once, as it was written."""
    verdict = Verdict()
    try:
        store.verify()
    except DutyError as error:
        verdict.broken += 1
        verdict.why.append(f"does not verify: {error}")
    found: dict[str, list[Entry]] = defaultdict(list)
    texts: dict[str, int] = defaultdict(int)
    for batch in store.follow():
        for entry in batch:
            verdict.recorded += 1
            found[entry.id].append(entry)
            texts[str(entry.data.get("text"))] += 1
    for writer in writers:
        said = {json.dumps(line): line for line in writer.lines}  # a second attempt says it again
        for kind, *words in said.values():
            if kind == "entry":
                _judge(verdict, writer.name, words, found, texts)
            elif kind == "draft":
                _judge_draft(verdict, writer.name, words, store)
    return verdict


def judged_away(outbox: Outbox, said: Said) -> Verdict:
    """Whether everything kept while the record was away waits in the outbox as it was typed."""
    acts = [int(str(line[1])) for line in said.lines]
    found = {act.id: act.command["text"] for act in outbox.waiting(said.name)}
    verdict = Verdict(acknowledged=len(acts))
    for act in acts:
        kept, wanted = found.get(entry_id(said.name, act, 0)), text(said.name, act, 0)
        verdict.lost += kept is None
        verdict.changed += kept not in (None, wanted)
    if verdict.lost:
        verdict.why.append(f"lost: {verdict.lost} of what {said.name} had kept")
    return verdict


def _judge(
    verdict: Verdict, name: str, words: list[object], found: dict[str, list[Entry]], texts: dict[str, int]
) -> None:
    act, part, mark, *sealed = words
    wanted = text(name, int(str(act)), int(str(part)))
    verdict.acknowledged += 1
    entries = found.get(str(mark), [])
    if mark != entry_id(name, int(str(act)), int(str(part))) or not entries:
        verdict.lost += 1
        verdict.why.append(f"lost: act {act} of {name}, said to be {sealed[:1]}")
    elif entries[0].data.get("text") != wanted or (sealed and sealed != list(entries[0].head)):
        verdict.changed += 1
        verdict.why.append(f"changed: act {act} of {name}, entry {entries[0].seq}")
    if len(entries) > 1 or texts[wanted] > 1:
        verdict.twice += 1
        verdict.why.append(f"twice: act {act} of {name}")


def _judge_draft(verdict: Verdict, name: str, words: list[object], store: Store) -> None:
    kept = store.draft(f"of-{name}")
    if kept is None or kept.body["act"] < words[0]:
        verdict.lost += 1
        verdict.why.append(f"lost: the draft {words[0]} of {name}")
