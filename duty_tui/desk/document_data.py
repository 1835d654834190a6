"""Everything the record holds about a concern, as plain values: what it adds up to, and every entry it is made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from duty_tui.desk.desk import Desk
from duty_tui.desk.document_parts import concern_for_export, reference_of, refuse_unless_allowed
from duty_tui.desk.reading import timeline
from duty_tui.domain.model import Model
from duty_tui.domain.times import iso_utc


class KeptEntry(NamedTuple):
    """One entry: its number in the concern and in the journal, who when (UTC), what in words and as recorded."""

    entry: str
    version: int
    journal: int
    at: datetime
    actor: str
    kind: str
    words: str
    withdrawn: bool
    data: Mapping[str, Any]
    #: Links it to the entries before it: 64 hex digits.
    hash: str


class Kept(NamedTuple):
    """One concern; of one that is not for this person there is its reference and nothing else."""

    reference: str
    concern: str = ""
    hidden: bool = False
    #: What its entries add up to, in JSON's values; None where hidden.
    state: Mapping[str, Any] | None = None
    entries: tuple[KeptEntry, ...] = ()


def kept_of(desk: Desk, concern_id: str) -> Kept:
    """Everything about one concern. Raises Refused when it, or the act, is not for this person."""
    concern = concern_for_export(desk, concern_id)
    sealed = {entry.id: entry for entry in desk.store.stream(concern.id)}
    entries = (
        KeptEntry(
            line.entry,
            line.version,
            sealed[line.entry].seq,
            *(line.at, line.actor, sealed[line.entry].kind, line.words, line.withdrawn),
            *(sealed[line.entry].data, sealed[line.entry].hash),
        )
        for line in timeline(concern)
    )
    state = plain({one.name: getattr(concern, one.name) for one in fields(concern) if one.name != "history"})
    return Kept(reference_of(desk, concern), concern.id, False, state, tuple(entries))


def kept_of_all(desk: Desk) -> Iterator[Kept]:
    """Everything about every concern, open and closed, in the order they were raised; hidden ones by reference."""
    refuse_unless_allowed(desk)
    rows = sorted((*desk.rows("open"), *desk.rows("closed")), key=lambda row: row.number)
    for row in rows:
        yield kept_of(desk, row.id) if desk.seen.may_see(row.id) else Kept(f"C{row.number}", hidden=True)


def plain(value: Any) -> Any:
    """`value` in JSON's values: models, named tuples and mappings become objects, instants ISO 8601 in UTC."""
    match value:
        case datetime():
            return iso_utc(value)
        case date():
            return value.isoformat()
        case Model():
            return value.model_dump(mode="json")
        case Mapping():
            return {str(name): plain(one) for name, one in value.items()}
        case tuple():
            named = getattr(value, "_asdict", None)
            return plain(named()) if named else [plain(one) for one in value]
    if is_dataclass(value):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    return value
