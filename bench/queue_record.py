"""A record with as many concerns as wanted, made for measuring: rows as the queue keeps them, invented families."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from duty_tui.domain.text import fold
from duty_tui.store.journal import NewEntry
from duty_tui.store.rows import ConcernRow
from duty_tui.store.sqlite import SqliteStore
from duty_tui.store.store import Store

KEY = b"\xab" * 32
NAMES = ("Okafor", "Ní Bhriain", "O'Neill [was Jay]", "Wójcik", "Al-Hassan", "李", "Byrne", "Baker", "Osei", "Lund")
GIVEN = ("Amara", "Zoë", "Tomás", "Łukasz", "Mohammed", "小龙", "Siobhán", "Tom", "Ama", "Ida")
WHAT = (
    "Physical harm: unexplained injury",
    "Neglect: home alone",
    "Domestic abuse: child present",
    "Exploitation: county lines",
    "Missing from placement",
    "Parental mental health",
    "Sexual harm: peer",
)
SOURCES = ("School", "Hospital A&E", "Police PPN", "GP", "Neighbour", "Health visitor")
STAGES = ("NEW", "TRIAGE", "AGREED", "BOOKED", "HELD", "S47")
OWNERS = (None, None, "Ann Osei", "Ben Adeyemi", "Clare Dunne", "Ed Frost")
BANDS = '[["same day","▲","△"],["one working day","■","□"],["later","●","○"],["no number","·","·"]]'
BATCH = 2000


def a_row(number: int, *, is_open: bool, at: datetime, chance: random.Random) -> ConcernRow:
    now = int(at.timestamp())
    rank = chance.choice((1, 1, 2, 2, 2, 3, 3, 3, 3, 4))
    family, given = chance.choice(NAMES), chance.choice(GIVEN)
    source, owner, what = chance.choice(SOURCES), chance.choice(OWNERS), chance.choice(WHAT)
    born = f"{chance.randint(2009, 2026)}-{chance.randint(1, 10):02}-{chance.randint(1, 28):02}"
    return ConcernRow(
        id=f"{number:032x}",
        version=1,
        status="open" if is_open else "closed",
        rank=rank,
        due=None if rank == 4 else now + chance.randint(-3, 60 * rank**2) * 240 + chance.randint(0, 600),
        received=now - chance.randint(0, 3 * 86400),
        certain=chance.random() < 0.8,
        provisional=False,
        deadline="Strategy discussion",
        next_step="Hold the strategy discussion; 2 questions decide whether this time holds",
        owner=owner,
        family=f"{family}, {given}",
        family_key=fold(family),
        children=chance.choice((1, 1, 1, 2, 3)),
        youngest=born,
        eldest=born,
        concern=what,
        source=source,
        stage=chance.choice(STAGES),
        search=fold(f"{family} {given} {source} {owner or ''} {what}"),
        restricted=False,
    )


def rows(open_ones: int, total: int, at: datetime) -> Iterator[ConcernRow]:
    chance = random.Random(7)
    for number in range(1, total + 1):
        yield a_row(number, is_open=number > total - open_ones, at=at, chance=chance)


def make_record(path: Path, open_ones: int, total: int, at: datetime | None = None) -> Path:
    """A record of `total` concerns, `open_ones` of them open, at `path`; its key is KEY."""
    with SqliteStore(path, KEY, create=True) as store:
        fill(store, open_ones, total, at)
    return path


def fill(store: Store, open_ones: int, total: int, at: datetime | None = None) -> None:
    """Put `total` concerns, `open_ones` of them open, into an empty record."""
    from duty_tui.desk.rows_key import rows_key
    from duty_tui.rules.installed import holidays_key
    from duty_tui.wiring import POLICIES, default_adoptions, desk_of

    at = at or datetime.now(UTC)
    desk = desk_of(store, "Ann Osei", lambda: at)
    desk.decide(default_adoptions(at.date()))
    found = list(rows(open_ones, total, at))
    body = {"kind": "measured", "text": "x" * 400}
    for start in range(0, total, BATCH):
        part = found[start : start + BATCH]
        store.append([NewEntry(row.id, 0, "measured", body) for row in part], actor="Ann Osei", at=at, rows=part)
    store.set_meta("bands", BANDS)
    store.set_meta("projection_key", rows_key(store, POLICIES, holidays_key()))
    store.set_meta("practice", "yes")
