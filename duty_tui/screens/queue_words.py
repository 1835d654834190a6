"""What the pane under the queue says of one concern, in lines that fit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from textual.content import Content

from duty_tui.domain.times import london
from duty_tui.views.queue import QueueRow
from duty_tui.widgets.safe import Part, clean, content, elide, width
from duty_tui.widgets.time_left import time_left
from duty_tui.widgets.wrapping import wrap

if TYPE_CHECKING:
    from duty_tui.views.concern import ConcernView

_CHIPS = {"late": "$chip-style $late-fg on $late-bg", "now": "$chip-style $now-fg on $now-bg"}
_DOT = " · "
_LEAST_NAME = 24
_HIDDEN = "Only the people named may see it. Enter says whom to ask."
_NEXT = "NEXT  "


def due_words(due: int, now: datetime) -> str:
    """When something is due, as people say it: `17:00 today`, `the end of today`, `Mon 23 Nov 17:00`. Seconds, UTC."""
    local = london(datetime.fromtimestamp(due, UTC))
    whole_day = local.time() == time()
    day = local.date() - timedelta(days=whole_day)
    days = (day - london(now).date()).days
    named = {0: "today", 1: "tomorrow", -1: "yesterday"}.get(days) or f"{day:%a} {day.day} {day:%b}"
    if whole_day:
        return f"the end of {named}"
    return f"{local:%H:%M} {named}" if abs(days) <= 1 else f"{named} {local:%H:%M}"


def short_lines(row: QueueRow, now: datetime, cells: int, lines: int, company: str = "") -> list[Content]:
    """The next step, whole; whose it is and what is due by when; what it is about: as many of them as `lines` hold.

    `company`, who else is at it, stands in the last of them, whatever gives way to it.
    """
    if row.hidden:
        return [content((row.name, "bold")), content(elide(_HIDDEN, cells))]
    said = [
        content((_NEXT if at == 0 else " " * len(_NEXT), "bold $key-fg"), (line, "bold"))
        for at, line in enumerate(wrap(row.stored.next_step, max(1, cells - len(_NEXT)), lines))
    ]
    if company:
        there = elide(f"◦ {company}", cells)
        about = elide(_DOT + _about(row), max(0, cells - width(there)))
        return [*[*said, _standing(row, now, cells)][: lines - 1], content((there, "bold $soon"), about)]
    return [*said, _standing(row, now, cells), content(elide(_about(row), cells))][:lines]


def plain_line(row: QueueRow, now: datetime) -> str:
    """A concern on one line without frames, for pasting elsewhere."""
    text, _band = time_left(row.due, int(now.timestamp()), row.received)
    due = f"{row.deadline} due by {due_words(row.due, now)} ({text})" if row.due is not None else text
    said = (row.reference, f"{row.name} {row.age}", f"{row.symbol} {row.band.label}".strip(), due, row.concern)
    owner = row.stored.owner or "nobody owns it"
    return clean(_DOT.join(filter(None, (*said, f"from {row.source}" if row.source else "", row.stage, owner))))


def _standing(row: QueueRow, now: datetime, cells: int) -> Content:
    """`Okafor, Amara +2  4y  1▲ same day   LATE 42m   was due by 17:00 today · Strategy discussion`."""
    text, band = time_left(row.due, int(now.timestamp()), row.received)
    late = band == "late"
    said = row.deadline or "no clock runs"
    if row.due is not None:
        said = f"{'was ' if late else ''}due by {due_words(row.due, now)}{_DOT}{row.deadline}"
        said += "" if row.stored.certain else _DOT + "unless ruled out"
        said += _DOT + "bank holidays not yet published" if row.provisional else ""
    rank = f"rank-{row.rank}" if row.rank in (1, 2, 3) else "faint"
    urgency = f"{row.symbol} {row.band.label}".strip()
    chip = f" {text} " if band in ("late", "now") else ""
    room = cells - sum(map(width, (row.age, urgency, chip))) - 8
    if chip and room < min(width(row.name), _LEAST_NAME) + width(said.partition(_DOT)[0]) + 1:
        room, chip = room + width(chip) + 2, ""  # the list says it too
    name = elide(row.name, max(_LEAST_NAME, room - width(said)))
    line: list[Part] = [(name, "bold"), f"  {row.age}  ", (urgency, f"bold ${rank}"), "  "]
    line += [(chip, _CHIPS[band]), "  "] if chip else []
    return content(*line, elide(said, max(1, room - width(name))))


def _about(row: QueueRow) -> str:
    owner = f"owner {row.stored.owner}" if row.stored.owner else "nobody owns it"
    source = f"from {row.source}" if row.source else ""
    return _DOT.join(filter(None, (row.reference, row.concern or "no headline", source, owner)))


def more_lines(view: ConcernView, cells: int, lines: int) -> Iterator[Content]:
    """What a tall pane adds: the children, the question that matters most, and the latest entries, in `lines` lines."""
    yield content(elide(view.title, cells))
    used = 1
    question = next((fact for fact in view.facts if fact.matters), None)
    if question is not None:
        yield content(("ASK   ", "bold $key-fg"), elide(question.ask, max(1, cells - 6)))
        yield content(" " * 6, (elide(question.matters, max(1, cells - 6)), "$faint"))
        used += 2
    for entry in view.timeline[-1 : -1 - (lines - used) : -1]:
        moment = f"{london(entry.at):%d %b %H:%M}"
        undone = " (undone)" if entry.withdrawn else ""
        yield content((moment + "  ", "$faint"), elide(f"{entry.actor}: {entry.words}{undone}", max(1, cells - 14)))
