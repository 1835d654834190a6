"""The sheet for the next shift, put together from the rows, what is owed, what is escalated and what was recorded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta

from duty_tui.desk.desk import Desk
from duty_tui.desk.escalation_lines import escalation_list
from duty_tui.desk.morning import next_morning
from duty_tui.desk.obligations import all_obligations
from duty_tui.desk.recent import entries_since
from duty_tui.domain.times import due_words, london, moment_words
from duty_tui.store.checkpoint import end_of
from duty_tui.store.rows import ConcernRow
from duty_tui.views.escalation import EscalationLine
from duty_tui.views.handover import HandoverView, Section, SheetLine
from duty_tui.views.obligation import ObligationLine

#: Without an earlier handover the sheet looks back so far.
_DAY = timedelta(hours=24)
#: Kinds of entries.
_RAISED, _CLOSED = "concern-raised", "concern-closed"


def handover_of(desk: Desk, at: datetime, since: datetime | None = None, until: datetime | None = None) -> HandoverView:
    """The sheet as of the UTC instant `at`, for what happened from `since` on and falls due before `until`.

    Without `since`, from the last handover that was recorded, else from a day before; without `until`, the next
    working morning.
    """
    service = desk.books.service
    last = max((one for one in service.handovers if one.at <= at), key=lambda one: one.at, default=None)
    since = since or (last.at if last else at - _DAY)
    until = until or _morning(desk, at)
    owed = all_obligations(desk, at).lines
    return HandoverView(
        since=since,
        as_of=at,
        until=until,
        on_duty=tuple(_on_duty(desk, at)),
        last=f"{last.by} to {', '.join(last.to)}, {moment_words(last.at)}" if last else "",
        sections=tuple(_sections(desk, at, since, until, owed)),
        restricted=any(row.hidden for row in desk.rows()),
        checkpoint=made.line() if (made := end_of(desk.store, desk.clock())) else "",
    )


def _morning(desk: Desk, at: datetime) -> datetime:
    book = desk.rulebook
    name = next((pack.pack.calendar for pack in book.active), next(iter(book.calendars)))
    return next_morning(book.calendars[name], desk.books.service.office.opens, at)


def _on_duty(desk: Desk, at: datetime) -> Iterator[str]:
    for shift in desk.books.service.on_duty:
        if shift.has(at):
            yield shift.name + (f" until {moment_words(shift.until)}" if shift.until else "")


def _sections(
    desk: Desk, at: datetime, since: datetime, until: datetime, owed: Sequence[ObligationLine]
) -> Iterator[Section]:
    def owed_lines(lines: Iterable[ObligationLine]) -> tuple[SheetLine, ...]:
        return tuple(_owed(desk, line, at) for line in lines)

    duties = [line for line in owed if line.kind != "prompt"]
    yield Section("Overdue", owed_lines(line for line in duties if line.late), "Nothing is overdue.")
    soon = [line for line in duties if not line.late and line.due is not None and line.due <= until]
    yield Section(f"Due before {moment_words(until)}", owed_lines(soon), "Nothing else falls due before then.")
    prompts = [line for line in owed if line.kind == "prompt"]
    yield Section("Asked, and not answered", owed_lines(prompts), "No question waits for a judgement.")
    open_ones = tuple(_escalated(desk, line) for line in escalation_list(desk, at))
    yield Section("Open escalations", open_ones, "No escalation is open.")
    unseen = [line for line in duties if line.place == "visit"]
    yield Section("Children not yet seen", owed_lines(unseen), "Every child who had to be seen was seen.")
    entries = entries_since(desk.store, since)
    rows = {entry.stream: row for entry in entries if (row := desk.row(entry.stream))}
    new = _rows(rows, (entry.stream for entry in entries if entry.kind == _RAISED), closed=False)
    yield Section(f"New since {moment_words(since)}", new, "No concern came in.")
    closed = _rows(rows, (entry.stream for entry in entries if entry.kind == _CLOSED), closed=True)
    yield Section(f"Closed since {moment_words(since)}", closed, "No concern was closed.")


def _family(desk: Desk, line: ObligationLine | EscalationLine) -> str:
    """Whose it is, as briefly as the queue says it: a sheet has no room for the names of six children."""
    row = desk.row(line.concern)
    return row.family if row else line.title


def _owed(desk: Desk, line: ObligationLine, at: datetime) -> SheetLine:
    return SheetLine(
        line.concern,
        line.reference,
        _family(desk, line),
        line.label + (f" ({line.whom})" if line.whom else ""),
        line.due_words.replace(f" {london(line.due or line.start or at).year}", ""),
        late=line.late,
        owner=line.owner,
        about="owed",
    )


def _escalated(desk: Desk, line: EscalationLine) -> SheetLine:
    return SheetLine(
        line.concern,
        line.reference,
        _family(desk, line),
        f"{line.label}, {line.status}: {line.next}",
        f"for {line.age}",
        owner=line.held_by,
        about="escalation",
    )


def _rows(rows: dict[str, ConcernRow], streams: Iterable[str], *, closed: bool) -> tuple[SheetLine, ...]:
    found = (rows[stream] for stream in dict.fromkeys(streams) if stream in rows)
    return tuple(
        SheetLine(
            row.id,
            f"C{row.number}",
            row.family,
            row.concern,
            "closed" if closed else _standing(row),
            owner=row.owner or "",
        )
        for row in found
        if (row.status == "closed") == closed and not row.hidden
    )


def _standing(row: ConcernRow) -> str:
    if row.due is None:
        return row.next_step
    return f"{row.deadline}: {due_words(datetime.fromtimestamp(row.due, UTC))}"
