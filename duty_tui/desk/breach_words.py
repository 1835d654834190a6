"""A row of the breach file in lines, as the screen, the command and a copied text say it."""

from __future__ import annotations

from collections.abc import Iterator

from duty_tui.domain.times import due_words, moment_words
from duty_tui.views.breach import Breach, Missed, Told


def breach_lines(row: Breach) -> Iterator[str]:
    """Whose and what first, then a line for each thing known."""
    yield headline(row)
    yield f"Due {due_words(row.due)} ({row.strength}), {actual_words(row)}"
    for missed in row.missed:
        yield f"Also missed: {missed_words(missed)}"
    if row.unless:
        yield f"Unless ruled out by: {', '.join(row.unless)}"
    if row.first_due:
        yield f"First due {due_words(row.first_due)}" + (f"; varied: {row.varied}" if row.varied else "; moved since")
    yield f"Why: {row.reason or 'no reason recorded'}"
    yield f"Kept safe meanwhile: {row.safety or 'nothing recorded'}"
    for told in row.told:
        yield f"Told: {told_words(told)}"
    if not row.told:
        yield "Told: nobody recorded"
    yield f"Owed by {row.owner}; held by {row.held_by or 'nobody'}"
    yield f"{row.rule}, {row.clock}: {row.cite}"


def headline(row: Breach) -> str:
    """`C12 Okafor, Amara: Hold the strategy discussion`."""
    about = f" (discussion {row.discussion})" if row.discussion else ""
    name = "" if row.name == row.title else f", {row.name}"
    return f"{row.reference} {row.title}{name}: {row.do}{about}"


def actual_words(row: Breach) -> str:
    """`done Fri 20 Nov 2026 18:40, 3 hours late`; `not yet, 2 working days late`."""
    if row.actual:
        return f"done {moment_words(row.actual)}, {row.late} late"
    if row.closed:
        return f"not done when the concern was closed {moment_words(row.closed)}, {row.late} late"
    return f"not yet, {row.late} late"


def missed_words(one: Missed) -> str:
    """`two-working-days (must), due end of Tue 24 Nov 2026, 3 hours late`."""
    return f"{one.clock} ({one.strength}), due {due_words(one.due)}, {one.late} late"


def told_words(one: Told) -> str:
    """`Eva Stone (Head of service), Need to Know Fri 20 Nov 2026 18:00, acknowledged Fri 20 Nov 2026 18:30`."""
    role = f" ({one.role})" if one.role else ""
    seen = f"acknowledged {moment_words(one.acknowledged)}" if one.acknowledged else "not acknowledged"
    return f"{one.who}{role}, {one.label} {moment_words(one.submitted)}, {seen}"
