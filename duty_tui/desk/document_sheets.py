"""Sheets over the whole desk as documents: the handover sheet, and the breach file."""

from __future__ import annotations

from collections.abc import Iterator

from duty_tui.desk.breach_words import actual_words, headline, missed_words, told_words
from duty_tui.desk.desk import Desk
from duty_tui.desk.document_parts import a_document, refuse_unless_allowed, when
from duty_tui.documents.blocks import Block, Document, Heading, Items, Paragraph, Part, facts, table
from duty_tui.domain.times import due_words, london, moment_words
from duty_tui.views.breach import Breach, BreachFile
from duty_tui.views.handover import HandoverView, SheetLine

_SHEET = [("No", 7), ("Whose", 20), ("What", 27), ("When", 27), ("By", 19)]


def handover_document(desk: Desk, view: HandoverView) -> Document:
    """The handover sheet as it was put together. Raises Refused when taking documents away is not for this person."""
    refuse_unless_allowed(desk)
    at = view.as_of
    reference, file = f"Handover {moment_words(at)}", f"handover-{london(at):%Y-%m-%d-%H%M}"
    parts = [Part(reference, tuple(_handover(view)))]
    return a_document(desk, "Handover sheet", reference, file=file, parts=parts, made=at)


def _handover(view: HandoverView) -> Iterator[Block]:
    yield Heading("Handover sheet", 1)
    yield facts(
        "This sheet",
        [
            ("As of", when(view.as_of)),
            ("What is new since", when(view.since)),
            ("On duty", "\n".join(view.on_duty)),
            ("Last handover", view.last),
        ],
    )
    for section in view.sections:
        yield Heading(section.heading)
        yield table(section.heading, _SHEET, map(_line, section.lines), section.nothing)
    if view.left_out:
        yield Paragraph(view.left_out)
    if view.checkpoint:
        yield Heading("Where the record ends")
        yield Paragraph("\n".join(view.record_ends))
        yield Paragraph("Kept on paper, these lines show later whether the record lost anything: duty-tui checkpoint.")


def _line(line: SheetLine) -> tuple[str, ...]:
    return line.reference, line.title, line.what, ("LATE: " if line.late else "") + line.when, line.owner


def breaches_document(desk: Desk, found: BreachFile) -> Document:
    """The breach file, as it was put together for whoever works here. Raises Refused as above."""
    refuse_unless_allowed(desk)
    reference = f"Breach file, {found.period.words}"
    file = f"breaches-{found.period.begin.isoformat()}-to-{found.period.end.isoformat()}"
    parts = [Part(reference, tuple(breach_blocks(found)))]
    return a_document(desk, "Breach file", reference, file=file, parts=parts, made=found.as_of)


def breach_blocks(found: BreachFile) -> Iterator[Block]:
    """The rows one below the other, each under a heading."""
    yield Heading("Breach file", 1)
    total = [("Period", found.period.words), ("As of", when(found.as_of)), ("Rows", str(len(found.rows)))]
    left_out = [("Left out", found.left_out)] if found.left_out else []
    yield facts("This file", [*total, *left_out])
    if not found.rows:
        yield Paragraph("Nothing that fell due in the period was late or left undone.")
    for row in found.rows:
        yield Heading(headline(row))
        yield facts(row.label, _row(row))
        if row.told:
            yield Items(tuple(f"Told: {told_words(one)}" for one in row.told))


def _row(row: Breach) -> Iterator[tuple[str, str]]:
    yield "Due", f"{due_words(row.due)} ({row.strength})"
    yield "Done", actual_words(row)
    if row.missed:
        yield "Also missed", "\n".join(map(missed_words, row.missed))
    if row.unless:
        yield "Unless ruled out by", ", ".join(row.unless)
    if row.first_due:
        yield "First due", f"{due_words(row.first_due)}; {row.varied or 'moved since'}"
    yield "Why", row.reason
    yield "Kept safe meanwhile", row.safety
    if not row.told:
        yield "Told", ""
    yield "Owed by", row.owner
    yield "Held by", row.held_by
    yield "Rule", f"{row.rule}, {row.clock}: {row.cite}"
